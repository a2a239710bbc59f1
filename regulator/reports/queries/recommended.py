"""Recommendations across all cases: a page at a time, all of them, and how many of each theme are open.

The wall is the database’s: of a case or a part in it that somebody may not see there is nothing in any list or number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import BodyName
from regulator.actors import Actor
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.db import ask_as, db
from regulator.findings.models import Recommendation, ReportFinding, ScopeArea

PAGE = 50
LAST = date.max


class State(StrEnum):
    """Which recommendations; each but `everything` is a part of it."""

    open = "open"
    overdue = "overdue"
    claimed = "claimed"
    closed = "closed"
    everything = "everything"


@dataclass(frozen=True)
class RecommendedRow:
    """A recommendation that was given to its body, with its case; `last_day` is none where it has no date.

    theme: the area of its finding; none for one that belongs to a cause of concern
    """

    id: int
    number: int
    words: str
    priority: str
    output: str
    answer: str | None
    reasons: str | None
    claimed_on: date | None
    verdict: str | None
    noted_on: date | None
    reference: str
    kind: str
    edition: str
    body: str
    theme: str | None
    last_day: date | None


@dataclass(frozen=True)
class ThemeRow:
    """How many recommendations of one theme were given, are open, and are overdue."""

    theme: str | None
    number: int
    open: int
    overdue: int


_TODAY: sa.BindParameter[date] = sa.bindparam("today", type_=sa.Date)
_DUE = (
    sa.select(ClockRow.last_day)
    .where(
        ClockRow.case_id == Recommendation.case_id,
        ClockRow.name == "recommendation",
        ClockRow.keys["recommendation"].as_integer() == Recommendation.id,
    )
    .order_by(ClockRow.id.desc())
    .limit(1)
    .lateral("due")
)
_ORDER = sa.func.coalesce(_DUE.c.last_day, LAST)
_OPEN = sa.and_(Recommendation.verdict.is_distinct_from("met"), Recommendation.noted_on.is_(None))
_OVERDUE = sa.and_(_OPEN, Recommendation.claimed_on.is_(None), _DUE.c.last_day < _TODAY)
_WHICH: Mapping[State, sa.ColumnElement[bool]] = {
    State.open: _OPEN,
    State.overdue: _OVERDUE,
    State.claimed: sa.and_(_OPEN, Recommendation.claimed_on.is_not(None)),
    State.closed: sa.not_(_OPEN),
    State.everything: sa.true(),
}
_NAME = (
    sa.select(BodyName.name)
    .where(
        BodyName.body_id == Party.body_id,
        BodyName.starts_on <= _TODAY,
        sa.or_(BodyName.ends_on.is_(None), BodyName.ends_on >= _TODAY),
    )
    .scalar_subquery()
)


def _among(*columns: Any) -> sa.Select[Any]:
    """What was given to bodies; what a replay told from the past is nobody’s to follow up."""
    return (
        sa.select(*columns)
        .join(CaseFile, CaseFile.id == Recommendation.case_id)
        .join(Party, Party.id == Recommendation.party_id)
        .outerjoin(ReportFinding, ReportFinding.id == Recommendation.finding_id)
        .outerjoin(ScopeArea, ScopeArea.id == ReportFinding.area_id)
        .outerjoin(_DUE, sa.true())
        .where(Recommendation.issued_on.is_not(None), sa.not_(CaseFile.is_historic))
    )


_ROWS = _among(
    Recommendation.id,
    Recommendation.number,
    Recommendation.words,
    Recommendation.priority,
    Recommendation.output,
    Recommendation.answer,
    Recommendation.reasons,
    Recommendation.claimed_on,
    Recommendation.verdict,
    Recommendation.noted_on,
    CaseFile.reference,
    CaseFile.kind,
    CaseFile.edition,
    _NAME,
    ScopeArea.name,
    _DUE.c.last_day,
).order_by(_ORDER, Recommendation.id)
_COUNT = sa.func.count()
_THEMES = (
    _among(ScopeArea.name, _COUNT, _COUNT.filter(_OPEN), _COUNT.filter(_OVERDUE))
    .group_by(ScopeArea.name)
    .order_by(_COUNT.filter(_OPEN).desc(), ScopeArea.name)
)


def recommended(
    state: State, body_id: int | None = None, *, by: Actor, after: tuple[date, int] | None = None
) -> tuple[list[RecommendedRow], tuple[date, int] | None]:
    """A page of recommendations, the soonest due first, and where the next page begins.

    body_id: of one body alone
    after:   the day and number that the page before ended with
    """
    asked = _asked(_ROWS, state, body_id)
    if after is not None:
        asked = asked.where(sa.tuple_(_ORDER, Recommendation.id) > sa.tuple_(*after))
    rows = _read(asked.limit(PAGE + 1), by)
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], (last.last_day or LAST, last.id) if last else None


def all_recommended(state: State, body_id: int | None = None, *, by: Actor) -> list[RecommendedRow]:
    """Every recommendation of a list, in the order of its pages."""
    return _read(_asked(_ROWS, state, body_id), by)


def themes(body_id: int | None = None, *, by: Actor) -> list[ThemeRow]:
    """How many recommendations of each theme there are, those with most open first."""
    ask_as(by)
    found = db.session.execute(_asked(_THEMES, State.everything, body_id), {"today": moments.today()})
    return [ThemeRow(*row) for row in found]


def _asked(what: sa.Select[Any], state: State, body_id: int | None) -> sa.Select[Any]:
    asked = what.where(_WHICH[state])
    return asked if body_id is None else asked.where(Party.body_id == body_id)


def _read(asked: sa.Select[Any], by: Actor) -> list[RecommendedRow]:
    ask_as(by)
    return [RecommendedRow(*row) for row in db.session.execute(asked, {"today": moments.today()})]
