"""What was looked at, seen, found and made public, as each reader may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.models import Party
from regulator.db import ask_as, db
from regulator.findings.models import (
    AreaRating,
    Publication,
    Report,
    ReportFinding,
    ScopeArea,
    Visit,
)


@dataclass(frozen=True)
class RatingRow:
    """A rating or grade of an area; `issued_on` is none while it is only drafted."""

    area_id: int
    round: int
    code: str
    reasons: str | None
    issued_on: date | None


@dataclass(frozen=True)
class AreaRow:
    """One thing that is looked at, with every rating of it that the reader may see, the first before later ones."""

    id: int
    number: int
    name: str
    ratings: Sequence[RatingRow] = ()

    @property
    def drafted(self) -> RatingRow | None:
        """The rating that is only drafted."""
        return next((one for one in self.ratings if one.issued_on is None), None)

    @property
    def issued(self) -> RatingRow | None:
        """The last rating that was issued."""
        return next((one for one in reversed(self.ratings) if one.issued_on is not None), None)


@dataclass(frozen=True)
class VisitRow:
    """A visit, interview, observation or revisit; what was said and seen there is the regulator’s alone."""

    id: int
    party_id: int
    number: int
    what: str
    place: str | None
    starts_on: date | None
    ends_on: date | None
    purpose: str | None
    held_on: date | None
    people_present: str | None = None
    interviewed: str | None = None
    observations: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class ReportRow:
    """The report as it is being written; `version` is its token."""

    words: str
    version: int


@dataclass(frozen=True)
class FindingRow:
    """One finding of the report; its evidence and what superseded it are the regulator’s to read."""

    id: int
    number: int
    area_id: int
    words: str
    standard: str
    issued_on: date | None
    superseded_on: date | None
    evidence: str | None = None
    superseded_by: str | None = None


@dataclass(frozen=True)
class PublicationRow:
    """What is public of a case, or was until it was corrected; what stood there before is for staff alone."""

    number: int
    what: str
    words: str
    published_on: date
    correction: str | None
    replaced: str | None = None


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_AREAS = (
    sa.select(ScopeArea.id, ScopeArea.number, ScopeArea.name)
    .where(ScopeArea.case_id == _CASE)
    .order_by(ScopeArea.number)
)
_RATINGS = (
    sa.select(AreaRating.area_id, AreaRating.round, AreaRating.code, AreaRating.reasons, AreaRating.issued_on)
    .where(AreaRating.case_id == _CASE)
    .order_by(AreaRating.area_id, AreaRating.round)
)


def _columns(row: type, model: type, count: int | None = None) -> list[Any]:
    return [getattr(model, field.name) for field in fields(row)[:count]]


_VISITS = {
    side: sa.select(*_columns(VisitRow, Visit, count)).where(Visit.case_id == _CASE).order_by(Visit.number)
    for side, count in ((Side.staff, None), (Side.body, 9))
}
_REPORT = sa.select(Report.words, Report.version).where(Report.case_id == _CASE)
_FINDINGS = {
    side: sa.select(*_columns(FindingRow, ReportFinding, count))
    .where(ReportFinding.case_id == _CASE)
    .order_by(ReportFinding.number)
    for side, count in ((Side.staff, None), (Side.body, 7), (Side.oversight, 7))
}
_PUBLICATIONS = {
    side: sa.select(*_columns(PublicationRow, Publication, count))
    .where(Publication.case_id == _CASE)
    .order_by(Publication.number)
    for side, count in ((Side.staff, None), (Side.body, 5), (Side.oversight, 5))
}


_BODIES = (
    sa.select(sa.func.count()).select_from(Party).where(Party.case_id == _CASE, Party.capacity == "subject")
)


def has_several_bodies(case_id: int, *, by: Actor) -> bool:
    """Whether the case is about more than one body, as far as `by` may know."""
    ask_as(by)
    return (db.session.scalar(_BODIES, {"case": case_id}) or 0) > 1


def areas_of(case_id: int, *, by: Actor) -> list[AreaRow]:
    """What is looked at, by number, each with its ratings as far as `by` may read them."""
    ask_as(by)
    areas = [AreaRow(*row) for row in db.session.execute(_AREAS, {"case": case_id})]
    ratings = [RatingRow(*row) for row in db.session.execute(_RATINGS, {"case": case_id})] if areas else []
    return [replace(one, ratings=[each for each in ratings if each.area_id == one.id]) for one in areas]


def visits_of(case_id: int, *, by: Actor) -> list[VisitRow]:
    """Visits by number; a body reads which were arranged with it."""
    ask_as(by)
    return [VisitRow(*row) for row in db.session.execute(_VISITS[by.side], {"case": case_id})]


def report_of(case_id: int, *, by: Actor) -> ReportRow | None:
    """The report as the regulator’s people are writing it; none before anybody began."""
    ask_as(by)
    row = db.session.execute(_REPORT, {"case": case_id}).one_or_none()
    return ReportRow(*row) if row else None


def findings_of(case_id: int, *, by: Actor) -> list[FindingRow]:
    """The findings by number: all for the regulator, those that were issued for anyone else."""
    ask_as(by)
    return [FindingRow(*row) for row in db.session.execute(_FINDINGS[by.side], {"case": case_id})]


def publications_of(case_id: int, *, by: Actor) -> list[PublicationRow]:
    """What was made public of a case, the first before what it was corrected to."""
    ask_as(by)
    return [PublicationRow(*row) for row in db.session.execute(_PUBLICATIONS[by.side], {"case": case_id})]
