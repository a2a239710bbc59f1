"""“Explain this date”: how a date was reached, in plain words, for whoever reads it and with nothing they may not know.

    explained(clock, Listener(known, "complainant", told))     # told: their own timeline, from `queries.timeline`

What stopped a clock is told to those alone whom an entry told of it. For others the date is counted as far as they know,
and then it is said that it changed, which the two dates show anyway; never by what, since when or for how long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from regulator import words
from regulator.casework.facts import Facts
from regulator.casework.queries import Told
from regulator.casework.retelling import retold
from regulator.deadlines import wording
from regulator.deadlines.count import count
from regulator.deadlines.derivation import Derivation
from regulator.deadlines.rule import Form, Rule
from regulator.language import _, later
from regulator.regime.pausing import Interval
from regulator.regime.running import Running
from regulator.regime.timing import STANDARD


@dataclass(frozen=True)
class Part:
    """One part of an explanation: a question that a reader has, and the sentences that answer it."""

    question: str
    sentences: Sequence[str]


@dataclass(frozen=True)
class Explained:
    """How one date was reached, for one reader.

    first:    the last day as it was at first, where it is another today
    today:    the last day as things stand; none where its reader cannot be given one now
    """

    first: date | None
    today: date | None
    parts: Sequence[Part]


@dataclass(frozen=True)
class Listener:
    """Who is told: the side they read as, and their own timeline; staff (`told` is none) know of everything."""

    known: Facts
    audience: str
    told: Sequence[Told] | None = None
    by_entry: dict[int, Told] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_entry.update({one.seq: one for one in self.told or ()})

    def knows_of(self, interval: Interval) -> bool:
        """Whether they were told of a pause: when it began, was renewed or ended."""
        if self.told is None:
            return True
        rule = self.known.kind.pauses[interval.cause]
        steps = {*rule.opened_by, *rule.renewed_by, *rule.ended_by}
        begins, ends = interval.opened_by, interval.ended_by or self._next(interval)
        return any(begins <= one.seq <= ends and one.step in steps for one in self.told)

    def _next(self, interval: Interval) -> int:
        """The entry before which what is said of pauses is about this one: that of the next of its kind."""
        later = [one.opened_by for one in self.known.intervals if one.cause == interval.cause]
        return min((one - 1 for one in later if one > interval.opened_by), default=sys.maxsize)

    def untold(self, clock: Running) -> list[Interval]:
        """The pauses that stopped a clock and that they were told nothing of."""
        stopped = clock.clock.paused_by
        found = [one for one in self.known.intervals if one.cause in stopped and one.covers(clock.keys)]
        return [one for one in found if not self.knows_of(one) and _changed(one, clock.result.derivation)]


def _changed(interval: Interval, derivation: Derivation) -> bool:
    """Whether a pause is one that a date was counted with."""
    return any(one.start == interval.start and one.cause == interval.label for one in derivation.pauses)


def explained(clock: Running, listener: Listener) -> Explained:
    """How the date of a clock was reached, in the order in which a reader would ask."""
    untold = listener.untold(clock)
    derivation = _as_told(clock, untold, listener.known) if untold else clock.result.derivation
    is_still = any(one.end is None for one in untold)
    today = None if is_still and clock.is_open else clock.last_day
    first = derivation.original_last_day
    parts = [
        Part(_("What started it?"), [*_started(clock, derivation, listener)]),
        Part(_("What is the rule?"), [*_rule(derivation, listener.audience)]),
        Part(_("Which days do not count?"), wording.left_out(derivation)),
        Part(_("When did the time stand still?"), wording.stood_still(derivation)),
        Part(_("Was there more time?"), [*wording.extended(derivation), *derivation.remarks, *_held(clock)]),
        Part(_("So when is the last day?"), [*wording.ended(derivation), *_moved(derivation, today, untold)]),
    ]
    return Explained(first if first != today else None, today, [one for one in parts if one.sentences])


def _as_told(clock: Running, untold: Sequence[Interval], known: Facts) -> Derivation:
    """The date counted again without the pauses that its reader does not know of."""
    whole = clock.result.derivation
    hidden = {(one.start, one.label) for one in untold}
    return count(
        whole.rule,
        whole.trigger,
        known.calendar(whole.calendar),
        pauses=[one for one in whole.pauses if (one.start, one.cause) not in hidden],
        extensions=whole.extensions,
        ignored=whole.ignored,
        as_at=whole.as_at,
    ).derivation


def _started(clock: Running, derivation: Derivation, listener: Listener) -> Iterator[str]:
    """What happened that the time is counted from, and the day; of a step they were not told of, the day alone."""
    if listener.told is None:
        event = next((one for one in listener.known.events if one.seq == clock.started), None)
        step = listener.known.kind.steps.get(event.step) if event else None
        if step:
            yield f"“{step.label}” (entry {clock.started})."
    elif (entry := listener.by_entry.get(clock.started)) and entry.says:
        yield words.sentence(retold(entry, listener.known))
    yield from wording.began(derivation)


def _rule(derivation: Derivation, audience: str) -> Iterator[str]:
    """The form of words with where it stands; for who complained in words that need no lawyer."""
    rule = derivation.rule
    yield words.sentence(_plainly(rule) if audience == "complainant" else _formally(derivation))
    if rule.source == STANDARD:
        is_ours = audience in ("complainant", "body", "oversight")
        yield (
            _("No law sets this time: it is a standard that we set ourselves.") if is_ours else f"{STANDARD}."
        )
    elif rule.source:
        yield words.sentence(_(rule.source))
    yield from wording.days_counted(derivation)


def _formally(derivation: Derivation) -> str:
    return f"The time allowed is {derivation.words}"


_PLAIN = {
    Form.A: later("There are %(length)s, and the first day is day 1"),
    Form.A_GIVEN: later("There are %(length)s, and the first day is day 1"),
    Form.B: later("There are %(length)s, and the next day is day 1"),
    Form.C: later("There are %(length)s from the day it was sent, and the next day is day 1"),
    Form.D: later("There are %(length)s, and the next working day is day 1"),
    Form.E: later("There are %(length)s, and the next working day is day 1"),
    Form.F: later(
        "There are %(length)s from the last time we wrote about how it stands, and the next day is day 1"
    ),
    Form.G: later("There are %(length)s, and the next day is day 1"),
    Form.H: later("There are %(length)s by the clock"),
    Form.I: later("There are %(length)s, and the first day is day 1"),
}


def _plainly(rule: Rule) -> str:
    return _(_PLAIN[rule.form], length=wording.spoken_length(rule.length))


def _held(clock: Running) -> Iterator[str]:
    """What a request for more time did to the date, beside the time that was given."""
    if clock.pending:
        yield _("More time was asked for before the last day. It is not late until that is answered.")
    elif clock.held_to and clock.held_to > clock.result.last_day:
        yield _(
            "More time was asked for before the last day and answered on %(day)s, so nothing was late before then.",
            day=words.day(clock.held_to),
        )


def _moved(derivation: Derivation, today: date | None, untold: Sequence[Interval]) -> Iterator[str]:
    if untold and today is None:
        yield _("That day does not hold any more. A new one is given as soon as there is one.")
    elif untold and today != derivation.last_day:
        yield _("It was changed since. It is now %(day)s.", day=words.day(today))
