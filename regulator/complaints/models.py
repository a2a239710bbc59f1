"""The rows of a complaint: its particulars, allegations, remit answers, accounts, views and comments."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal

MOMENT = sa.DateTime(timezone=True)


def _case() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("case_file.id"), index=True)


class Complaint(Base):
    """The particulars of a complaint as it was first made."""

    __tablename__ = "complaint"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case_file.id"), primary_key=True)
    channel: Mapped[str]
    technology: Mapped[str]
    what_happened: Mapped[str] = personal()
    happened_when: Mapped[str | None] = personal()
    happened_on: Mapped[date | None]
    happened_where: Mapped[str | None] = personal()
    own_data: Mapped[bool | None]
    force_first: Mapped[bool | None]
    force_first_on: Mapped[date | None]
    force_reference: Mapped[str | None] = personal()
    proceedings: Mapped[str | None] = personal()
    outcome_sought: Mapped[str | None] = personal()


class Allegation(Base):
    """One thing complained of, with its finding when there is one; a court’s ruling may supersede it.

    referred_to: the forum that looks at it instead, if it was referred
    """

    __tablename__ = "allegation"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    number: Mapped[int]
    words: Mapped[str] = personal()
    finding: Mapped[str | None]
    standard: Mapped[str | None]
    reasons: Mapped[str | None] = personal()
    told_on: Mapped[date | None]
    referred_to: Mapped[str | None]
    superseded_on: Mapped[date | None]
    superseded_by: Mapped[str | None] = personal()


class RemitAnswer(Base):
    """The answer to one remit test."""

    __tablename__ = "remit_answer"
    __table_args__ = (sa.UniqueConstraint("case_id", "test"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    test: Mapped[str]
    answer: Mapped[str]
    note: Mapped[str | None] = personal()


class AccountRequest(Base):
    """The regulator’s questions to one body, sent together."""

    __tablename__ = "account_request"
    __table_args__ = (sa.UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    number: Mapped[int]
    asked_on: Mapped[date]
    submitted_on: Mapped[date | None]
    submissions: Mapped[int] = mapped_column(default=0)


class AccountItem(Base):
    """One question of a request, and the body’s answer as it stands.

    handed_to_id: the colleague who answers; mark: none, privileged or sensitive
    version:      the token of this answer: it grows with each save
    answer:       the body’s own until it is submitted: the regulator reads the issued version
    """

    __tablename__ = "account_item"
    __table_args__ = (sa.UniqueConstraint("request_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("account_request.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    number: Mapped[int]
    question: Mapped[str] = personal()
    handed_to_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    answer: Mapped[str | None] = personal(audience="body_only")
    mark: Mapped[str] = mapped_column(default="none")
    version: Mapped[int] = mapped_column(default=0)
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))


class ViewParagraph(Base):
    """One numbered paragraph of an issued provisional view, to be commented on."""

    __tablename__ = "view_paragraph"
    __table_args__ = (sa.UniqueConstraint("version_id", "number"),)

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("issued_version.id"))
    number: Mapped[int]
    words: Mapped[str] = personal()


class ViewComment(Base):
    """What somebody said of one paragraph, and what became of it.

    side: complainant or body; accepted: none until it is disposed of
    """

    __tablename__ = "view_comment"

    id: Mapped[int] = key()
    case_id: Mapped[int] = _case()
    paragraph_id: Mapped[int] = mapped_column(sa.ForeignKey("view_paragraph.id"))
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    side: Mapped[str]
    words: Mapped[str] = personal()
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    accepted: Mapped[bool | None]
    reason: Mapped[str | None] = personal()
