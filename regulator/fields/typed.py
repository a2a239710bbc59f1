"""Dates and times as people type them, read without guessing; each refusal names what to change.

Pure. A month may be a number or a name; a time may be 15:30, 3:30pm, 3pm, midday or midnight.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from datetime import UTC, date, datetime, time

from regulator.language import WELSH, _, later, speaking
from regulator.language import month as named
from regulator.moments import LONDON

BOXES = ("day", "month", "year")
MONTHS = {
    name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name
}
with speaking(WELSH):
    MONTHS |= {named(number).lower(): number for number in range(1, 13)}
MONTHS["sept"] = 9
MISSING = {
    "day": later("The date must include a day"),
    "month": later("The date must include a month"),
    "year": later("The date must include a year"),
    "day month": later("The date must include a day and a month"),
    "day year": later("The date must include a day and a year"),
    "month year": later("The date must include a month and a year"),
    "day month year": later("The date must include a day and a month and a year"),
}
CLOCKS = (
    re.compile(r"(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>am|pm)"),
    re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?P<half>)"),
)
NAMED = {"midday": time(12), "noon": time(12), "midnight": time(0)}


class UnreadableError(ValueError):
    """What was typed is no date or time; `boxes` are the parts at fault, first one first."""

    def __init__(self, sentence: str, *boxes: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.boxes = boxes


def read_day(day: str, month: str, year: str) -> date:
    """The date in three boxes.

    Raises: UnreadableError, when a part is missing or wrong or there is no such date
    """
    empty = [box for box, text in zip(BOXES, (day, month, year), strict=True) if not text.strip()]
    if empty:
        missing = MISSING[" ".join(empty)]
        raise UnreadableError(_(missing), *empty)
    found_day = _number(day, 1, 31, _("Day must be between 1 and 31"), "day")
    found_month = MONTHS.get(month.strip().lower().rstrip("."))
    found_month = found_month or _number(month, 1, 12, _("Month must be between 1 and 12"), "month")
    found_year = _number(year, 1900, 2199, _("Year must have four figures, like 2026"), "year")
    last = monthrange(found_year, found_month)[1]
    if found_day > last:
        raise UnreadableError(
            _(
                "%(month)s %(year)s has only %(last)s days",
                month=named(found_month),
                year=found_year,
                last=last,
            ),
            "day",
        )
    return date(found_year, found_month, found_day)


def _number(text: str, least: int, most: int, sentence: str, box: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and least <= int(text) <= most):
        raise UnreadableError(sentence, box)
    return int(text)


def read_time(text: str) -> time:
    """The time of day in one box.

    Raises: UnreadableError, when it is no time
    """
    plain = text.strip().lower()
    if plain in NAMED:
        return NAMED[plain]
    for clock in CLOCKS:
        if match := clock.fullmatch(plain):
            hour = int(match["hour"])
            if match["half"]:
                hour = hour % 12 + (12 if match["half"] == "pm" else 0)
            return time(hour, int(match["minute"] or 0))
    raise UnreadableError(_("Time must be like 15:30 or 3:30pm"), "time")


def london_moment(on: date, at: time) -> datetime:
    """The moment, in UTC, of a London date and time; of an hour that comes twice, the first.

    Raises: UnreadableError, for an hour that the clocks skip in spring
    """
    moment = datetime.combine(on, at, LONDON).astimezone(UTC)
    if moment.astimezone(LONDON).time() != at:
        raise UnreadableError(_("There was no such time: the clocks went forward that night"), "time")
    return moment
