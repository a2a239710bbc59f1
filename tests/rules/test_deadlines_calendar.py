"""Calendars know which days are off, where, and which years they can speak for."""

from __future__ import annotations

from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from regulator.deadlines.calendar import Calendar, CalendarName, Day, from_package, packaged
from regulator.deadlines.count import count
from regulator.deadlines.rule import Form, Length, Rule

NATIONS = [CalendarName.ENGLAND_AND_WALES, CalendarName.SCOTLAND, CalendarName.NORTHERN_IRELAND]
WORLD_CUP = date(2026, 6, 15)  # proclaimed after the government’s list of February 2026


@pytest.mark.parametrize("name", NATIONS)
def test_agrees_with_the_governments_list(name):
    """Every weekday off in the government’s own list is off here, and no other in its years but the latest one."""
    listed = {each["date"] for each in BankHolidays(use_cached_holidays=True).get_holidays(division=name)}
    listed = {day for day in listed if day.weekday() < 5}
    ours = {day for day in packaged(name).days if day.weekday() < 5 and 2012 <= day.year <= max(listed).year}

    assert ours - {WORLD_CUP} == listed


@pytest.mark.parametrize(
    ("day", "off_in"),
    [
        (date(2026, 4, 6), {"england-and-wales", "northern-ireland", "uk-any", "act-1971"}),
        (date(2026, 3, 17), {"northern-ireland", "uk-any"}),
        (date(2026, 7, 13), {"northern-ireland", "uk-any"}),
        (date(2026, 1, 2), {"scotland", "uk-any"}),
        (date(2026, 8, 3), {"scotland", "uk-any"}),
        (date(2026, 8, 31), {"england-and-wales", "northern-ireland", "uk-any", "act-1971"}),
        (WORLD_CUP, {"scotland", "uk-any"}),
        (date(2026, 12, 25), set(CalendarName)),
        (date(2026, 4, 3), set(CalendarName)),
        (date(2022, 9, 19), set(CalendarName)),
        (date(2026, 5, 5), set()),
    ],
)
def test_a_day_is_off_where_the_law_says(day, off_in):
    """A holiday of one nation is off there and in the union, and in the tribunal’s calendar if it is England’s."""
    assert {name for name in CalendarName if not packaged(name).is_working(day)} == off_in


@pytest.mark.parametrize(
    ("calendar", "day", "why"),
    [
        ("england-and-wales", date(2026, 4, 6), "Easter Monday"),
        ("uk-any", date(2026, 4, 6), "Easter Monday"),
        ("england-and-wales", date(2026, 4, 4), "Saturday"),
        ("england-and-wales", date(2026, 12, 26), "Saturday"),
        ("england-and-wales", date(2026, 12, 28), "Boxing Day (substitute day)"),
        ("scotland", date(2026, 11, 30), "Saint Andrew’s Day"),
        ("uk-any", date(2026, 11, 30), "Saint Andrew’s Day, Scotland"),
        ("england-and-wales", date(2026, 11, 30), None),
    ],
)
def test_why_a_day_is_off(calendar, day, why):
    """A day off says why, and in the union of nations where, when that is one nation alone."""
    assert packaged(calendar).why_not(day) == why


def test_rows_carry_source_and_entry():
    """Each day taken from the package says which release of it, and the day it was entered."""
    rows = from_package("scotland", [2026], date(2026, 3, 2))

    assert rows[0].date == date(2026, 1, 1)
    assert {row.entered_on for row in rows} == {date(2026, 3, 2)}
    assert all(row.source.startswith("holidays ") for row in rows)


def test_a_proclaimed_day_moves_a_deadline():
    """A day off added to the table is left out of the count by the calendar made from it."""
    proclaimed = Day(date(2026, 6, 16), "Proclaimed holiday", "Proclamation", date(2026, 6, 1))
    rows = from_package("england-and-wales", [2026], date(2026, 1, 2))
    rule = Rule.of(Form.D, Length.parse("5 wd"))

    before = count(rule, date(2026, 6, 12), Calendar.of("england-and-wales", "1", rows, (2026, 2026)))
    after = count(
        rule, date(2026, 6, 12), Calendar.of("england-and-wales", "2", [*rows, proclaimed], (2026, 2026))
    )

    assert (before.last_day, after.last_day) == (date(2026, 6, 19), date(2026, 6, 22))
    assert after.derivation.calendar_version == "2"


@pytest.mark.parametrize(
    ("form", "length", "trigger"),
    [
        (Form.D, "20 wd", date(2035, 12, 20)),
        (Form.G, "30 days", date(2035, 12, 20)),
        (Form.D, "1 wd", date(2009, 5, 5)),
    ],
)
def test_years_not_covered_are_refused(form, length, trigger):
    """Counting working days in a year the calendar does not cover is refused: it never has no holidays."""
    with pytest.raises(ValueError, match="calendar covers 2010 to 2035, so it cannot count in 20"):
        count(Rule.of(form, Length.parse(length)), trigger, packaged("uk-any"))


def test_days_that_ask_no_calendar_need_none():
    """A period of plain days, with no roll, is counted whatever years the calendar covers."""
    result = count(Rule.of(Form.B, Length.parse("28 days")), date(2040, 4, 1), packaged("uk-any"))

    assert result.last_day == date(2040, 4, 29)


def test_calendar_that_is_none():
    """A name that is no calendar’s is refused with those that are."""
    with pytest.raises(ValueError, match="use england-and-wales, scotland"):
        packaged("wales")


def test_years_the_wrong_way_round_are_refused():
    """A calendar cannot cover years that end before they begin."""
    with pytest.raises(ValueError, match="cannot come after"):
        Calendar.of("scotland", "1", [], (2027, 2026))
