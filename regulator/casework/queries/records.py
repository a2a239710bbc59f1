"""Records to be looked after: what falls due for review or destruction, what is held, and what was destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from regulator import moments
from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.casework.models import CaseFile, Disposal
from regulator.casework.queries.worklists import COUNTED, ROWS
from regulator.db import ask_as, db
from regulator.documents.models import Document
from regulator.errors import Missing


class Keep(StrEnum):
    """Which records."""

    proposed = "proposed"
    due = "due"
    review = "review"
    unknown = "unknown"
    held = "held"
    destroyed = "destroyed"


@dataclass(frozen=True)
class Record:
    """A case whose record is looked after; `day` is what its list is about."""

    id: int
    reference: str
    kind: str
    title: str
    legal_hold: bool
    disposal: str | None
    day: date | None


@dataclass(frozen=True)
class Certificate:
    """What was destroyed of a case, when, and by which two people; files_gone_on is empty until the files are gone."""

    proposed_on: date
    proposed_by: str
    approved_on: date
    approved_by: str
    entries: int
    words: int
    files: int
    files_gone_on: date | None


@dataclass(frozen=True)
class DestroyedFile:
    """A file that is gone: its size in bytes and the sha256 of what it held."""

    media_type: str
    size: int
    sha256: str


_PROPOSER, _APPROVER = aliased(Person), aliased(Person)
_CERTIFICATE = (
    sa.select(
        Disposal.proposed_on,
        _PROPOSER.name,
        Disposal.approved_on,
        _APPROVER.name,
        Disposal.entries,
        Disposal.words,
        Disposal.files,
        Disposal.files_gone_on,
    )
    .join(_PROPOSER, _PROPOSER.id == Disposal.proposed_by_id)
    .join(_APPROVER, _APPROVER.id == Disposal.approved_by_id)
    .where(Disposal.case_id == sa.bindparam("case"), Disposal.approved_on.is_not(None))
)
_GONE = (
    sa.select(Document.media_type, Document.size, Document.sha256)
    .where(Document.case_id == sa.bindparam("case"), Document.destroyed_on.is_not(None))
    .order_by(Document.id)
)


def records(which: Keep, *, by: Actor, after: int = 0) -> tuple[list[Record], int | None]:
    """The records of a list that `by` may see, a page at a time, and where the next page begins."""
    ask_as(by)
    found = (
        sa.select(
            CaseFile.id,
            CaseFile.reference,
            CaseFile.kind,
            CaseFile.title,
            CaseFile.legal_hold,
            CaseFile.disposal,
            CaseFile.disposal_on,
        )
        .where(*_which(which), CaseFile.id > after)
        .order_by(CaseFile.id)
        .limit(ROWS + 1)
    )
    rows = [Record(*row) for row in db.session.execute(found)]
    return rows[:ROWS], rows[ROWS - 1].id if len(rows) > ROWS else None


def tally(*, by: Actor) -> Mapping[str, int]:
    """How many records each list has: exact up to COUNTED, one more beyond."""
    ask_as(by)
    asked = sa.select(*(_count(which).label(which) for which in Keep))
    return dict(db.session.execute(asked).mappings().one())


def certificate(case_id: int, *, by: Actor) -> tuple[Certificate, list[DestroyedFile]]:
    """What was destroyed of a case.

    Raises: Missing while its record stands
    """
    ask_as(by)
    row: Any = db.session.execute(_CERTIFICATE, {"case": case_id}).one_or_none()
    if row is None:
        raise Missing("The record of this case has not been destroyed, so there is no certificate.")
    gone = db.session.execute(_GONE, {"case": case_id})
    return Certificate(*row), [DestroyedFile(*one) for one in gone]


def _count(which: Keep) -> sa.ScalarSelect[int]:
    few = sa.select(CaseFile.id).where(*_which(which)).limit(COUNTED + 1).subquery()
    return sa.select(sa.func.count()).select_from(few).scalar_subquery()


def _which(which: Keep) -> list[Any]:
    ended = [sa.not_(CaseFile.is_open), sa.not_(CaseFile.is_historic)]
    come = CaseFile.disposal_on <= moments.today()
    match which:
        case Keep.proposed:
            return [CaseFile.disposal_stage == "proposed"]
        case Keep.due:
            here = CaseFile.disposal_stage.is_(None), sa.not_(CaseFile.legal_hold)
            return [*ended, CaseFile.disposal == "destroy", come, *here]
        case Keep.review:
            return [*ended, CaseFile.disposal == "review", come]
        case Keep.unknown:
            return [*ended, CaseFile.disposal.in_(("review", "destroy")), CaseFile.disposal_on.is_(None)]
        case Keep.held:
            return [CaseFile.legal_hold, sa.not_(CaseFile.is_historic)]
        case Keep.destroyed:
            return [CaseFile.disposal_stage == "destroyed"]
