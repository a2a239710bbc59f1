"""Counting days forward one period at a time, remembering each non-working day that was passed over."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from regulator.deadlines.calendar import Calendar
from regulator.deadlines.changes import Span, merged
from regulator.deadlines.london import day_after, opening, spoken
from regulator.deadlines.rule import Length, Unit


class Tally:
    """Counts in one calendar, leaving out `gaps`: days that no unit of time counts.

    passed: non-working days passed over so far, and why each is one; days in a gap are not among them
    remarks: what happened on the way that a reader would otherwise miss
    """

    def __init__(self, calendar: Calendar, gaps: Iterable[Span]) -> None:
        self.calendar = calendar
        self.gaps: Sequence[Span] = merged(gaps)
        self.passed: dict[date, str] = {}
        self.remarks: list[str] = []

    def end_of(self, length: Length, day: date, *, inclusive: bool) -> date:
        """The last day of a period triggered on `day`, which is itself day 1 if `inclusive`."""
        if length.unit is Unit.MONTHS:
            return self._month_end(length.amount, day, inclusive=inclusive)
        first = day if inclusive else day_after(day)
        if length.unit is Unit.WORKING_DAYS:
            return self.nth_working(first, length.amount)
        return self._nth(first, length.days)

    def nth_working(self, first: date, number: int) -> date:
        """The `number`th working day from `first`, which may be it; 1 rolls an end to a working day."""
        day = self.clear(first)
        while True:
            why = self.calendar.why_not(day)
            if why is not None:
                self.passed[day] = why
            elif number == 1:
                return day
            else:
                number -= 1
            day = self.clear(day_after(day))

    def clear(self, day: date) -> date:
        """`day`, or the first day after the gap it is in: nobody’s last day is one on which the clock stands still."""
        for gap in self.gaps:
            if gap.start <= day <= gap.end:
                return day_after(gap.end)
        return day

    def elapse(self, length: Length, moment: datetime) -> datetime:
        """The moment when `length` of clock time has run since `moment`, in UTC; no time runs on a day in a gap."""
        left = length.elapsed
        for gap in self.gaps:
            closed, open_again = opening(gap.start), opening(day_after(gap.end))
            if open_again <= moment:
                continue
            if moment + left <= closed:
                break
            left -= max(closed, moment) - moment
            moment = open_again
        return moment + left

    def _nth(self, first: date, number: int) -> date:
        last = day_after(first, number - 1)
        for gap in self.gaps:
            if gap.start > last:
                break
            if gap.end >= first:
                last = day_after(last, Span(max(gap.start, first), gap.end).length)
        return last

    def _month_end(self, months: int, day: date, *, inclusive: bool) -> date:
        """The corresponding date, moved on by one day for each day in a gap.

        Months differ in length, so a period paused early could outlast one that begins only after the pause.
        The earlier trigger then has the date of the later one: a later trigger never gives an earlier date.
        """

        def end_from(trigger: date) -> date:
            first = trigger if inclusive else day_after(trigger)
            return self._nth(first, Span(first, corresponding(trigger, months, inclusive=inclusive)).length)

        last = end_from(day)
        soonest = min(
            (end_from(later) for later in self._restarts(day, last, inclusive=inclusive)), default=last
        )
        if soonest < last:
            self.remarks.append(
                f"Counted on from the pause it would end on {spoken(last)}, later than a period beginning only then."
            )
        return min(last, soonest)

    def _restarts(self, day: date, last: date, *, inclusive: bool) -> Iterator[date]:
        """Triggers just after a day in a gap, the last in each month: no other later trigger can end earlier.

        Within a month the later trigger has as many days to its end as the earlier, or fewer in a short month.
        """
        first = day if inclusive else day_after(day)
        onward = 1 if inclusive else 0
        for gap in self.gaps:
            trigger = day_after(max(gap.start, first), onward)
            final = day_after(min(gap.end, last), onward)
            while trigger <= final:
                in_month = monthrange(trigger.year, trigger.month)[1]
                trigger = min(final, trigger.replace(day=in_month))
                yield trigger
                trigger = day_after(trigger)


def corresponding(day: date, months: int, *, inclusive: bool) -> date:
    """The last day of a period of months: the date in its last month with the number of `day`.

    Where `day` is itself day 1, the day before that date. Where the month has no such date, its last day.

    Raises: OverflowError past the year 9999
    Source: Dodds v Walker [1981] 1 WLR 1027; for day 1 the pattern of SI 2018/1082 r.1.4
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError
    number = min(day.day - inclusive, monthrange(year, month + 1)[1])
    return day_after(date(year, month + 1, 1), number - 1)
