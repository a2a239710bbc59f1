"""What a replay asks of the database: as the system when to look again, and as its reader what a number stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from regulator.accounts.models import Body
from regulator.actors import SYSTEM, Actor
from regulator.casework.models import CaseFile, ClockRow, IssuedVersion, Party
from regulator.db import ask_as, db, end_read
from regulator.enforcement.models import Certificate, NoticeStep, RepresentationPoint, Service
from regulator.evidence.models import Comment, EvidenceItem, EvidenceRequest, Paragraph
from regulator.findings.models import Recommendation, ScopeArea, Visit
from regulator.inspections.models import Concern

_NEXT = sa.select(sa.func.min(ClockRow.next_look)).where(ClockRow.case_id == sa.bindparam("case"))
_ANY = sa.select(CaseFile.id).limit(1)
_TAKEN = sa.select(CaseFile.id).where(CaseFile.reference == sa.bindparam("reference"))
_PARTIES = (
    sa.select(Body.slug, Party.id)
    .join(Party, Party.body_id == Body.id)
    .where(Party.case_id == sa.bindparam("case"), Party.capacity == "subject")
)
_REQUESTS = (
    sa.select(EvidenceRequest.id)
    .where(EvidenceRequest.case_id == sa.bindparam("case"))
    .order_by(EvidenceRequest.id)
)
NUMBERED: Mapping[str, Any] = {
    "request": EvidenceRequest,
    "visit": Visit,
    "recommendation": Recommendation,
    "concern": Concern,
    "notice_step": NoticeStep,
    "point": RepresentationPoint,
}
"""The tables whose rows are numbered within a case."""


def next_look(case_id: int) -> datetime | None:
    """When the system must look at a case again; none where time alone changes nothing in it."""
    ask_as(SYSTEM)
    found: datetime | None = db.session.execute(_NEXT, {"case": case_id}).scalar_one()
    end_read()
    return found


def is_taken(reference: str) -> bool:
    """Whether a case has this reference."""
    ask_as(SYSTEM)
    found = db.session.execute(_TAKEN, {"reference": reference}).first()
    end_read()
    return found is not None


def is_any_case() -> bool:
    """Whether there is any case at all."""
    ask_as(SYSTEM)
    found = db.session.execute(_ANY).first()
    end_read()
    return found is not None


def parties_of(case_id: int, *, by: Actor) -> dict[str, int]:
    """The parts in a case of the bodies it is about, by their slugs."""
    ask_as(by)
    return dict(db.session.execute(_PARTIES, {"case": case_id}).all())


def numbered(what: str, case_id: int, *, by: Actor) -> dict[int, int]:
    """The rows of a case that are numbered within it, by number; requests in the order in which they were made.

    what: request, visit, recommendation, concern, notice_step or point
    """
    ask_as(by)
    model = NUMBERED[what]
    if model is EvidenceRequest:
        return dict(enumerate(db.session.scalars(_REQUESTS, {"case": case_id}), 1))
    rows = db.session.execute(sa.select(model.number, model.id).where(model.case_id == case_id))
    return dict(rows.all())


def areas_of(case_id: int, *, by: Actor) -> dict[str, int]:
    """The areas of a case by name, with their numbers."""
    ask_as(by)
    rows = db.session.execute(sa.select(ScopeArea.name, ScopeArea.number).where(ScopeArea.case_id == case_id))
    return dict(rows.all())


def items_of(case_id: int, party: int | None, number: int | None, *, by: Actor) -> dict[int, int]:
    """The items of one request, by number.

    party:  of those to one body, where it is told which
    number: which of them, in the order in which they were made; otherwise the one made last
    """
    ask_as(by)
    asked = sa.select(EvidenceRequest.id).where(EvidenceRequest.case_id == case_id).limit(1)
    if party is not None:
        asked = asked.where(EvidenceRequest.party_id == party)
    if number is None:
        asked = asked.order_by(EvidenceRequest.id.desc())
    else:
        asked = asked.order_by(EvidenceRequest.id).offset(number - 1)
    last = asked.scalar_subquery()
    rows = db.session.execute(
        sa.select(EvidenceItem.number, EvidenceItem.id).where(EvidenceItem.request_id == last)
    )
    return dict(rows.all())


def paragraphs_of_last(case_id: int, audience: str, party: int | None, *, by: Actor) -> dict[int, int]:
    """The paragraphs of the numbered version issued last to an audience, and of it to one body, by number."""
    ask_as(by)
    shown = (
        sa.select(IssuedVersion.id)
        .join(Paragraph, Paragraph.version_id == IssuedVersion.id)
        .where(IssuedVersion.case_id == case_id, IssuedVersion.audience == audience)
        .order_by(IssuedVersion.id.desc())
        .limit(1)
    )
    if party is not None:
        shown = shown.where(sa.func.coalesce(IssuedVersion.party_id, party) == party)
    rows = db.session.execute(
        sa.select(Paragraph.number, Paragraph.id).where(Paragraph.version_id == shown.scalar_subquery())
    )
    return dict(rows.all())


def comments_on_last(case_id: int, *, by: Actor) -> list[int]:
    """The comments on what was shared last, to whomever, in the order in which they were made."""
    ask_as(by)
    last = (
        sa.select(IssuedVersion.what, sa.func.max(IssuedVersion.number))
        .join(Paragraph, Paragraph.version_id == IssuedVersion.id)
        .where(IssuedVersion.case_id == case_id)
        .group_by(IssuedVersion.what)
        .order_by(sa.func.max(IssuedVersion.id).desc())
        .limit(1)
    )
    what = db.session.execute(last).first()
    if what is None:
        return []
    rows = (
        sa.select(Comment.id)
        .join(Paragraph, Paragraph.id == Comment.paragraph_id)
        .join(IssuedVersion, IssuedVersion.id == Paragraph.version_id)
        .where(
            IssuedVersion.case_id == case_id,
            IssuedVersion.what == what[0],
            IssuedVersion.number == what[1],
            Comment.signed_on.is_not(None),
        )
        .order_by(Comment.id)
    )
    return list(db.session.scalars(rows))


def acts_of(case_id: int, *, by: Actor) -> dict[str, list[int]]:
    """What can be appealed against, by sort, in the order in which it was done: the entries that recorded it."""
    ask_as(by)
    served = sa.select(Service.what, Service.act).where(Service.case_id == case_id)
    refused = sa.select(sa.literal("refusal"), Certificate.act).where(
        Certificate.case_id == case_id, Certificate.act.is_not(None)
    )
    found: dict[str, list[int]] = {}
    for what, act in sorted(db.session.execute(served.union(refused)), key=lambda row: row[1]):
        found.setdefault("service" if what == "notice" else what, []).append(act)
    return found
