"""A body’s desk: its cases, soonest first, from its own part in each; an overseer’s, from its part as such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.clocks import NEVER
from regulator.casework.facts import OVERSIGHT, SUBJECT
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.db import ask_as, db
from regulator.desk.kinds import ABOUT
from regulator.evidence.facts import UNSENT
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.queries.requests import in_my_team

PAGE = 25
WAITING, OPEN, CLOSED = "waiting", "open", "closed"


@dataclass(frozen=True)
class DeskRow:
    """One case on a desk.

    about:      what it is about in a line, and how many things it is about
    due_on:     the soonest date the body owes, and what is owed by it; none when it owes nothing
    items:      items of requests not yet answered; unanswered, unhanded and mine are how many of them
    """

    case_id: int
    party_id: int
    reference: str
    kind: str
    edition: str
    stage: str
    is_open: bool
    opened_on: date
    due_on: date | None
    about: str
    count: int
    items: int
    unanswered: int
    unhanded: int
    mine: int
    owed: str | None


@dataclass(frozen=True)
class DeskPage:
    """One page of a desk; `following` is where the next begins, none on the last."""

    rows: Sequence[DeskRow]
    following: tuple[date, int] | None


BARE = sa.or_(
    sa.and_(sa.func.coalesce(EvidenceItem.answer, "") == "", EvidenceItem.mark.not_in(sorted(UNSENT))),
    EvidenceItem.version <= EvidenceItem.returned_version,
    EvidenceItem.version <= EvidenceItem.sent_back_version,
)
IS_MINE = sa.or_(EvidenceItem.handed_to_id == sa.bindparam("me"), in_my_team())
_WITH_NOBODY = sa.and_(EvidenceItem.handed_to_id.is_(None), EvidenceItem.handed_to_team_id.is_(None))
_ASKED = (
    sa.select(
        sa.func.count().label("items"),
        sa.func.count().filter(BARE).label("unanswered"),
        sa.func.count().filter(BARE, _WITH_NOBODY).label("unhanded"),
        sa.func.count().filter(BARE, IS_MINE).label("mine"),
    )
    .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
    .where(EvidenceItem.party_id == Party.id, EvidenceItem.case_id == Party.case_id)
    .where(EvidenceRequest.submitted_on.is_(None))
    .correlate(Party)
    .lateral("asked")
)
_CAPACITY = {Side.body: SUBJECT, Side.oversight: OVERSIGHT}
_OWED = (
    sa.select(ClockRow.label)
    .where(ClockRow.case_id == Party.case_id, ClockRow.is_open, ClockRow.last_day == Party.due_on)
    .order_by(ClockRow.id)
    .limit(1)
    .correlate(Party)
)
_THEIRS = {
    Side.body: _OWED.where(ClockRow.owed_by == "body", ClockRow.party_id == Party.id).scalar_subquery(),
    Side.oversight: _OWED.where(ClockRow.owed_by == OVERSIGHT).scalar_subquery(),
}
_SHOWN = {
    WAITING: Party.due_on < NEVER,
    OPEN: CaseFile.is_open.is_(True),
    CLOSED: CaseFile.is_open.is_(False),
}


@cache
def _lines(side: Side) -> sa.Select[Any]:
    """The cases of a desk; what each is about comes from its own kind, as far as that side may read it."""
    kinds = {kind: one for kind, one in ABOUT.items() if side in one.sides}
    about = {kind: one.words for kind, one in kinds.items()}
    many = {kind: one.many for kind, one in kinds.items() if one.many is not None}
    asked = [_ASKED.c[name] for name in ("items", "unanswered", "unhanded", "mine")]
    columns: list[Any] = [
        Party.case_id,
        Party.id,
        CaseFile.reference,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.stage,
        CaseFile.is_open,
        CaseFile.opened_on,
        Party.due_on,
        sa.func.coalesce(_by_kind(about), ""),
        sa.func.coalesce(_by_kind(many), 0),
        *(asked if side is Side.body else [sa.literal(0) for _ in asked]),
        _THEIRS[side],
    ]
    query = sa.select(*columns).join(CaseFile, CaseFile.id == Party.case_id)
    if side is Side.body:
        query = query.join(_ASKED, sa.true())
    capacity = _CAPACITY[side]
    return query.where(Party.body_id == sa.bindparam("body"), Party.sees, Party.capacity == capacity)


def _by_kind(found: dict[str, sa.ScalarSelect[Any]]) -> sa.ColumnElement[Any]:
    return sa.case(*((CaseFile.kind == kind, one) for kind, one in found.items())) if found else sa.null()


def desk(show: str = WAITING, *, by: Actor, after: tuple[date, int] | None = None) -> DeskPage:
    """The cases of a body, or of whoever oversees some, soonest first, a page at a time.

    show:  waiting (it owes something), open or closed
    after: where the page before ended
    """
    ask_as(by)
    asked = _lines(by.side).where(_SHOWN[show]).order_by(Party.due_on, Party.case_id).limit(PAGE + 1)
    if after is not None:
        asked = asked.where(sa.tuple_(Party.due_on, Party.case_id) > sa.tuple_(*map(sa.literal, after)))
    found = db.session.execute(asked, _whose(by)).all()
    rows = [_row(row) for row in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return DeskPage(rows, (last.due_on, last.case_id) if last else None)


def line_of(case_id: int, *, by: Actor) -> DeskRow | None:
    """One case as its desk has it; none for who has no part in it."""
    ask_as(by)
    row = db.session.execute(_lines(by.side).where(Party.case_id == case_id), _whose(by)).first()
    return _row(row) if row else None


def _whose(by: Actor) -> dict[str, int | None]:
    return {"body": by.body_id, "me": by.person_id} if by.side is Side.body else {"body": by.body_id}


def _row(row: sa.Row[Any]) -> DeskRow:
    values = list(row)
    values[8] = None if values[8] == NEVER else values[8]
    return DeskRow(*values)
