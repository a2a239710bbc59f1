"""What may be asked of an audit alone. `by` is always an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.audits.models import Audit
from regulator.casework.models import IssuedVersion
from regulator.db import ask_as, db

TERMS = "terms"


@dataclass(frozen=True)
class PlanRow:
    """An audit as it was planned; why is for the regulator alone."""

    title: str
    basis: str
    own_return: bool
    reason: str | None = None


@dataclass(frozen=True)
class TermsRow:
    """Terms as they were sent to one body: proposed with the first number, settled with a later one."""

    party_id: int | None
    number: int
    text: str
    issued_on: date

    @property
    def paragraphs(self) -> list[str]:
        """What they say, paragraph by paragraph."""
        return self.text.split("\n\n")


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_PLAN = sa.select(Audit.title, Audit.basis, Audit.own_return).where(Audit.case_id == _CASE)
_WHOLE_PLAN = _PLAN.add_columns(Audit.reason)
_TERMS = (
    sa.select(IssuedVersion.party_id, IssuedVersion.number, IssuedVersion.text, IssuedVersion.issued_on)
    .where(IssuedVersion.case_id == _CASE, IssuedVersion.what == TERMS)
    .order_by(IssuedVersion.party_id, IssuedVersion.number)
)


def plan_of(case_id: int, *, by: Actor) -> PlanRow | None:
    """How an audit was planned; nothing for one brought over without it."""
    ask_as(by)
    asked = _WHOLE_PLAN if by.side is Side.staff else _PLAN
    row = db.session.execute(asked, {"case": case_id}).one_or_none()
    return PlanRow(*row) if row else None


def terms_of(case_id: int, *, by: Actor) -> list[TermsRow]:
    """The terms as they stand, for each body whose terms `by` may read."""
    ask_as(by)
    found = (TermsRow(*row) for row in db.session.execute(_TERMS, {"case": case_id}))
    return list({one.party_id: one for one in found}.values())
