"""What was complained of and by whom, as each audience may read it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.casework.models import CaseFile, Participant
from regulator.casework.queries import CaseRow
from regulator.complaints.models import Allegation, Complaint, RemitAnswer, WayBack
from regulator.db import ask_as, db
from regulator.errors import Missing


@dataclass(frozen=True)
class ParticularsRow:
    """A complaint as it was first made; for the regulator and the complainant, never for a body."""

    channel: str
    technology: str
    what_happened: str
    happened_when: str | None
    happened_on: date | None
    happened_where: str | None
    own_data: bool | None
    force_first: bool | None
    force_first_on: date | None
    force_reference: str | None
    proceedings: str | None
    outcome_sought: str | None


@dataclass(frozen=True)
class AllegationRow:
    """One thing complained of; what was found is told to the regulator and the body only, for others read it in letters."""

    number: int
    words: str
    finding: str | None = None
    standard: str | None = None
    reasons: str | None = None
    told_on: date | None = None
    referred_to: str | None = None
    superseded_on: date | None = None
    superseded_by: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether this case decides it: it was not referred elsewhere."""
        return self.referred_to is None


@dataclass(frozen=True)
class RemitRow:
    """The answer to one remit test."""

    test: str
    answer: str
    note: str | None


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_CLAIM = sa.select(*(getattr(CaseFile, field.name) for field in fields(CaseRow))).where(CaseFile.id == _CASE)
_PARTICULARS = sa.select(*(getattr(Complaint, field.name) for field in fields(ParticularsRow))).where(
    Complaint.case_id == _CASE
)
_READABLE = {Side.staff: 9, Side.body: 5, Side.complainant: 2}
_ALLEGATIONS = {
    side: sa.select(*(getattr(Allegation, field.name) for field in fields(AllegationRow)[:count]))
    .where(Allegation.case_id == _CASE)
    .order_by(Allegation.number)
    for side, count in _READABLE.items()
}
_REMIT = sa.select(RemitAnswer.test, RemitAnswer.answer, RemitAnswer.note).where(RemitAnswer.case_id == _CASE)
_NAME = (
    sa.select(Participant.name)
    .where(Participant.case_id == _CASE, Participant.capacity == "complainant")
    .order_by(Participant.id)
)

_LANGUAGE = (
    sa.select(Participant.language)
    .where(Participant.case_id == _CASE, Participant.capacity == "complainant")
    .order_by(Participant.id)
)


def of_claim(by: Actor) -> CaseRow:
    """The one case that a reference and code opened.

    Raises: Missing when there is none
    """
    ask_as(by)
    row = db.session.execute(_CLAIM, {"case": by.case_id}).one_or_none()
    if row is None:
        raise Missing("There is no complaint that your code opens.")
    return CaseRow(*row)


def particulars_of(case_id: int, *, by: Actor) -> ParticularsRow | None:
    """The complaint as it was first made; nothing for a case brought over without it."""
    ask_as(by)
    row = db.session.execute(_PARTICULARS, {"case": case_id}).one_or_none()
    return ParticularsRow(*row) if row else None


def allegations_of(case_id: int, *, by: Actor) -> list[AllegationRow]:
    """What was complained of, by number, with as much of what was found as `by` may read."""
    ask_as(by)
    return [AllegationRow(*row) for row in db.session.execute(_ALLEGATIONS[by.side], {"case": case_id})]


def question_of(case_id: int, *, by: Actor) -> str | None:
    """The question that the holder of the code wrote, to be asked of whoever says that they lost it; staff alone read it."""
    ask_as(by)
    asked = sa.select(WayBack.question).where(WayBack.case_id == case_id).order_by(WayBack.id.desc()).limit(1)
    return db.session.scalar(asked)


def remit_of(case_id: int, *, by: Actor) -> dict[str, RemitRow]:
    """The remit tests answered so far, by test."""
    ask_as(by)
    return {row.test: RemitRow(*row) for row in db.session.execute(_REMIT, {"case": case_id})}


def who_complains(case_id: int, *, by: Actor) -> str | None:
    """The complainant’s name; none where it is not known, or where `by` may not know it."""
    ask_as(by)
    return db.session.scalars(_NAME, {"case": case_id}).first()


def language_of(by: Actor) -> str | None:
    """The language that somebody asked for when they complained or began to act for somebody: en, cy or other."""
    ask_as(by)
    return db.session.scalars(_LANGUAGE, {"case": by.case_id}).first()


def same_person(case_id: int, other_id: int) -> bool:
    """Whether another case is an open complaint of the same complainant; asked within a step pinned to both.

    The same email address, or the same name and telephone number, however they were written.
    """
    mine, theirs = sa.orm.aliased(Participant), sa.orm.aliased(Participant)
    is_same = sa.or_(
        _as_written(mine.email) == _as_written(theirs.email),
        sa.and_(
            _as_written(mine.name) == _as_written(theirs.name), _digits(mine.phone) == _digits(theirs.phone)
        ),
    )
    both = sa.and_(
        mine.case_id == case_id,
        theirs.case_id == other_id,
        mine.capacity == "complainant",
        theirs.capacity == "complainant",
    )
    is_open = sa.exists().where(CaseFile.id == other_id, CaseFile.is_open, CaseFile.kind == "complaint")
    found: bool | None = db.session.scalar(sa.select(sa.exists().where(both, is_same, is_open)))
    return bool(found)


def _as_written(column: sa.orm.InstrumentedAttribute[str | None]) -> sa.ColumnElement[str]:
    """A name or address without the accidents of writing; nothing is like nothing."""
    spaced = sa.func.regexp_replace(sa.func.lower(sa.func.trim(column)), r"\s+", " ", "g")
    return sa.func.nullif(spaced, "")


def _digits(column: sa.orm.InstrumentedAttribute[str | None]) -> sa.ColumnElement[str]:
    """The last nine figures of a telephone number, so that +44 7700 900123 is 07700 900123."""
    return sa.func.nullif(sa.func.right(sa.func.regexp_replace(column, r"\D", "", "g"), 9), "")
