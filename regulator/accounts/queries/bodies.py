"""Every SELECT on bodies. They are for everyone to read, so nothing here asks who is reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from regulator import moments, words
from regulator.accounts.models import Body, BodyName, BodyOversight, BodySuccession
from regulator.accounts.roles import RoleSide
from regulator.db import db
from regulator.errors import Missing
from regulator.language import _, later

LISTED_SINCE = date(2013, 4, 1)
"""The list of bodies has no days of its own: unless told, it is taken to hold since police forces last changed."""
KINDS = {
    "territorial": later("Territorial police force"),
    "special": later("Special police force"),
    "law-enforcement-agency": later("Law enforcement agency"),
    "service-police": later("Service police"),
    "policing-body": later("Policing body"),
    "local-policing-body": later("Oversight body"),
}


@dataclass(frozen=True)
class BodyRow:
    """A body as it is called on the day asked for, or as it was last called."""

    id: int
    slug: str
    name: str
    kind: str
    nation: str
    calendar: str
    is_crown: bool
    is_regulated: bool

    @property
    def kind_words(self) -> str:
        """What kind of body it is, in words."""
        return KINDS.get(self.kind, self.kind.replace("-", " ").capitalize())

    @property
    def calendar_words(self) -> str:
        """Whose bank holidays it keeps, in words."""
        return self.calendar.replace("-", " ").title().replace("And", "and")


@dataclass(frozen=True)
class Spell:
    """Something that held of a body from one day to another; the last day is open while it holds."""

    name: str
    slug: str
    starts_on: date
    ends_on: date | None

    @property
    def began(self) -> str:
        """The day it began, in words; what the first list says is older than our record."""
        return _("When our record began") if self.starts_on == LISTED_SINCE else words.day(self.starts_on)


@dataclass(frozen=True)
class Succession:
    """One body that took another’s place on a day."""

    predecessor: BodyRow
    successor: BodyRow
    occurred_on: date


_ON = sa.bindparam("on", type_=sa.Date)


def called_on(name: Any, body_id: Any) -> sa.ColumnElement[bool]:
    """The condition that a name is a body’s name on the day asked for: the one then in force, else the nearest known."""
    other = aliased(BodyName)
    nearest = (
        sa.select(other.id)
        .where(other.body_id == body_id)
        .order_by(
            (other.starts_on <= _ON).desc(),
            sa.case((other.starts_on <= _ON, other.starts_on)).desc(),
            other.starts_on,
        )
        .limit(1)
        .scalar_subquery()
    )
    return sa.and_(name.body_id == body_id, name.id == nearest)


_BODIES = sa.select(
    Body.id,
    Body.slug,
    BodyName.name,
    Body.kind,
    Body.nation,
    Body.calendar,
    Body.is_crown,
    Body.is_regulated,
).join(BodyName, called_on(BodyName, Body.id))
_THERE = sa.and_(BodyName.starts_on <= _ON, sa.or_(BodyName.ends_on.is_(None), BodyName.ends_on >= _ON))


def bodies(on: date | None = None, *, regulated: bool | None = True) -> list[BodyRow]:
    """The bodies there are on a day, today unless told, by name.

    regulated: those the regulator oversees; False for those that only oversee them; None for all
    """
    there = _BODIES.where(_THERE).order_by(sa.func.lower(BodyName.name))
    if regulated is not None:
        there = there.where(Body.is_regulated.is_(regulated))
    return [BodyRow(*row) for row in db.session.execute(there, {"on": on or moments.today()})]


def body_named(slug: str, on: date | None = None) -> BodyRow:
    """The body with this slug, by the name it has on a day, today unless told.

    Raises: Missing when there is none
    """
    return _one(Body.slug == slug, on)


def body(number: int, on: date | None = None) -> BodyRow:
    """The body with this number, by the name it has on a day, today unless told.

    Raises: Missing when there is none
    """
    return _one(Body.id == number, on)


def _one(which: sa.ColumnElement[bool], on: date | None) -> BodyRow:
    row = db.session.execute(_BODIES.where(which), {"on": on or moments.today()}).one_or_none()
    if row is None:
        raise Missing("There is no such body.")
    return BodyRow(*row)


def name_of(number: int, on: date | None = None) -> str:
    """What a body is called on a day, today unless told; before its first known name, that one.

    Raises: Missing when there is no such body
    """
    return body(number, on).name


def overseer_of(number: int, on: date | None = None) -> BodyRow | None:
    """The body that oversees another on a day, today unless told, if one does."""
    overseen = sa.and_(
        BodyOversight.body_id == number,
        BodyOversight.starts_on <= _ON,
        sa.or_(BodyOversight.ends_on.is_(None), BodyOversight.ends_on >= _ON),
    )
    asked = _BODIES.join(BodyOversight, BodyOversight.overseer_id == Body.id).where(overseen)
    row = db.session.execute(asked, {"on": on or moments.today()}).one_or_none()
    return BodyRow(*row) if row else None


def overseen_by(number: int, on: date | None = None) -> list[BodyRow]:
    """The bodies that one oversees on a day, today unless told, by name."""
    overseen = sa.and_(
        BodyOversight.overseer_id == number,
        BodyOversight.starts_on <= _ON,
        sa.or_(BodyOversight.ends_on.is_(None), BodyOversight.ends_on >= _ON),
    )
    asked = _BODIES.join(BodyOversight, BodyOversight.body_id == Body.id).where(overseen)
    rows = db.session.execute(asked.order_by(sa.func.lower(BodyName.name)), {"on": on or moments.today()})
    return [BodyRow(*row) for row in rows]


def sides_of(number: int | None) -> set[RoleSide]:
    """Whose roles the people of a body may hold; none is the regulator."""
    if number is None:
        return {RoleSide.regulator}
    oversees = sa.select(BodyOversight.id).where(BodyOversight.overseer_id == Body.id).exists()
    row = db.session.execute(sa.select(Body.is_regulated, oversees).where(Body.id == number)).one_or_none()
    if row is None:
        raise Missing("There is no such body.")
    is_regulated, does_oversee = row
    sides = {RoleSide.body} if is_regulated else set()
    return sides | ({RoleSide.oversight} if does_oversee or not is_regulated else set())


def names_of(number: int) -> list[Spell]:
    """Every name a body had, has or will have, the latest first."""
    rows = db.session.execute(
        sa.select(BodyName.name, Body.slug, BodyName.starts_on, BodyName.ends_on)
        .join(Body, Body.id == BodyName.body_id)
        .where(BodyName.body_id == number)
        .order_by(BodyName.starts_on.desc())
    )
    return [Spell(*row) for row in rows]


def overseers_of(number: int) -> list[Spell]:
    """Every body that oversaw, oversees or will oversee another, the latest first."""
    rows = db.session.execute(
        sa.select(BodyName.name, Body.slug, BodyOversight.starts_on, BodyOversight.ends_on)
        .join(Body, Body.id == BodyOversight.overseer_id)
        .join(BodyName, called_on(BodyName, Body.id))
        .where(BodyOversight.body_id == number)
        .order_by(BodyOversight.starts_on.desc()),
        {"on": moments.today()},
    )
    return [Spell(*row) for row in rows]


def successors(number: int) -> list[Succession]:
    """The bodies that took this one’s place, and when."""
    return _successions(BodySuccession.predecessor_id == number)


def predecessors(number: int) -> list[Succession]:
    """The bodies whose place this one took, and when."""
    return _successions(BodySuccession.successor_id == number)


def _successions(which: sa.ColumnElement[bool]) -> list[Succession]:
    rows = db.session.execute(
        sa.select(BodySuccession.predecessor_id, BodySuccession.successor_id, BodySuccession.occurred_on)
        .where(which)
        .order_by(BodySuccession.occurred_on, BodySuccession.id)
    ).all()
    found = _by_number({number for row in rows for number in row[:2]})
    return [Succession(found[before], found[after], on) for before, after, on in rows]


def _by_number(numbers: set[int]) -> dict[int, BodyRow]:
    asked: Sequence[Any] = (
        db.session.execute(_BODIES.where(Body.id.in_(numbers)), {"on": moments.today()}).all()
        if numbers
        else ()
    )
    return {row.id: BodyRow(*row) for row in asked}
