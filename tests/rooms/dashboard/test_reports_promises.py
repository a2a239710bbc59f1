"""The dashboard says which promises were kept, over which time, in sentences that are true of any number."""

import re
from datetime import date, timedelta

import make
import pytest
from rooms.staff_pages import words

from regulator import moments
from regulator.reports import sentences
from regulator.reports.periods import Period, first_day
from regulator.reports.queries import OpenCases, Promises
from tests.rooms.dashboard_ground import dashboard, put_case, put_clock, tables


def test_promises_that_steps_kept(app, office):
    """What was done in time is a promise kept."""
    page = dashboard(app, office.manager)

    assert tables(page)[1]["Acknowledge the complaint"] == [3, 3, 0, 0]
    assert re.search(r"All \d+ promises were kept\.", words(page))


def test_a_promise_broken_and_one_overdue(app):
    """What was done late is broken for good; what is open and late is overdue today."""
    with app.app_context():
        started = moments.now()
        late, people = make.complaint_at("received")
        make.complaint()
        with moments.as_at(started + timedelta(days=20)):
            make.act(late.case_id, people.intake_officer, "acknowledge")
    with moments.as_at(started + timedelta(days=21)):
        page = dashboard(app, people.manager)

    assert tables(page)[1] == {"Acknowledge the complaint": [2, 0, 1, 1]}
    assert "None of 2 promises was kept. 1 came to an end late and 1 is overdue today." in words(page)


CLOCKS = [
    ({"ended": "met"}, [1, 1, 0, 0]),
    ({"ended": "met", "late": True}, [1, 0, 1, 0]),
    ({"ended": "case_ended", "late": True}, [1, 0, 1, 0]),
    ({"ended": "case_ended"}, None),
    ({"ended": "expired"}, None),
    ({"ended": "met", "owed_by": "body"}, None),
    ({"ended": "met", "ago": 400}, None),
    ({}, [1, 0, 0, 1]),
    ({"due": 0}, None),
    ({"held": True}, None),
    ({"paused": date(2020, 1, 1)}, None),
    ({"paused": date(2999, 1, 1)}, [1, 0, 0, 1]),
    ({"owed_by": "body"}, None),
]


@pytest.mark.parametrize(("clock", "expected"), CLOCKS)
def test_what_counts_as_a_promise(app, owner, clock, expected):
    """Kept, broken or overdue is what we owed: not what nobody wanted any more, nor what is held or stands still."""
    with app.app_context():
        people = make.cast()
    put_clock(owner, put_case(owner), **clock)
    found = tables(dashboard(app, people.manager))[1:]

    assert found == ([{"Verify it": expected}] if expected else [])


def test_the_period(app, owner):
    """A promise counts in each period that its end falls in."""
    with app.app_context():
        people = make.cast()
    case = put_case(owner)
    with moments.as_at(make.at("2026-11-23T12:00")):
        for ended_ago in (0, 22, 23, 91, 92, 326, 327):
            put_clock(owner, case, "met", ago=ended_ago)
        counted = {
            period: tables(dashboard(app, people.manager, f"period={period}"))[1]["Verify it"][0]
            for period in Period
        }
        said = words(dashboard(app, people.manager, "period=month"))

    assert counted == {"month": 2, "quarter": 4, "year": 6}
    assert "From 1 November 2026 to 23 November 2026: All 2 promises were kept." in said


FIRST_DAYS = [
    ("2026-11-23", "2026-11-01", "2026-08-24", "2026-01-01"),
    ("2026-05-31", "2026-05-01", "2026-03-01", "2026-01-01"),
    ("2026-02-10", "2026-02-01", "2025-11-11", "2026-01-01"),
]


@pytest.mark.parametrize("days", FIRST_DAYS)
def test_first_days(days):
    """A month and a year begin on their first day; three months begin the day after the same day three months before."""
    today, *firsts = map(date.fromisoformat, days)

    assert [first_day(period, today) for period in Period] == firsts


def test_each_kind_is_counted_apart(app, office, owner):
    """Each kind has a picture, a sentence and a table of its own, in the order of the rules."""
    case = put_case(owner, "audit", "fieldwork")
    put_clock(owner, case, "met", late=True)
    page = dashboard(app, office.manager)
    said = words(page)

    assert "3 cases are open; none is overdue." in said
    assert "1 case is open; it is not overdue." in said
    assert "The only promise was not kept. 1 came to an end late." in said
    assert len(tables(page)) == page.text.count('role="img"') == 4


STANDING = [
    ([], "No case is open."),
    ([(1, 0)], "1 case is open; it is not overdue."),
    ([(1, 1)], "1 case is open; it is overdue."),
    ([(2, 1), (3, 0)], "5 cases are open; 1 of them is overdue."),
    ([(2, 1), (3, 1)], "5 cases are open; 2 of them are overdue."),
]


@pytest.mark.parametrize(("rows", "said"), STANDING)
def test_sentences_on_open_cases(rows, said):
    """What is open is told truly for none, one and many."""
    assert sentences.standing(OpenCases("audit", "2026-draft", "x", *row) for row in rows) == said


KEPT = [
    ((0, 0, 0), "No promise was kept or broken, and none is overdue today."),
    ((1, 0, 0), "The only promise was kept."),
    ((0, 1, 0), "The only promise was not kept. 1 came to an end late."),
    ((2, 0, 0), "All 2 promises were kept."),
    ((1, 1, 0), "1 of 2 promises was kept. 1 came to an end late."),
    ((0, 0, 2), "None of 2 promises was kept. 2 are overdue today."),
    ((34, 1, 1), "34 of 36 promises were kept. 1 came to an end late and 1 is overdue today."),
]


@pytest.mark.parametrize(("counted", "said"), KEPT)
def test_sentences_on_promises(counted, said):
    """What became of the promises is told truly for none, one and many."""
    assert sentences.kept([Promises("audit", "x", "X", *counted)]) == said
