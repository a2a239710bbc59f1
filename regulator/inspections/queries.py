"""What may be asked of an inspection alone. `by` is always an argument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.db import ask_as, db
from regulator.findings.models import PublicComment, Recommendation
from regulator.inspections.models import Concern, Inspection


@dataclass(frozen=True)
class PlanRow:
    """An inspection as it was planned; whether it was to be unannounced, and why, is for the regulator alone."""

    title: str
    commission: str
    commissioned_by: str | None
    unannounced: bool | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Recommended:
    """A recommendation as far as a cause of concern or a public comment names it."""

    id: int
    party_id: int
    number: int
    words: str
    priority: str
    verdict: str | None
    concern_id: int | None
    issued_on: date | None


@dataclass(frozen=True)
class ConcernRow:
    """A cause of concern about one body with its recommendations, and what became of it."""

    id: int
    party_id: int
    number: int
    words: str
    standard: str
    accelerated: bool
    sent_on: date | None
    answer: str | None
    answered_on: date | None
    closed_on: date | None
    closed_because: str | None
    recommendations: Sequence[Recommended] = ()

    @property
    def paragraphs(self) -> list[str]:
        """What it says, paragraph by paragraph."""
        return self.words.split("\n\n")


@dataclass(frozen=True)
class SaidRow:
    """A comment made in public on the report; `number` is that of the recommendation it is about, if of one."""

    party_id: int
    side: str
    answer: str | None
    words: str
    is_reply: bool
    made_on: date
    recommendation_id: int | None


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_PLAN = sa.select(Inspection.title, Inspection.commission, Inspection.commissioned_by).where(
    Inspection.case_id == _CASE
)
_WHOLE_PLAN = _PLAN.add_columns(Inspection.unannounced, Inspection.reason)
_CONCERNS = (
    sa.select(
        Concern.id,
        Concern.party_id,
        Concern.number,
        Concern.words,
        Concern.standard,
        Concern.accelerated,
        Concern.sent_on,
        Concern.answer,
        Concern.answered_on,
        Concern.closed_on,
        Concern.closed_because,
    )
    .where(Concern.case_id == _CASE)
    .order_by(Concern.number)
)
_RECOMMENDATIONS = (
    sa.select(
        Recommendation.id,
        Recommendation.party_id,
        Recommendation.number,
        Recommendation.words,
        Recommendation.priority,
        Recommendation.verdict,
        Recommendation.concern_id,
        Recommendation.issued_on,
    )
    .where(Recommendation.case_id == _CASE)
    .order_by(Recommendation.number)
)
_SAID = (
    sa.select(
        PublicComment.party_id,
        PublicComment.side,
        PublicComment.answer,
        PublicComment.words,
        PublicComment.is_reply,
        PublicComment.made_on,
        PublicComment.recommendation_id,
    )
    .where(PublicComment.case_id == _CASE)
    .order_by(PublicComment.id)
)


def plan_of(case_id: int, *, by: Actor) -> PlanRow | None:
    """How an inspection was planned; nothing for one brought over without it."""
    ask_as(by)
    asked = _WHOLE_PLAN if by.side is Side.staff else _PLAN
    row = db.session.execute(asked, {"case": case_id}).one_or_none()
    return PlanRow(*row) if row else None


def recommendations_of(case_id: int, *, by: Actor) -> list[Recommended]:
    """The recommendations that `by` may read, by number."""
    ask_as(by)
    return [Recommended(*row) for row in db.session.execute(_RECOMMENDATIONS, {"case": case_id})]


def concerns_of(case_id: int, *, by: Actor) -> list[ConcernRow]:
    """The causes of concern that `by` may read, by number, each with its recommendations."""
    ask_as(by)
    rows = db.session.execute(_CONCERNS, {"case": case_id}).all()
    theirs: dict[int | None, list[Recommended]] = defaultdict(list)
    for one in recommendations_of(case_id, by=by) if rows else ():
        theirs[one.concern_id].append(one)
    return [ConcernRow(*row, recommendations=theirs[row.id]) for row in rows]


def said_in_public(case_id: int, *, by: Actor) -> list[SaidRow]:
    """What was said in public of the report, in the order in which it was said."""
    ask_as(by)
    return [SaidRow(*row) for row in db.session.execute(_SAID, {"case": case_id})]
