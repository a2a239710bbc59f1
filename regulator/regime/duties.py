"""What the clocks ask for: what the system must do by itself, and what is due next and from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from regulator.deadlines.london import day_after, opening
from regulator.regime.model import BEFORE, SYSTEM, Kind, Step
from regulator.regime.running import How, Running

RELATIONS: Final[Mapping[str, frozenset[str | None]]] = {
    "regulator": frozenset({None}),
    "body": frozenset({"own_body", "own_item"}),
    "oversight": frozenset({"overseen_body"}),
    "complainant": frozenset({None, "own_case"}),
}


@dataclass(frozen=True)
class Action:
    """Something that is due next.

    steps:     the steps any one of which does it; none at this stage when it can only be waited for
    roles:     who may take them; `waits_for` is their side: regulator, body, complainant, ...
    due:       the last day, where a clock gives one
    """

    steps: tuple[str, ...]
    roles: tuple[str, ...]
    waits_for: str
    due: date | None
    clock: Running | None
    is_overdue: bool = False


def system_turns(kind: Kind, clock: Running, grace_days: int = 1) -> list[tuple[str, datetime]]:
    """The steps the system takes for this clock if nobody acts, each with the moment (UTC) from which it does.

    On the last day from its first minute; for one that runs out only after further days of grace, or the weekend’s
    post would always be too late. None while it is paused or a request for more time is undecided.
    """
    if clock.paused_since or clock.pending or not (clock.is_open or _ran_out(clock)):
        return []
    day = clock.last_day
    turns = [(step, opening(day)) for step in _by_system(kind, clock.clock.on_last_day) if clock.is_open]
    after = opening(day_after(day, 1 + grace_days))
    return turns + [(step, after) for step in _by_system(kind, clock.clock.passes)]


def due_for_system(
    kind: Kind, running: Iterable[Running], as_at: datetime, grace_days: int = 1, *, stage: str
) -> list[tuple[str, Running]]:
    """What the system should do now: each step with the clock that asks for it, the longest waiting first.

    stage: where the case stands; a step that cannot be taken there is not due
    """
    due = [
        (moment, clock.ref, step, clock)
        for clock in _latest(running)
        for step, moment in system_turns(kind, clock, grace_days)
        if moment <= as_at and stage in kind.steps[step].from_
    ]
    return [(step, clock) for _, _, step, clock in sorted(due, key=lambda turn: turn[:3])]


def next_actions(kind: Kind, running: Iterable[Running], stage: str, as_at: datetime) -> list[Action]:
    """What is due next on an open case and from whom, soonest first; what has no date comes last.

    Where no clock asks the regulator to move the case on, whoever the stage belongs to is asked.
    """
    actions = [action for clock in _latest(running) for action in _asked_by(kind, clock, stage, as_at)]
    if not any(kind.steps[step].moves for action in actions for step in action.steps if _ours(action)):
        actions += _belongs_to(kind, stage)
    return sorted(actions, key=lambda action: (action.due or date.max, action.steps))


def _ours(action: Action) -> bool:
    return action.waits_for == "regulator"


def _asked_by(kind: Kind, clock: Running, stage: str, as_at: datetime) -> Iterator[Action]:
    """What a clock that runs asks of whoever owes it and, once it is overdue, what people may do about that."""
    if not clock.is_open:
        return
    late, after = clock.is_overdue(as_at), clock.clock.passes
    if late and after in kind.steps and clock.followed is None:
        follows = _action(kind, (str(after),), stage, "regulator", clock, is_overdue=True)
        if follows.steps:
            yield follows
            if clock.owed_by == follows.waits_for:
                return
    names = clock.clock.asks or (*clock.clock.restarts, *clock.clock.met_by)
    yield _action(kind, names, stage, clock.owed_by, clock, is_overdue=late)


def _belongs_to(kind: Kind, stage: str) -> Iterator[Action]:
    here = kind.stages[stage]
    if here.is_end:
        return
    onward = [
        step.name
        for step in sorted(kind.steps.values(), key=lambda step: _leads_back(kind, step, stage))
        if step.moves and step.to != BEFORE and not step.opens
    ]
    if here.next_owner:
        onward = [name for name in onward if here.next_owner in kind.steps[name].who]
    action = _action(kind, _foremost(kind, onward, stage), stage, "regulator", None)
    if action.steps or here.next_owner:
        yield Action(
            action.steps, (here.next_owner,) if here.next_owner else action.roles, "regulator", None, None
        )


def _foremost(kind: Kind, steps: Sequence[str], stage: str) -> Sequence[str]:
    """Of the ways out of a stage those that lead on; else those that lead to an end; else all, which lead back."""
    order = list(kind.stages)
    later = [
        name for name in steps if stage in kind.steps[name].from_ and _leads_on(kind, name, order, stage)
    ]
    onward = [name for name in later if not kind.stages[kind.steps[name].to or stage].is_end]
    return onward or later or steps


def _leads_on(kind: Kind, step: str, order: Sequence[str], stage: str) -> bool:
    to = kind.steps[step].to
    return to in order and order.index(to) > order.index(stage)


def _leads_back(kind: Kind, step: Step, stage: str) -> bool:
    order = list(kind.stages)
    return step.to in order and order.index(step.to) < order.index(stage)


def _action(
    kind: Kind,
    names: Iterable[str],
    stage: str,
    waits_for: str,
    clock: Running | None,
    *,
    is_overdue: bool = False,
) -> Action:
    here = tuple(dict.fromkeys(name for name in names if stage in kind.steps[name].from_))
    theirs = tuple(name for name in here if _on_side(kind.steps[name], waits_for))
    steps = theirs or here
    people = _on_side if theirs else _people
    roles = tuple(dict.fromkeys(role for name in steps for role in people(kind.steps[name], waits_for)))
    return Action(steps, roles, waits_for, clock.last_day if clock else None, clock, is_overdue)


def _on_side(step: Step, side: str) -> list[str]:
    """Those who may take the step on that side, told by how they must stand to the case; officers act for anyone."""
    return [role for role in _people(step, side) if step.whose.get(role) in RELATIONS.get(side, ())]


def _people(step: Step, _side: str) -> list[str]:
    return [role for role in step.who if role != SYSTEM]


def _ran_out(clock: Running) -> bool:
    return clock.ended is not None and clock.ended.how is How.expired


def _by_system(kind: Kind, step: str | None) -> list[str]:
    """The step, if it is one that the system may take."""
    return [step] if step and step in kind.steps and SYSTEM in kind.steps[step].who else []


def _latest(running: Iterable[Running]) -> list[Running]:
    """Of each clock the one last started: what an earlier one asked for is no longer asked."""
    return list({clock.ref + clock.owed_by: clock for clock in running}.values())
