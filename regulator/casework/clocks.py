"""The clocks as pages and lists read them: a cache written with each step, never the truth."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from config import Config
from regulator import moments
from regulator.casework import reminding
from regulator.casework.facts import OVERSIGHT, Facts
from regulator.casework.models import ClockRow, Party
from regulator.db import db
from regulator.deadlines.london import day_after, opening
from regulator.regime.duties import next_actions, system_turns
from regulator.regime.running import Running

NEVER = date(9999, 12, 31)
_TABLE: sa.Table = ClockRow.__table__  # type: ignore[assignment]


def keep(known: Facts, not_before: datetime | None = None) -> None:
    """Keep what the clocks of a case say now, and the dates that sort the desks.

    not_before: the system does not look at the case again until then, for what it tried was refused
    """
    db.session.execute(sa.delete(_TABLE).where(_TABLE.c.case_id == known.case.id))
    if known.running:
        rows = [_row(known, clock) for clock in known.running]
        for row in rows:
            if row["next_look"] and not_before:
                row["next_look"] = max(row["next_look"], not_before)
        db.session.execute(sa.insert(_TABLE), rows)
    open_ = [clock for clock in known.running if clock.is_open and not known.case.is_historic]
    ours = [clock for clock in open_ if clock.owed_by == "regulator"]
    known.case.due_on = min((clock.last_day for clock in ours), default=NEVER)
    known.case.due_clock = min(ours, key=lambda clock: clock.last_day).clock.label if ours else None
    actions = next_actions(known.kind, known.running, known.stage, moments.now())
    known.case.waits_for = actions[0].waits_for if actions else None
    for party in known.parties:
        party.due_on = min((clock.last_day for clock in open_ if _owes(known, party, clock)), default=NEVER)
    db.session.flush()


def _owes(known: Facts, party: Party, clock: Running) -> bool:
    """Whether a clock is this party’s to meet: its own, or as the overseer of the body that it is about."""
    if party.capacity == OVERSIGHT:
        about_one = clock.keys.get("party") in {one.id for one in known.overseen_by(party)}
        return about_one and clock.owed_by == OVERSIGHT
    return clock.owed_by == "body" and clock.keys.get("party") == party.id


def _row(known: Facts, clock: Running) -> dict[str, Any]:
    sides, party = concerned(known, clock), about(known, clock).keys.get("party")
    whose = [one for one in known.subjects if party in (None, one.id)]
    return {
        "case_id": known.case.id,
        "name": clock.name,
        "label": clock.clock.label,
        "owed_by": clock.owed_by,
        "owed_to": ", ".join(clock.owed_to),
        "party_id": party,
        "keys": dict(clock.keys),
        "started_on": clock.started_on,
        "last_day": clock.last_day,
        "late_from": clock.late_from,
        "original_last_day": clock.result.original_last_day,
        "is_open": clock.is_open,
        "is_held": clock.pending is not None,
        "paused_since": clock.paused_since,
        "ended": clock.ended.how.value if clock.ended else None,
        "ended_on": moments.london_day(clock.ended.when) if clock.ended else None,
        "was_late": clock.kept(moments.now()) is False and not clock.is_open,
        "derivation": clock.result.derivation.to_json(),
        "for_body": "body" in sides and any(one.sees for one in whose),
        "for_complainant": "complainant" in sides,
        "for_oversight": OVERSIGHT in sides and any(_overseer_sees(known, one) for one in whose),
        "for_public": "public" in sides and known.is_public(),
        "next_look": next_look(known, clock),
    }


def _overseer_sees(known: Facts, party: Party) -> bool:
    overseer = known.overseer_of(party)
    return overseer is not None and overseer.sees


def about(known: Facts, clock: Running) -> Running:
    """The clock for which more time was asked, where this one counts the time to answer that; else the clock itself."""
    return next((one for one in known.running if one.ref == clock.keys.get("clock")), clock)


def concerned(known: Facts, clock: Running) -> set[str]:
    """The sides that a clock is anything to: who owes it and to whom; of a request for more time, only who asked."""
    asked = about(known, clock)
    return {clock.owed_by, *clock.owed_to} if asked is clock else {clock.owed_by, asked.owed_by}


def next_look(known: Facts, clock: Running) -> datetime | None:
    """When time alone next changes something: a step of the system’s falls due, a clock expires, a day is paused."""
    turns = [
        moment
        for step, moment in system_turns(known.kind, clock, grace_days())
        if known.stage in known.kind.steps[step].from_
    ]
    if clock.is_open and clock.clock.passes and clock.late_from >= moments.now():
        turns.append(clock.late_from)
    if clock.is_open and clock.paused_since:
        turns.append(opening(day_after(moments.today())))
    if reminder := reminding.next_turn(known, clock):
        turns.append(reminder)
    return min(turns, default=None)


def grace_days() -> int:
    """How many days the system waits before what follows from a clock that ran out."""
    config: Config = current_app.extensions["regulator"]
    return config.grace_days
