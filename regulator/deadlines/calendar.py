"""Which days are working days, where; every calendar is named, versioned, and knows the years it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Final

import holidays


class CalendarName(StrEnum):
    """The calendars a deadline may name."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"
    UK_ANY = "uk-any"
    ACT_1971 = "act-1971"

    @property
    def label(self) -> str:
        """The calendar’s name in a sentence."""
        return _LABELS[self]


_LABELS: Final = {
    CalendarName.ENGLAND_AND_WALES: "England and Wales",
    CalendarName.SCOTLAND: "Scotland",
    CalendarName.NORTHERN_IRELAND: "Northern Ireland",
    CalendarName.UK_ANY: "all-UK",
    CalendarName.ACT_1971: "tribunal (1971 Act)",
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day off in one calendar, with who says so and when it was entered."""

    date: dt.date
    name: str
    source: str
    entered_on: dt.date


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of the days off in one place, for the years it covers; weekends are always off."""

    name: CalendarName
    version: str
    days: Mapping[dt.date, str]
    covers: tuple[int, int]

    @classmethod
    def of(cls, name: str, version: str, rows: Iterable[Day], covers: tuple[int, int]) -> Calendar:
        """The calendar that dated rows make.

        covers: first and last year for which the rows are complete
        Raises: ValueError for a name that is no calendar’s, or years the wrong way round
        """
        if covers[0] > covers[1]:
            raise ValueError("A calendar’s first year cannot come after its last.")
        days = MappingProxyType({row.date: row.name for row in rows})
        return cls(calendar_name(name), version, days, covers)

    def is_working(self, day: dt.date) -> bool:
        """Whether `day` is a working day.

        Raises: ValueError outside the years covered
        """
        return self.why_not(day) is None

    def why_not(self, day: dt.date) -> str | None:
        """Why `day` is not a working day (“Saturday”, “Easter Monday”), or None when it is one.

        Raises: ValueError outside the years covered: an unknown year is never a year without holidays
        """
        first, last = self.covers
        if not first <= day.year <= last:
            raise ValueError(
                f"The {self.name.label} calendar covers {first} to {last}, so it cannot count in {day.year}."
            )
        return f"{day:%A}" if day.weekday() >= 5 else self.days.get(day)


def calendar_name(text: str) -> CalendarName:
    """The calendar a person named.

    Raises: ValueError with the names there are
    """
    try:
        return CalendarName(text.strip().lower())
    except ValueError:
        raise ValueError(f"“{text}” is not a calendar: use {', '.join(CalendarName)}.") from None


PLACES: Final[Mapping[str, str]] = {
    "ENG": "England and Wales",
    "WLS": "England and Wales",
    "SCT": "Scotland",
    "NIR": "Northern Ireland",
}
# FOIA s.10(6) says a bank holiday “in any part of the United Kingdom”. GRC rule 12 does not: it says “a bank holiday
# under section 1”, and has to add Christmas Day and Good Friday, which are bank holidays under the Act in Scotland
# but not in England and Wales. So it is read from there. The other reading, any nation’s day, would move the worked
# appeal of 18 March 2024 to the 19th for Northern Ireland’s holiday; the earlier date is also the safer to be told.
NATIONS: Final[Mapping[CalendarName, tuple[str, ...]]] = {
    CalendarName.ENGLAND_AND_WALES: ("ENG", "WLS"),
    CalendarName.SCOTLAND: ("SCT",),
    CalendarName.NORTHERN_IRELAND: ("NIR",),
    CalendarName.UK_ANY: ("ENG", "WLS", "SCT", "NIR"),
    CalendarName.ACT_1971: ("ENG", "WLS"),
}
PACKAGE: Final = f"holidays {version('holidays')}"
PACKAGED_YEARS: Final = (2010, 2035)


def from_package(name: str, years: Iterable[int], entered_on: dt.date) -> list[Day]:
    """The days off that the holidays package knows, as rows to keep in a table, earliest first.

    In a calendar of several nations, a day off in one of them only says which.
    """
    return [Day(day, title, PACKAGE, entered_on) for day, title in _days_off(calendar_name(name), years)]


@cache
def packaged(name: str) -> Calendar:
    """The calendar as the package has it, for counting where no table is at hand.

    Beyond the next two or three years its days are only those that follow from rules: nobody has proclaimed others yet.
    """
    first, last = PACKAGED_YEARS
    days = dict(_days_off(calendar_name(name), range(first, last + 1)))
    return Calendar(calendar_name(name), PACKAGE, MappingProxyType(days), PACKAGED_YEARS)


def _days_off(name: CalendarName, years: Iterable[int]) -> list[tuple[dt.date, str]]:
    off: dict[dt.date, dict[str, str]] = {}
    years = list(years)
    for nation in NATIONS[name]:
        # Without a nation the package leaves out the days of each.
        listed = holidays.country_holidays("GB", subdiv=nation, years=years, language="en_GB")
        for day, title in listed.items():
            off.setdefault(day, {})[nation] = title
    return [(day, _title(off[day], NATIONS[name])) for day in sorted(off)]


def _title(titles: Mapping[str, str], nations: tuple[str, ...]) -> str:
    title = next(iter(titles.values())).replace("'", "’").replace("(observed)", "(substitute day)")
    places = {PLACES[nation] for nation in titles}
    return f"{title}, {places.pop()}" if len(places) == 1 and len(titles) < len(nations) else title
