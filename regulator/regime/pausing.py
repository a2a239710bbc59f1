"""The intervals in which clocks stand still, told from events: a question put to someone, proceedings elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from regulator.deadlines.changes import Pause
from regulator.deadlines.london import day_after, london_day
from regulator.deadlines.rule import Length, Unit
from regulator.deadlines.tally import corresponding
from regulator.regime.events import REVERSE, Event, as_they_occurred, effective
from regulator.regime.model import Kind, PauseRule


@dataclass(frozen=True)
class Interval:
    """One pause, from its first day to its last, both left out of every clock that names it.

    cause:     the pause’s name in the edition; `label` is what people read
    end:       none while it runs
    must_end:  the last day it may run, if nobody ends or renews it
    opened_by, ended_by: the entries; an interval that ran to its most, or that the case’s end closed, has its own
    """

    cause: str
    label: str
    start: date
    end: date | None
    must_end: date
    opened_by: int
    ended_by: int | None
    keys: Mapping[str, object]

    def covers(self, keys: Mapping[str, object]) -> bool:
        """Whether it stops a clock that is about these things: nothing that both name differs."""
        return all(self.keys.get(name, value) == value for name, value in keys.items())

    def until(self, day: date) -> Pause | None:
        """What it leaves out of a clock that ended on `day`; None if it began only later."""
        if self.start > day:
            return None
        return Pause(self.start, min(self.end or day, day), self.label)

    def so_far(self) -> Pause:
        """What it leaves out of a clock that still runs."""
        return Pause(self.start, self.end, self.label)


def pauses(kind: Kind, events: Iterable[Event], as_at: datetime) -> list[Interval]:
    """Every pause the case has had, in the order they began, as things stood at `as_at`.

    One that nobody ended is over once it has lasted as long as its rule lets it; an end stage ends all.
    """
    return paused(kind, as_they_occurred(effective(events)), london_day(as_at))


def paused(kind: Kind, events: Iterable[Event], today: date) -> list[Interval]:
    """The same for events already corrected and in the order in which they occurred."""
    open_: list[Interval] = []
    over: list[Interval] = []
    ends = kind.ends
    for event in events:
        for rule in kind.pauses.values():
            if rule.hears("renewed_by", event.step, event.data):
                open_ = [_renewed(interval, rule, event) for interval in open_]
            if rule.hears("ended_by", event.step, event.data):
                _end(open_, over, event, rule.name)
            if rule.hears("opened_by", event.step, event.data):
                open_ += _opened(rule, event)
        if (event.moves or event.step == REVERSE) and event.to_stage in ends:
            _end(open_, over, event, None)
    over += [_lapsed(interval, today) for interval in open_]
    return sorted(over, key=lambda interval: (interval.start, interval.opened_by))


def _opened(rule: PauseRule, event: Event) -> Iterator[Interval]:
    """One interval, or one for each of several things it is about, each of which may end on a day of its own."""
    day = event.occurred_day
    for things in product(*(event.about(name) for name in event.keys)):
        keys = dict(zip(event.keys, things, strict=True))
        yield Interval(rule.name, rule.label, day, None, longest(day, rule.at_most), event.seq, None, keys)


def _renewed(interval: Interval, rule: PauseRule, event: Event) -> Interval:
    day = event.occurred_day
    if interval.cause != rule.name or day > interval.must_end:
        return interval
    return replace(interval, must_end=max(interval.must_end, longest(day, rule.at_most)))


def _end(open_: list[Interval], over: list[Interval], event: Event, cause: str | None) -> None:
    """Close the intervals that `event` is about: those of one cause, or all of them."""
    for interval in list(open_):
        if cause is None or (interval.cause == cause and _same(interval, event)):
            open_.remove(interval)
            in_time = event.occurred_day <= interval.must_end
            last = event.occurred_day if in_time else interval.must_end
            over.append(replace(interval, end=last, ended_by=event.seq if in_time else None))


def _same(interval: Interval, event: Event) -> bool:
    """Whether nothing both of them name differs: an answer to question 2 leaves question 1 open."""
    return all(value in (event.about(name) or (value,)) for name, value in interval.keys.items())


def _lapsed(interval: Interval, today: date) -> Interval:
    return interval if today <= interval.must_end else replace(interval, end=interval.must_end)


def longest(start: date, most: Length) -> date:
    """The last day of a pause that begins on `start`, which is its first day, and lasts as long as it may.

    Raises: ValueError for a most that is not in days, weeks or months
    """
    if most.unit is Unit.MONTHS:
        return corresponding(start, most.amount, inclusive=True)
    if most.unit in {Unit.DAYS, Unit.WEEKS}:
        return day_after(start, most.days - 1)
    raise ValueError(f"A pause may last days, weeks or months, not {most}.")
