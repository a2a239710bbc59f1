"""Every SELECT on a notice, a warning or a reprimand; `by` is always an argument, and the database asks again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.models import ClockRow, IssuedVersion
from regulator.db import Base, ask_as, db
from regulator.enforcement import models

Row = TypeVar("Row")


@dataclass(frozen=True)
class NoticeRow:
    """What is proposed, decided and signed; a body reads it once it was served."""

    instrument: str
    proposed: str
    power: str
    failure: str
    standard: str
    is_urgent: bool
    urgency: str | None
    final_text: str | None
    signed_on: date | None
    text_hash: str | None
    served_on: date | None


@dataclass(frozen=True)
class PreconditionRow:
    """The answer to one precondition."""

    test: str
    answer: str
    note: str | None


@dataclass(frozen=True)
class StepRow:
    """One step of the notice, as it stands."""

    id: int
    number: int
    words: str
    done_by: date | None
    hours: int | None
    prohibits: bool
    served_on: date | None
    reported_on: date | None
    breached_on: date | None
    done_on: date | None
    settled_as: str | None
    settled_on: date | None


@dataclass(frozen=True)
class PointRow:
    """One point of the representations, with what was answered."""

    id: int
    number: int
    words: str
    is_late: bool
    made_on: date
    answer: str | None
    reason: str | None


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


@dataclass(frozen=True)
class DraftRow:
    """What a body’s people wrote of its representations so far; their own alone."""

    words: str
    version: int


@dataclass(frozen=True)
class IssuedRow:
    """A text as it was frozen, with its hash."""

    id: int
    number: int
    text: str
    text_hash: str
    issued_on: date


_CASE: sa.BindParameter[int] = sa.bindparam("case")


def _read(row: type[Row], model: type[Base], case_id: int, by: Actor, *where: Any) -> list[Row]:
    ask_as(by)
    table = sa.inspect(model).local_table
    order = table.c.number if "number" in table.c else next(iter(table.primary_key))
    columns = [getattr(model, field.name) for field in fields(row)]  # type: ignore[arg-type]
    query = sa.select(*columns).where(table.c.case_id == _CASE, *where).order_by(order)
    return [row(*found) for found in db.session.execute(query, {"case": case_id})]


def notice_of(case_id: int, *, by: Actor) -> NoticeRow | None:
    """The instrument of a case; none for a case that was brought over, or before a body may read it."""
    return next(iter(_read(NoticeRow, models.Notice, case_id, by)), None)


def preconditions_of(case_id: int, *, by: Actor) -> dict[str, PreconditionRow]:
    """The preconditions answered so far, by test."""
    return {one.test: one for one in _read(PreconditionRow, models.PreconditionAnswer, case_id, by)}


def steps_of(case_id: int, *, by: Actor) -> list[StepRow]:
    """The steps that `by` may read, by number."""
    return _read(StepRow, models.NoticeStep, case_id, by)


def points_of(case_id: int, *, by: Actor) -> list[PointRow]:
    """The points of the representations, by number."""
    return _read(PointRow, models.RepresentationPoint, case_id, by)


def services_of(case_id: int, *, by: Actor) -> list[ServiceRow]:
    """Each service of the notice or of a variation, in order."""
    return _read(ServiceRow, models.Service, case_id, by)


def proofs_of(case_id: int, *, by: Actor) -> dict[int, ProofRow]:
    """What proves each service, by the entry that recorded it."""
    return {one.act: one for one in _read(ProofRow, models.Service, case_id, by)}


def certificates_of(case_id: int, *, by: Actor) -> list[CertificateRow]:
    """Applications for certificates and certificates given unasked, in order."""
    return _read(CertificateRow, models.Certificate, case_id, by)


def recommended_of(case_id: int, *, by: Actor) -> list[RecommendedRow]:
    """The certificates that are recommended and wait for an answer, in order; for staff."""
    if by.side is not Side.staff:
        return []
    model = models.Certificate
    return _read(
        RecommendedRow, model, case_id, by, model.recommended_as.is_not(None), model.answered_on.is_(None)
    )


def variations_of(case_id: int, *, by: Actor) -> list[VariationRow]:
    """The variations that `by` may read, by number."""
    return _read(VariationRow, models.Variation, case_id, by)


def varied_of(case_id: int, *, by: Actor) -> list[VariedRow]:
    """What each variation that `by` may read makes of each step."""
    return _read(VariedRow, models.VariationStep, case_id, by)


def appeals_of(case_id: int, *, by: Actor) -> list[AppealRow]:
    """The appeals that were recorded, in order."""
    return _read(AppealRow, models.Appeal, case_id, by)


def supplied_of(case_id: int, *, by: Actor) -> list[SuppliedRow]:
    """What was supplied under an information notice, in order."""
    return _read(SuppliedRow, models.SuppliedItem, case_id, by)


def draft_of(case_id: int, *, by: Actor) -> DraftRow | None:
    """What the person’s own body wrote of its representations so far; none for anybody else."""
    if by.side is not Side.body:
        return None
    return next(iter(_read(DraftRow, models.RepresentationDraft, case_id, by)), None)


def issued_of(case_id: int, what: str, audience: str, *, by: Actor) -> list[IssuedRow]:
    """What was frozen under a name (notice_of_intent, representations, notice, variation), the last first."""
    model = IssuedVersion
    found = _read(IssuedRow, model, case_id, by, model.what == what, model.audience == audience)
    return found[::-1]


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
        .where(ClockRow.case_id == _CASE, ClockRow.name == "compliance")
        .order_by(ClockRow.id)
    )
    return {row[0]: DayRow(*row) for row in db.session.execute(query, {"case": case_id})}
