"""What search looks in."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key


class SearchRow(Base):
    """The words of one case that one audience may read: staff, or one body’s people, or one overseer’s. A cache.

    body_id: whose, where the audience is body or oversight
    words:   JSON, [[where it stands, the words], …], for the lines that show what matched
    names:   what the case, its people and bodies are called, in small letters without accents, for names nearly right
    digest:  of all that the row is made from, so that one which would say the same is left alone
    """

    __tablename__ = "search_row"
    __table_args__ = (
        sa.Index("ix_search_row_case_id", "case_id"),
        sa.Index("ix_search_row_said", "said", postgresql_using="gin"),
        sa.Index(
            "ix_search_row_names", "names", postgresql_using="gin", postgresql_ops={"names": "gin_trgm_ops"}
        ),
    )

    id: Mapped[int] = key()
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"))
    audience: Mapped[str]
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"))
    words: Mapped[str]
    names: Mapped[str]
    digest: Mapped[str]
    said: Mapped[str | None] = mapped_column(TSVECTOR)
