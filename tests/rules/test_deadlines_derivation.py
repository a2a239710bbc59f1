"""A derivation can be kept, read back, counted again, and told to a complainant."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from regulator.deadlines.calendar import Calendar, Day, packaged
from regulator.deadlines.changes import Absence, Away, Extension, Pause
from regulator.deadlines.count import count, recount
from regulator.deadlines.derivation import Derivation
from regulator.deadlines.rule import Form, Length, Rule

EASTER = [
    Day(date(2026, 4, 3), "Good Friday", "proclaimed", date(2026, 1, 2)),
    Day(date(2026, 4, 6), "Easter Monday", "proclaimed", date(2026, 1, 2)),
]
CALENDAR = Calendar.of("england-and-wales", "7", EASTER, (2026, 2026))
PAUSE = Pause(date(2026, 4, 14), date(2026, 4, 15), "we asked you for more detail")
MORE = Extension(Length.parse("7 days"), date(2026, 4, 20), "a witness was away", "standard 4")


def screened(**changes):
    rule = Rule.of(Form.D, Length.parse("10 wd"), roll=True, source="standard 2")
    return count(rule, date(2026, 4, 1), CALENDAR, **changes)


def test_it_is_told_in_plain_sentences():
    """A complainant reads what started the clock, what was left out and why, what moved it, and where it ends."""
    assert screened(pauses=[PAUSE], extensions=[MORE]).derivation.sentences() == [
        "It starts on 1 April 2026.",
        "The time allowed is until the 10th working day following receipt (standard 2).",
        "Working days are those of the England and Wales calendar, version 7.",
        "Weekends are left out: 4, 5, 11, 12, 18 and 19 April 2026.",
        "Holidays are left out: Good Friday (3 April 2026) and Easter Monday (6 April 2026).",
        "The clock was paused from 14 April 2026 to 15 April 2026, both days left out: we asked you for more detail.",
        "It was extended by 7 days on 20 April 2026 (standard 4): a witness was away.",
        "Without pauses and extensions the last day would be 17 April 2026.",
        "The last day is Tuesday 28 April 2026.",
    ]


def test_a_roll_is_told():
    """The days an end rolled over are told with the reason for each."""
    rule = Rule.of(Form.C, Length.parse("28 days"), source="GRC Rules r.22")

    assert count(rule, date(2026, 3, 6), CALENDAR).derivation.sentences()[-3:] == [
        "The period ends on 3 April 2026.",
        (
            "3 April 2026 (Good Friday), 4 April 2026 (Saturday), 5 April 2026 (Sunday) and 6 April 2026 (Easter Monday) "
            "are not working days, so the end moves to the next working day."
        ),
        "It must be received by 5pm on 7 April 2026, London time.",
    ]


def test_the_clock_is_told():
    """A period by the clock is told from its moment to its last, in London time."""
    rule = Rule.of(Form.H, Length.parse("24 hours"))

    assert count(rule, datetime(2026, 10, 24, 11, tzinfo=UTC), CALENDAR).derivation.sentences() == [
        "It starts at midday on 24 October 2026.",
        "The time allowed is 24 hours by the clock, from the moment it was given.",
        "The time ends at 11am on 25 October 2026, London time.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"pauses": [Pause(date(2026, 4, 14), date(2026, 4, 14), "")]},
            "The clock was paused on 14 April 2026.",
        ),
        (
            {"pauses": [Pause(date(2026, 3, 1), date(2026, 3, 9), "")]},
            "A pause from 1 March 2026 to 9 March 2026 came before the start and changes nothing.",
        ),
        (
            {"pauses": [Pause(date(2026, 6, 1), date(2026, 6, 9), "late")]},
            "A pause from 1 June 2026 to 9 June 2026 came after the end and changes nothing: late.",
        ),
        (
            {"pauses": [Pause(date(2026, 4, 14), None, "")], "as_at": date(2026, 4, 20)},
            "The pause is still open: this is the date if it ends on 20 April 2026.",
        ),
        (
            {"pauses": [Pause(date(2026, 4, 14), None, "hold")], "as_at": date(2026, 4, 20)},
            "The clock has been paused since 14 April 2026: hold.",
        ),
        ({"extensions": [Extension(until=date(2026, 5, 1))]}, "It was extended until 1 May 2026."),
        (
            {"extensions": [Extension(until=date(2026, 4, 2))]},
            "Extending it until 2 April 2026 adds nothing: it ran that long already.",
        ),
    ],
)
def test_each_change_is_told(changes, sentence):
    """Each pause and extension is told, and one that changes nothing says so."""
    assert sentence in screened(**changes).derivation.sentences()


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (6, "Parliament was away from 2 April 2026 to 6 April 2026 (recess); those days are left out."),
        (
            3,
            "Parliament was away from 2 April 2026 to 3 April 2026 (recess), too short a time to be left out on its own.",
        ),
    ],
)
def test_parliaments_absence_is_told(end, sentence):
    """A recess is told, and whether it is long enough to be left out."""
    recess = Absence(date(2026, 4, 2), date(2026, 4, end), Away.RECESS)

    told = count(Rule.of(Form.I, Length.parse("40 days")), date(2026, 4, 1), CALENDAR, ignored=[recess])

    assert sentence in told.derivation.sentences()


def test_it_says_what_led_to_the_date():
    """Trigger, rule and source, calendar and version, each day left out, changes and both dates stand in the JSON."""
    plain = json.loads(screened(pauses=[PAUSE], extensions=[MORE]).derivation.to_json())

    assert plain["trigger"] == "2026-04-01"
    assert plain["rule"] == {
        "form": "D",
        "length": "10 working days",
        "roll": True,
        "cutoff": None,
        "source": "standard 2",
    }
    assert (plain["calendar"], plain["calendar_version"]) == ("england-and-wales", "7")
    assert {"day": "2026-04-06", "why": "Easter Monday"} in plain["left_out"]
    assert plain["pauses"] == [
        {"start": "2026-04-14", "end": "2026-04-15", "cause": "we asked you for more detail"}
    ]
    assert plain["extensions"][0]["length"] == "7 days"
    assert (plain["original_last_day"], plain["last_day"]) == ("2026-04-17", "2026-04-28")


def test_it_is_always_the_same_text():
    """The same count gives the same JSON, byte for byte, and reading it back changes none of it."""
    first, second = screened(pauses=[PAUSE]).derivation, screened(pauses=[PAUSE]).derivation

    assert first.to_json() == second.to_json() == Derivation.from_json(first.to_json()).to_json()


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"trigger": 3}'])
def test_what_is_no_derivation_is_refused(text):
    """Text that no derivation wrote is refused."""
    with pytest.raises(ValueError, match="not the record of a derivation"):
        Derivation.from_json(text)


def test_a_newer_calendar_may_move_the_date():
    """Recounting with a later version of the calendar heeds a holiday that was proclaimed in between."""
    proclaimed = Day(date(2026, 4, 17), "Proclaimed holiday", "proclaimed", date(2026, 4, 9))
    newer = Calendar.of("england-and-wales", "8", [*EASTER, proclaimed], (2026, 2026))

    assert recount(screened().derivation, newer).last_day == date(2026, 4, 20)


def test_another_calendar_is_refused():
    """A deadline is not recounted with the calendar of somewhere else."""
    with pytest.raises(ValueError, match="counted with the england-and-wales calendar"):
        recount(screened().derivation, packaged("scotland"))
