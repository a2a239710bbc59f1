"""The rows of an inspection that its needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import loader
from regulator.db import db
from regulator.evidence.facts import CASE
from regulator.findings.facts import FindingsRows
from regulator.findings.models import Recommendation
from regulator.inspections.models import Concern, Inspection

_CONCERNS = sa.select(Concern).where(Concern.case_id == CASE).order_by(Concern.number)


class InspectionRows(FindingsRows):
    """The particulars of one inspection and its causes of concern, with what was asked and found, in the engine role."""

    def numbered(self, key: str) -> Mapping[int, int]:
        """The numbers of causes of concern too, from row to number."""
        return {one.id: one.number for one in self.concerns} if key == "concern" else super().numbered(key)

    @cached_property
    def particulars(self) -> Inspection:
        """How the inspection was planned."""
        return db.session.scalars(sa.select(Inspection).where(Inspection.case_id == CASE), self.asked).one()

    @cached_property
    def concerns(self) -> Sequence[Concern]:
        """Its causes of concern, drafted or sent, by number."""
        return db.session.scalars(_CONCERNS, self.asked).all()


@loader("inspection")
def rows(case_id: int) -> InspectionRows:
    """The rows of an inspection, read when asked for."""
    return InspectionRows(case_id)


def of(known: Facts) -> InspectionRows:
    """The inspection’s own rows among the facts of a case."""
    more: InspectionRows = known.more
    return more


def drafted(known: Facts) -> list[Concern]:
    """The causes of concern that were drafted and not sent."""
    return [one for one in of(known).concerns if one.sent_on is None]


def standing(known: Facts, by: Actor | None = None) -> list[Concern]:
    """The causes of concern that were sent and are not closed; for a body’s person those about that body alone."""
    party = known.party_of(by) if by and by.body_id is not None else None
    open_ = [one for one in of(known).concerns if one.sent_on and not one.closed_on]
    return [one for one in open_ if party is None or one.party_id == party.id]


def chosen(known: Facts, among: Sequence[Concern]) -> list[Concern]:
    """The concern that was chosen, if it is one of these; all of these while none is chosen."""
    said = (known.answers or {}).get("concern")
    return [one for one in among if said in (None, "") or one.id == int(said)]


def recommended(known: Facts, concern: Concern) -> list[Recommendation]:
    """The recommendations of a cause of concern, by number."""
    return [one for one in of(known).recommendations if one.concern_id == concern.id]
