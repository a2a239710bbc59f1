"""A document of a case: what was given, by its hash."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal


class Document(Base):
    """One file given with a step. The bytes are in the store under their hash; this row says who may have them."""

    __tablename__ = "document"

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
    given_at: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
