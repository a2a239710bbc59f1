"""Dates and moments said in words, the same on pages, in letters and on the command line.

Pure: today is always given. Moments are shown in London time, and everything in the language spoken.
"""

from __future__ import annotations

from datetime import date, datetime

from regulator.language import _, month, ngettext
from regulator.moments import LONDON, london_day

SOON = 3
"""A date this many days away or fewer is shown as near."""


def day(on: date | datetime | None) -> str:
    """A day as “3 March 2026”; a moment gives its London day, nothing gives an empty text."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        on = london_day(on)
    return f"{on.day} {month(on.month)} {on.year}"


def clock_time(moment: datetime) -> str:
    """A London time of day as “3:30pm”, “5pm”, “midday” or “midnight”."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return _("midday") if local.hour else _("midnight")
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{(local.hour - 1) % 12 + 1}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def moment(at: datetime | None) -> str:
    """A moment as “3 March 2026 at 3:30pm”, London time; nothing gives an empty text."""
    return _("%(day)s at %(time)s", day=day(at), time=clock_time(at)) if at else ""


def when(occurred: date | datetime | None) -> str:
    """A day or a moment, whichever precision is known."""
    return moment(occurred) if isinstance(occurred, datetime) else day(occurred)


def due_words(on: date, today: date) -> str:
    """How far off a last day is: “due in 3 days”, “due today”, “2 days overdue”."""
    left = (on - today).days
    if left < 0:
        return ngettext("%(num)s day overdue", "%(num)s days overdue", -left)
    if left <= 1:
        return _("due tomorrow") if left else _("due today")
    return ngettext("due in %(num)s day", "due in %(num)s days", left)


def due_tone(on: date, today: date) -> str:
    """Whether a last day is past (`late`), near (`soon`) or neither (`none`)."""
    left = (on - today).days
    if left < 0:
        return "late"
    return "soon" if left <= SOON else "none"


AGO = ((365, 365), (61, 30), (2, 1))
"""From how many days on a past day is told in years, months and days, and how many days each is long."""


def _past(count: int, size: int) -> str:
    if size == AGO[0][1]:
        return ngettext("%(num)s year ago", "%(num)s years ago", count)
    if size == AGO[1][1]:
        return ngettext("%(num)s month ago", "%(num)s months ago", count)
    return ngettext("%(num)s day ago", "%(num)s days ago", count)


def ago(on: date | datetime, today: date) -> str:
    """How long ago a day was: “today”, “yesterday”, “12 days ago”, “3 months ago”; a day to come as itself."""
    past = (today - (london_day(on) if isinstance(on, datetime) else on)).days
    if past < 0:
        return day(on)
    for least, size in AGO:
        if past >= least:
            return _past(past // size, size)
    return _("yesterday") if past else _("today")


def sentence(text: str) -> str:
    """The words as a sentence: a capital first and a stop last."""
    text = text.strip()
    stopped = text.rstrip("”’)").endswith((".", "!", "?", ":"))
    return text[:1].upper() + text[1:] + ("" if stopped or not text else ".")
