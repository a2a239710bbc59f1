"""What the system does when its time comes: steps of its own, and caches that time alone makes stale."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from regulator import jobs, moments
from regulator.actors import SYSTEM
from regulator.casework import clocks, erasing, facts, reminding, staff_notices, unattended
from regulator.casework.models import ClockRow
from regulator.casework.steps import take
from regulator.db import ask_as, db, engine_role
from regulator.errors import Conflict, NotNow, Refused
from regulator.ledger.writing import caching
from regulator.regime.duties import due_for_system
from regulator.regime.model import REMIND

AGAIN = timedelta(days=1)
_WAITING = (
    sa.select(ClockRow.case_id)
    .where(ClockRow.next_look <= sa.bindparam("now"))
    .group_by(ClockRow.case_id)
    .order_by(sa.func.min(ClockRow.next_look), ClockRow.case_id)
    .limit(sa.bindparam("most"))
)
_log = logging.getLogger("regulator.system")


@jobs.task
def destroy_files(case: int) -> None:
    """Destroy the files of a record that two people decided to destroy."""
    erasing.destroy_files(case)


@jobs.every_minute
def take_due_steps(most: int = 200) -> int:
    """Take every step that is the system’s now, case by case; returns how many were taken.

    Safe to repeat and to run twice at once: a step that was taken is no longer due.
    """
    ask_as(SYSTEM)
    waiting = list(db.session.scalars(_WAITING, {"now": moments.now(), "most": most}))
    return sum(look_at(case_id) for case_id in waiting)


@jobs.every_minute
def tell_staff_what_is_due() -> None:
    """Tell whoever has a case what falls due in it, is overdue or ran out: each once."""
    staff_notices.find()
    staff_notices.tell()


@jobs.every_minute
def check_cases() -> None:
    """Once a day, find the open cases that nobody looks after, and say so on the record."""
    if found := unattended.look():
        _log.warning("cases that nobody looks after", extra={"facts": {"cases": found}})


def look_at(case_id: int) -> int:
    """Do what time asks of one case; returns how many steps were taken."""
    taken = 0
    while (step := _due(case_id)) is not None:
        try:
            take(step.name, case_id, by=SYSTEM, data=step.data)
        except (NotNow, Refused, Conflict) as reason:
            _log.info("system step put off", extra={"step": step.name, "reason": reason.sentence})
            recount(case_id, not_before=moments.now() + AGAIN)
            return taken
        taken += 1
    recount(case_id)
    return taken


def recount(case_id: int, not_before: datetime | None = None) -> None:
    """Count the clocks of a case again and keep what they say now: nothing is recorded, for nothing happened."""
    with caching(case_id):
        clocks.keep(facts.load(case_id), not_before)


class _Turn(NamedTuple):
    """A step that is the system’s now, with its answers."""

    name: str
    data: Mapping[str, Any]


def _due(case_id: int) -> _Turn | None:
    with engine_role([case_id]):
        known = facts.load(case_id)
        due = due_for_system(known.kind, known.running, moments.now(), clocks.grace_days(), stage=known.stage)
        if due:
            return _Turn(due[0][0], {})
        reminders = reminding.due(known)
        return _Turn(REMIND, reminders[0].data) if reminders else None
