"""Worklists: the cases somebody works from, the soonest due first, a page at a time.

A list is one statement however many rows it has; its counts are another, and say “100+” rather than count on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.codes import ALPHABET, tidy
from regulator.accounts.models import Person, Team
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.clocks import NEVER
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.casework.queries.cases import BODIES
from regulator.db import ask_as, db, plan_afresh
from regulator.letters.queries import not_arrived

ROWS = 25
COUNTED = 100
WEEK = timedelta(days=7)
NEAR = timedelta(days=5)
"""So many days before its last day a promise to somebody outside is about to break."""
INTAKE = ("received", "screening")
REVIEW = ("under_review", "review_decided")
REFERENCE = 8
"""So many characters of a reference follow the letters of its kind."""

NO_TEAM = 0
"""No team has this number: whoever is in none has none’s cases."""


class Whose(StrEnum):
    """Whose work is shown."""

    intake = "intake"
    review = "review"
    turn = "turn"
    mine = "mine"
    team = "team"
    desk = "desk"
    unassigned = "unassigned"
    unattended = "unattended"
    everything = "everything"


class Which(StrEnum):
    """Which of it."""

    all = "all"
    week = "week"
    overdue = "overdue"
    waiting = "waiting"
    promises = "promises"


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see; `after` is the due day and number of the last row of the page before.

    past: whether cases from the past, brought over or told again, are among them
    body: number of a body it is about; owner: number of whoever has it; 0 for any
    within: so many days from today something is due from us, or was before; none for whenever
    """

    whose: Whose
    which: Which = Which.all
    kind: str = ""
    stage: str = ""
    words: str = ""
    body: int = 0
    owner: int = 0
    within: int | None = None
    past: bool = True
    after: tuple[date, int] | None = None


@dataclass(frozen=True)
class Line:
    """One case of a list. due_on: none where the regulator owes nothing with a date."""

    id: int
    reference: str
    kind: str
    edition: str
    title: str
    stage: str
    is_open: bool
    opened_on: date
    is_restricted: bool
    due: date
    due_clock: str | None
    waits_for: str | None
    owner: str | None
    team: str | None
    bodies: str | None
    letter_waits: bool = False

    @property
    def due_on(self) -> date | None:
        """The soonest day by which the regulator owes something."""
        return None if self.due >= NEVER else self.due


@dataclass(frozen=True)
class Lines:
    """A page of a list; `following` is where the next begins, none on the last."""

    rows: list[Line]
    following: tuple[date, int] | None


_LINES = (
    sa.select(
        CaseFile.id,
        CaseFile.reference,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.title,
        CaseFile.stage,
        CaseFile.is_open,
        CaseFile.opened_on,
        CaseFile.is_restricted,
        CaseFile.due_on,
        CaseFile.due_clock,
        CaseFile.waits_for,
        Person.name,
        Team.name,
        BODIES,
        not_arrived(CaseFile.id),
    )
    .outerjoin(Person, Person.id == CaseFile.owner_id)
    .outerjoin(Team, Team.id == CaseFile.team_id)
    .order_by(CaseFile.due_on, CaseFile.id)
)


def worklist(asked: Asked, *, by: Actor) -> Lines:
    """The cases of a list that `by` may see, the soonest due first."""
    ask_as(by)
    plan_afresh()
    query = _LINES.where(*_narrowed(asked, by)).limit(ROWS + 1)
    if asked.after is not None:
        query = query.where(
            sa.tuple_(CaseFile.due_on, CaseFile.id) > sa.tuple_(*map(sa.literal, asked.after))
        )
    found: list[Any] = list(db.session.execute(query, {"on": moments.today()}))
    rows = [Line(*row) for row in found]
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return Lines(rows[:ROWS], (last.due, last.id) if last else None)


def counts(asked: Asked, whose: list[Whose], *, by: Actor) -> Mapping[str, int]:
    """How many cases each list has, and each part of the list asked for: exact up to COUNTED, one more beyond."""
    ask_as(by)
    plan_afresh()
    named: dict[str, Asked] = {name: Asked(name) for name in whose if name is not Whose.everything}
    named |= {name: replace(asked, which=name, after=None) for name in Which}
    query = sa.select(*(_count(one, by).label(name) for name, one in named.items()))
    return dict(db.session.execute(query).mappings().one())


def _count(asked: Asked, by: Actor) -> sa.ScalarSelect[int]:
    few = sa.select(CaseFile.id).where(*_narrowed(asked, by)).limit(COUNTED + 1).subquery()
    return sa.select(sa.func.count()).select_from(few).scalar_subquery()


def _narrowed(asked: Asked, by: Actor) -> list[sa.ColumnElement[bool]]:
    found = [*_whose(asked.whose, by), *_which(asked.which)]
    if asked.kind:
        found.append(CaseFile.kind == asked.kind)
    if asked.stage:
        found.append(CaseFile.stage == asked.stage)
    if asked.body:
        found.append(_about(asked.body))
    if asked.owner:
        found.append(CaseFile.owner_id == asked.owner)
    if asked.within is not None:
        found.append(CaseFile.due_on <= moments.today() + timedelta(days=asked.within))
    if not asked.past:
        found.append(sa.not_(CaseFile.is_historic))
    if asked.words:
        found.append(_says(asked.words))
    return found


