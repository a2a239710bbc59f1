"""The rows of one instrument that its needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from regulator.casework.facts import Facts
from regulator.casework.registry import loader
from regulator.db import db
from regulator.enforcement.models import (
    Appeal,
    Certificate,
    Notice,
    NoticeStep,
    PreconditionAnswer,
    RepresentationDraft,
    RepresentationPoint,
    Service,
    Variation,
    VariationStep,
)
from regulator.errors import NotNow
from regulator.evidence.facts import CASE, EvidenceRows
from regulator.regime.events import Event
from regulator.regime.running import Running

_NOTICE = sa.select(Notice).where(Notice.case_id == CASE)
_PRECONDITIONS = sa.select(PreconditionAnswer).where(PreconditionAnswer.case_id == CASE)
_STEPS = sa.select(NoticeStep).where(NoticeStep.case_id == CASE).order_by(NoticeStep.number)
_DRAFTS = sa.select(RepresentationDraft).where(RepresentationDraft.case_id == CASE)
_POINTS = (
    sa.select(RepresentationPoint)
    .where(RepresentationPoint.case_id == CASE)
    .order_by(RepresentationPoint.number)
)
_SERVICES = sa.select(Service).where(Service.case_id == CASE).order_by(Service.id)
_CERTIFICATES = sa.select(Certificate).where(Certificate.case_id == CASE).order_by(Certificate.id)
_VARIATIONS = sa.select(Variation).where(Variation.case_id == CASE).order_by(Variation.number)
_VARIED = sa.select(VariationStep).where(VariationStep.case_id == CASE).order_by(VariationStep.id)
_APPEALS = sa.select(Appeal).where(Appeal.case_id == CASE).order_by(Appeal.id)

WITH_STEPS = frozenset({"information", "audit", "compliance"})
"""The instruments that require something by a day and can be appealed; a warning and a reprimand do neither."""
LESSER_FIRST = ("warning", "reprimand", "information", "audit", "compliance")
"""The instruments, from the mildest to the gravest."""


class EnforcementRows(EvidenceRows):
    """What is proposed, its steps, representations, service, certificates, variations and appeals of one case."""

    def numbered(self, key: str) -> Mapping[int, int]:
        """The numbers of the steps of the notice, from row to number."""
        return {one.id: one.number for one in self.steps} if key == "notice_step" else {}

    @cached_property
    def notice(self) -> Notice | None:
        """The instrument; none for a case that was brought over without it."""
        return db.session.scalars(_NOTICE, self.asked).one_or_none()

    @cached_property
    def preconditions(self) -> Sequence[PreconditionAnswer]:
        """The preconditions answered so far."""
        return db.session.scalars(_PRECONDITIONS, self.asked).all()

    @cached_property
    def steps(self) -> Sequence[NoticeStep]:
        """The steps by number, those of a notice in whose place something milder was decided among them."""
        return db.session.scalars(_STEPS, self.asked).all()

    @cached_property
    def drafts(self) -> Sequence[RepresentationDraft]:
        """What a body’s people wrote of its representations so far."""
        return db.session.scalars(_DRAFTS, self.asked).all()

    @cached_property
    def points(self) -> Sequence[RepresentationPoint]:
        """The points of the representations, by number."""
        return db.session.scalars(_POINTS, self.asked).all()

    @cached_property
    def services(self) -> Sequence[Service]:
        """Each service of the notice or of a variation, in order."""
        return db.session.scalars(_SERVICES, self.asked).all()

    @cached_property
    def certificates(self) -> Sequence[Certificate]:
        """Applications for certificates and recommendations of them, in order."""
        return db.session.scalars(_CERTIFICATES, self.asked).all()

    @cached_property
    def variations(self) -> Sequence[Variation]:
        """The variations cleared so far, made or not."""
        return db.session.scalars(_VARIATIONS, self.asked).all()

    @cached_property
    def varied(self) -> Sequence[VariationStep]:
        """What each variation makes of each step."""
        return db.session.scalars(_VARIED, self.asked).all()

    @cached_property
    def appeals(self) -> Sequence[Appeal]:
        """The appeals that were recorded, in order."""
        return db.session.scalars(_APPEALS, self.asked).all()


@loader("enforcement")
def rows(case_id: int) -> EnforcementRows:
    """The rows of a notice, a warning or a reprimand, read when asked for."""
    return EnforcementRows(case_id)


def of(known: Facts) -> EnforcementRows:
    """The instrument’s own rows among the facts of a case."""
    more: EnforcementRows = known.more
    return more


def notice_of(known: Facts) -> Notice:
    """The instrument of the case.

    Raises: NotNow for a case that was brought over without it
    """
    notice = of(known).notice
    if notice is None:
        raise NotNow("Nothing is proposed in this case yet: amend the proposal first.")
    return notice


def steps_of(known: Facts) -> list[NoticeStep]:
    """The steps that the instrument has as it now is: none where it is a warning or a reprimand."""
    notice = of(known).notice
    return list(of(known).steps) if notice and notice.instrument in WITH_STEPS else []


def open_steps(known: Facts) -> list[NoticeStep]:
    """The steps that were served and are neither certified nor cancelled."""
    return [one for one in steps_of(known) if one.served_on and not one.settled_as]


def haste_of(notice: Notice) -> str:
    """How soon the notice may bind: ordinary, urgent or urgent_audit."""
    if not notice.is_urgent or notice.instrument not in WITH_STEPS:
        return "ordinary"
    return "urgent_audit" if notice.instrument == "audit" else "urgent"


@dataclass(frozen=True)
class Act:
    """Something done in the case that can be appealed: service, a variation or a refusal."""

    event: Event

    @property
    def seq(self) -> int:
        """The entry that an appeal names."""
        return self.event.seq

    @property
    def is_service(self) -> bool:
        """Whether it is the service of the notice itself."""
        return self.event.step == "record_service"

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps it set a day for; none for a refusal."""
        refuses = not self.event.data.get("haste")
        return () if refuses else tuple(int(step) for step in self.event.about("notice_step"))


def acts(known: Facts) -> list[Act]:
    """What was done in the case that can be appealed, in order: each entry that is an act of its own."""
    return [Act(event) for event in known.told if event.seq in event.about("act")]


def act_of(known: Facts, seq: object) -> Act | None:
    """The act of that entry; none where it is no act."""
    return next((one for one in acts(known) if str(one.seq) == str(seq)), None)


def service_of(known: Facts) -> Act | None:
    """The last service of the notice itself."""
    return next((one for one in reversed(acts(known)) if one.is_service), None)


def clock_of_step(known: Facts, step_id: int, name: str = "compliance") -> Running | None:
    """The clock of that name last started for one step of the notice."""
    found = (one for one in reversed(known.running) if one.name == name)
    return next((one for one in found if one.keys.get("notice_step") == step_id), None)


def suspended(known: Facts) -> set[int]:
    """The steps that are suspended now and not settled otherwise."""
    named = {pause.keys.get("notice_step") for pause in known.intervals if pause.end is None}
    return {one.id for one in of(known).steps if one.id in named and not one.settled_as}
