"""The rows that only a complaint has: its particulars, allegations and remit answers."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
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
    happened_where: Mapped[str | None] = personal()
    own_data: Mapped[bool | None]
    force_first: Mapped[bool | None]
    force_first_on: Mapped[date | None]
    force_reference: Mapped[str | None] = personal()
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
