"""Who may be given a case, or be named in a step."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Person, RoleHeld
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.models import CaseFile
from regulator.db import ask_as, db

_ON = sa.bindparam("on", type_=sa.Date)
_PRESENT = sa.and_(
    sa.or_(Person.left_on.is_(None), Person.left_on > _ON),
    RoleHeld.starts_on <= _ON,
    sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > _ON),
)
_PEOPLE = (
    sa.select(Person.id, Person.name, Person.email, Person.team_id, sa.func.array_agg(RoleHeld.role))
    .join(RoleHeld, RoleHeld.person_id == Person.id)
    .where(_PRESENT, Person.body_id.is_not_distinct_from(sa.bindparam("body")))
    .group_by(Person.id)
    .order_by(Person.name, Person.id)
)


ANSWER = frozenset({"contact", "contributor"})
"""The roles of a body that answer items; its approving officer signs the whole."""


@dataclass(frozen=True)
class Colleague:
    """Somebody who works on cases today; `held` is their roles in words."""

    id: int
    name: str
    email: str
    team_id: int | None
    roles: frozenset[str]

    @property
    def held(self) -> str:
        """The roles, as people call them."""
        named = editions.current().roles
        return ", ".join(named[role].label for role in sorted(self.roles) if role in named)


def colleagues(body_id: int | None, *, by: Actor, role: str = "") -> list[Colleague]:
    """Everyone of a body (none: of the regulator) who may be given work on a case today, by name.

    role: only those who hold it
    """
    ask_as(by)
    rows = db.session.execute(_PEOPLE, {"on": moments.today(), "body": body_id})
    found = [Colleague(*row[:4], frozenset(row[4])) for row in rows]
    works = {role for role, known in editions.current().roles.items() if known.works_cases}
    return [one for one in found if one.roles & works and (not role or role in one.roles)]


_LOADS = (
    sa.select(CaseFile.owner_id, sa.func.count())
    .where(CaseFile.is_open, CaseFile.owner_id.is_not(None))
    .group_by(CaseFile.owner_id)
)


def loads(*, by: Actor) -> dict[int, int]:
    """How many open cases each person owns, as far as `by` may see them; who owns none is not among them."""
    ask_as(by)
    return {person: number for person, number in db.session.execute(_LOADS) if person is not None}


def answerers(*, by: Actor) -> list[Colleague]:
    """Those of the person’s own body who may be handed something to answer, by name."""
    return [one for one in colleagues(by.body_id, by=by) if one.roles & ANSWER]
