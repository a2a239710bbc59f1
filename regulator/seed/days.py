"""Days as the seed story gives them: so many before the day on which it is told."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime, time, timedelta

from regulator.deadlines.london import at_time, day_after

WORK_BEGINS, BETWEEN = time(9, 10), timedelta(minutes=35)
SATURDAY = 5
_AGO = re.compile(r"(\d+) days? ago")
_AHEAD = re.compile(r"in (\d+) days?")


class Days:
    """Reads the days of one complaint, as from today. What happens on one day happens one after the other."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.steps: Counter[date] = Counter()

    def when(self, text: str) -> datetime:
        """The moment of a step that was taken “12 days ago”; one at a weekend was taken on the Friday before it.

        Raises: ValueError for anything else
        """
        found = _AGO.fullmatch(text)
        if found is None or int(found[1]) < 1:
            raise ValueError(f"“{text}” is not a day like “12 days ago”.")
        day = day_after(self.today, -int(found[1]))
        day = day_after(day, -max(0, day.weekday() - SATURDAY + 1))
        self.steps[day] += 1
        return at_time(day, WORK_BEGINS) + BETWEEN * (self.steps[day] - 1)

    def day(self, text: str) -> date:
        """The day meant by “12 days ago” or “in 12 days”.

        Raises: ValueError for anything else
        """
        if found := _AGO.fullmatch(text):
            return day_after(self.today, -int(found[1]))
        if found := _AHEAD.fullmatch(text):
            return day_after(self.today, int(found[1]))
        raise ValueError(f"“{text}” is not a day like “12 days ago” or “in 12 days”.")
