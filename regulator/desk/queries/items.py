"""What a body was asked and has not answered yet, over all its cases: who has each item, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor, Side
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.db import ask_as, db
from regulator.desk.queries.desk import BARE, IS_MINE
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.own_models import BodyTeam

MOST = 200


@dataclass(frozen=True)
class OpenItem:
    """An item that waits for an answer.

    is_mine: it was handed to the reader, or to a team they are in
    wanted_by, due_on: the day it is hoped for, and the last day of its request
    """

    id: int
    reference: str
    request: int
    number: int
    question: str
    person: str | None
    team: str | None
    is_mine: bool
    wanted_by: date | None
    due_on: date | None
    chased_on: date | None


_DUE = (
    sa.select(sa.func.min(ClockRow.last_day))
    .where(
        ClockRow.case_id == EvidenceItem.case_id,
        ClockRow.is_open,
        ClockRow.owed_by == "body",
        ClockRow.keys["request"].as_integer() == EvidenceRequest.id,
    )
    .correlate(EvidenceItem, EvidenceRequest)
    .scalar_subquery()
)
_ITEMS = (
    sa.select(
        EvidenceItem.id,
        CaseFile.reference,
        EvidenceRequest.number,
        EvidenceItem.number,
        EvidenceItem.question,
        Person.name,
        BodyTeam.name,
        sa.func.coalesce(IS_MINE, False),
        EvidenceItem.wanted_by,
        _DUE,
        EvidenceItem.chased_on,
    )
    .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
    .join(Party, Party.id == EvidenceItem.party_id)
    .join(CaseFile, CaseFile.id == EvidenceItem.case_id)
    .outerjoin(Person, Person.id == EvidenceItem.handed_to_id)
    .outerjoin(BodyTeam, BodyTeam.id == EvidenceItem.handed_to_team_id)
    .where(Party.body_id == sa.bindparam("body"), Party.sees, EvidenceRequest.submitted_on.is_(None))
    .where(CaseFile.is_open, CaseFile.is_historic.is_(False), BARE)
    .order_by(sa.nulls_last(_DUE), EvidenceItem.wanted_by, EvidenceItem.id)
    .limit(MOST)
)


def open_items(*, by: Actor, whole: bool) -> Sequence[OpenItem]:
    """The items with no answer yet, the soonest due first, no more than `MOST`; none for who works for no body.

    whole: all of the body’s; otherwise those alone that the reader has
    """
    if by.side is not Side.body:
        return []
    ask_as(by)
    query = _ITEMS if whole else _ITEMS.where(IS_MINE)
    return [OpenItem(*row) for row in db.session.execute(query, {"body": by.body_id, "me": by.person_id})]
