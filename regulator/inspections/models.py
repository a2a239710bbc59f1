"""What only an inspection has."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
from regulator.evidence.models import of_case, of_party


class Inspection(Base):
    """The particulars of an inspection as it was planned.

    commission: own_plan or commissioned, and then by whom; title: what the bodies know it as
    """

    __tablename__ = "inspection"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    title: Mapped[str] = personal()
    commission: Mapped[str]
    commissioned_by: Mapped[str | None] = personal()
    unannounced: Mapped[bool]
    reason: Mapped[str | None] = personal()


class Concern(Base):
    """A cause of concern about one body: drafted, sent, answered and, once its recommendations are met, closed.

    words: its paragraphs, an empty line between them; accelerated: it could not wait for the report
    """

    __tablename__ = "concern"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    number: Mapped[int]
    words: Mapped[str] = personal()
    standard: Mapped[str]
    accelerated: Mapped[bool]
    sent_on: Mapped[date | None]
    answer: Mapped[str | None] = personal()
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    closed_because: Mapped[str | None] = personal()
