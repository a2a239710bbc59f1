"""A document of a case: what was given, by its hash."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, cache, key, personal


class Scan(StrEnum):
    """What is known of a file’s harmlessness; only a clean one is handed out."""

    unscanned = "unscanned"
    clean = "clean"
    infected = "infected"
    unreadable = "unreadable"


class Document(Base):
    """One file given with a step. The bytes are in the store under their hash; this row says who may have them.

    scan:        what the scanner made of it; what it found that is harmful is told in the ledger, the rest is its own note
    scan_found:  the scanner’s name for what it found, or why it could not read the file
    given_by:    the role in which it was given; empty for what came before that was kept
    item_id:     the item of a request that it answers
    replaces_id: the earlier document it was given in place of, which stays
    has_faces:   whether somebody said that people can be recognised in it
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.Index("ix_document_unscanned", "id", postgresql_where=sa.text("scan = 'unscanned'")),
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    step: Mapped[str]
    name: Mapped[str] = personal()
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str]
    for_staff: Mapped[bool] = mapped_column(default=True)
    for_body: Mapped[bool]
    for_complainant: Mapped[bool]
    for_oversight: Mapped[bool] = mapped_column(default=False)
    destroyed_on: Mapped[date | None]
    given_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    scan: Mapped[str] = cache(default=Scan.unscanned.value, server_default=Scan.unscanned.value)
    scan_found: Mapped[str | None] = cache()
    scan_tries: Mapped[int] = cache(default=0, server_default="0")
    scanned_at: Mapped[datetime | None] = cache(sa.DateTime(timezone=True))
    given_by: Mapped[str] = mapped_column(default="")
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence_item.id"), index=True)
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"), index=True)
    has_faces: Mapped[bool] = mapped_column(default=False)
