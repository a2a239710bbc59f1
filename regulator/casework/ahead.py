"""What comes next on a case, for the member of staff who looks at it: what, by when and why; and its clocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from regulator import moments, words
from regulator.casework.explaining import Explained, Listener, explained
from regulator.casework.facts import Facts
from regulator.regime.clocks import next_actions
from regulator.regime.duties import Action
from regulator.regime.judge import Offer
from regulator.regime.model import Step
from regulator.regime.pausing import Interval
from regulator.regime.running import How, Running
from regulator.regime.telling import any_of

NAMES = {
    "regulator": "us",
    "body": "the body",
    "complainant": "the complainant",
    "oversight": "the oversight body",
    "tribunal": "the tribunal",
    "public": "the public",
}
ENDED = {
    How.ended: "No longer runs",
    How.left: "Left behind",
    How.case_ended: "Ended with the case",
    How.expired: "Ran out",
}


@dataclass(frozen=True)
class Doing:
    """A step that can be taken now, and where."""

    label: str
    href: str
    hint: str = ""


@dataclass(frozen=True)
class Duty:
    """Something that is due. `doings` are the steps the reader can take for it now, the likeliest first.

    paused_until: the last day of the pause in which its time stands still, if it does
    explained: how its date was reached, where it has one
    """

    what: str
    who: str
    why: str
    due: date | None
    doings: Sequence[Doing] = ()
    is_ours: bool = True
    is_held: bool = False
    paused_until: date | None = None
    explained: Explained | None = None


@dataclass(frozen=True)
class ShownClock:
    """A clock as the page tells it; state: running, overdue, held, paused, met, late, ended."""

    name: str
    state: str
    due: date
    original: date
    owed: str
    remark: str
    explained: Explained


@dataclass(frozen=True)
class ShownPause:
    """An interval in which clocks stand still."""

    label: str
    start: date
    end: date | None
    must_end: date
    clocks: str


def doing(step: Step, reference: str) -> Doing:
    """A step as a link to its page."""
    href = url_for("casework.step", reference=reference, step=step.name)
    return Doing(step.label, href, step.hint)


def duties(known: Facts, offers: Sequence[Offer]) -> list[Duty]:
    """What is due on the case, the reader’s own first, then the soonest first."""
    offered = {offer.step.name: offer for offer in offers}
    actions = next_actions(known.kind, known.running, known.stage, moments.now())
    waiting = any(action.clock and action.waits_for != "regulator" for action in actions)
    found = [
        _duty(action, known, offered, waiting=waiting) for action in actions if not _too_soon(action, actions)
    ]
    return sorted(found, key=lambda duty: not duty.doings)


def _too_soon(action: Action, actions: Sequence[Action]) -> bool:
    """Whether something without a date is what follows only once a time that runs has passed, as closing does."""
    later = {one.clock.clock.passes for one in actions if one.clock and not one.is_overdue}
    return action.clock is None and bool(action.steps) and later.issuperset(action.steps)


def _duty(action: Action, known: Facts, offered: Mapping[str, Offer], *, waiting: bool) -> Duty:
    mine = [] if waiting and _not_ready(action, offered) else _mine(action, offered)
    ours = action.waits_for == "regulator"
    clock = action.clock
    shown = (mine if ours else []) if clock else [known.kind.steps[name] for name in action.steps]
    named = [shown[0].label, *(low(step.label) for step in shown[1:])] if shown else []
    return Duty(
        what=_or(named) or (known.called(clock) if clock else known.kind.stages[known.stage].label),
        who=_who(action, known, ours=ours),
        why=_why(clock, known) if clock else _waits(action, offered),
        due=action.due,
        doings=[doing(step, known.case.reference) for step in mine] if ours else (),
        is_ours=ours,
        is_held=clock is not None and clock.pending is not None,
        paused_until=_paused_until(clock, known) if clock and clock.paused_since else None,
        explained=explained(clock, Listener(known, "staff")) if clock else None,
    )


def _paused_until(clock: Running, known: Facts) -> date | None:
    """The last day of the longest pause in which a clock stands still now."""
    ends = [one.must_end for one in known.intervals if not one.end and one.cause in clock.clock.paused_by]
    return max(ends, default=None)


def _mine(action: Action, offered: Mapping[str, Offer]) -> list[Step]:
    """The steps the reader can take now, where what is due is theirs to do and not only to end in another way."""
    main = action.steps[:1] if action.clock else action.steps
    names = action.steps if offered.keys() >= set(main) else ()
    return [offered[name].step for name in names if name in offered and offered[name].open]


def _not_ready(action: Action, offered: Mapping[str, Offer]) -> bool:
    """Whether what has no date cannot be done yet, so that what others owe comes first, and not another end of the case."""
    main = offered.get(action.steps[0]) if action.steps else None
    return action.clock is None and main is not None and not main.open


def _waits(action: Action, offered: Mapping[str, Offer]) -> str:
    """Why the first of the steps that move a case on cannot be taken yet, for whoever would take it."""
    first = offered.get(action.steps[0]) if action.steps else None
    return " ".join(first.reasons) if first and first.reasons else "Nothing else moves this case on."


def _or(labels: Sequence[str]) -> str:
    return " or ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))


def low(text: str) -> str:
    """Words to stand inside a sentence."""
    return text[:1].lower() + text[1:]


def _who(action: Action, known: Facts, *, ours: bool) -> str:
    if ours:
        return words.sentence(any_of(action.roles)).rstrip(".")
    party = next((one for one in known.parties if one.id == _party(action.clock)), None)
    return known.names[party.body_id] if party else NAMES.get(action.waits_for, action.waits_for).capitalize()


def _party(clock: Running | None) -> object:
    return clock.keys.get("party") if clock else None


def _why(clock: Running, known: Facts) -> str:
    """The promise or duty behind a date: whose it is, to whom, and where it comes from."""
    source = clock.clock.rule.source
    return f"{owed(clock, known)}. {words.sentence(source)}" if source else f"{owed(clock, known)}."


def owed(clock: Running, known: Facts) -> str:
    """Who owes what a clock asks, and to whom."""
    party = next((one for one in known.parties if one.id == clock.keys.get("party")), None)
    by = known.names[party.body_id] if party and clock.owed_by == "body" else NAMES[clock.owed_by]
    if clock.owed_by == "complainant":
        return "The complainant has until then"
    if "tribunal" in clock.owed_to:  # an appeal is a right, and owed to nobody
        return f"{by[:1].upper()}{by[1:]} has until then"
    to = " and ".join(NAMES[one] for one in clock.owed_to)
    verb = "owe" if clock.owed_by == "regulator" else "owes"
    return f"{'We' if clock.owed_by == 'regulator' else by[:1].upper() + by[1:]} {verb} it to {to}"


def clocks(known: Facts) -> tuple[list[ShownClock], list[ShownClock]]:
    """The clocks that run, the soonest first, and those that ended, the latest first."""
    shown = [(clock, _shown(clock, known)) for clock in known.running]
    running = sorted((one for clock, one in shown if clock.is_open), key=lambda one: one.due)
    return running, [one for clock, one in reversed(shown) if not clock.is_open]


def _shown(clock: Running, known: Facts) -> ShownClock:
    return ShownClock(
        name=known.called(clock),
        state=_state(clock, told_only=known.case.is_historic),
        due=clock.last_day,
        original=clock.result.original_last_day,
        owed=owed(clock, known),
        remark=_remark(clock),
        explained=explained(clock, Listener(known, "staff")),
    )


def _state(clock: Running, *, told_only: bool) -> str:
    if clock.is_open and told_only:
        return "told"
    if clock.is_open and clock.pending:
        return "held"
    if clock.is_open:
        overdue = "overdue" if clock.is_overdue(moments.now()) else "running"
        return "paused" if clock.paused_since else overdue
    if clock.ended and clock.ended.how is How.met:
        return "late" if clock.is_late_met else "met"
    return "ended"


def _remark(clock: Running) -> str:
    if clock.pending:
        return "More time was asked for in time, so it is not late until that is answered."
    if clock.paused_since:
        return (
            f"It stands still since {words.day(clock.paused_since)}; the date moves by as long as that lasts."
        )
    if clock.ended is None:
        return ""
    on = words.day(moments.london_day(clock.ended.when))
    if clock.ended.how is How.met:
        return f"Done on {on}, {'late' if clock.is_late_met else 'in time'}."
    return f"{ENDED[clock.ended.how]} on {on}."


def pauses(known: Facts) -> list[ShownPause]:
    """The pauses the case had, the latest first, each with the clocks it stops."""
    return [_pause(interval, known) for interval in reversed(known.intervals)]


def _pause(interval: Interval, known: Facts) -> ShownPause:
    stopped = [one.label for one in known.kind.clocks.values() if interval.cause in one.paused_by]
    return ShownPause(interval.label, interval.start, interval.end, interval.must_end, _and(stopped))


def _and(labels: Iterable[str]) -> str:
    listed = list(labels)
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))
