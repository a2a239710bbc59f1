"""All recommendations that somebody may see, whatever their case: which are open, late or to be verified, and by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from regulator import words
from regulator.accounts.queries import name_of
from regulator.actors import Actor, Side
from regulator.casework import editions
from regulator.casework.worklists import Tab
from regulator.errors import Missing
from regulator.findings.standing import stands
from regulator.reports import queries
from regulator.reports.exporting import Cell, Sheet
from regulator.reports.pictures import Line, Number
from regulator.reports.queries import RecommendedRow, State, ThemeRow

LABELS: Mapping[State, str] = {
    State.open: "Open",
    State.overdue: "Overdue",
    State.claimed: "To be verified",
    State.closed: "Closed",
    State.everything: "All",
}
NOTHING: Mapping[State, str] = {
    State.open: "A recommendation stands here from the day its body is given it until it is met, or its rejection noted.",
    State.overdue: "One stands here when its last day is over and its body has not said that it is done.",
    State.claimed: "One stands here when its body says that it is done, until the regulator has verified that.",
    State.closed: "One stands here once it is verified as met, or its rejection has been noted.",
    State.everything: "Recommendations come from audits and inspections, with their reports.",
}
NO_THEME = "Causes of concern"
COLUMNS = (
    "Case",
    "Number",
    "Recommendation",
    "To",
    "Theme",
    "Priority",
    "Due",
    "Where it stands",
    "Answer",
    "Reasons",
)
FOR_A_BODY = tuple(one for one in COLUMNS if one != "To")


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `body_id` is for the regulator’s people alone: a body has only its own."""

    state: State
    body_id: int | None
    after: tuple[date, int] | None


@dataclass(frozen=True)
class Row:
    """A recommendation on the page: its cells by column, the way to its case, and the tone of where it stands."""

    cells: Mapping[str, Cell]
    href: str
    tone: str


def asked_of(by: Actor) -> Asked:
    """What the address asks for; anything it cannot mean is as if it were not there.

    Raises: Missing for a page that cannot be
    """
    state = request.args.get("show", "")
    body = request.args.get("body", type=int) if by.side is Side.staff else None
    return Asked(
        State(state) if state in set(State) else State.open, body, _place(request.args.get("after", ""))
    )


def _place(after: str) -> tuple[date, int] | None:
    if not after:
        return None
    day, _, number = after.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise Missing("There is no such page of this list.") from error


def page(asked: Asked, here: str, by: Actor) -> dict[str, object]:
    """What the page is given. `here` is the endpoint of whoever reads it."""
    found, following = queries.recommended(asked.state, asked.body_id, by=by, after=asked.after)
    themes = queries.themes(asked.body_id, by=by)
    body: dict[str, Any] = {"body": asked.body_id} if asked.body_id else {}
    shown: dict[str, Any] = {"show": asked.state, **body}
    return {
        "tabs": [
            Tab(label, url_for(here, show=one, **body), "", one is asked.state)
            for one, label in LABELS.items()
        ],
        "columns": _columns(by),
        "rows": [_row(one, by) for one in found],
        "nothing": NOTHING[asked.state],
        "of": name_of(asked.body_id) if asked.body_id else "",
        "everybody": url_for(here, show=asked.state),
        "files": [
            (ending.upper(), url_for(f"{here}_file", ending=ending, **shown)) for ending in ("csv", "ods")
        ],
        "first": url_for(here, **shown) if asked.after else None,
        "next": url_for(here, after=f"{following[0]:%Y-%m-%d}.{following[1]}", **shown)
        if following
        else None,
        "themes": [_line(one) for one in themes],
        "drawn": [(one.theme or NO_THEME, one.open, one.overdue) for one in themes],
        "says": _says(themes),
    }


def sheet(asked: Asked, by: Actor) -> Sheet:
    """The whole list with exactly the columns of the page."""
    columns = _columns(by)
    found = queries.all_recommended(asked.state, asked.body_id, by=by)
    return Sheet("Recommendations", columns, [[_cells(one)[name] for name in columns] for one in found])


def _columns(by: Actor) -> Sequence[str]:
    return FOR_A_BODY if by.side is Side.body else COLUMNS


def _row(one: RecommendedRow, by: Actor) -> Row:
    place = "casework.show" if by.side is Side.staff else "desk.case"
    return Row(_cells(one), url_for(place, reference=one.reference), _stands(one)[1])


def _cells(one: RecommendedRow) -> Mapping[str, Cell]:
    edition = editions.editions()[one.edition]
    said = {
        c.code: c.label for name in ("priorities", "recommendation_answers") for c in edition.choices(name)
    }
    return {
        "Case": one.reference,
        "Number": one.number,
        "Recommendation": one.words,
        "To": one.body,
        "Theme": one.theme or NO_THEME,
        "Priority": said.get(one.priority, one.priority),
        "Due": one.last_day,
        "Where it stands": _stands(one)[0],
        "Answer": said.get(one.answer or "", "Not answered yet"),
        "Reasons": one.reasons,
    }


def _stands(one: RecommendedRow) -> tuple[str, str]:
    return stands(one.verdict, one.noted_on, one.claimed_on, one.last_day)


def _line(one: ThemeRow) -> Line:
    numbers = [Number(number) for number in (one.number, one.open, one.overdue)]
    return Line(one.theme or NO_THEME, one.open, one.overdue, numbers)


def _says(themes: Sequence[ThemeRow]) -> str:
    counted, late = sum(one.open for one in themes), sum(one.overdue for one in themes)
    if not counted:
        return "None is open."
    said = f"{counted} {'is' if counted == 1 else 'are'} open; {late or 'none'} overdue."
    return words.sentence(said)
