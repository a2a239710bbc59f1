"""What is proposed, decided and signed, its steps, and what the body said of it, as each reader may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from regulator.actors import Actor
from regulator.casework.models import IssuedVersion
from regulator.enforcement import models
from regulator.enforcement.queries.reading import read_rows


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


def notice_of(case_id: int, *, by: Actor) -> NoticeRow | None:
    """The instrument of a case; none for a case that was brought over, or before a body may read it."""
    return next(iter(read_rows(NoticeRow, models.Notice, case_id, by)), None)


def preconditions_of(case_id: int, *, by: Actor) -> dict[str, PreconditionRow]:
    """The preconditions answered so far, by test."""
    return {one.test: one for one in read_rows(PreconditionRow, models.PreconditionAnswer, case_id, by)}


def steps_of(case_id: int, *, by: Actor) -> list[StepRow]:
    """The steps that `by` may read, by number."""
    return read_rows(StepRow, models.NoticeStep, case_id, by)


def points_of(case_id: int, *, by: Actor) -> list[PointRow]:
    """The points of the representations, by number."""
    return read_rows(PointRow, models.RepresentationPoint, case_id, by)


def draft_of(case_id: int, *, by: Actor) -> DraftRow | None:
    """What the person’s own body wrote of its representations so far; none for anybody else."""
    if not by.reads_own:
        return None
    return next(iter(read_rows(DraftRow, models.RepresentationDraft, case_id, by)), None)


def issued_of(case_id: int, what: str, audience: str, *, by: Actor) -> list[IssuedRow]:
    """What was frozen under a name (notice_of_intent, representations, notice, variation), the last first."""
    model = IssuedVersion
    found = read_rows(IssuedRow, model, case_id, by, model.what == what, model.audience == audience)
    return found[::-1]
