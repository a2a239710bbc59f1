"""The rows of asking and answering, in every kind of case: requests, items, numbered paragraphs and comments on them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal

MOMENT = sa.DateTime(timezone=True)


def of_case() -> Mapped[int]:
    """The case a row belongs to."""
    return mapped_column(sa.ForeignKey("case_file.id"), index=True)


def of_party() -> Mapped[int]:
    """The body’s part in the case that a row belongs to."""
    return mapped_column(sa.ForeignKey("party.id"))


class EvidenceRequest(Base):
    """The regulator’s questions to one body, sent together; numbered among those to that body.

    submitted_on: when the body last signed its response; none while one is waited for, at first or after items were returned
    accepted_on:  when the regulator accepted that one
    """

    __tablename__ = "evidence_request"
    __table_args__ = (sa.UniqueConstraint("party_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    party_id: Mapped[int] = of_party()
    number: Mapped[int]
    asked_on: Mapped[date]
    submitted_on: Mapped[date | None]
    submissions: Mapped[int] = mapped_column(default=0)
    accepted_on: Mapped[date | None]


class EvidenceItem(Base):
    """One question of a request, and the body’s answer as it stands.

    good:         what a good answer has; holder: who at the body is likely to know; wanted_by: the day it is hoped for
    handed_to_id, handed_to_team_id: the colleague or the team who answers; mark: none, privileged, sensitive or
        withheld, and on what ground
    version:      the token of this answer: it grows with each save
    answer:       the body’s own until it is submitted: the regulator reads the issued version
    missing:      what the regulator said was missing when it returned it, and on what day; it stays when it is mended
    returned_version: the version that was not enough: a later one mends it
    sent_back, sent_back_version: what its own approving officer asked to have changed, and in which version
    chased_on: when a colleague was last reminded of it, which is the body’s own affair
    """

    __tablename__ = "evidence_item"
    __table_args__ = (sa.UniqueConstraint("request_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence_request.id"))
    party_id: Mapped[int] = of_party()
    number: Mapped[int]
    question: Mapped[str] = personal()
    good: Mapped[str | None] = personal()
    holder: Mapped[str | None] = personal()
    wanted_by: Mapped[date | None]
    handed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    handed_to_team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body_team.id"))
    answer: Mapped[str | None] = personal(audience="body_only")
    mark: Mapped[str] = mapped_column(default="none")
    ground: Mapped[str | None] = personal(audience="body_only")
    version: Mapped[int] = mapped_column(default=0)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    missing: Mapped[str | None] = personal()
    returned_on: Mapped[date | None]
    returned_version: Mapped[int | None]
    sent_back: Mapped[str | None] = personal(audience="body_only")
    sent_back_version: Mapped[int | None]
    chased_on: Mapped[date | None]


class Paragraph(Base):
    """One numbered paragraph of an issued version (a provisional view, terms, a draft report), to be commented on."""

    __tablename__ = "paragraph"
    __table_args__ = (sa.UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("issued_version.id"))
    number: Mapped[int]
    words: Mapped[str] = personal()


class Comment(Base):
    """What somebody said of one paragraph, and what became of it.

    side:     complainant or body
    draft:    what the people of a body wrote so far: their own until their approving officer signs
    words:    what was signed or sent; none until then
    drafted_by_id: who of the body wrote it last
    accepted: none until it is disposed of
    """

    __tablename__ = "comment"

    id: Mapped[int] = key()
    case_id: Mapped[int] = of_case()
    paragraph_id: Mapped[int] = mapped_column(sa.ForeignKey("paragraph.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    side: Mapped[str]
    draft: Mapped[str | None] = personal(audience="body_only")
    version: Mapped[int] = mapped_column(default=0)
    words: Mapped[str | None] = personal()
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    signed_on: Mapped[date | None]
    accepted: Mapped[bool | None]
    reason: Mapped[str | None] = personal()
    drafted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
