"""A derivation told in plain English, to a person who wants to check the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from regulator.deadlines.changes import Absence, Extension, Pause, days_away
from regulator.deadlines.london import day_after, london_day, spoken, spoken_moment
from regulator.deadlines.rule import Form, Length, Unit
from regulator.language import _, later, month, ngettext, weekday

if TYPE_CHECKING:
    from regulator.deadlines.derivation import Derivation, LeftOut


HOLIDAYS = (
    later("New Year’s Day"),
    later("Good Friday"),
    later("Easter Monday"),
    later("May Day"),
    later("Spring Bank Holiday"),
    later("Late Summer Bank Holiday"),
    later("Christmas Day"),
    later("Boxing Day"),
)
"""What the calendars call the holidays, so that they can be told in another language."""
CALENDARS = (later("England and Wales"), later("Scotland"), later("Northern Ireland"))


def spoken_length(length: Length) -> str:
    """A length of time in words: 20 working days."""
    match length.unit:
        case Unit.WORKING_DAYS:
            return ngettext("%(num)s working day", "%(num)s working days", length.amount)
        case Unit.WEEKS:
            return ngettext("%(num)s week", "%(num)s weeks", length.amount)
        case Unit.HOURS:
            return ngettext("%(num)s hour", "%(num)s hours", length.amount)
        case Unit.DAYS:
            return ngettext("%(num)s day", "%(num)s days", length.amount)
        case _other:
            return ngettext("%(num)s month", "%(num)s months", length.amount)


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
    when = _when(told.trigger, by_clock=by_clock)
    return [_("It starts at %(when)s.", when=when) if by_clock else _("It starts on %(when)s.", when=when)]


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
        yield _(
            "Working days are those of the %(calendar)s calendar, version %(version)s.",
            calendar=_(told.calendar.label),
            version=told.calendar_version,
        )
    if told.rule.form is not Form.H and told.rule.length.unit is not Unit.WORKING_DAYS:
        yield _("Weekends and bank holidays count like any other day.")


def _asks_the_calendar(told: Derivation) -> bool:
    lengths = [told.rule.length, *(each.length for each in told.extensions if each.length)]
    return told.rule.roll or any(length.unit is Unit.WORKING_DAYS for length in lengths)


def _left_out(told: Derivation) -> Iterator[str]:
    before = [each for each in told.left_out if each.day < told.ended_on]
    weekends = [each.day for each in before if _is_weekend(each)]
    others = [f"{_(each.why)} ({spoken(each.day)})" for each in before if not _is_weekend(each)]
    if weekends:
        yield _("Weekends are left out: %(days)s.", days=_by_month(weekends))
    if others:
        yield _("Holidays are left out: %(days)s.", days=_listed(others))


def _paused(told: Derivation, pause: Pause) -> str:
    because = f": {_(pause.cause)}" if pause.cause else ""
    first = london_day(told.trigger) if told.rule.form.counts_its_day else day_after(london_day(told.trigger))
    if pause.end is None:
        return _("The clock has been paused since %(day)s%(why)s.", day=spoken(pause.start), why=because)
    span = _span(pause.start, pause.end)
    if pause.start > told.last_day:
        return _("A pause %(span)s came after the end and changes nothing%(why)s.", span=span, why=because)
    if pause.end < first and told.rule.form is not Form.H:
        return _("A pause %(span)s came before the start and changes nothing%(why)s.", span=span, why=because)
    if pause.start == pause.end:
        return _("The clock was paused %(span)s%(why)s.", span=span, why=because)
    return _("The clock was paused %(span)s, both days left out%(why)s.", span=span, why=because)


def _away(absence: Absence) -> str:
    span = _span(absence.start, absence.end)
    if days_away([absence]):
        return f"Parliament was away {span} ({absence.away}); those days are left out."
    return f"Parliament was away {span} ({absence.away}), too short a time to be left out on its own."


def _extended(extension: Extension) -> str:
    granted = _(" on %(day)s", day=spoken(extension.granted_on)) if extension.granted_on else ""
    because = f": {extension.reason}" if extension.reason else ""
    more = f"{granted}{_in_brackets(extension.source)}{because}"
    if extension.until:
        return _("It was extended until %(day)s%(more)s.", day=spoken(extension.until), more=more)
    length = spoken_length(extension.length) if extension.length else ""
    return _("It was extended by %(length)s%(more)s.", length=length, more=more)


def _rolled(told: Derivation) -> Iterator[str]:
    over = [f"{spoken(each.day)} ({_(each.why)})" for each in told.left_out if each.day >= told.ended_on]
    if over:
        yield _("The period ends on %(day)s.", day=spoken(told.ended_on))
        yield ngettext(
            "%(days)s is not a working day, so the end moves to the next working day.",
            "%(days)s are not working days, so the end moves to the next working day.",
            len(over),
            days=_listed(over),
        )


def _ending(told: Derivation) -> Iterator[str]:
    if told.original_last_day != told.last_day:
        yield _(
            "Without pauses and extensions the last day would be %(day)s.", day=spoken(told.original_last_day)
        )
    if told.as_at and told.paused_since:
        yield _("The pause is still open: this is the date if it ends on %(day)s.", day=spoken(told.as_at))
    if told.last_moment is None:
        yield _(
            "The last day is %(weekday)s %(day)s.",
            weekday=weekday(told.last_day.weekday()),
            day=spoken(told.last_day),
        )
    elif told.rule.form is Form.H:
        yield _("The time ends at %(when)s, London time.", when=spoken_moment(told.last_moment))
    else:
        yield _("It must be received by %(when)s, London time.", when=spoken_moment(told.last_moment))


def _when(trigger: date | datetime, *, by_clock: bool) -> str:
    """When it started, as precisely as counts: the time of day only for what runs by the clock."""
    if not isinstance(trigger, datetime):
        return spoken(trigger)
    return spoken_moment(trigger) if by_clock else spoken(london_day(trigger))


def _span(start: date, end: date) -> str:
    if start == end:
        return _("on %(day)s", day=spoken(start))
    return _("from %(first)s to %(last)s", first=spoken(start), last=spoken(end))


def _in_brackets(source: str) -> str:
    return f" ({source})" if source else ""


def _is_weekend(left_out: LeftOut) -> bool:
    return left_out.day.weekday() >= 5


def _by_month(days: Iterable[date]) -> str:
    months = groupby(days, key=lambda day: f"{month(day.month)} {day.year}")
    return "; ".join(f"{_listed([str(day.day) for day in within])} {named}" for named, within in months)


def _listed(words: list[str]) -> str:
    return (
        words[0]
        if len(words) == 1
        else _("%(these)s and %(last)s", these=", ".join(words[:-1]), last=words[-1])
    )
