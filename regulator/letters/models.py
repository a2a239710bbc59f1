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
    sent:       whoever carries it took it; with a problem, not for every address
    delivered:  whoever carries it says that it arrived
    bounced:    it came back; only a person can help
    failed:     the mail server refuses it; only a person can help
    unknown:    a worker died over it, or the line did: it may have arrived, so it is never sent again by itself
    on_page:    shown on the page for development, where there is no mail server
    on_paper:   it does not go by email: somebody posts it
    posted:     somebody posted it and said on which day
    read_there: its reader chose to follow the case on their own page: nothing is sent
    settled:    a person saw to it in another way and said how
    historic:   written by a replay of the past, never sent
    """

    queued = "queued"
    attempting = "attempting"
    sent = "sent"
    delivered = "delivered"
    bounced = "bounced"
    failed = "failed"
    unknown = "unknown"
    on_page = "on_page"
    on_paper = "on_paper"
    posted = "posted"
    read_there = "read_there"
    settled = "settled"
    historic = "historic"


class Carrier(StrEnum):
    """What carries a letter."""

    email = "email"
    notify = "notify"
    post = "post"


OPEN = (
    "outbox.state in ('queued', 'attempting', 'failed', 'bounced', 'unknown', 'on_paper')"
    " or outbox.problem is not null"
)
"""SQL for the letters that are not done with: few, however many were ever sent."""
ASKED = "outbox.carrier = 'notify' and outbox.state in ('sent', 'unknown')"
"""SQL for the letters of which GOV.UK Notify may still say what became of them."""


class Letter(Base):
    """One letter, frozen in the step that sent it: its words never change afterwards.

    to_side: complainant, body or staff; party_id for a body’s
    address: email addresses with commas between; none for somebody who is written to on paper
    postal:  where it goes by post, line by line, where that is known
    language: of its words: en or cy
    is_discreet: its envelope and its subject line do not say who writes
    again_of_id: the letter whose words it repeats, to another address
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
    postal: Mapped[str | None] = personal()
    subject: Mapped[str] = personal()
    words: Mapped[str] = personal()
    text_hash: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    is_historic: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en")
    is_discreet: Mapped[bool] = mapped_column(default=False)
    again_of_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letter.id"), index=True)


class LetterPrint(Base):
    """The paper of one letter: the accessible PDF that was made of its frozen words, by its hash in the store."""

    __tablename__ = "letter_print"

    id: Mapped[int] = key()
    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), unique=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    sha256: Mapped[str]
    size: Mapped[int] = mapped_column(sa.BigInteger)
    made_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))


class Outbox(Base):
    """The delivery of one letter.

    state:      see Delivery; attempts: how often it was handed over, or tried to be
    message_id: made once, so that whoever gets it twice after all can tell
    problem:    why it is not simply sent, in a sentence that names no address
    carrier:    email, notify or post; sent_at: when it was taken, or posted
    asked_at:   when Notify was last asked what became of it
    """

    __tablename__ = "outbox"
    __table_args__ = (
        sa.Index("ix_outbox_state", "state", "letter_id"),
        sa.Index("ix_outbox_open", "letter_id", postgresql_where=sa.text(OPEN.replace("outbox.", ""))),
        sa.Index("ix_outbox_open_case", "case_id", postgresql_where=sa.text(OPEN.replace("outbox.", ""))),
        sa.Index("ix_outbox_message_id", "message_id", unique=True),
        sa.Index("ix_outbox_asked", "letter_id", postgresql_where=sa.text(ASKED.replace("outbox.", ""))),
        sa.CheckConstraint(sa.column("state").in_([state.value for state in Delivery]), name="state"),
    )

    letter_id: Mapped[int] = mapped_column(sa.ForeignKey("letter.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    state: Mapped[str]
    message_id: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    problem: Mapped[str | None]
    carrier: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
    asked_at: Mapped[datetime | None] = mapped_column(sa.DateTime(timezone=True))
