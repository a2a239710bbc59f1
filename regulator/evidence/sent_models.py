"""What each signed version of a body’s answers held: item by item and file by file, with the hash of each."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
from regulator.evidence.models import of_case, of_party


def of_version() -> Mapped[int]:
    """The version, frozen when it was signed, that a row belongs to."""
    return mapped_column(sa.ForeignKey("issued_version.id"))


class SentItem(Base):
    """One item as a version of the response answers it; never changed since, but for what the regulator says of it.

    answer:      empty where it is held back: then the claim and its ground are all that was sent
    answer_hash: sha256 of the answer as it was sent
    missing:     what the regulator said was missing of this version, and on what day it returned it
    """

    __tablename__ = "sent_item"
    __table_args__ = (sa.UniqueConstraint("version_id", "item_id"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    version_id: Mapped[int] = of_version()
    item_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence_item.id"))
    answer: Mapped[str] = personal()
    mark: Mapped[str]
    ground: Mapped[str | None] = personal()
    answer_hash: Mapped[str]
    missing: Mapped[str | None] = personal()
    returned_on: Mapped[date | None]


class SentFile(Base):
    """One file that a version of the response holds, by its hash; with no item where it goes with the whole."""

    __tablename__ = "sent_file"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    version_id: Mapped[int] = of_version()
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence_item.id"))
    name: Mapped[str] = personal()
    size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[str]
