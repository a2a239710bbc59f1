"""Facts that serving an instrument and what follows it need; each returns None when it holds, else the sentence to show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from regulator import moments, words
from regulator.accounts.models import Person, RoleHeld
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import need
from regulator.db import db
from regulator.enforcement.facts import (
    clock_of_step,
    notice_of,
    of,
    open_steps,
    service_of,
    steps_of,
    suspended,
)
from regulator.enforcement.models import Certificate, NoticeStep
from regulator.regime.model import Step

_ON: sa.BindParameter[date] = sa.bindparam("on", type_=sa.Date)
_HOLDS = (
    sa.select(RoleHeld.id)
    .join(Person, Person.id == RoleHeld.person_id)
    .where(
        RoleHeld.person_id == sa.bindparam("person"),
        RoleHeld.role == sa.bindparam("role"),
        RoleHeld.starts_on <= _ON,
        sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > _ON),
        sa.or_(Person.left_on.is_(None), Person.left_on > _ON),
    )
)


@need
def electronic_only_with_consent(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is not served electronically, or the consent of the body is on record."""
    answers = known.answers or {}
    if answers.get("service_method") != "electronic" or answers.get("electronic_consent"):
        return None
    return "Say where the body’s consent to electronic service is recorded, or serve it in another way."


@need
def approved_by_manager(known: Facts, _step: Step, by: Actor) -> str | None:
    """A manager other than the person asking approved it, and something is corrected."""
    answers = known.answers
    if answers is None:
        return None
    if not any(answers.get(name) for name in ("sent_on", "deemed_on", "received_on", "service_proof")):
        return "Say what is corrected: when it was sent, when it counts as served, or what shows it."
    return _approved(answers.get("approved_by"), "manager", by)


@need
def approved_by_commissioner(known: Facts, _step: Step, by: Actor) -> str | None:
    """A commissioner other than the person asking approved it."""
    return None if known.answers is None else _approved(known.answers.get("approved_by"), "commissioner", by)


def _approved(person: object, role: str, by: Actor) -> str | None:
    asked = {"person": int(str(person or 0)), "role": role, "on": moments.today()}
    if asked["person"] != by.person_id and db.session.execute(_HOLDS, asked).first():
        return None
    return f"A {role} other than you must have approved it."


@need
def information_notice(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is an information notice."""
    is_one = notice_of(known).instrument == "information"
    return None if is_one else "This is for an information notice alone."


@need
def enforcement_notice(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is a notice that requires steps to put a failure right."""
    is_one = notice_of(known).instrument == "compliance"
    return None if is_one else "This is for an enforcement notice alone."


def _chosen(known: Facts) -> list[NoticeStep]:
    """The open step that is chosen; all of them while it is only asked whether a step may be taken."""
    said = (known.answers or {}).get("notice_step")
    return [one for one in open_steps(known) if said in (None, "") or one.id == int(str(said))]


@need
def step_open(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The step is neither certified nor cancelled."""
    if _chosen(known):
        return None
    return "That step is closed." if open_steps(known) else "No step is open."


def _applied(known: Facts, steps: list[NoticeStep]) -> list[NoticeStep]:
    """Those of these steps for which an application for a certificate waits for an answer."""
    clocks = ((one, clock_of_step(known, one.id, "certificate")) for one in steps)
    return [one for one, clock in clocks if clock is not None and clock.is_open]


@need
def no_application_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No application for a certificate of that step waits for an answer."""
    chosen = _chosen(known)
    free = len(chosen) > len(_applied(known, chosen))
    return None if free else "You applied for a certificate of that step already, and it is not answered yet."


@need
def application_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """An application for a certificate of that step waits for an answer."""
    waits = _applied(known, _chosen(known))
    return None if waits else "No application for a certificate of that step waits for an answer."


@need
def no_application_open(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No application for a certificate waits for an answer."""
    waits = _applied(known, open_steps(known))
    return (
        f"An application for a certificate of step {waits[0].number} waits for an answer." if waits else None
    )


@need
def day_if_done(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The day on which it was done is given where it was done, and has come."""
    answers = known.answers
    if answers is None:
        return None
    day = answers.get("done_on")
    if answers.get("certified_as", "done") != "done":
        return "Leave the day empty: what is no longer needed was not done." if day else None
    if not day:
        return "Give the day on which the step was done."
    return "The day on which it was done has not come yet." if day > moments.today() else None


def recommended(known: Facts) -> Iterator[tuple[NoticeStep, Certificate]]:
    """The recommendations of certificates that were not answered yet, each with its step."""
    steps = {one.id: one for one in open_steps(known)}
    for row in of(known).certificates:
        if row.recommended_as and row.answered_on is None and row.step_id in steps:
            yield steps[row.step_id], row


@need
def certificate_recommended(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A certificate of that step in those words was recommended and not answered yet."""
    answers, found = known.answers, list(recommended(known))
    if answers is not None:
        found = [(step, row) for step, row in found if step.id == int(str(answers.get("notice_step") or 0))]
    if not found:
        return "An enforcement officer must recommend a certificate first."
    if answers is None:
        return None
    _, row = found[-1]
    if (row.recommended_as, row.recommended_done_on) == (answers.get("certified_as"), answers.get("done_on")):
        return None
    return "That is not what was recommended: certify what was, or have it recommended anew."


@need
def variation_cleared(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A variation was cleared and not made yet."""
    cleared = any(one.made_on is None for one in of(known).variations)
    return None if cleared else "A lawyer must clear the variation first."


@need
def every_step_settled(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every step is closed, however it was, or there is none."""
    left = [str(one.number) for one in open_steps(known)]
    if not left:
        return None
    if len(left) == 1:
        return f"Step {left[0]} is not closed yet."
    return f"Steps {', '.join(left[:-1])} and {left[-1]} are not closed yet."


@need
def steps_suspended(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Each of those steps is suspended."""
    now = suspended(known)
    chosen = {int(one) for one in (known.answers or {}).get("notice_steps") or ()}
    if not now:
        return "No step is suspended."
    return None if chosen <= now else "One of those steps is not suspended."


@need
def no_suspension(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No step is suspended."""
    now = suspended(known)
    numbers = [one.number for one in steps_of(known) if one.id in now]
    return f"Step {numbers[0]} is suspended: record the end of that first." if numbers else None


@need
def step_date_passed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The day of the step has passed, it is not done, and no breach of it is recorded yet."""
    clocks = [clock_of_step(known, one.id) for one in _chosen(known)]
    late = [one for one in clocks if one is not None and one.is_overdue(moments.now())]
    if any(one.followed is None for one in late):
        return None
    return (
        "A breach of that step is recorded already."
        if late
        else "The day of that step has not passed, or it is done."
    )


@need
def appeal_period_over(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The time to appeal against the service of the notice is over, whether or not anybody appealed."""
    service = service_of(known)
    clocks = [one for one in known.running if service and one.keys.get("act") == service.seq]
    last = next((one for one in reversed(clocks) if one.name == "appeal"), None)
    if last is None or moments.now() >= last.late_from:
        return None
    return f"You can ask for this once the time to appeal is over, after {words.day(last.last_day)}."


def _change_asked(known: Facts) -> bool:
    clock = known.clock("change")
    return clock is not None and clock.is_open


@need
def change_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A request to cancel or vary the notice waits for an answer."""
    return None if _change_asked(known) else "No request to cancel or vary the notice waits for an answer."


@need
def no_change_waiting(known: Facts, _step: Step, _by: Actor) -> str | None:
    """No request to cancel or vary the notice waits for an answer."""
    return "A request to cancel or vary the notice waits for an answer." if _change_asked(known) else None
