"""What a notice would come to if it were served tomorrow: its days counted by the rules before anything is served."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from regulator import moments
from regulator.casework.facts import Facts
from regulator.enforcement.facts import clock_of_step, of, steps_of
from regulator.enforcement.models import NoticeStep
from regulator.regime.clocks import derive
from regulator.regime.events import Event
from regulator.regime.running import Running

SERVE = "record_service"


def done_by(step: NoticeStep) -> str:
    """The day or the hours that the notice sets for a step, as its entry says it."""
    return f"{step.hours} hours" if step.hours else str(step.done_by or "")


def too_soon(known: Facts, haste: str) -> tuple[int, date] | None:
    """The number of the first step whose day leaves too little time, with the first day on which it may bind.

    None where each leaves the least there must be.
    """
    steps = {one.id: one for one in steps_of(known) if not one.settled_as}
    at = moments.now() + timedelta(days=1)
    for clock in served(known, list(steps.values()), haste, at):
        step = steps[int(clock.keys["notice_step"])]
        if _binds_later(step, clock, at):
            return step.number, clock.last_day
    return None


def _binds_later(step: NoticeStep, clock: Running, at: datetime) -> bool:
    if step.hours:
        return clock.late_from > at + timedelta(hours=step.hours)
    return step.done_by is not None and clock.last_day > step.done_by


def served(known: Facts, steps: list[NoticeStep], haste: str, at: datetime) -> list[Running]:
    """The clocks that service at a moment would start for these steps; those of nothing where there are none."""
    if not steps or known.subject is None:
        return []
    event = Event(
        seq=1 + max((one.seq for one in known.events), default=0),
        step=SERVE,
        occurred=at,
        is_day=False,
        recorded=at,
        by_person=None,
        by_role="",
        from_stage=known.stage,
        to_stage=known.kind.steps[SERVE].to,
        data={
            "sent_on": at.isoformat(),
            "deemed_on": at.isoformat(),
            "haste": haste,
            "done_by": {str(one.id): done_by(one) for one in steps},
        },
        keys={"party": known.subject.id, "notice_step": [one.id for one in steps], "act": [0]},
    )
    running = derive(
        known.kind,
        [*known.events, event],
        calendar_for=known.calendar_for,
        as_at=at,
        parties=[one.id for one in known.subjects],
    )
    return [one for one in running if one.started == event.seq and "notice_step" in one.keys]


def days_as_counted(known: Facts) -> dict[int, date]:
    """The last day of each step as its clock counts it; the day in the notice where no clock runs yet."""
    found: dict[int, date] = {}
    for step in of(known).steps:
        clock = clock_of_step(known, step.id) if step.served_on else None
        day = clock.last_day if clock else step.done_by
        if day is not None:
            found[step.id] = day
    return found


__all__ = ["days_as_counted", "done_by", "served", "too_soon"]
