"""A derivation told in plain English, to a person who wants to check the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from regulator.deadlines.changes import Absence, Extension, Pause, days_away
from regulator.deadlines.london import day_after, london_day, spoken, spoken_moment
from regulator.deadlines.rule import Form, Unit

if TYPE_CHECKING:
    from regulator.deadlines.derivation import Derivation, LeftOut


def sentences(told: Derivation) -> list[str]:
    """What started it, what it allows, what was left out, what changed it, and where it ends."""
    return [
        *began(told),
        *allowed(told),
        *days_counted(told),
        *left_out(told),
        *stood_still(told),
        *extended(told),
        *told.remarks,
        *ended(told),
    ]


def began(told: Derivation) -> list[str]:
    """The day it is counted from, or by the clock the moment."""
    by_clock = told.rule.form is Form.H
    return [f"It starts {'at' if by_clock else 'on'} {_when(told.trigger, by_clock=by_clock)}."]


def allowed(told: Derivation) -> list[str]:
    """The form of words, with where it stands."""
    return [f"The time allowed is {told.words}{_in_brackets(told.rule.source)}."]


def days_counted(told: Derivation) -> list[str]:
    """Which days count, and by which calendar."""
    return [*_days_counted(told)]


def left_out(told: Derivation) -> list[str]:
    """The days passed over within the period because they are no working days."""
    return [*_left_out(told)]


def stood_still(told: Derivation) -> list[str]:
    """Each pause, and each absence of Parliament."""
    return [*(_paused(told, pause) for pause in told.pauses), *(_away(absence) for absence in told.ignored)]


def extended(told: Derivation) -> list[str]:
    """Each time that was given beyond the first."""
    return [_extended(extension) for extension in told.extensions]


def ended(told: Derivation) -> list[str]:
    """Where the period ends, how that rolled, and what it would have been without what changed it."""
    return [*_rolled(told), *_ending(told)]


def _days_counted(told: Derivation) -> Iterator[str]:
    if _asks_the_calendar(told):
        yield f"Working days are those of the {told.calendar.label} calendar, version {told.calendar_version}."
    if told.rule.form is not Form.H and told.rule.length.unit is not Unit.WORKING_DAYS:
        yield "Weekends and bank holidays count like any other day."


def _asks_the_calendar(told: Derivation) -> bool:
    lengths = [told.rule.length, *(each.length for each in told.extensions if each.length)]
    return told.rule.roll or any(length.unit is Unit.WORKING_DAYS for length in lengths)


def _left_out(told: Derivation) -> Iterator[str]:
    before = [each for each in told.left_out if each.day < told.ended_on]
    weekends = [each.day for each in before if _is_weekend(each)]
    others = [f"{each.why} ({spoken(each.day)})" for each in before if not _is_weekend(each)]
    if weekends:
        yield f"Weekends are left out: {_by_month(weekends)}."
    if others:
        yield f"Holidays are left out: {_listed(others)}."


def _paused(told: Derivation, pause: Pause) -> str:
    because = f": {pause.cause}" if pause.cause else ""
    first = london_day(told.trigger) if told.rule.form.counts_its_day else day_after(london_day(told.trigger))
    if pause.end is None:
        return f"The clock has been paused since {spoken(pause.start)}{because}."
    span = _span(pause.start, pause.end)
    if pause.start > told.last_day:
        return f"A pause {span} came after the end and changes nothing{because}."
    if pause.end < first and told.rule.form is not Form.H:
        return f"A pause {span} came before the start and changes nothing{because}."
    both = "" if pause.start == pause.end else ", both days left out"
    return f"The clock was paused {span}{both}{because}."


def _away(absence: Absence) -> str:
    span = _span(absence.start, absence.end)
    if days_away([absence]):
        return f"Parliament was away {span} ({absence.away}); those days are left out."
    return f"Parliament was away {span} ({absence.away}), too short a time to be left out on its own."


def _extended(extension: Extension) -> str:
    more = f"until {spoken(extension.until)}" if extension.until else f"by {extension.length}"
    granted = f" on {spoken(extension.granted_on)}" if extension.granted_on else ""
    because = f": {extension.reason}" if extension.reason else ""
    return f"It was extended {more}{granted}{_in_brackets(extension.source)}{because}."


def _rolled(told: Derivation) -> Iterator[str]:
    over = [f"{spoken(each.day)} ({each.why})" for each in told.left_out if each.day >= told.ended_on]
    if over:
        none = "is not a working day" if len(over) == 1 else "are not working days"
        yield f"The period ends on {spoken(told.ended_on)}."
        yield f"{_listed(over)} {none}, so the end moves to the next working day."


def _ending(told: Derivation) -> Iterator[str]:
    if told.original_last_day != told.last_day:
        yield f"Without pauses and extensions the last day would be {spoken(told.original_last_day)}."
    if told.as_at and told.paused_since:
        yield f"The pause is still open: this is the date if it ends on {spoken(told.as_at)}."
    if told.last_moment is None:
        yield f"The last day is {told.last_day:%A} {spoken(told.last_day)}."
    elif told.rule.form is Form.H:
        yield f"The time ends at {spoken_moment(told.last_moment)}, London time."
    else:
        yield f"It must be received by {spoken_moment(told.last_moment)}, London time."


def _when(trigger: date | datetime, *, by_clock: bool) -> str:
    """When it started, as precisely as counts: the time of day only for what runs by the clock."""
    if not isinstance(trigger, datetime):
        return spoken(trigger)
    return spoken_moment(trigger) if by_clock else spoken(london_day(trigger))


def _span(start: date, end: date) -> str:
    return f"on {spoken(start)}" if start == end else f"from {spoken(start)} to {spoken(end)}"


def _in_brackets(source: str) -> str:
    return f" ({source})" if source else ""


def _is_weekend(left_out: LeftOut) -> bool:
    return left_out.day.weekday() >= 5


def _by_month(days: Iterable[date]) -> str:
    months = groupby(days, key=lambda day: f"{day:%B %Y}")
    return "; ".join(f"{_listed([str(day.day) for day in within])} {month}" for month, within in months)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
