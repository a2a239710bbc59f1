"""What the dashboard counts: open cases, and promises kept and broken. Each is one grouped statement, however many there are.

The wall is the database’s: a case that somebody may not see is in none of their numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Person, Team
from regulator.actors import Actor
from regulator.casework.models import CaseFile, ClockRow
from regulator.casework.queries import Whose
from regulator.db import ask_as, db


@dataclass(frozen=True)
class OpenCases:
    """How many open cases of a kind stand at a stage, and on how many of them something we owe is overdue."""

    kind: str
    edition: str
    stage: str
    number: int
    overdue: int


@dataclass(frozen=True)
class Promises:
    """How often one thing that we owe was done in time, was not, or is overdue now."""

    kind: str
    clock: str
    label: str
    kept: int
    broken: int
    overdue: int

    @property
    def number(self) -> int:
        """All of them."""
        return self.kept + self.broken + self.overdue

    @property
    def not_kept(self) -> int:
        """Those that were broken, and those that are overdue now."""
        return self.broken + self.overdue


_TODAY: sa.BindParameter[date] = sa.bindparam("today", type_=sa.Date)
_NOW: sa.BindParameter[datetime] = sa.bindparam("now", type_=sa.DateTime(timezone=True))
_SINCE: sa.BindParameter[date] = sa.bindparam("since", type_=sa.Date)
_COUNT = sa.func.count()
_LIVE = sa.not_(CaseFile.is_historic)
_OPEN = (
    sa.select(
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.stage,
        _COUNT,
        _COUNT.filter(CaseFile.due_on < _TODAY),
    )
    .where(CaseFile.is_open, _LIVE)
    .group_by(CaseFile.kind, CaseFile.edition, CaseFile.stage)
    .order_by(CaseFile.kind, CaseFile.edition, CaseFile.stage)
)

# Kept and broken as the rules say it: what ended before it was due, and was no longer wanted, is neither.
_ENDED = sa.and_(sa.not_(ClockRow.is_open), ClockRow.ended_on.between(_SINCE, _TODAY))
_KEPT = sa.and_(_ENDED, ClockRow.ended == "met", sa.not_(ClockRow.was_late))
_BROKEN = sa.and_(_ENDED, ClockRow.was_late)
# The day kept for a clock that stands still is moved on by its next event: it is late only if it was before it stopped.
_RUNS = sa.or_(ClockRow.paused_since.is_(None), ClockRow.last_day < ClockRow.paused_since)
_OVERDUE = sa.and_(ClockRow.is_open, sa.not_(ClockRow.is_held), _RUNS, ClockRow.late_from <= _NOW)
_PROMISES = (
    sa.select(
        CaseFile.kind,
        ClockRow.name,
        sa.func.max(ClockRow.label),
        _COUNT.filter(_KEPT),
        _COUNT.filter(_BROKEN),
        _COUNT.filter(_OVERDUE),
    )
    .join(ClockRow, ClockRow.case_id == CaseFile.id)
    .where(_LIVE, ClockRow.owed_by == "regulator", sa.or_(_KEPT, _BROKEN, _OVERDUE))
    .group_by(CaseFile.kind, ClockRow.name)
    .order_by(CaseFile.kind, ClockRow.name)
)


def open_cases(whose: Whose, *, by: Actor) -> list[OpenCases]:
    """How many open cases `by` may see stand where, by kind and stage; cases from the past are left out."""
    ask_as(by)
    rows = db.session.execute(_OPEN.where(*_of(whose, by)), {"today": moments.today()})
    return [OpenCases(*row) for row in rows]


def promises(whose: Whose, *, since: date, by: Actor) -> list[Promises]:
    """What we owed and kept or broke from `since` to today, and what is overdue now, by kind and clock.

    Only in cases that `by` may see; cases from the past are left out.
    """
    ask_as(by)
    asked = {"since": since, "today": moments.today(), "now": moments.now()}
    return [Promises(*row) for row in db.session.execute(_PROMISES.where(*_of(whose, by)), asked)]


class Way(StrEnum):
    """By what promises are put side by side."""

    team = "team"
    person = "person"
    month = "month"
    kind = "kind"


@dataclass(frozen=True)
class Counted:
    """How often promises of one team, person, month or kind were kept; `name` is empty where there is none."""

    name: str
    kept: int
    broken: int
    overdue: int

    @property
    def number(self) -> int:
        """All of them."""
        return self.kept + self.broken + self.overdue

    @property
    def not_kept(self) -> int:
        """Those that were broken, and those that are overdue now."""
        return self.broken + self.overdue


_NAMES: Mapping[Way, Any] = {
    Way.team: sa.func.coalesce(Team.name, ""),
    Way.person: sa.func.coalesce(Person.name, ""),
    Way.month: sa.func.to_char(sa.func.coalesce(ClockRow.ended_on, _TODAY), "YYYY-MM"),
    Way.kind: CaseFile.kind,
}


def _side_by_side(way: Way) -> Any:
    compared: sa.ColumnClause[Any] = sa.literal_column("compared")
    counts = (_COUNT.filter(one) for one in (_KEPT, _BROKEN, _OVERDUE))
    return (
        sa.select(_NAMES[way].label("compared"), *counts)
        .select_from(CaseFile)
        .join(ClockRow, ClockRow.case_id == CaseFile.id)
        .outerjoin(Team, Team.id == CaseFile.team_id)
        .outerjoin(Person, Person.id == CaseFile.owner_id)
        .where(_LIVE, ClockRow.owed_by == "regulator", sa.or_(_KEPT, _BROKEN, _OVERDUE))
        .group_by(compared)
        .order_by(compared)
    )


_SIDE_BY_SIDE = {way: _side_by_side(way) for way in Way}


def promises_by(way: Way, whose: Whose, *, since: date, by: Actor) -> list[Counted]:
    """The same promises put side by side, by name: of whoever has the case, and its team, as they are today.

    Only in cases that `by` may see. A month is as 2026-03; what is overdue now counts in this one.
    """
    ask_as(by)
    asked = {"since": since, "today": moments.today(), "now": moments.now()}
    found = db.session.execute(_SIDE_BY_SIDE[way].where(*_of(whose, by)), asked)
    return [Counted(*row) for row in found]


def _of(whose: Whose, by: Actor) -> list[sa.ColumnElement[bool]]:
    match whose:
        case Whose.mine:
            return [CaseFile.owner_id == by.person_id]
        case Whose.team:
            return [CaseFile.team_id == by.team_id]
        case _:
            return []
