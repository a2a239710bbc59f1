"""Pauses, extensions and Parliament’s absence move the end, each by its own rule."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from regulator.deadlines.calendar import packaged
from regulator.deadlines.changes import Absence, Away, Extension, Pause
from regulator.deadlines.count import Result, count
from regulator.deadlines.rule import Form, Length, Rule

CALENDAR = packaged("england-and-wales")
APRIL_1 = date(2026, 4, 1)


def counted(
    form: Form, length: str, trigger: date | datetime = APRIL_1, roll: bool | None = None, **more
) -> Result:
    return count(Rule.of(form, Length.parse(length), roll=roll), trigger, CALENDAR, **more)


def april(start: int, end: int | None) -> Pause:
    return Pause(date(2026, 4, start), end and date(2026, 4, end), "waiting for the complainant")


def more(length: str) -> Extension:
    return Extension(Length.parse(length), date(2026, 4, 20), "asked in time", "standard")


@pytest.mark.parametrize(
    ("pauses", "last_day"),
    [
        ([april(10, 10)], date(2026, 4, 30)),
        ([april(10, 14)], date(2026, 5, 4)),
        ([april(10, 14), april(12, 16)], date(2026, 5, 6)),
        ([april(10, 14), april(10, 14)], date(2026, 5, 4)),
        ([april(10, 12), april(13, 14)], date(2026, 5, 4)),
        ([april(29, 29)], date(2026, 4, 30)),
        ([april(29, 30), Pause(date(2026, 5, 1), date(2026, 5, 3), "")], date(2026, 5, 4)),
        ([april(30, 30)], date(2026, 4, 29)),
        ([Pause(date(2026, 3, 1), date(2026, 3, 31), "")], date(2026, 4, 29)),
        ([Pause(date(2026, 3, 1), date(2026, 4, 1), "")], date(2026, 4, 29)),
        ([Pause(date(2026, 3, 1), date(2026, 4, 2), "")], date(2026, 4, 30)),
    ],
)
def test_a_paused_day_does_not_count(pauses, last_day):
    """Each paused day within the period moves its end by one day, once, both ends included; others move nothing."""
    assert counted(Form.B, "28 days", pauses=pauses).last_day == last_day


def test_a_pause_of_working_days():
    """A paused working day is left out of working days; a paused weekend was never among them."""
    assert counted(Form.D, "10 wd").last_day == date(2026, 4, 17)
    assert counted(Form.D, "10 wd", pauses=[april(8, 9)]).last_day == date(2026, 4, 21)
    assert counted(Form.D, "10 wd", pauses=[april(11, 12)]).last_day == date(2026, 4, 17)


def test_a_pause_of_months():
    """A paused day moves the end of a period of months by one day."""
    assert counted(Form.B, "6 months").last_day == date(2026, 10, 1)
    assert counted(Form.B, "6 months", pauses=[april(8, 17)]).last_day == date(2026, 10, 11)


def test_months_paused_early_do_not_outlast_a_later_start():
    """A month paused across February ends no later than one that begins when the pause ends."""
    pause = Pause(date(2026, 1, 30), date(2026, 2, 10), "")

    early = counted(Form.B, "1 month", date(2026, 1, 28), pauses=[pause])
    late = counted(Form.B, "1 month", date(2026, 2, 10), pauses=[pause])

    assert early.last_day == late.last_day == date(2026, 3, 10)
    assert any(
        "later than a period beginning only then" in sentence for sentence in early.derivation.sentences()
    )


def test_original_day_stays_beside_the_new_one():
    """The day that was first given is kept when a pause and an extension move it."""
    result = counted(Form.B, "28 days", pauses=[april(10, 14)], extensions=[more("7 days")])

    assert (result.original_last_day, result.last_day) == (date(2026, 4, 29), date(2026, 5, 11))


def test_an_open_pause_counts_to_the_day_asked():
    """While a pause is open the date is as if it ended on the day asked, and the clock says since when it stands."""
    result = counted(Form.B, "28 days", pauses=[april(10, None)], as_at=date(2026, 4, 14))

    assert result.last_day == date(2026, 5, 4)
    assert result.paused_since == date(2026, 4, 10)


def test_an_open_pause_after_the_end_holds_nothing():
    """A pause opened after the last day neither moves it nor leaves the clock standing."""
    result = counted(Form.B, "28 days", pauses=[april(30, None)], as_at=date(2026, 5, 14))

    assert (result.last_day, result.paused_since) == (date(2026, 4, 29), None)


def test_a_pause_still_to_come_is_not_counted():
    """An open pause that starts after the day asked has not happened yet."""
    result = counted(Form.B, "28 days", pauses=[april(20, None)], as_at=date(2026, 4, 14))

    assert (result.last_day, result.paused_since) == (date(2026, 4, 29), None)


def test_an_open_pause_needs_a_day():
    """Without a day up to which to count it, an open pause cannot be counted."""
    with pytest.raises(ValueError, match="still open: say up to which day"):
        counted(Form.B, "28 days", pauses=[april(10, None)])


def test_a_pause_that_ends_before_it_starts():
    """A pause whose end comes before its start is refused."""
    with pytest.raises(ValueError, match="before it starts on 9 April 2026"):
        april(9, 3)


@pytest.mark.parametrize(
    ("extensions", "last_day"),
    [
        ([more("7 days")], date(2026, 5, 6)),
        ([more("5 wd")], date(2026, 5, 7)),
        ([more("1 month")], date(2026, 5, 29)),
        ([more("1 week"), more("1 month")], date(2026, 6, 6)),
        ([Extension(until=date(2026, 5, 15))], date(2026, 5, 15)),
        ([Extension(until=date(2026, 5, 15)), more("7 days")], date(2026, 5, 22)),
        ([more("7 days"), Extension(until=date(2026, 5, 1))], date(2026, 5, 6)),
    ],
)
def test_an_extension_runs_from_the_end(extensions, last_day):
    """Extensions follow one another from the end, each in its own unit; a date already passed takes nothing away."""
    assert counted(Form.B, "28 days", extensions=extensions).last_day == last_day


def test_the_end_rolls_after_the_extension():
    """An extension runs from the day the period ends, and only what it gives rolls to a working day."""
    first = counted(Form.G, "30 days", date(2026, 7, 2))
    longer = counted(Form.G, "30 days", date(2026, 7, 2), extensions=[more("5 days")])

    assert (first.last_day, longer.last_day) == (date(2026, 8, 3), date(2026, 8, 6))


def test_a_pause_within_an_extension():
    """A day paused within the further time moves its end as well."""
    result = counted(
        Form.B, "28 days", extensions=[more("7 days")], pauses=[Pause(date(2026, 5, 1), date(2026, 5, 2), "")]
    )

    assert result.last_day == date(2026, 5, 8)


def test_no_last_day_is_a_paused_one():
    """Neither a roll nor a date set by an extension ends a period on a day when the clock stands still."""
    pause = Pause(date(2026, 8, 3), date(2026, 8, 4), "")

    assert counted(Form.G, "30 days", date(2026, 7, 2), pauses=[pause]).last_day == date(2026, 8, 5)
    assert counted(
        Form.B, "28 days", extensions=[Extension(until=date(2026, 8, 3))], pauses=[pause]
    ).last_day == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("form", "length", "extension", "sentence"),
    [
        (Form.B, "28 days", more("24 hours"), "cannot be extended by hours"),
        (Form.H, "24 hours", more("1 month"), "extended by hours, days or weeks"),
        (Form.H, "24 hours", Extension(until=APRIL_1), "extended by hours, days or weeks"),
    ],
)
def test_an_extension_of_another_kind(form, length, extension, sentence):
    """Days are not extended by hours, nor the clock by a month or to a day."""
    with pytest.raises(ValueError, match=sentence):
        counted(form, length, datetime(2026, 4, 1, 12, tzinfo=UTC), extensions=[extension])


def test_an_extension_is_one_thing():
    """An extension says how long or until when: not both, and not neither."""
    with pytest.raises(ValueError, match="either a length or a date"):
        Extension()
    with pytest.raises(ValueError, match="either a length or a date"):
        Extension(Length.parse("7 days"), until=APRIL_1)


@pytest.mark.parametrize(
    ("absences", "last_day"),
    [
        ([], date(2026, 5, 10)),
        ([Absence(date(2026, 4, 3), date(2026, 4, 6), Away.RECESS)], date(2026, 5, 10)),
        ([Absence(date(2026, 4, 3), date(2026, 4, 7), Away.RECESS)], date(2026, 5, 15)),
        ([Absence(date(2026, 4, 3), date(2026, 4, 4), Away.PROROGATION)], date(2026, 5, 12)),
        ([Absence(date(2026, 4, 3), date(2026, 4, 6), Away.DISSOLUTION)], date(2026, 5, 14)),
        (
            [
                Absence(date(2026, 4, 3), date(2026, 4, 5), Away.RECESS),
                Absence(date(2026, 4, 6), date(2026, 4, 7), Away.RECESS),
            ],
            date(2026, 5, 15),
        ),
    ],
)
def test_form_i_ignores_parliaments_absence(absences, last_day):
    """Form I leaves out dissolution, prorogation and recess of more than four days, and keeps that as its first date."""
    result = counted(Form.I, "40 days", ignored=absences)

    assert (result.last_day, result.original_last_day) == (last_day, last_day)


def test_only_form_i_ignores_it():
    """No other form ignores Parliament’s absence."""
    with pytest.raises(ValueError, match="only form I does"):
        counted(Form.A, "40 days", ignored=[Absence(APRIL_1, date(2026, 4, 7), Away.RECESS)])