def _about(body: int) -> sa.ColumnElement[bool]:
    part = sa.select(Party.id).where(Party.case_id == CaseFile.id, Party.body_id == body)
    return part.where(Party.capacity == "subject").correlate(CaseFile).exists()


def _nearly_broken(today: date) -> sa.ColumnElement[bool]:
    """A promise of ours to somebody outside runs, and ends within days; what is late already is no longer a promise."""
    promise = sa.select(ClockRow.id).where(
        ClockRow.case_id == CaseFile.id,
        ClockRow.is_open,
        ClockRow.owed_by == "regulator",
        ClockRow.owed_to.contains("complainant"),
        ClockRow.paused_since.is_(None),
        ClockRow.last_day.between(today, today + NEAR),
    )
    return promise.correlate(CaseFile).exists()


_NAMED = sa.select(CaseFile.reference).where(CaseFile.reference == sa.bindparam("reference"))


def referred_to(typed: str, *, by: Actor) -> str | None:
    """The reference of the case that was typed, if `by` may see it; hyphens, spaces and small letters do not matter."""
    reference = as_reference(typed)
    if reference is None:
        return None
    ask_as(by)
    found: str | None = db.session.scalar(_NAMED, {"reference": reference})
    return found


def as_reference(typed: str) -> str | None:
    """What was typed as a reference is kept, “c7f3k92qx” as “C-7F3K-92QX”; none where it cannot be one."""
    plain = "".join(one for one in typed.upper() if one.isalnum())
    prefix, code = plain[:-REFERENCE], tidy(plain[-REFERENCE:])
    known = {kind.prefix for edition in editions.editions().values() for kind in edition.kinds.values()}
    if prefix not in known or not set(code) <= set(ALPHABET):
        return None
    return f"{prefix}-{code[:4]}-{code[4:]}"


def _says(words: str) -> sa.ColumnElement[bool]:
    in_title = CaseFile.title.icontains(words, autoescape=True)
    return sa.or_(in_title, CaseFile.reference.istartswith(words, autoescape=True))


def _whose(whose: Whose, by: Actor) -> list[Any]:
    if whose is Whose.everything:
        return []
    mine = CaseFile.owner_id == by.person_id
    if whose is Whose.turn:
        return [_goes_on(mine), sa.or_(mine, *_turns(by))]
    if whose is Whose.mine:
        return [_goes_on(mine), mine]
    nobodys = CaseFile.owner_id.is_(None)
    wanted: dict[Whose, sa.ColumnElement[bool]] = {
        Whose.intake: CaseFile.stage.in_(INTAKE),
        Whose.review: CaseFile.stage.in_(REVIEW),
        Whose.team: CaseFile.team_id == (by.team_id or NO_TEAM),
        Whose.desk: sa.or_(CaseFile.team_id == by.team_id, nobodys),
        Whose.unassigned: nobodys,
        Whose.unattended: left_alone(),
    }
    return [CaseFile.is_open, wanted[whose]]


def _goes_on(mine: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """A case that is open; of one’s own also a closed one, as long as a letter of it did not arrive."""
    return sa.or_(CaseFile.is_open, sa.and_(mine, not_arrived(CaseFile.id)))


def left_alone() -> sa.ColumnElement[bool]:
    """A case in which nothing comes next, or that nobody has: no owner, no team, and no queue that it stands in."""
    queued = CaseFile.stage.in_((*INTAKE, *REVIEW))
    nobody = sa.and_(CaseFile.owner_id.is_(None), CaseFile.team_id.is_(None), sa.not_(queued))
    return sa.and_(sa.not_(CaseFile.is_historic), sa.or_(CaseFile.waits_for.is_(None), nobody))


def _turns(by: Actor) -> list[sa.ColumnElement[bool]]:
    """Cases at a stage that is for one of the person’s roles to move on."""
    found = []
    for edition in editions.editions().values():
        for kind in edition.kinds.values():
            theirs = [name for name, stage in kind.stages.items() if by.holds(stage.next_owner or "")]
            if theirs:
                here = CaseFile.edition == edition.name, CaseFile.kind == kind.name
                found.append(sa.and_(*here, CaseFile.stage.in_(theirs)))
    return found


def _which(which: Which) -> list[Any]:
    today = moments.today()
    match which:
        case Which.all:
            return []
        case Which.week:
            return [CaseFile.is_open, CaseFile.due_on >= today, CaseFile.due_on <= today + WEEK]
        case Which.overdue:
            return [CaseFile.is_open, CaseFile.due_on < today]
        case Which.waiting:
            others = sa.and_(CaseFile.waits_for.is_not(None), CaseFile.waits_for != "regulator")
            return [CaseFile.is_open, others]
        case Which.promises:
            soon = CaseFile.due_on <= today + NEAR
            return [CaseFile.is_open, soon, sa.not_(CaseFile.is_historic), _nearly_broken(today)]
