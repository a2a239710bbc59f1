"""Times of day are London’s, and stay right on the days the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from regulator.deadlines.calendar import packaged
from regulator.deadlines.changes import Extension, Pause
from regulator.deadlines.count import count
from regulator.deadlines.london import at_time, from_london, spoken_moment
from regulator.deadlines.rule import Form, Length, Rule

CALENDAR = packaged("england-and-wales")


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def by_clock(length: str, trigger: datetime, **more):
    return count(Rule.of(Form.H, Length.parse(length)), trigger, CALENDAR, **more)


@pytest.mark.parametrize(
    ("trigger", "moment"),
    [
        (date(2026, 2, 27), utc(3, 27, 17)),
        (date(2026, 3, 2), utc(3, 30, 16)),
        (date(2026, 9, 25), utc(10, 23, 16)),
        (date(2026, 9, 28), utc(10, 26, 17)),
    ],
)
def test_cutoff_is_london_time(trigger, moment):
    """Five o’clock is 17:00 UTC before the clocks go forward and after they go back, and 16:00 between."""
    result = count(Rule.of(Form.C, Length.parse("28 days")), trigger, CALENDAR)

    assert result.last_moment == moment


def test_cutoff_in_the_hour_that_comes_twice():
    """A cut-off at half past one on the night the clocks go back is the second half past one."""
    assert at_time(date(2026, 10, 25), time(1, 30)) == utc(10, 25, 1, 30)


def test_on_the_stroke_is_in_time():
    """What arrives on the stroke of the cut-off is in time, and a second later is late."""
    result = count(Rule.of(Form.C, Length.parse("28 days")), date(2026, 3, 2), CALENDAR)

    assert not result.is_late(utc(3, 30, 16))
    assert result.is_late(utc(3, 30, 16) + timedelta(seconds=1))
    assert result.late_from == utc(3, 30, 16)


@pytest.mark.parametrize(
    ("trigger", "midnight"), [(date(2026, 3, 1), utc(3, 29, 23)), (date(2026, 9, 27), utc(10, 26, 0))]
)
def test_the_whole_last_day_is_in_time(trigger, midnight):
    """Without a cut-off it is late from the London midnight that ends the last day, even when the clocks change on it."""
    result = count(Rule.of(Form.B, Length.parse("28 days")), trigger, CALENDAR)

    assert (result.last_moment, result.late_from) == (None, midnight)
    assert not result.is_late(midnight - timedelta(microseconds=1))
    assert result.is_late(midnight)


@pytest.mark.parametrize(
    ("length", "trigger", "end", "day"),
    [
        ("24 hours", utc(3, 28, 12), utc(3, 29, 12), date(2026, 3, 29)),
        ("24 hours", utc(10, 24, 11), utc(10, 25, 11), date(2026, 10, 25)),
        ("7 days", utc(3, 26, 12), utc(4, 2, 12), date(2026, 4, 2)),
        ("1 week", utc(10, 22, 23, 30), utc(10, 29, 23, 30), date(2026, 10, 29)),
        ("24 hours", utc(6, 1, 23, 30), utc(6, 2, 23, 30), date(2026, 6, 3)),
    ],
)
def test_the_clock_counts_elapsed_hours(length, trigger, end, day):
    """Form H counts elapsed time, a day being 24 hours, whatever the clocks on the wall do."""
    result = by_clock(length, trigger)

    assert (result.last_moment, result.late_from, result.last_day) == (end, end, day)


@pytest.mark.parametrize(
    ("pause", "end"),
    [
        (Pause(date(2026, 6, 2), date(2026, 6, 2), ""), utc(6, 3, 12)),
        (Pause(date(2026, 6, 1), date(2026, 6, 2), ""), utc(6, 3, 23)),
        (Pause(date(2026, 6, 3), date(2026, 6, 4), ""), utc(6, 2, 12)),
        (Pause(date(2026, 5, 1), date(2026, 5, 31), ""), utc(6, 2, 12)),
    ],
)
def test_no_hour_runs_on_a_paused_day(pause, end):
    """While the clock is paused no hour of that London day runs."""
    assert by_clock("24 hours", utc(6, 1, 12), pauses=[pause]).last_moment == end


def test_a_paused_day_of_25_hours():
    """A paused day on which the clocks go back leaves out all its 25 hours."""
    pause = Pause(date(2026, 10, 25), date(2026, 10, 25), "")

    assert by_clock("24 hours", utc(10, 24, 11), pauses=[pause]).last_moment == utc(10, 26, 12)


def test_hours_extend_hours():
    """A period by the clock is extended by the clock."""
    extension = Extension(Length.parse("12 hours"))

    assert by_clock("24 hours", utc(6, 1, 12), extensions=[extension]).last_moment == utc(6, 3, 0)


def test_the_clock_needs_a_moment():
    """Form H cannot start from a day alone."""
    with pytest.raises(ValueError, match="give the time of day it started"):
        count(Rule.of(Form.H, Length.parse("24 hours")), date(2026, 6, 1), CALENDAR)


def test_a_time_that_never_came():
    """A London time that the clocks jumped over is refused."""
    with pytest.raises(ValueError, match="01:30 never came on 29 March 2026"):
        from_london(datetime(2026, 3, 29, 1, 30))  # noqa: DTZ001


def test_a_time_that_came_twice():
    """A London time that came twice is read as the first of the two."""
    assert from_london(datetime(2026, 10, 25, 1, 30)) == utc(10, 25, 0, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(3, 30, 16), "5pm on 30 March 2026"),
        (utc(1, 2, 12), "midday on 2 January 2026"),
        (utc(1, 2, 0), "midnight on 2 January 2026"),
        (utc(1, 2, 0, 5), "12:05am on 2 January 2026"),
        (utc(1, 2, 9, 30) + timedelta(seconds=7), "9:30:07am on 2 January 2026"),
    ],
)
def test_moments_are_told_in_london_words(moment, words):
    """A moment is told as London clocks show it, in plain words."""
    assert spoken_moment(moment) == words
