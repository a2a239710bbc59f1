"""Counting one clock: its rule, the pauses and the extensions that fell within its life, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from regulator.deadlines.calendar import Calendar
from regulator.deadlines.changes import Extension, Pause
from regulator.deadlines.count import Result, count
from regulator.deadlines.london import day_after, london_day, opening
from regulator.deadlines.rule import Form, Length, Rule, Unit
from regulator.regime.events import Event
from regulator.regime.lives import Life
from regulator.regime.model import ExtensionRule
from regulator.regime.pausing import Interval
from regulator.regime.running import Ending, How, Running, is_late, late_from


def counted(life: Life, intervals: Sequence[Interval], calendar: Calendar, as_at: datetime) -> Running:
    """What `life` comes to at `as_at`.

    A clock that ended is counted as it stood that day: what happened later does not move its date.
    Raises: ValueError for a date its calendar does not cover
    """
    stops = [interval for interval in intervals if interval.cause in life.clock.paused_by]
    sum_ = _Sum(life, calendar, _pauses(life, stops), london_day(as_at))
    ending = _ending(life, sum_, as_at)
    still = [interval.start for interval in stops if interval.end is None and ending is None]
    return Running(
        clock=life.clock,
        owed_by=life.owed_by,
        owed_to=life.clock.owed_to,
        keys=life.keys,
        started=life.started.seq,
        started_on=life.started.occurred_day,
        result=sum_.result,
        ended=ending,
        held_to=sum_.held_to,
        pending=sum_.asked.seq if sum_.asked and ending is None else None,
        is_late_met=ending is not None and ending.how is How.met and sum_.is_late(life.last),
        paused_since=min(still, default=None),
    )


class _Sum:
    """The count of one clock as requests for more time are made and answered."""

    def __init__(self, life: Life, calendar: Calendar, stops: tuple[Pause, ...], today: date) -> None:
        self.rule = rule_of(life)
        self.trigger = _trigger(self.rule, life.started)
        self.calendar = _One(calendar)
        self.stops = stops
        self.as_at = today if any(stop.end is None for stop in stops) else None
        self.given: tuple[Extension, ...] = ()
        self.result = self.count(())
        self.held_to: date | None = None
        self.asked: Event | None = None
        if life.clock.extension is not None:
            for event in life.talk:
                self.hear(event, life.clock.extension)

    def count(self, extensions: tuple[Extension, ...]) -> Result:
        return _count(
            self.rule,
            self.trigger,
            self.calendar,
            pauses=self.stops,
            extensions=extensions,
            as_at=self.as_at,
        )

    def is_late(self, event: Event | None) -> bool:
        return event is not None and is_late(event.earliest, self.result, self.held_to)

    def hear(self, event: Event, allowed: ExtensionRule) -> None:
        """A request holds the date if it was made in time; an answer frees it, and may move it."""
        if event.step != allowed.decided_by:
            self.asked = self.asked or (None if self.is_late(event) else event)
            return
        more = granted(event)
        if more is not None and (allowed.times is None or len(self.given) < allowed.times):
            self.given = self._capped(more, allowed.up_to)
            self.result = self.count(self.given)
        if self.asked is not None:
            self.held_to = event.occurred_day
            self.asked = None

    def _capped(self, more: Extension, most: Length | None) -> tuple[Extension, ...]:
        """The extensions with `more`, or with the most that may be given where that ends sooner."""
        wanted = (*self.given, more)
        if most is None:
            return wanted
        capped = (*self.given, replace(more, length=most, until=None))
        return min(wanted, capped, key=lambda extensions: self.count(extensions).last_day)


def granted(decision: Event) -> Extension | None:
    """The further time a decision gives: until a day, or for a length; None when it refuses."""
    until, length = decision.data.get("until"), decision.data.get("length")
    if decision.data.get("granted") not in (True, "yes") or not (until or length):
        return None
    return Extension(
        length=None if until else Length.parse(str(length)),
        until=date.fromisoformat(str(until)) if until else None,
        granted_on=decision.occurred_day,
    )


def rule_of(life: Life) -> Rule:
    """The clock’s rule, with the length or the last day that the entry which started it set, if it set one.

    Raises: ValueError for a last day before the clock began
    """
    rule, name = life.clock.rule, life.clock.length_in
    given = life.started.data.get(name) if name else None
    if not given:
        return rule
    if not _is_day(str(given)):
        return replace(rule, length=Length.parse(str(given)))
    days = (date.fromisoformat(str(given)) - life.started.occurred_day).days
    inclusive = rule.form.counts_its_day or days == 0
    form = Form.A if days == 0 else rule.form if inclusive else Form.B
    return replace(rule, form=form, length=Length(days + inclusive, Unit.DAYS), roll=False)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _trigger(rule: Rule, started: Event) -> date | datetime:
    """The day or the moment it started; by the clock, a day without a time is taken at its end."""
    if rule.form is Form.H and started.is_day:
        return opening(day_after(started.occurred_day))
    return started.when


def _pauses(life: Life, stops: Sequence[Interval]) -> tuple[Pause, ...]:
    if life.last is None:
        return tuple(interval.so_far() for interval in stops)
    day = life.last.occurred_day
    within = tuple(pause for interval in stops if (pause := interval.until(day)) is not None)
    return within + _misdirected(life.last)


def _misdirected(event: Event) -> tuple[Pause, ...]:
    """Time for which what met the clock lay with the wrong body, which is left out.

    Source: modelled on SI 2020/2 reg 30
    """
    start, end = event.data.get("misdirected_from"), event.data.get("misdirected_to")
    if not (start and end):
        return ()
    days = date.fromisoformat(str(start)), date.fromisoformat(str(end))
    return (Pause(*days, "It was with the wrong body"),)


def _ending(life: Life, sum_: _Sum, as_at: datetime) -> Ending | None:
    """How it ended. One with a consequence ran out if it was not met by then, whatever ended it later."""
    ending, when = life.ending, life.last.earliest if life.last else as_at
    if life.clock.passes is None or (ending is not None and ending.how is How.met):
        return ending
    if sum_.asked is None and is_late(when, sum_.result, sum_.held_to):
        return Ending(How.expired, None, late_from(sum_.result, sum_.held_to))
    return ending


class _One:
    """A calendar told apart by which it is, so that the same count is made once."""

    __slots__ = ("calendar",)

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _One) and self.calendar is other.calendar

    def __hash__(self) -> int:
        return id(self.calendar)


@lru_cache(maxsize=4096)
def _count(
    rule: Rule,
    trigger: date | datetime,
    calendar: _One,
    *,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
    as_at: date | None,
) -> Result:
    return count(rule, trigger, calendar.calendar, pauses=pauses, extensions=extensions, as_at=as_at)
