"""Every SELECT on people; `by` is always an argument, and the database asks again.

Sign-in, sessions, one-use links and codes are looked up in `doors`, before anyone is known.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import (
    Body,
    BodyName,
    Credential,
    Person,
    RecoveryCode,
    RoleHeld,
    Team,
    WebSession,
)
from regulator.accounts.roles import label, labels
from regulator.actors import Actor, Side
from regulator.db import ask_as, db
from regulator.errors import Missing
from regulator.ledger.models import Entry, EntryWords

PAGE = 25
HISTORY = 50
NOBODY_HERE = "There is no such person, or none that you may see."


@dataclass(frozen=True)
class PersonRow:
    """Someone with the roles held today; `body` is empty for the regulator’s own."""

    id: int
    name: str
    email: str
    joined_on: date
    left_on: date | None
    body_id: int | None
    body_slug: str | None
    body: str | None
    team: str | None
    roles: tuple[str, ...]

    @property
    def holds(self) -> str:
        """The roles held today, as a person reads them."""
        return labels(self.roles)

    @property
    def has_left(self) -> bool:
        """Whether the person is gone today."""
        return self.left_on is not None and self.left_on <= moments.today()


@dataclass(frozen=True)
class PersonPage:
    """One page of people by name; `following` is where the next begins, none on the last."""

    rows: Sequence[PersonRow]
    following: int | None


@dataclass(frozen=True)
class Held:
    """A role with its days; from `ends_on` it is held no longer."""

    role: str
    starts_on: date
    ends_on: date | None

    @property
    def label(self) -> str:
        """The role as a person reads it."""
        return label(self.role)


@dataclass(frozen=True)
class Joining:
    """Whether somebody has accepted the invitation, and set up the second factor."""

    has_password: bool
    has_second_factor: bool


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    signed_in_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Happening:
    """One entry of a person’s or a body’s own record, in words."""

    sentence: str
    occurred: date | datetime
    recorded: datetime


def held_on(on: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    """The condition that a role is in force on a day."""
    return sa.and_(RoleHeld.starts_on <= on, sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > on))


_ON = sa.bindparam("on", type_=sa.Date)
_ROLES = sa.func.array(
    sa.select(RoleHeld.role)
    .where(RoleHeld.person_id == Person.id, held_on(_ON))
    .order_by(RoleHeld.role)
    .correlate(Person)
    .scalar_subquery(),
    type_=sa.ARRAY(sa.String),
)
_NAMED = sa.and_(
    BodyName.body_id == Body.id,
    BodyName.starts_on <= _ON,
    sa.or_(BodyName.ends_on.is_(None), BodyName.ends_on >= _ON),
)
_PEOPLE = (
    sa.select(
        Person.id,
        Person.name,
        Person.email,
        Person.joined_on,
        Person.left_on,
        Person.body_id,
        Body.slug,
        BodyName.name,
        Team.name,
        _ROLES,
    )
    .outerjoin(Body, Body.id == Person.body_id)
    .outerjoin(BodyName, _NAMED)
    .outerjoin(Team, Team.id == Person.team_id)
    .order_by(Person.name, Person.id)
)


def people(
    *, by: Actor, name: str = "", body: str = "", role: str = "", after: int | None = None
) -> PersonPage:
    """People that `by` may see, by name, a page at a time.

    name:  part of a name or of an email address; body: a slug, `regulator` for its own people
    after: where the page before ended
    """
    ask_as(by)
    asked = _PEOPLE.limit(PAGE + 1)
    if name:
        asked = asked.where(
            sa.or_(
                Person.name.icontains(name, autoescape=True), Person.email.icontains(name, autoescape=True)
            )
        )
    if body:
        asked = asked.where(Person.body_id.is_(None) if body == "regulator" else Body.slug == body)
    if role:
        held = sa.select(RoleHeld.id).where(
            RoleHeld.person_id == Person.id, RoleHeld.role == role, held_on(_ON)
        )
        asked = asked.where(held.exists())
    if after is not None:
        last = sa.select(Person.name, Person.id).where(Person.id == after).subquery()
        asked = asked.join(last, sa.true()).where(sa.tuple_(Person.name, Person.id) > sa.tuple_(*last.c))
    rows = [_person(row) for row in db.session.execute(asked, {"on": moments.today()})]
    return PersonPage(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)


def person(number: int, *, by: Actor) -> PersonRow:
    """Someone `by` may see.

    Raises: Missing for anyone else
    """
    ask_as(by)
    row = db.session.execute(_PEOPLE.where(Person.id == number), {"on": moments.today()}).one_or_none()
    if row is None:
        raise Missing(NOBODY_HERE)
    return _person(row)


def _person(row: Any) -> PersonRow:
    facts: list[Any] = [*row[:-1], tuple(row[-1])]
    return PersonRow(*facts)


def roles_of(number: int, *, by: Actor) -> list[Held]:
    """Every role a person held or holds, the latest first."""
    ask_as(by)
    rows = db.session.execute(
        sa.select(RoleHeld.role, RoleHeld.starts_on, RoleHeld.ends_on)
        .where(RoleHeld.person_id == number)
        .order_by(RoleHeld.starts_on.desc(), RoleHeld.id.desc())
    )
    return [Held(*row) for row in rows]


def holders(role: str, *, by: Actor, body_id: int | None = None) -> list[PersonRow]:
    """Those who hold a role today, by name: of one body, or of the regulator."""
    ask_as(by)
    held = sa.select(RoleHeld.id).where(RoleHeld.person_id == Person.id, RoleHeld.role == role, held_on(_ON))
    here = _PEOPLE.where(held.exists(), Person.body_id.is_not_distinct_from(body_id))
    return [_person(row) for row in db.session.execute(here, {"on": moments.today()})]


def sessions_of(number: int, *, by: Actor) -> list[OpenSession]:
    """The browsers in which a person is signed in, the one used last first."""
    ask_as(by)
    rows = db.session.execute(
        sa.select(WebSession.signed_in_at, WebSession.seen_at)
        .where(WebSession.person_id == number, WebSession.signed_in_at.is_not(None))
        .order_by(WebSession.seen_at.desc())
    )
    return [OpenSession(began, seen) for began, seen in rows if began]


def joining_of(number: int, *, by: Actor) -> Joining:
    """How far somebody came in joining; for administrators, who see no more of what proves people."""
    ask_as(by)
    confirmed = db.session.scalar(sa.select(Credential.totp_confirmed).where(Credential.person_id == number))
    return Joining(confirmed is not None, bool(confirmed))


def recovery_codes_left(*, by: Actor) -> int:
    """How many of one’s own recovery codes are not used yet."""
    ask_as(by)
    unused = sa.select(sa.func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == by.person_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.execute(unused).scalar_one()


def owned_open_cases(number: int, *, by: Actor) -> int:
    """How many open cases a person owns; which ones, an administrator may not see."""
    ask_as(by)
    count: int = db.session.execute(sa.select(sa.func.owned_open_cases(number))).scalar_one()
    return count


def history_of(stream: str, *, by: Actor) -> list[Happening]:
    """What was done to a person or a body, in words, the latest first; empty for who may not see it.

    stream: `person:7` or `body:3`
    """
    if by.side is not Side.administration:
        return []
    ask_as(by)
    rows = db.session.execute(
        sa.select(Entry.occurred, Entry.recorded, EntryWords.words)
        .join(EntryWords, sa.and_(EntryWords.entry_id == Entry.id, EntryWords.audience == "internal"))
        .where(Entry.stream == stream)
        .order_by(Entry.seq.desc())
        .limit(HISTORY)
    )
    return [Happening(json.loads(row.words)["says"], row.occurred, row.recorded) for row in rows]


def reminders_of(*, by: Actor) -> str | None:
    """How somebody wants to be told of what falls due: `daily`, or none where everything comes at once."""
    ask_as(by)
    found: str | None = db.session.scalar(sa.select(Person.reminders).where(Person.id == by.person_id))
    return found
