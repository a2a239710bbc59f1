"""What became of a notice since it was served, as each reader may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.models import ClockRow
from regulator.db import ask_as, db
from regulator.enforcement import models
from regulator.enforcement.queries.reading import CASE, read_rows


@dataclass(frozen=True)
class ServiceRow:
    """One service of the notice or of a variation of it."""

    act: int
    what: str
    method: str
    addressee: str
    sent_on: datetime
    deemed_on: datetime
    received_on: datetime | None
    corrected_on: date | None


@dataclass(frozen=True)
class ProofRow:
    """What proves a service, and where consent to electronic service is recorded; for staff alone."""

    act: int
    consent: str | None
    proof: str


@dataclass(frozen=True)
class CertificateRow:
    """An application for a certificate, and how it was answered."""

    step_id: int
    applied_on: date | None
    answered_as: str | None
    answered_on: date | None
    reason: str | None
    act: int | None


@dataclass(frozen=True)
class RecommendedRow:
    """A certificate recommended and not answered yet; for staff alone."""

    step_id: int
    recommended_as: str
    recommended_done_on: date | None
    recommended_on: date


@dataclass(frozen=True)
class VariationRow:
    """A variation of the notice, made or only cleared."""

    id: int
    number: int
    cleared_on: date
    made_on: date | None


@dataclass(frozen=True)
class VariedRow:
    """What a variation makes of one step."""

    variation_id: int
    step_id: int
    words: str | None
    done_by: date | None
    falls_away: bool


@dataclass(frozen=True)
class AppealRow:
    """An appeal against an act, and what it decided."""

    act: int
    tier: str
    grounds: str
    reference: str | None
    received_on: date
    outcome: str | None
    outcome_on: date | None
    words: str | None
    further_by: date | None


@dataclass(frozen=True)
class SuppliedRow:
    """What a body supplied under one step of an information notice."""

    step_id: int
    words: str | None
    mark: str
    supplied_on: date


def services_of(case_id: int, *, by: Actor) -> list[ServiceRow]:
    """Each service of the notice or of a variation, in order."""
    return read_rows(ServiceRow, models.Service, case_id, by)


def proofs_of(case_id: int, *, by: Actor) -> dict[int, ProofRow]:
    """What proves each service, by the entry that recorded it."""
    return {one.act: one for one in read_rows(ProofRow, models.Service, case_id, by)}


def certificates_of(case_id: int, *, by: Actor) -> list[CertificateRow]:
    """Applications for certificates and certificates given unasked, in order."""
    return read_rows(CertificateRow, models.Certificate, case_id, by)


def recommended_of(case_id: int, *, by: Actor) -> list[RecommendedRow]:
    """The certificates that are recommended and wait for an answer, in order; for staff."""
    if by.side is not Side.staff:
        return []
    model = models.Certificate
    return read_rows(
        RecommendedRow, model, case_id, by, model.recommended_as.is_not(None), model.answered_on.is_(None)
    )


def variations_of(case_id: int, *, by: Actor) -> list[VariationRow]:
    """The variations that `by` may read, by number."""
    return read_rows(VariationRow, models.Variation, case_id, by)


def varied_of(case_id: int, *, by: Actor) -> list[VariedRow]:
    """What each variation that `by` may read makes of each step."""
    return read_rows(VariedRow, models.VariationStep, case_id, by)


def appeals_of(case_id: int, *, by: Actor) -> list[AppealRow]:
    """The appeals that were recorded, in order."""
    return read_rows(AppealRow, models.Appeal, case_id, by)


def supplied_of(case_id: int, *, by: Actor) -> list[SuppliedRow]:
    """What was supplied under an information notice, in order."""
    return read_rows(SuppliedRow, models.SuppliedItem, case_id, by)


@dataclass(frozen=True)
class DayRow:
    """The day of one step of the notice, as its clock counts it now, and as it was counted first."""

    step_id: int
    last_day: date
    original: date
    is_open: bool
    paused_since: date | None
    late_from: datetime


def days_of(case_id: int, *, by: Actor) -> dict[int, DayRow]:
    """The clock last started for each step of the notice, by step."""
    ask_as(by)
    query = (
        sa.select(
            ClockRow.keys["notice_step"].as_integer(),
            ClockRow.last_day,
            ClockRow.original_last_day,
            ClockRow.is_open,
            ClockRow.paused_since,
            ClockRow.late_from,
        )
        .where(ClockRow.case_id == CASE, ClockRow.name == "compliance")
        .order_by(ClockRow.id)
    )
    return {row[0]: DayRow(*row) for row in db.session.execute(query, {"case": case_id})}
