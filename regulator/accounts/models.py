"""Bodies, people and what they need to sign in. Everything about a body has dates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from regulator.db import Base, key, personal, secret

MOMENT = sa.DateTime(timezone=True)


class Body(Base):
    """An organisation the regulator oversees, or one that oversees such a body. Its name and overseer have dates.

    slug:     permanent, for addresses and files
    calendar: the calendar of its nation, for what it owes
    is_crown: the Crown is not bound by notices under the first edition
    """

    __tablename__ = "body"

    id: Mapped[int] = key()
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    nation: Mapped[str]
    calendar: Mapped[str]
    is_crown: Mapped[bool] = mapped_column(default=False)
    is_regulated: Mapped[bool] = mapped_column(default=True)


class BodyName(Base):
    """What a body is called from one day to another; the last day is open for today’s name."""

    __tablename__ = "body_name"

    id: Mapped[int] = key()
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class BodyOversight(Base):
    """Which body oversees which, from one day to another."""

    __tablename__ = "body_oversight"

    id: Mapped[int] = key()
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    overseer_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class BodySuccession(Base):
    """A body that took another’s place on a day: a merger is one row for each predecessor."""

    __tablename__ = "body_succession"

    id: Mapped[int] = key()
    predecessor_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    successor_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    occurred_on: Mapped[date]


class Team(Base):
    """A team of the regulator’s, to which cases may be assigned."""

    __tablename__ = "team"

    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)


class Person(Base):
    """Someone of the regulator, of a body or of an oversight body. `body_id` is empty for the regulator’s own.

    left_on:   from that day the person is gone
    reminders: `daily` where what is no duty in law is told once a day; empty where everything is told at once
    """

    __tablename__ = "person"
    __table_args__ = (sa.Index("ix_person_name", "name", "id"),)

    id: Mapped[int] = key()
    name: Mapped[str] = personal()
    email: Mapped[str] = personal(unique=True)
    body_id: Mapped[int | None] = mapped_column(sa.ForeignKey("body.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reminders: Mapped[str | None]


class RoleHeld(Base):
    """A role a person holds; its name is one of the edition’s roles.

    ends_on: from that day it is held no longer, so that a role taken away is gone at once
    """

    __tablename__ = "role_held"
    __table_args__ = (sa.Index("ix_role_held_person_id", "person_id"),)

    id: Mapped[int] = key()
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Credential(Base):
    """What proves a person at sign-in. Read by the sign-in functions alone; no audience may select it.

    totp_secret: encrypted
    """

    __tablename__ = "credential"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    password_hash: Mapped[str | None] = secret()
    totp_secret: Mapped[str | None] = secret()
    totp_confirmed: Mapped[bool] = mapped_column(default=False)


class UsedCode(Base):
    """A time step whose one-time code a person has used, so that each code is good once; written at each sign-in."""

    __tablename__ = "used_code"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    step: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)


class RecoveryCode(Base):
    """One code that stands in once for the second factor; only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = key()
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    code_hash: Mapped[str] = secret()
    used_at: Mapped[datetime | None] = mapped_column(MOMENT)


class OneUseLink(Base):
    """An invitation or a password reset: a secret sent by email, of which the hash is kept, good once and for a time."""

    __tablename__ = "one_use_link"

    id: Mapped[int] = key()
    purpose: Mapped[str]
    secret_hash: Mapped[str] = secret(unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    expires_at: Mapped[datetime] = mapped_column(MOMENT)
    used_at: Mapped[datetime | None] = mapped_column(MOMENT)


class WebSession(Base):
    """A browser’s session: the cookie holds a secret, this row only its hash.

    person_id:    who gave the right password; signed_in_at: when the second factor followed
    """

    __tablename__ = "web_session"
    __table_args__ = (sa.Index("ix_web_session_made_at", "made_at"),)

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    seen_at: Mapped[datetime] = mapped_column(MOMENT)
    signed_in_at: Mapped[datetime | None] = mapped_column(MOMENT)


class Throttle(Base):
    """How often something was tried since a moment: by account, by address, by reference; names are hashed."""

    __tablename__ = "throttle"

    name: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime] = mapped_column(MOMENT)


class HouseMail(Base):
    """A message of no case: an invitation or a password reset, which no ledger may hold, for it carries a secret.

    state: asked (a reset to look into), queued, attempting, sent, failed, unknown, on_page; words go when sent
    """

    __tablename__ = "house_mail"
    __table_args__ = (sa.Index("ix_house_mail_state", "state", "id"),)

    id: Mapped[int] = key()
    recipient: Mapped[str]
    subject: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    message_id: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(MOMENT)
    changed_at: Mapped[datetime] = mapped_column(MOMENT)
    problem: Mapped[str | None]
