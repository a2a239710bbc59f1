"""London days and the moments that bound them, right on the days the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from regulator.language import _, month

LONDON = ZoneInfo("Europe/London")


def london_day(trigger: date | datetime) -> date:
    """The day on which something happened in London; a day stays itself.

    Raises: ValueError for a moment that does not say its time zone
    """
    if not isinstance(trigger, datetime):
        return trigger
    if trigger.tzinfo is None:
        raise ValueError("A moment must say its time zone.")
    return trigger.astimezone(LONDON).date()


def opening(day: date) -> datetime:
    """The moment `day` begins in London; UTC. The clocks never change at midnight."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def at_time(day: date, clock: time) -> datetime:
    """The moment London clocks show `clock` on `day`; UTC.

    A time that comes twice, or never, on a day the clocks change is read as the later moment it could mean:
    nobody is late because of the clocks.
    """
    return max(datetime.combine(day, clock.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1))


def from_london(wall: datetime) -> datetime:
    """The moment meant by a London date and time without a zone; UTC.

    A time that comes twice when the clocks go back is the first of the two.

    Raises: ValueError for a time that the clocks jumped over
    """
    moment = wall.replace(tzinfo=LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != wall:
        raise ValueError(f"{wall:%H:%M} never came on {spoken(wall.date())}: the clocks went forward.")
    return moment


def day_after(day: date, days: int = 1) -> date:
    """The day that comes `days` days after `day`."""
    return day + timedelta(days)


def spoken(day: date) -> str:
    """A day as people write it: 3 March 2026."""
    return f"{day.day} {month(day.month)} {day.year}"


def spoken_moment(moment: datetime) -> str:
    """A moment as London clocks and calendars show it: 5pm on 18 March 2024."""
    local = moment.astimezone(LONDON)
    return _("%(time)s on %(day)s", time=_clock(local.time()), day=spoken(local.date()))


def _clock(shown: time) -> str:
    if shown in {time(0), time(12)}:
        return _("midday") if shown.hour else _("midnight")
    minutes = f":{shown:%M:%S}" if shown.second else f":{shown:%M}" if shown.minute else ""
    return f"{shown.hour % 12 or 12}{minutes}{'am' if shown.hour < 12 else 'pm'}"
