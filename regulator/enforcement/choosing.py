"""What can be chosen where a step asks for a step of the notice, or for what is appealed against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from regulator import moments, words
from regulator.casework import choosing, queries
from regulator.casework.answers import reads
from regulator.casework.choosing import Asking, source
from regulator.casework.facts import Facts
from regulator.enforcement import queries as notices
from regulator.enforcement.facts import Act, act_of, acts, clock_of_step, of
from regulator.enforcement.force_forms import counted_days, day_words, open_steps
from regulator.enforcement.queries import StepRow
from regulator.forms import Choice
from regulator.regime.events import read_when

LONG = 160
ACTS = {
    "record_service": "The notice itself",
    "vary": "A variation",
    "refuse_certificate": "The refusal of a certificate",
    "refuse_change": "The refusal to cancel or vary it",
}
APPROVERS = {"approved_by_manager": "manager", "approved_by_commissioner": "commissioner"}


@source("notice_step")
def steps(asking: Asking) -> list[Choice]:
    """The steps that are open, each with its day: of those, the ones that the step taken is about."""
    if asking.known is None:
        return []
    found = open_steps(asking.known, asking.by)
    if fits := FITTING.get(asking.step.name):
        found = [one for one in found if fits(asking.known, one)]
    return _as_choices(found, asking.known)


def _as_choices(found: Sequence[StepRow], known: Facts) -> list[Choice]:
    days = counted_days(known)
    return [Choice(str(one.id), f"{one.number}. {short(one.words)}", _due(one, days)) for one in found]


def _due(one: StepRow, days: Mapping[int, Any]) -> str:
    said = day_words(one, days)
    return f"To be done {said}{', and reported as done' if one.reported_on else ''}"


def short(text: str) -> str:
    """Words cut at a space where there are too many of them."""
    return text if len(text) <= LONG else f"{text[:LONG].rsplit(' ', 1)[0]}…"


def _applied_for(known: Facts, one: StepRow) -> bool:
    clock = clock_of_step(known, one.id, "certificate")
    return clock is not None and clock.is_open


def _overdue(known: Facts, one: StepRow) -> bool:
    clock = clock_of_step(known, one.id)
    return clock is not None and clock.is_overdue(moments.now()) and clock.followed is None


FITTING: Mapping[str, Callable[[Facts, StepRow], bool]] = {
    "apply_for_certificate": lambda known, one: not _applied_for(known, one),
    "refuse_certificate": _applied_for,
    "record_breach": _overdue,
}
"""Which of the open steps of the notice a step of the case is about, where that is not all of them."""


@source("notice_steps")
def several_steps(asking: Asking) -> list[Choice]:
    """The steps that are open; where a suspension ends, those that are suspended."""
    known = asking.known
    if known is None:
        return []
    found = open_steps(known, asking.by)
    if asking.step.name == "end_suspension":
        now = {pause.keys.get("notice_step") for pause in known.intervals if pause.end is None}
        found = [one for one in found if one.id in now]
    return _as_choices(found, known)


@source("clock", "enforcement")
def clocks(asking: Asking) -> list[Choice]:
    """The clocks that may be given more time; that of a step says which step it is."""
    running = {one.ref: one.keys.get("notice_step") for one in asking.known.running} if asking.known else {}
    steps = {one.id: one for one in open_steps(asking.known, asking.by)} if asking.known else {}
    return [
        replace(one, hint=f"Step {step.number}: {short(step.words)}")
        if (step := steps.get(int(running.get(one.value) or 0)))
        else one
        for one in choosing.clocks(asking)
    ]


@source("act")
def what_was_done(asking: Asking) -> list[Choice]:
    """What was done in the case that can be appealed; only the service of it can be sent back to us."""
    known = asking.known
    if known is None:
        return []
    found = [one for one in acts(known) if one.is_service or asking.step.name != "remit"]
    if asking.step.name in ("record_appeal_outcome", "remit"):
        open_ = {one.act for one in notices.appeals_of(known.case.id, by=asking.by) if one.outcome is None}
        found = [one for one in found if one.seq in open_]
    return [Choice(str(one.seq), act_words(one)) for one in found]


def act_words(act: Act) -> str:
    """What was done, and on which day it was sent."""
    said = ACTS.get(act.event.step, act.event.step)
    sent = str(act.event.data.get("sent_on") or "")
    return (
        f"{said}, sent on {words.day(moments.london_day(read_when(sent)[0]))}"
        if sent
        else f"{said}, {words.day(act.event.occurred_day)}"
    )


@source("finding", "enforcement")
def no_findings(asking: Asking) -> list[Choice]:
    """Nothing: a notice has no findings that a ruling could supersede."""
    del asking
    return []


@source("person", "enforcement")
def people(asking: Asking) -> Sequence[Choice]:
    """Everyone who works for the regulator; where somebody has approved a step, those who may, but for who takes it."""
    role = next((APPROVERS[need] for need in asking.step.needs if need in APPROVERS), "")
    if not role or asking.field.name != "approved_by":
        return choosing.people(asking)
    found = queries.colleagues(None, by=asking.by, role=role)
    return [Choice(str(one.id), one.name, one.held) for one in found if one.id != asking.by.person_id]


@reads("act")
def act_in_words(value: Any, known: Facts) -> str:
    """What is appealed against, as people read it."""
    act = act_of(known, value)
    return act_words(act) if act else str(value)


@reads("notice_step")
def step_in_words(value: Any, known: Facts) -> str:
    """A step of the notice, by its number."""
    return _numbers([value], known)


@reads("notice_steps")
def steps_in_words(value: Any, known: Facts) -> str:
    """Steps of the notice, by their numbers."""
    return _numbers(list(value), known)


def _numbers(ids: Sequence[Any], known: Facts) -> str:
    numbers = {one.id: one.number for one in of(known).steps}
    named = [str(numbers.get(int(one), one)) for one in ids]
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))
