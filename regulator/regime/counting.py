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
from regulator.regime.events import Event, read_when
from regulator.regime.lives import Life
from regulator.regime.model import Clock, ExtensionRule
from regulator.regime.pausing import Interval
from regulator.regime.running import Ending, How, Running, is_late, late_from


def counted(
    life: Life,
    intervals: Sequence[Interval],
    calendar: Calendar,
    as_at: datetime,
    least: Calendar | None = None,
) -> Running:
    """What `life` comes to at `as_at`.

    A clock that ended is counted as it stood that day: what happened later does not move its date.
    least:  the calendar of the period before which it never ends, where it has one
    Raises: ValueError for a date its calendar does not cover
    """
    stops = [i for i in intervals if i.cause in life.clock.paused_by and i.covers(life.keys)]
    sum_ = _Sum(life, calendar, least or calendar, _pauses(life, stops), london_day(as_at))
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
        is_late_met=ending is not None and ending.how is How.met and sum_.is_late(life.ended_at),
        paused_since=min(still, default=None),
        followed=life.followed,
    )


class _Sum:
    """The count of one clock as requests for more time are made and answered."""

    def __init__(
        self, life: Life, calendar: Calendar, least: Calendar, stops: tuple[Pause, ...], today: date
    ) -> None:
        shortest = least_of(life)
        self.counts = [(rule_of(life), _trigger(rule_of(life), life, life.clock), _One(calendar))]
        if shortest is not None:
            self.counts.append((shortest.rule, _trigger(shortest.rule, life, shortest), _One(least)))
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
        """The later of what was set and of the least there must be, of which only the first is ever extended."""
        results = [
            _count(
                rule,
                trigger,
                calendar,
                pauses=self.stops,
                extensions=() if place else extensions,
                as_at=self.as_at,
            )
            for place, (rule, trigger, calendar) in enumerate(self.counts)
        ]
        return max(results, key=lambda result: result.late_from)

    def is_late(self, at: datetime | None) -> bool:
        return at is not None and is_late(at, self.result, self.held_to)

    def hear(self, event: Event, allowed: ExtensionRule) -> None:
        """A request holds the date if it was made in time; an answer frees it, and may move it."""
        if event.step != allowed.decided_by:
            self.asked = self.asked or (None if self.is_late(event.earliest) else event)
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

    Hours run by the clock, whatever the rule. A day before it began means its first day, where a least there must be
    stands behind it.
    Raises: ValueError for such a day where nothing does
    """
    clock, given = life.clock, life.said(life.clock.length_in)
    if not given:
        return clock.rule
    if not _is_day(str(given)):
        length = clock.lengths.get(str(given)) or Length.parse(str(given))
        if length.unit is Unit.HOURS:
            return Rule(Form.H, length, source=clock.rule.source)
        return replace(clock.rule, length=length)
    began = london_day(moment) if isinstance(moment := _began(life, clock), datetime) else moment
    days = (date.fromisoformat(str(given)) - began).days
    if least_of(life) is not None:
        days = max(days, 0)
    inclusive = clock.rule.form.counts_its_day or days == 0
    form = Form.A if days == 0 else clock.rule.form if inclusive else Form.B
    return replace(clock.rule, form=form, length=Length(days + inclusive, Unit.DAYS), roll=False)


def least_of(life: Life) -> Clock | None:
    """The period before which it never ends, as the entry that started it says; none where it says nothing of that."""
    return life.clock.least.get(str(life.said(life.clock.least_in)))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _began(life: Life, clock: Clock) -> date | datetime:
    """The day or the moment it is counted from: that of the entry which started it, unless that names another."""
    said = life.said(clock.counts_from)
    if not said:
        return life.started.when
    moment, is_day = read_when(str(said))
    return london_day(moment) if is_day else moment


def _trigger(rule: Rule, life: Life, clock: Clock) -> date | datetime:
    """The day or the moment it is counted from; by the clock, a day without a time is taken at its end."""
    began = _began(life, clock)
    if rule.form is Form.H and not isinstance(began, datetime):
        return opening(day_after(began))
    return began


def _pauses(life: Life, stops: Sequence[Interval]) -> tuple[Pause, ...]:
    if life.last is None or life.ended_at is None:
        return tuple(interval.so_far() for interval in stops)
    day = london_day(life.ended_at)
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
    """How it ended. One that runs out by itself did so if it was not met by then, whatever ended it later."""
    ending, when = life.ending, life.ended_at or as_at
    if not life.runs_out or (ending is not None and ending.how is How.met):
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
