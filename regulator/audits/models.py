"""What only an audit has."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, personal


class Audit(Base):
    """The particulars of an audit as it was planned.

    basis: consensual or compulsory; own_return: the body’s own return, without fieldwork
    title: what the bodies know it as
    """

    __tablename__ = "audit"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    title: Mapped[str] = personal()
    basis: Mapped[str]
    own_return: Mapped[bool]
    reason: Mapped[str | None] = personal()
