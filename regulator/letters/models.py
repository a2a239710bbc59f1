"""A letter as it was written, and the attempts to deliver it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal


class Delivery(StrEnum):
    """How far a letter has come.

    queued:     it waits for the worker, or for the mail server to be reached
    attempting: it is being handed over now
    sent:       the mail server took it; with a problem, not for every address
    failed:     the mail server refuses it; only a person can help
    unknown:    a worker died over it, or the line did: it may have arrived, so it is never sent again by itself
    on_page:    shown on the page for development, where there is no mail server
    on_paper:   there is no address for mail: somebody posts it
    read_there: its reader chose to follow the case on their own page: nothing is sent
    settled:    a person saw to it in another way and said how
    historic:   written by a replay of the past, never sent
    """

    queued = "queued"
    attempting = "attempting"
    sent = "sent"
    failed = "failed"
    unknown = "unknown"
    on_page = "on_page"
    on_paper = "on_paper"
    read_there = "read_there"
    settled = "settled"
    historic = "historic"


OPEN = (
    "outbox.state in ('queued', 'attempting', 'failed', 'unknown', 'on_paper') or outbox.problem is not null"
)
"""SQL for the letters that are not done with: few, however many were ever sent."""


class Letter(Base):
    """One letter, frozen in the step that sent it: its words never change afterwards.

    to_side: complainant, body or staff; party_id for a body’s
    address: email addresses with commas between; none for somebody who is written to on paper
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
    """The delivery of one letter.

    state:      see Delivery; attempts: how often it was handed over, or tried to be
    message_id: made once, so that whoever gets it twice after all can tell
    problem:    why it is not simply sent, in a sentence that names no address
    """

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index("ix_outbox_state", "state", "letter_id"),
        sa.Index("ix_outbox_open", "letter_id", postgresql_where=sa.text(OPEN.replace("outbox.", ""))),
        sa.CheckConstraint(sa.column("state").in_([state.value for state in Delivery]), name="state"),
    )

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    state: Mapped[str]
    message_id: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    problem: Mapped[str | None]
