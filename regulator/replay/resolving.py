"""From the numbers and names a story uses to the rows they stand for in its case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from regulator.accounts.queries import body_named, teams
from regulator.actors import Actor, Side
from regulator.casework import queries as cases
from regulator.casework.linking import OtherCase
from regulator.casework.steps import offers
from regulator.db import end_read
from regulator.errors import Invalid, Missing
from regulator.replay import queries
from regulator.replay.story import Act, Answer

READER = Actor("The replay", frozenset({"observer"}), Side.staff)


@dataclass(frozen=True)
class Here:
    """Where a story stands: its case (0 before it is opened), who acts, everybody in it, and what it calls other cases.

    request: the number of the request that the step is about, where the line says one
    """

    case_id: int
    by: Actor
    people: Mapping[str, Actor]
    references: Mapping[str, str]
    request: int | None = None

    @property
    def part(self) -> int | None:
        """The part in the case of the body whose person acts; none for the regulator’s own and for others."""
        if self.by.side is not Side.body:
            return None
        parts = queries.parties_of(self.case_id, by=self.by)
        return next(iter(parts.values()), None)


def data_for(act: Act, here: Here) -> dict[str, Any]:
    """The answers as the step takes them.

    Raises: Invalid naming the question whose answer stands for nothing in the case; Missing
    """
    asked = act.answers.get("request")
    about = replace(here, request=asked.value) if asked else here
    found = {name: _resolved(answer, about) for name, answer in act.answers.items()}
    end_read()
    return found


def _resolved(answer: Answer, here: Here) -> Any:
    name, kind = answer.field.name, answer.field.kind
    if kind == "rows":
        return [_row(name, row, here) for row in answer.value]
    return _KINDS[kind](answer.value, name, here) if kind in _KINDS else answer.value


def _person(name: str, _question: str, here: Here) -> int | None:
    return here.people[name].person_id


def _people(names: list[str], _question: str, here: Here) -> list[int | None]:
    return [here.people[name].person_id for name in names]


def _body(slug: str, question: str, _here: Here) -> int:
    try:
        return body_named(slug).id
    except Missing:
        raise Invalid(f"there is no body called “{slug}”.", question) from None


def _bodies(slugs: list[str], question: str, here: Here) -> list[int]:
    return [_body(slug, question, here) for slug in slugs]


def _team(name: str, _question: str, here: Here) -> int:
    found = {called: number for number, called in teams(by=here.by)}
    if name not in found:
        raise Invalid(f"There is no team called “{name}”.", "team")
    return found[name]


def _case(called: str, _question: str, here: Here) -> OtherCase:
    other = cases.get(here.references.get(called, called), by=here.by)
    return OtherCase(other.id, other.reference)


def _clock(name: str, _question: str, here: Here) -> str:
    """The clock of a name that runs: the person’s own, or for the regulator one for which more time was asked."""
    known, _ = offers(here.case_id, by=here.by)
    side = "body" if here.by.side is Side.body else "complainant"
    running = [one for one in known.running if one.name == name and one.is_open]
    if here.by.side is Side.staff:
        running = [one for one in running if one.pending is not None] or running
    else:
        mine = known.party_of(here.by)
        running = [one for one in running if one.owed_by == side]
        running = [one for one in running if mine is None or one.keys.get("party") in (None, mine.id)]
    return running[-1].ref if running else name


def _party(slug: str, question: str, here: Here) -> int:
    """The part in the case of the body of that name."""
    return _called(slug, question, queries.parties_of(here.case_id, by=READER))


def _counted(what: str) -> Callable[[int, str, Here], int]:
    """The row of a number within the case."""
    return lambda number, question, here: _the(
        number, question, queries.numbered(what, here.case_id, by=READER)
    )


def _steps(numbers: list[int], question: str, here: Here) -> list[int]:
    found = queries.numbered("notice_step", here.case_id, by=READER)
    return [_the(number, question, found) for number in numbers]


def _act(said: str, question: str, here: Here) -> int:
    """What is appealed against, as `service`, `variation 1` or `refusal 1`: the entry that recorded it."""
    what, _, number = said.partition(" ")
    found = queries.acts_of(here.case_id, by=READER).get(what, [])
    return _the(int(number or 1), question, dict(enumerate(found, 1)))


def _row(question: str, row: Mapping[str, Any], here: Here) -> dict[str, Any]:
    """A row with each number or name replaced by what it stands for."""
    return {
        column: _CELLS[column](value, question, here) if column in _CELLS else value
        for column, value in row.items()
    }


def _area(named: str, question: str, here: Here) -> int:
    """The number of an area, by its name."""
    return _called(named, question, queries.areas_of(here.case_id, by=READER))


def _item(number: int, question: str, here: Here) -> int:
    """An item of the request that the line says, or of the one made last: to their own body, where one answers."""
    found = queries.items_of(here.case_id, here.part, here.request, by=READER)
    return _the(number, question, found)


def _paragraph(number: int, question: str, here: Here) -> int:
    """A paragraph of the version that this reader was shown last."""
    mine = "body" if here.by.side is Side.body else "complainant"
    return _the(number, question, queries.paragraphs_of_last(here.case_id, mine, here.part, by=READER))


def _comment(number: int, question: str, here: Here) -> int:
    """A comment on what was shared last, counted in the order in which they were made."""
    found = queries.comments_on_last(here.case_id, by=READER)
    return _the(number, question, dict(enumerate(found, 1)))


def _called(name: str, question: str, found: Mapping[str, int]) -> int:
    if name not in found:
        raise Invalid(f"there is no “{name}” here; there is {', '.join(found) or 'nothing'}.", question)
    return found[name]


def _the(name: int, question: str, found: Mapping[int, int]) -> int:
    if name not in found:
        raise Invalid(f"there is no number {name} to be answered here.", question)
    return found[name]


_KINDS: Mapping[str, Callable[[Any, str, Here], Any]] = {
    "person": _person,
    "colleague": _person,
    "people": _people,
    "body": _body,
    "bodies": _bodies,
    "team": _team,
    "case": _case,
    "clock": _clock,
    "party": _party,
    "item": _item,
    "act": _act,
    "notice_steps": _steps,
    **{what: _counted(what) for what in ("request", "visit", "recommendation", "concern", "notice_step")},
}
_CELLS: Mapping[str, Callable[[Any, str, Here], int]] = {
    "item": _item,
    "paragraph": _paragraph,
    "comment": _comment,
    "area": _area,
    "party": _party,
    "recommendation": _counted("recommendation"),
    "notice_step": _counted("notice_step"),
    "point": _counted("point"),
}
