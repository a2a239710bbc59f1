"""The rows of a body’s own affairs: its teams, and what its people note for one another."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal
from regulator.evidence.models import MOMENT, of_case, of_party


class BodyTeam(Base):
    """A team of a body, to which items may be handed as a whole."""

    __tablename__ = "body_team"
    __table_args__ = (sa.UniqueConstraint("body_id", "name"),)

    id: Mapped[int] = key()
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))
    name: Mapped[str]


class BodyTeamMember(Base):
    """Somebody in a team of their body."""

    __tablename__ = "body_team_member"
    __table_args__ = (sa.Index("ix_body_team_member_person_id", "person_id"),)

    team_id: Mapped[int] = mapped_column(sa.ForeignKey("body_team.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"))


class BodyNote(Base):
    """What somebody of a body notes for their colleagues about a case, or one item of it; the regulator cannot read it.

    words: not even the engine, which writes them, may read them again
    """

    __tablename__ = "body_note"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    item_id: Mapped[int | None] = mapped_column(sa.ForeignKey("evidence_item.id"))
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    words: Mapped[str] = personal(audience="body_only", deferred=True, nullable=False)
    written_at: Mapped[datetime] = mapped_column(MOMENT)
