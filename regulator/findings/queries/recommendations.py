"""Recommendations with the date of each, and what a body drafted in answer to its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import ClockRow
from regulator.db import ask_as, db
from regulator.findings.models import Recommendation, RecommendationDraft, ReportFinding


@dataclass(frozen=True)
class RecommendationRow:
    """One recommendation as the reader may read it; what is only drafted is the regulator’s alone.

    finding:  the number of the finding it follows from; last_day, first_day: when it is due, and was at first
    is_late:  it was not carried out in time; none where its date has not come, or it has none
    """

    id: int
    party_id: int
    number: int
    concern_id: int | None
    words: str
    priority: str
    output: str
    issued_on: date | None
    answer: str | None
    reasons: str | None
    own_target: date | None
    answered_on: date | None
    noted_on: date | None
    claimed_on: date | None
    verdict: str | None
    verified_on: date | None
    finding: int | None = None
    last_day: date | None = None
    first_day: date | None = None
    ended_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it was given to its body and is neither met nor noted as rejected."""
        return self.issued_on is not None and self.verdict != "met" and self.noted_on is None


@dataclass(frozen=True)
class DraftRow:
    """What a body’s people drafted in answer to a recommendation: their own until it is signed."""

    recommendation_id: int
    answer: str
    reasons: str | None
    own_target: date | None
    version: int


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_OWN = [getattr(Recommendation, field.name) for field in fields(RecommendationRow)[:16]]
_RECOMMENDATIONS = (
    sa.select(*_OWN, ReportFinding.number)
    .outerjoin(ReportFinding, ReportFinding.id == Recommendation.finding_id)
    .where(Recommendation.case_id == _CASE)
    .order_by(Recommendation.number)
)
_DATES = (
    sa.select(
        ClockRow.keys["recommendation"].as_integer(),
        ClockRow.last_day,
        ClockRow.original_last_day,
        ClockRow.ended_on,
    )
    .where(ClockRow.case_id == _CASE, ClockRow.name == "recommendation")
    .order_by(ClockRow.id)
)
_DRAFTS = sa.select(*(getattr(RecommendationDraft, field.name) for field in fields(DraftRow))).where(
    RecommendationDraft.case_id == _CASE
)


def recommendations_of(case_id: int, *, by: Actor) -> list[RecommendationRow]:
    """The recommendations that `by` may read, by number, each with the day it is due."""
    ask_as(by)
    rows = db.session.execute(_RECOMMENDATIONS, {"case": case_id}).all()
    dates = {one: days for one, *days in db.session.execute(_DATES, {"case": case_id})} if rows else {}
    return [RecommendationRow(*row, *dates.get(row[0], ())) for row in rows]


def drafts_of(case_id: int, *, by: Actor) -> dict[int, DraftRow]:
    """What the body’s own people drafted and did not sign, by recommendation."""
    ask_as(by)
    rows = (DraftRow(*row) for row in db.session.execute(_DRAFTS, {"case": case_id}))
    return {one.recommendation_id: one for one in rows}
