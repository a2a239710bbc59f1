"""A letter as it was written, and the attempts to deliver it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal


class Letter(Base):
    """One letter, frozen in the step that sent it: its words never change afterwards.

    to_side: complainant or body; party_id for a body’s
    """

    __tablename__ = "letter"

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    participant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("participant.id"))
    template: Mapped[str]
    to_side: Mapped[str]
    recipient: Mapped[str] = personal()
    address: Mapped[str | None] = personal()
    subject: Mapped[str] = personal()
    words: Mapped[str] = personal()
    text_hash: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    is_historic: Mapped[bool] = mapped_column(default=False)


class Outbox(Base):
    """The delivery of one letter: queued, attempting, sent, failed, unknown, on_page or historic.

    A worker that dies while attempting leaves it so; it becomes unknown, is shown to a person, and is never sent
    again by itself.
    """

    __tablename__ = "outbox"
    __table_args__ = (sa.Index("ix_outbox_state", "state", "letter_id"),)

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    state: Mapped[str]
    message_id: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    problem: Mapped[str | None]
