"""From the numbers and names a story uses to the rows they stand for in its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from regulator.accounts.queries import body_named, teams
from regulator.actors import Actor, Side
from regulator.casework import queries
from regulator.casework.steps import OtherCase, offers
from regulator.db import end_read
from regulator.errors import Invalid
from regulator.evidence.queries import comments_of, items_of, paragraphs_of
from regulator.replay.story import Act, Answer


@dataclass(frozen=True)
class Here:
    """Where a story stands: its case (0 before it is opened), who acts, everybody in it, and what it calls other cases."""

    case_id: int
    by: Actor
    people: Mapping[str, Actor]
    references: Mapping[str, str]


def data_for(act: Act, here: Here) -> dict[str, Any]:
    """The answers as the step takes them.

    Raises: Invalid naming the question whose answer stands for nothing in the case; Missing
    """
    found = {name: _resolved(answer, here) for name, answer in act.answers.items()}
    end_read()
    return found


def _resolved(answer: Answer, here: Here) -> Any:
    name, kind = answer.field.name, answer.field.kind
    if kind == "rows":
        return [_row(name, row, here) for row in answer.value]
    return _KINDS[kind](answer.value, here) if kind in _KINDS else answer.value


def _person(name: str, here: Here) -> int | None:
    return here.people[name].person_id


def _people(names: list[str], here: Here) -> list[int | None]:
    return [_person(name, here) for name in names]


def _body(slug: str, _here: Here) -> int:
    return body_named(slug).id


def _team(name: str, here: Here) -> int:
    found = {called: number for number, called in teams(by=here.by)}
    if name not in found:
        raise Invalid(f"There is no team called “{name}”.", "team")
    return found[name]


def _case(called: str, here: Here) -> OtherCase:
    other = queries.get(here.references.get(called, called), by=here.by)
    return OtherCase(other.id, other.reference)


def _clock(name: str, here: Here) -> str:
    """The clock of a name that runs: the person’s own, or for the regulator one for which more time was asked."""
    known, _ = offers(here.case_id, by=here.by)
    side = "body" if here.by.side is Side.body else "complainant"
    running = [one for one in known.running if one.name == name and one.is_open]
    if here.by.side is Side.staff:
        running = [one for one in running if one.pending is not None]
    else:
        running = [one for one in running if one.owed_by == side]
    return running[-1].ref if running else name


_KINDS: Mapping[str, Callable[[Any, Here], Any]] = {
    "person": _person,
    "colleague": _person,
    "people": _people,
    "body": _body,
    "team": _team,
    "case": _case,
    "clock": _clock,
}


def _row(question: str, row: Mapping[str, Any], here: Here) -> dict[str, Any]:
    """A row with the number of an item, a paragraph or a comment replaced by the row it stands for."""
    return {
        column: _ROWS[column](value, question, here) if column in _ROWS else value
        for column, value in row.items()
    }


def _item(number: int, question: str, here: Here) -> int:
    """An item of the request made last."""
    found = items_of(here.case_id, by=here.by)
    last = max((item.request.id for item in found), default=0)
    return _the(number, question, {item.number: item.id for item in found if item.request.id == last})


def _paragraph(number: int, question: str, here: Here) -> int:
    """A paragraph of the version of the view that this reader was shown."""
    mine = "body" if here.by.side is Side.body else "complainant"
    found = [
        one for one in paragraphs_of(here.case_id, "provisional_view", by=here.by) if one.audience == mine
    ]
    return _the(number, question, {one.number: one.id for one in found})


def _comment(number: int, question: str, here: Here) -> int:
    """A comment on the view shared last, counted in the order in which they were made."""
    shown = {one.id for one in paragraphs_of(here.case_id, "provisional_view", by=here.by)}
    standing = [one.id for one in comments_of(here.case_id, by=here.by) if one.paragraph_id in shown]
    return _the(number, question, dict(enumerate(standing, 1)))


def _the(number: int, question: str, found: Mapping[int, int]) -> int:
    if number not in found:
        raise Invalid(f"there is no number {number} to be answered here.", question)
    return found[number]


_ROWS: Mapping[str, Callable[[int, str, Here], int]] = {
    "item": _item,
    "paragraph": _paragraph,
    "comment": _comment,
}
