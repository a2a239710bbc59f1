"""What an audit and an inspection find and what comes of it, and what any case makes public."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
from regulator.evidence.models import of_case, of_party


class ScopeArea(Base):
    """One thing that is looked at, rated on its own."""

    __tablename__ = "scope_area"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    name: Mapped[str]


class AreaRating(Base):
    """A rating or grade of an area; a later one stands beside the first.

    round:     1 for the first that was issued, 2 for the next
    code:      an assurance of an audit, a grade of an inspection
    issued_on: when the body was told; none while it is only drafted or proposed
    """

    __tablename__ = "area_rating"
    __table_args__ = (sa.UniqueConstraint("area_id", "round"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_area.id"))
    round: Mapped[int]
    code: Mapped[str]
    reasons: Mapped[str | None] = personal()
    issued_on: Mapped[date | None]


class Visit(Base):
    """A visit, an interview, an observation or a revisit: arranged, written up, or both.

    what:    visit, interview, observation or revisit
    held_on: the day it was written up as held; none while it is only arranged
    """

    __tablename__ = "visit"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    number: Mapped[int]
    what: Mapped[str] = mapped_column(default="visit")
    place: Mapped[str | None] = personal()
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    purpose: Mapped[str | None] = personal()
    people_present: Mapped[str | None] = personal()
    interviewed: Mapped[str | None] = personal()
    observations: Mapped[str | None] = personal()
    words: Mapped[str | None] = personal()
    held_on: Mapped[date | None]


class Report(Base):
    """The report as it is being written: its paragraphs, an empty line between them; what is issued is a version."""

    __tablename__ = "report"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    words: Mapped[str] = personal()
    version: Mapped[int] = mapped_column(default=1)


class ReportFinding(Base):
    """One finding of the report: in its area, under its standard, with its evidence; a ruling may supersede it."""

    __tablename__ = "report_finding"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    area_id: Mapped[int] = mapped_column(sa.ForeignKey("scope_area.id"))
    words: Mapped[str] = personal()
    standard: Mapped[str]
    evidence: Mapped[str | None] = personal()
    issued_on: Mapped[date | None]
    superseded_on: Mapped[date | None]
    superseded_by: Mapped[str | None] = personal()


class Recommendation(Base):
    """One recommendation to one body, with what the body signed about it and what the regulator verified.

    output:     cause_of_concern, area_for_improvement or recommendation
    concern_id: the cause of concern it belongs to, sent with it
    issued_on:  when the body was given it; none while it is drafted
    answer:     accepted, partly or rejected, as signed; noted_on: when the regulator took note of a rejection
    claimed_on: when the body last said that it is done, and that waits to be verified
    verdict:    met, partly or not_met, as last verified; only `met` closes it
    """

    __tablename__ = "recommendation"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    number: Mapped[int]
    finding_id: Mapped[int | None] = mapped_column(sa.ForeignKey("report_finding.id"))
    concern_id: Mapped[int | None] = mapped_column(sa.ForeignKey("concern.id"))
    words: Mapped[str] = personal()
    priority: Mapped[str]
    output: Mapped[str] = mapped_column(default="recommendation")
    issued_on: Mapped[date | None]
    answer: Mapped[str | None]
    reasons: Mapped[str | None] = personal()
    own_target: Mapped[date | None]
    answered_on: Mapped[date | None]
    noted_on: Mapped[date | None]
    claimed_on: Mapped[date | None]
    verdict: Mapped[str | None]
    verified_on: Mapped[date | None]


class RecommendationDraft(Base):
    """A body’s draft answer to a recommendation: its own, until its approving officer signs."""

    __tablename__ = "recommendation_draft"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    recommendation_id: Mapped[int] = mapped_column(sa.ForeignKey("recommendation.id"), unique=True)
    answer: Mapped[str]
    reasons: Mapped[str | None] = personal(audience="body_only")
    own_target: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class Publication(Base):
    """What of a case is public, as it was published; a correction is the next one, and says what was wrong.

    what:     summary, report, or the instrument: compliance, reprimand, ...
    words:    paragraphs, an empty line between them; empty once others stand in their place
    replaced: the words that stood there before a correction: for the regulator, and no longer for the public
    """

    __tablename__ = "publication"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    what: Mapped[str]
    words: Mapped[str] = personal()
    published_on: Mapped[date]
    correction: Mapped[str | None] = personal()
    replaced: Mapped[str | None] = personal()


class PublicComment(Base):
    """What a body, or the body that oversees it, says in public of a published report.

    side:   body or oversight; party_id: the body it is about
    answer: done, will_be_done or not_done; is_reply: an overseer’s reply to what the body said
    """

    __tablename__ = "public_comment"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    side: Mapped[str]
    recommendation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("recommendation.id"))
    answer: Mapped[str | None]
    words: Mapped[str] = personal()
    is_reply: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]
