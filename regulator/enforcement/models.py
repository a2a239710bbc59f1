"""The rows of one instrument to one body: what is proposed, its steps, service, certificates, variations and appeals."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
from regulator.evidence.models import MOMENT, of_case, of_party


class Notice(Base):
    """One notice, warning or reprimand: as proposed, as decided, and as signed.

    instrument: what it is now: as proposed, or the lesser one decided instead (then `proposed` keeps the first)
    failure:    what failed or is feared: paragraphs, an empty line between them
    final_text: as cleared in law, and then signed: paragraphs likewise; text_hash: its SHA-256 once signed
    served_on:  when the body got it: until then no body reads this row
    """

    __tablename__ = "notice"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    instrument: Mapped[str]
    proposed: Mapped[str]
    power: Mapped[str]
    failure: Mapped[str] = personal()
    standard: Mapped[str]
    is_urgent: Mapped[bool]
    urgency: Mapped[str | None] = personal()
    final_text: Mapped[str | None] = personal()
    signed_on: Mapped[date | None]
    text_hash: Mapped[str | None]
    served_on: Mapped[date | None]


class PreconditionAnswer(Base):
    """The answer to one precondition of the power."""

    __tablename__ = "precondition_answer"
    __table_args__ = (sa.UniqueConstraint("case_id", "test"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    test: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str | None] = personal()


class NoticeStep(Base):
    """One step that a notice requires, or an activity it prohibits until the step is done.

    done_by, hours: the day in the notice, or so many hours from when it counts as served: one of the two
    served_on:      when it came into force with the notice; none while the notice is only proposed
    settled_as:     done, not_needed, supplied or fallen_away, once it is; done_on: the day it was really done
    """

    __tablename__ = "notice_step"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    words: Mapped[str] = personal()
    done_by: Mapped[date | None]
    hours: Mapped[int | None]
    prohibits: Mapped[bool] = mapped_column(default=False)
    served_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    breached_on: Mapped[date | None]
    done_on: Mapped[date | None]
    settled_as: Mapped[str | None]
    settled_on: Mapped[date | None]


class RepresentationDraft(Base):
    """What a body’s people wrote of its representations so far: its own until they are made."""

    __tablename__ = "representation_draft"
    __table_args__ = (sa.UniqueConstraint("case_id", "party_id"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    words: Mapped[str] = personal(audience="body_only")
    version: Mapped[int] = mapped_column(default=1)


class RepresentationPoint(Base):
    """One point of the representations, with the regulator’s answer to it and the reason."""

    __tablename__ = "representation_point"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    words: Mapped[str] = personal()
    is_late: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]
    answer: Mapped[str | None]
    reason: Mapped[str | None] = personal()


class Service(Base):
    """One service of a notice or of a variation of it; a correction is kept beside what stood before, in the ledger.

    act:  the entry of the step that recorded it, which an appeal names
    what: notice or variation
    """

    __tablename__ = "service"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    act: Mapped[int]
    what: Mapped[str]
    method: Mapped[str]
    addressee: Mapped[str] = personal()
    consent: Mapped[str | None] = personal()
    sent_on: Mapped[datetime] = mapped_column(MOMENT)
    deemed_on: Mapped[datetime] = mapped_column(MOMENT)
    received_on: Mapped[datetime | None] = mapped_column(MOMENT)
    proof: Mapped[str] = personal()
    corrected_on: Mapped[date | None]


class Certificate(Base):
    """An application for a certificate of a step, a recommendation of one, and how it was answered.

    applied_on:     none where nobody applied
    recommended_as: done or not_needed; recommended_done_on: the day it is said to have been done
    answered_as:    done, not_needed or refused; act: the entry that refused it, which an appeal names
    """

    __tablename__ = "certificate"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_step.id"))
    applied_on: Mapped[date | None]
    recommended_as: Mapped[str | None]
    recommended_done_on: Mapped[date | None]
    recommended_on: Mapped[date | None]
    answered_as: Mapped[str | None]
    answered_on: Mapped[date | None]
    reason: Mapped[str | None] = personal()
    act: Mapped[int | None]


class Variation(Base):
    """A variation of the notice: cleared in law, then made and served."""

    __tablename__ = "variation"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    cleared_on: Mapped[date]
    made_on: Mapped[date | None]


class VariationStep(Base):
    """What a variation makes of one step: other words, another day, or nothing any more."""

    __tablename__ = "variation_step"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    variation_id: Mapped[int] = mapped_column(sa.ForeignKey("variation.id"))
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_step.id"))
    words: Mapped[str | None] = personal()
    done_by: Mapped[date | None]
    falls_away: Mapped[bool] = mapped_column(default=False)


class Appeal(Base):
    """An appeal against an act: service, a variation or a refusal; or a further one.

    act:        the entry appealed against
    grounds:    their codes, with a comma between
    outcome:    confirmed, varied, allowed, remitted or withdrawn; further_by: until when a further appeal is in time
    """

    __tablename__ = "appeal"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    act: Mapped[int]
    tier: Mapped[str]
    grounds: Mapped[str]
    reference: Mapped[str | None] = personal()
    received_on: Mapped[date]
    outcome: Mapped[str | None]
    outcome_on: Mapped[date | None]
    words: Mapped[str | None] = personal()
    further_by: Mapped[date | None]


class SuppliedItem(Base):
    """What a body supplied under one step of an information notice; privileged material is claimed, never sent."""

    __tablename__ = "supplied_item"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("notice_step.id"))
    words: Mapped[str | None] = personal()
    mark: Mapped[str] = mapped_column(default="none")
    supplied_on: Mapped[date]
