"""Every SELECT on teams and who works in them; `by` is always an argument, and the database asks again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Person, Team
from regulator.actors import Actor
from regulator.db import ask_as, db
from regulator.errors import Missing

_ON = sa.bindparam("on", type_=sa.Date)
_HERE = sa.or_(Person.left_on.is_(None), Person.left_on > _ON)


@dataclass(frozen=True)
class Member:
    """Someone of the regulator’s own; `team` is the one they work in, if any."""

    id: int
    name: str
    team: str | None


@dataclass(frozen=True)
class TeamRow:
    """A team, and those who work in it today, by name."""

    id: int
    name: str
    members: tuple[Member, ...]


def teams(*, by: Actor) -> list[tuple[int, str]]:
    """The regulator’s teams, by name."""
    ask_as(by)
    return [
        (number, name)
        for number, name in db.session.execute(sa.select(Team.id, Team.name).order_by(Team.name))
    ]


def team_named(number: int, *, by: Actor) -> str:
    """What a team is called.

    Raises: Missing for no such team
    """
    ask_as(by)
    name = db.session.scalar(sa.select(Team.name).where(Team.id == number))
    if name is None:
        raise Missing("There is no such team.")
    return name


def teams_with_members(*, by: Actor) -> list[TeamRow]:
    """The regulator’s teams, by name, each with those in it that `by` may see."""
    ask_as(by)
    rows: Sequence[Any] = db.session.execute(
        sa.select(Team.id, Team.name, Person.id, Person.name)
        .outerjoin(Person, sa.and_(Person.team_id == Team.id, _HERE))
        .order_by(Team.name, Person.name, Person.id),
        {"on": moments.today()},
    ).all()
    return [
        TeamRow(*team, tuple(Member(row[2], row[3], team[1]) for row in inside if row[2] is not None))
        for team, inside in groupby(rows, lambda row: (row[0], row[1]))
    ]


def outside_team(number: int, *, by: Actor) -> list[Member]:
    """Those of the regulator’s own who could still be put in a team, by name: everybody who is not in it."""
    ask_as(by)
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Team.name)
        .outerjoin(Team, Team.id == Person.team_id)
        .where(Person.body_id.is_(None), Person.team_id.is_distinct_from(number), _HERE)
        .order_by(Person.name, Person.id),
        {"on": moments.today()},
    )
    return [Member(*row) for row in rows]
