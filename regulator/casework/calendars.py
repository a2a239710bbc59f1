"""The calendars as the table has them: each day off with its source and the day it was entered.

The days come once from a maintained package; a proclaimed day is added, a wrong one withdrawn, and the version, which
each deadline is stored with, changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.actors import SYSTEM, Actor
from regulator.casework.models import Holiday
from regulator.db import db
from regulator.deadlines.calendar import PACKAGED_YEARS, Calendar, CalendarName, Day, from_package
from regulator.errors import Invalid

_STATE = sa.select(sa.func.count(), sa.func.max(Holiday.id), sa.func.count(Holiday.withdrawn_on))


def load() -> int:
    """Enter every day the package knows and the table lacks; returns how many were new."""
    on = moments.today()
    with ledger.change("load_calendars", by=SYSTEM, streams=["house"]) as intent:
        known = set(db.session.execute(sa.select(Holiday.calendar, Holiday.day)))
        new = [
            Holiday(calendar=name.value, day=row.date, name=row.name, source=row.source, entered_on=on)
            for name in CalendarName
            for row in from_package(name, range(PACKAGED_YEARS[0], PACKAGED_YEARS[1] + 1), on)
            if (name.value, row.date) not in known
        ]
        db.session.add_all(new)
        intent.data["days"] = len(new)
    return len(new)


def add_holiday(calendar: CalendarName, day: date, name: str, source: str, *, by: Actor) -> None:
    """Enter a day off, such as one proclaimed late; the caller then has the open clocks counted again.

    Raises: Invalid for a day already off
    """
    with ledger.change("add_holiday", by=by, streams=["house"]) as intent:
        if _standing(calendar, day) is not None:
            raise Invalid(f"{day:%-d %B %Y} is already a day off in that calendar.", "day")
        on = moments.today()
        db.session.add(Holiday(calendar=calendar.value, day=day, name=name, source=source, entered_on=on))
        intent.data.update(calendar=calendar.value, day=day)


def withdraw_holiday(calendar: CalendarName, day: date, *, by: Actor) -> None:
    """Take back a day off that was entered wrongly; the row stays, with the day it was withdrawn.

    Raises: Invalid for a day that is not off
    """
    with ledger.change("withdraw_holiday", by=by, streams=["house"]) as intent:
        row = _standing(calendar, day)
        if row is None:
            raise Invalid(f"{day:%-d %B %Y} is not a day off in that calendar.", "day")
        row.withdrawn_on = moments.today()
        intent.data.update(calendar=calendar.value, day=day)


def _standing(calendar: CalendarName, day: date) -> Holiday | None:
    return db.session.scalars(
        sa.select(Holiday).where(
            Holiday.calendar == calendar.value, Holiday.day == day, Holiday.withdrawn_on.is_(None)
        )
    ).first()


def every() -> Mapping[CalendarName, Calendar]:
    """The calendars as the table has them now; read again only when a day was entered or withdrawn."""
    count, newest, withdrawn = db.session.execute(_STATE).one()
    return _calendars(count, newest or 0, withdrawn)


@lru_cache(maxsize=2)
def _calendars(count: int, newest: int, withdrawn: int) -> dict[CalendarName, Calendar]:
    rows: dict[str, list[Day]] = defaultdict(list)
    standing = sa.select(Holiday.calendar, Holiday.day, Holiday.name, Holiday.source, Holiday.entered_on)
    for row in db.session.execute(standing.where(Holiday.withdrawn_on.is_(None))):
        rows[row.calendar].append(Day(row.day, row.name, row.source, row.entered_on))
    version = f"{newest}.{withdrawn} ({count} days)"
    return {name: Calendar.of(name, version, rows[name], PACKAGED_YEARS) for name in CalendarName}
