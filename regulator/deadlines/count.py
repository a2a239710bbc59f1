"""Counting a deadline: from a rule, a trigger and a calendar to the last day in time, with its derivation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from regulator.deadlines.calendar import Calendar
from regulator.deadlines.changes import Absence, Away, Extension, Pause, days_away, paused_days
from regulator.deadlines.derivation import Derivation, LeftOut
from regulator.deadlines.london import at_time, day_after, london_day, opening, spoken
from regulator.deadlines.rule import Form, Rule, Unit
from regulator.deadlines.tally import Tally

__all__ = ["Absence", "Away", "Extension", "Pause", "Result", "count", "recount"]


@dataclass(frozen=True, slots=True)
class Result:
    """The last day in time, read from the derivation that led to it."""

    derivation: Derivation

    @property
    def last_day(self) -> date:
        """The last day in time, in London."""
        return self.derivation.last_day

    @property
    def last_moment(self) -> datetime | None:
        """The last moment in time, in UTC, where a cut-off or the clock sets one; else the whole last day is in time."""
        return self.derivation.last_moment

    @property
    def original_last_day(self) -> date:
        """The last day as it was before any pause or extension."""
        return self.derivation.original_last_day

    @property
    def paused_since(self) -> date | None:
        """The day since which the clock stands still, or None when it runs."""
        return self.derivation.paused_since

    @property
    def late_from(self) -> datetime:
        """The moment after which it is late, in UTC: the last moment, or the midnight that ends the last day."""
        return self.last_moment or opening(day_after(self.last_day))

    def is_late(self, at: datetime) -> bool:
        """Whether something done at that moment is late; on the stroke of a cut-off is still in time."""
        return at > self.last_moment if self.last_moment else at >= self.late_from


def count(
    rule: Rule,
    trigger: date | datetime,
    calendar: Calendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
    ignored: Sequence[Absence] = (),
    as_at: date | None = None,
) -> Result:
    """The last day in time for something that `trigger` started.

    A paused day does not count, in any unit, and no last day falls on one. Extensions are added one after another
    to the paused end, each in its own unit, and the end rolls after the last of them.

    trigger: a day, or an aware moment; a form that counts days takes its London day
    ignored: Parliament’s absence, for form I alone
    as_at:   needed while a pause is open: the day up to which it is counted
    Raises:  ValueError with a sentence for whatever cannot be counted, such as a year the calendar does not cover
    """
    if ignored and rule.form is not Form.I:
        raise ValueError(f"Form {rule.form} does not ignore Parliament’s absence: only form I does.")
    try:
        return _count(
            rule,
            trigger,
            calendar,
            pauses=tuple(pauses),
            extensions=tuple(extensions),
            ignored=tuple(ignored),
            as_at=as_at,
        )
    except OverflowError:
        raise ValueError("That would end after the year 9999.") from None


def recount(derivation: Derivation, calendar: Calendar) -> Result:
    """The same deadline counted again from its derivation; another version of the calendar may give another date.

    Raises: ValueError for another calendar than the one it was counted with
    """
    if calendar.name is not derivation.calendar:
        raise ValueError(
            f"This was counted with the {derivation.calendar} calendar, not with {calendar.name}."
        )
    return count(
        derivation.rule,
        derivation.trigger,
        calendar,
        pauses=derivation.pauses,
        extensions=derivation.extensions,
        ignored=derivation.ignored,
        as_at=derivation.as_at,
    )


class _End(NamedTuple):
    ended_on: date
    last_day: date
    last_moment: datetime | None


def _count(
    rule: Rule,
    trigger: date | datetime,
    calendar: Calendar,
    *,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...],
    ignored: tuple[Absence, ...],
    as_at: date | None,
) -> Result:
    started, away = _started(rule, trigger), days_away(ignored)
    tally = Tally(calendar, [*away, *paused_days(pauses, as_at)])
    end = _run(rule, started, tally, extensions)
    return Result(
        Derivation(
            trigger=started,
            rule=rule,
            words=rule.words,
            calendar=calendar.name,
            calendar_version=calendar.version,
            left_out=tuple(LeftOut(day, why) for day, why in sorted(tally.passed.items())),
            pauses=pauses,
            ignored=ignored,
            extensions=extensions,
            as_at=as_at,
            remarks=tuple(tally.remarks),
            original_last_day=_run(rule, started, Tally(calendar, away), ()).last_day,
            ended_on=end.ended_on,
            last_day=end.last_day,
            last_moment=end.last_moment,
        )
    )


def _started(rule: Rule, trigger: date | datetime) -> date | datetime:
    if isinstance(trigger, datetime):
        london_day(trigger)  # refuses a moment without a zone
        return trigger.astimezone(UTC)
    if rule.form is Form.H:
        raise ValueError("Form H runs by the clock: give the time of day it started, not only the day.")
    return trigger


def _run(rule: Rule, started: date | datetime, tally: Tally, extensions: Sequence[Extension]) -> _End:
    if rule.form is Form.H and isinstance(started, datetime):
        return _by_clock(rule, started, tally, extensions)
    ended = tally.end_of(rule.length, london_day(started), inclusive=rule.form.counts_its_day)
    for extension in extensions:
        ended = _extended(ended, extension, tally)
    last = tally.nth_working(ended, 1) if rule.roll else ended
    return _End(ended, last, None if rule.cutoff is None else at_time(last, rule.cutoff))


def _extended(ended: date, extension: Extension, tally: Tally) -> date:
    if extension.until is not None:
        if extension.until <= ended:
            tally.remarks.append(
                f"Extending it until {spoken(extension.until)} adds nothing: it ran that long already."
            )
        return max(ended, tally.clear(extension.until))
    assert extension.length is not None
    if extension.length.unit is Unit.HOURS:
        raise ValueError("A period of days cannot be extended by hours.")
    return tally.end_of(extension.length, ended, inclusive=False)


def _by_clock(rule: Rule, started: datetime, tally: Tally, extensions: Sequence[Extension]) -> _End:
    moment = tally.elapse(rule.length, started)
    for extension in extensions:
        if extension.length is None or extension.length.unit in {Unit.WORKING_DAYS, Unit.MONTHS}:
            raise ValueError("A period by the clock is extended by hours, days or weeks.")
        moment = tally.elapse(extension.length, moment)
    return _End(london_day(moment), london_day(moment), moment)
