"""The rows of a complaint that its needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from regulator.casework.facts import Facts
from regulator.casework.registry import loader, outcomes
from regulator.casework.standards import concerned
from regulator.complaints.models import Allegation, Complaint, RemitAnswer, WayBack
from regulator.db import db
from regulator.evidence.facts import CASE, EvidenceRows

_ALLEGATIONS = sa.select(Allegation).where(Allegation.case_id == CASE).order_by(Allegation.number)
_HAPPENED = sa.select(Complaint.happened_on).where(Complaint.case_id == CASE)
_WAY = sa.select(WayBack).where(WayBack.case_id == CASE).order_by(WayBack.id.desc()).limit(1)
_REMIT = sa.select(RemitAnswer).where(RemitAnswer.case_id == CASE).order_by(RemitAnswer.id)


class ComplaintRows(EvidenceRows):
    """Allegations and remit answers of one complaint, with what was asked and answered, in the engine role."""

    @cached_property
    def allegations(self) -> Sequence[Allegation]:
        """What was complained of, by number."""
        return db.session.scalars(_ALLEGATIONS, self.asked).all()

    @cached_property
    def happened_on(self) -> date | None:
        """The day it happened, where it is known."""
        return db.session.scalar(_HAPPENED, self.asked)

    @cached_property
    def remit(self) -> Sequence[RemitAnswer]:
        """The remit tests answered so far."""
        return db.session.scalars(_REMIT, self.asked).all()

    @cached_property
    def way_back(self) -> WayBack | None:
        """How the holder of the code gets another if it is lost; None where nothing was chosen."""
        return db.session.scalar(_WAY, self.asked)


@concerned("complaint")
def days(known: Facts) -> tuple[date, date]:
    """The day on which it happened; where that is not known, any day until it was complained of."""
    happened = of(known).happened_on
    return (happened, happened) if happened else (date.min, known.case.opened_on)


@loader("complaint")
def rows(case_id: int) -> ComplaintRows:
    """The rows of a complaint, read when asked for."""
    return ComplaintRows(case_id)


def of(known: Facts) -> ComplaintRows:
    """The complaint’s own rows among the facts of a case."""
    more: ComplaintRows = known.more
    return more


@outcomes("complaint")
def found(known: Facts) -> Collection[str]:
    """The findings that the allegations of a complaint came to."""
    return {allegation.finding for allegation in of(known).allegations if allegation.finding}
