"""Dates worked out in the sources, or by hand from the words of the law, come out to the day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from regulator.deadlines.calendar import CalendarName, packaged
from regulator.deadlines.count import count
from regulator.deadlines.rule import Form, Length, Rule

WORKED = """
form | length   | trigger    | last day   | calendar          | source
A    | 56 days  | 2024-02-09 | 2024-04-04 | england-and-wales | Police Act 1996 s.55(5A): comments on a report
B    | 28 days  | 2026-04-01 | 2026-04-29 | england-and-wales | SI 2020/2 reg 30: outcome letter, the IOPC’s example
C    | 28 days  | 2026-04-01 | 2026-04-29 | england-and-wales | the same letter within 28 days of sending
C    | 28 days  | 2024-02-19 | 2024-03-18 | act-1971          | GRC Rules r.22: notice sent, appeal received
A    | 28 days  | 2019-05-09 | 2019-06-05 | england-and-wales | HMRC notice, the day of the notice counted
B    | 27 days  | 2019-05-09 | 2019-06-05 | england-and-wales | HMRC notice, from the day after
B    | 14 days  | 2026-12-14 | 2026-12-28 | england-and-wales | FSR Act 2021 s.7(4): no roll, though a bank holiday
A'   | 21 days  | 2026-03-02 | 2026-03-22 | england-and-wales | DPA 2018 Sch 16: the day of giving is day 1
A'   | 6 months | 2026-03-02 | 2026-09-01 | england-and-wales | DPA 2018 Sch 16: penalty after notice of intent
D    | 20 wd    | 2026-11-02 | 2026-12-01 | uk-any            | FOIA s.10: St Andrew’s Day is off in Scotland
D    | 20 wd    | 2026-11-02 | 2026-11-30 | england-and-wales | the same, where only that nation’s days are off
E    | 10 wd    | 2026-04-02 | 2026-04-20 | england-and-wales | SI 2020/2 reg 26(3B): received before Good Friday
E    | 10 wd    | 2026-04-04 | 2026-04-20 | england-and-wales | the same, received on the Saturday
F    | 4 weeks  | 2026-03-03 | 2026-03-31 | england-and-wales | SI 2020/2 reg 34: since the last update
G    | 30 days  | 2026-07-02 | 2026-08-03 | england-and-wales | DPA 2018 s.164A: day 30 is a Saturday
G    | 30 days  | 2026-07-02 | 2026-08-04 | scotland          | the same; the Monday is Scotland’s summer holiday
I    | 40 days  | 2026-06-01 | 2026-07-10 | uk-any            | DPA 2018 s.161: Parliament never away
"""


def worked():
    rows = [[cell.strip() for cell in line.split("|")] for line in WORKED.strip().splitlines()[1:]]
    return [pytest.param(*row[:5], id=f"{row[0]} {row[1]}: {row[5]}") for row in rows]


@pytest.mark.parametrize(("form", "length", "trigger", "last_day", "calendar"), worked())
def test_worked_date(form, length, trigger, last_day, calendar):
    """A period of each form of words ends on the day worked out by hand."""
    rule = Rule.of(Form.parse(form), Length.parse(length))

    result = count(rule, date.fromisoformat(trigger), packaged(calendar))

    assert result.last_day == date.fromisoformat(last_day)


def test_appeal_must_be_received_by_five():
    """An appeal against a notice sent on 19 February 2024 is in time until 5pm on 18 March 2024."""
    rule = Rule.of(Form.C, Length.parse("28 days"), source="GRC Rules r.22, r.12")

    result = count(rule, date(2024, 2, 19), packaged(CalendarName.ACT_1971))

    assert result.last_moment == datetime(2024, 3, 18, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("calendar", "works"),
    [("uk-any", False), ("scotland", False), ("england-and-wales", True), ("northern-ireland", True)],
)
def test_st_andrews_day(calendar, works):
    """30 November 2026, a Monday, is off for a clock that heeds any nation’s days, and on for one of England’s."""
    assert packaged(calendar).is_working(date(2026, 11, 30)) is works
