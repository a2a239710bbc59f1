"""The rows of what was found that needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa

from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.db import db
from regulator.evidence.facts import CASE, EvidenceRows
from regulator.findings.models import (
    AreaRating,
    Publication,
    Recommendation,
    RecommendationDraft,
    Report,
    ReportFinding,
    ScopeArea,
    Visit,
)
from regulator.regime.model import Edition

_AREAS = sa.select(ScopeArea).where(ScopeArea.case_id == CASE).order_by(ScopeArea.number)
_RATINGS = (
    sa.select(AreaRating).where(AreaRating.case_id == CASE).order_by(AreaRating.area_id, AreaRating.round)
)
_VISITS = sa.select(Visit).where(Visit.case_id == CASE).order_by(Visit.number)
_REPORT = sa.select(Report).where(Report.case_id == CASE)
_FINDINGS = sa.select(ReportFinding).where(ReportFinding.case_id == CASE).order_by(ReportFinding.number)
_RECOMMENDATIONS = (
    sa.select(Recommendation).where(Recommendation.case_id == CASE).order_by(Recommendation.number)
)
_DRAFTS = sa.select(RecommendationDraft).where(RecommendationDraft.case_id == CASE)
_PUBLICATIONS = sa.select(Publication).where(Publication.case_id == CASE).order_by(Publication.number)
MET, REJECTED = "met", "rejected"


class FindingsRows(EvidenceRows):
    """Areas, visits, the report with its findings and recommendations, in the engine role.

    An audit and an inspection extend this, each with what it alone has.
    """

    def numbered(self, key: str) -> Mapping[int, int]:
        """The numbers of recommendations, from row to number."""
        return {one.id: one.number for one in self.recommendations} if key == "recommendation" else {}

    @cached_property
    def areas(self) -> Sequence[ScopeArea]:
        """What is looked at, by number."""
        return db.session.scalars(_AREAS, self.asked).all()

    @cached_property
    def ratings(self) -> Sequence[AreaRating]:
        """Every rating or grade, by area and round."""
        return db.session.scalars(_RATINGS, self.asked).all()

    @cached_property
    def visits(self) -> Sequence[Visit]:
        """Visits, interviews, observations and revisits, by number."""
        return db.session.scalars(_VISITS, self.asked).all()

    @cached_property
    def report(self) -> Report | None:
        """The report as it is being written; none before anybody began."""
        return db.session.scalars(_REPORT, self.asked).one_or_none()

    @cached_property
    def findings(self) -> Sequence[ReportFinding]:
        """The findings, drafted or issued, by number."""
        return db.session.scalars(_FINDINGS, self.asked).all()

    @cached_property
    def recommendations(self) -> Sequence[Recommendation]:
        """The recommendations, drafted or issued, those of a concern included, by number."""
        return db.session.scalars(_RECOMMENDATIONS, self.asked).all()

    @cached_property
    def drafts(self) -> dict[int, RecommendationDraft]:
        """What bodies drafted in answer to recommendations and have not signed, by recommendation."""
        return {one.recommendation_id: one for one in db.session.scalars(_DRAFTS, self.asked)}


def of(known: Facts) -> FindingsRows:
    """What was found, among the facts of a case."""
    more: FindingsRows = known.more
    return more


def edition_of(known: Facts) -> Edition:
    """The edition the case keeps."""
    return editions.editions()[known.case.edition]


def publications(known: Facts) -> Sequence[Publication]:
    """What of a case of any kind is public, by number; the last of each name is how it stands."""
    return db.session.scalars(_PUBLICATIONS, {"case": known.case.id}).all()


def is_open(one: Recommendation) -> bool:
    """Whether a recommendation was given to its body and is neither met nor noted as rejected."""
    return one.issued_on is not None and one.verdict != MET and one.noted_on is None


def issued_to(known: Facts, party: Party | None) -> list[Recommendation]:
    """The recommendations that were given, to one body or to all."""
    return [
        one
        for one in of(known).recommendations
        if one.issued_on is not None and (party is None or one.party_id == party.id)
    ]


def of_the_report(known: Facts, party_id: int | None = None) -> list[Recommendation]:
    """The recommendations of the report, to one body or to all: those of a concern go out with the concern."""
    return [
        one
        for one in of(known).recommendations
        if one.concern_id is None and party_id in (None, one.party_id)
    ]


def latest_rating(known: Facts, area_id: int, *, issued: bool) -> AreaRating | None:
    """The last rating of an area that was issued, or the one that is only drafted."""
    found = [
        one for one in of(known).ratings if one.area_id == area_id and (one.issued_on is not None) is issued
    ]
    return found[-1] if found else None
