"""A body’s desk: its cases, soonest first, from its own part in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.clocks import NEVER
from regulator.casework.models import CaseFile, Party
from regulator.complaints.models import Allegation
from regulator.db import ask_as, db
from regulator.evidence.models import EvidenceItem, EvidenceRequest

PAGE = 25
WAITING, OPEN, CLOSED = "waiting", "open", "closed"


@dataclass(frozen=True)
class DeskRow:
    """One case on a body’s desk.

    about:      the first thing complained of, and how many things there are
    due_on:     the soonest date the body owes; none when it owes nothing
    items:      questions of requests not yet answered; unanswered, unhanded and mine are how many of them
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


@dataclass(frozen=True)
class DeskPage:
    """One page of a desk; `following` is where the next begins, none on the last."""

    rows: Sequence[DeskRow]
    following: tuple[date, int] | None


_ALLEGATION = sa.select(Allegation.words, sa.func.count().over().label("count")).where(
    Allegation.case_id == Party.case_id
)
_FIRST = _ALLEGATION.order_by(Allegation.number).limit(1).correlate(Party).lateral("first")
_BARE = sa.or_(EvidenceItem.answer.is_(None), EvidenceItem.answer == "")
_ASKED = (
    sa.select(
        sa.func.count().label("items"),
        sa.func.count().filter(_BARE).label("unanswered"),
        sa.func.count().filter(_BARE, EvidenceItem.handed_to_id.is_(None)).label("unhanded"),
        sa.func.count().filter(_BARE, EvidenceItem.handed_to_id == sa.bindparam("me")).label("mine"),
    )
    .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
    .where(EvidenceItem.party_id == Party.id, EvidenceItem.case_id == Party.case_id)
    .where(EvidenceRequest.submitted_on.is_(None))
    .correlate(Party)
    .lateral("asked")
)
_DESK = (
    sa.select(
        Party.case_id,
        Party.id,
        CaseFile.reference,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.stage,
        CaseFile.is_open,
        CaseFile.opened_on,
        Party.due_on,
        _FIRST.c.words,
        sa.func.coalesce(_FIRST.c.count, 0),
        _ASKED.c["items"],
        _ASKED.c.unanswered,
        _ASKED.c.unhanded,
        _ASKED.c.mine,
    )
    .join(CaseFile, CaseFile.id == Party.case_id)
    .outerjoin(_FIRST, sa.true())
    .join(_ASKED, sa.true())
    .where(Party.body_id == sa.bindparam("body"), Party.sees)
    .order_by(Party.due_on, Party.case_id)
    .limit(PAGE + 1)
)
_SHOWN = {
    WAITING: _DESK.where(Party.due_on < NEVER),
    OPEN: _DESK.where(CaseFile.is_open),
    CLOSED: _DESK.where(CaseFile.is_open.is_(False)),
}


def desk(show: str = WAITING, *, by: Actor, after: tuple[date, int] | None = None) -> DeskPage:
    """The cases of a body, soonest first, a page at a time.

    show:  waiting (it owes something), open or closed
    after: where the page before ended
    """
    ask_as(by)
    asked: sa.Select[Any] = _SHOWN[show]
    if after is not None:
        asked = asked.where(sa.tuple_(Party.due_on, Party.case_id) > sa.tuple_(*map(sa.literal, after)))
    found = db.session.execute(asked, {"body": by.body_id, "me": by.person_id}).all()
    rows = [_row(row) for row in found[:PAGE]]
    last = found[PAGE - 1] if len(found) > PAGE else None
    return DeskPage(rows, (last.due_on, last.case_id) if last else None)


def _row(row: sa.Row[Any]) -> DeskRow:
    values = list(row)
    values[8] = None if values[8] == NEVER else values[8]
    values[9] = values[9] or ""
    return DeskRow(*values)
