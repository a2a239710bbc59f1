"""The stretches of time that a report is about; each ends today."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum


class Period(StrEnum):
    """How far back a report looks."""

    month = "month"
    quarter = "quarter"
    year = "year"


LABELS: Mapping[Period, str] = {
    Period.month: "This month",
    Period.quarter: "Last 3 months",
    Period.year: "This year",
}


def first_day(period: Period, today: date) -> date:
    """The first day of a period that ends on `today`."""
    match period:
        case Period.month:
            return today.replace(day=1)
        case Period.quarter:
            return _months_before(today, 3) + timedelta(days=1)
        case Period.year:
            return today.replace(month=1, day=1)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
