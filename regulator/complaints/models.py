"""The rows that only a complaint has: its particulars, allegations and remit answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from regulator.casework.models import MOMENT
from regulator.db import Base, key, personal, secret
from regulator.evidence.models import of_case


class Complaint(Base):
    """The particulars of a complaint as it was first made."""

    __tablename__ = "complaint"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    channel: Mapped[str]
    technology: Mapped[str]
    what_happened: Mapped[str] = personal()
    happened_when: Mapped[str | None] = personal()
    happened_on: Mapped[date | None]
    nation: Mapped[str | None]
    happened_where: Mapped[str | None] = personal()
    own_data: Mapped[bool | None]
    force_first: Mapped[bool | None]
    force_first_on: Mapped[date | None]
    force_reference: Mapped[str | None] = personal()
    force_outcome_on: Mapped[date | None]
    others_told: Mapped[str | None] = personal()
    proceedings: Mapped[str | None] = personal()
    outcome_sought: Mapped[str | None] = personal()


class Allegation(Base):
    """One thing complained of, with its finding when there is one; a court’s ruling may supersede it.

    referred_to: the forum that looks at it instead, if it was referred
    """

    __tablename__ = "allegation"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    number: Mapped[int]
    words: Mapped[str] = personal()
    finding: Mapped[str | None]
    standard: Mapped[str | None]
    reasons: Mapped[str | None] = personal()
    told_on: Mapped[date | None]
    referred_to: Mapped[str | None]
    superseded_on: Mapped[date | None]
    superseded_by: Mapped[str | None] = personal()


class RemitAnswer(Base):
    """The answer to one remit test."""

    __tablename__ = "remit_answer"
    __table_args__ = (sa.UniqueConstraint("case_id", "test"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    test: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str | None] = personal()


class WayBack(Base):
    """How the holder of a code gets a new one if it is lost, as they chose; of the answer only a hash is kept.

    route: email, question or approval
    """

    __tablename__ = "way_back"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"))
    route: Mapped[str]
    email: Mapped[str | None] = personal()
    question: Mapped[str | None] = personal()
    answer_hash: Mapped[str | None] = secret()
    confirmed_at: Mapped[datetime | None] = mapped_column(MOMENT)


class CodeLink(Base):
    """A link sent by email, of which the hash is kept, good once and for a time.

    what: confirm (the address is theirs) or new_code
    """

    __tablename__ = "code_link"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    way_back_id: Mapped[int] = mapped_column(sa.ForeignKey("way_back.id"))
    what: Mapped[str]
    secret_hash: Mapped[str] = secret(unique=True)
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    used_at: Mapped[datetime | None] = mapped_column(MOMENT)


class CodeRequest(Base):
    """Somebody asked for a new code for this reference, known or not: the worker finds out whose it is."""

    __tablename__ = "code_request"

    id: Mapped[int] = key()
    reference: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(MOMENT)


class Draft(Base):
    """A complaint begun and not sent: nobody’s but its writer’s, so its words are sealed with the writer’s own code.

    pages: for each page of questions its version, and what was typed there, sealed
    """

    __tablename__ = "draft"
    __table_args__ = (sa.Index("ix_draft_expires_at", "expires_at"),)

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    pages: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    kept_at: Mapped[datetime] = mapped_column(MOMENT)
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
