"""Chains, entries and the words kept apart from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key

MOMENT = sa.DateTime(timezone=True)


class Chain(Base):
    """The head of one stream of entries: a case’s, a person’s, a body’s or the house’s. Locked first by every write."""

    __tablename__ = "chain"

    stream: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(default="")


class Entry(Base):
    """One write: who did what, when it occurred and when it was recorded.

    `canonical` is the very text that was hashed, with the facts; the other columns repeat parts of it for reading.
    `data` holds the coded answers, from which clocks are derived; words that may name a person are in `EntryWords`.
    """

    __tablename__ = "entry"
    __table_args__ = (
        sa.UniqueConstraint("stream", "seq"),
        sa.Index("ix_entry_case_id_seq", "case_id", "seq"),
        sa.Index("ix_entry_by_person_id", "by_person_id"),
    )

    id: Mapped[int] = key()
    stream: Mapped[str] = mapped_column(sa.ForeignKey("chain.stream"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"))
    seq: Mapped[int]
    step: Mapped[str]
    by_person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    by_role: Mapped[str]
    occurred: Mapped[datetime] = mapped_column(MOMENT)
    occurred_is_day: Mapped[bool]
    recorded: Mapped[datetime] = mapped_column(MOMENT)
    stage_from: Mapped[str | None]
    stage_to: Mapped[str | None]
    for_staff: Mapped[bool]
    for_body: Mapped[bool]
    for_complainant: Mapped[bool]
    for_public: Mapped[bool]
    for_oversight: Mapped[bool] = mapped_column(default=False)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    keys: Mapped[dict[str, int]] = mapped_column(JSONB)
    algorithm: Mapped[str] = mapped_column(server_default="sha256-1")
    canonical: Mapped[str]
    hash: Mapped[str]


class EntryWords(Base):
    """The words of an entry for one audience, committed to by a salted hash in the entry; erasing deletes the row."""

    __tablename__ = "entry_words"

    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("entry.id"), primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[str]
    words: Mapped[str]


class Answered(Base):
    """A form already acted on: the same key from the same person gets the same place, and nothing happens twice."""

    __tablename__ = "answered"

    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    at: Mapped[datetime] = mapped_column(MOMENT)


class Reading(Base):
    """One look at a case, a person or a document: append-only, with no chain."""

    __tablename__ = "reading"

    id: Mapped[int] = key()
    at: Mapped[datetime] = mapped_column(MOMENT)
    side: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    what: Mapped[str]
