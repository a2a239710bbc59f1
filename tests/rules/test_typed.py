"""Reading the dates and times that people type."""

from datetime import UTC, date, datetime, time

import pytest

from regulator.fields.typed import UnreadableError, london_moment, read_day, read_time


@pytest.mark.parametrize(
    "boxes", [("3", "3", "2026"), ("03", "03", "2026"), (" 3 ", "March", "2026"), ("3", "mar.", "2026")]
)
def test_a_date(boxes):
    """A month may be a number or a name, and spaces and noughts do not matter."""
    assert read_day(*boxes) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("boxes", "sentence", "wrong"),
    [
        (("", "3", "2026"), "The date must include a day", ("day",)),
        (("3", " ", ""), "The date must include a month and a year", ("month", "year")),
        (("32", "3", "2026"), "Day must be between 1 and 31", ("day",)),
        (("x", "3", "2026"), "Day must be between 1 and 31", ("day",)),
        (("²", "3", "2026"), "Day must be between 1 and 31", ("day",)),
        (("3", "13", "2026"), "Month must be between 1 and 12", ("month",)),
        (("3", "3", "26"), "Year must have four figures, like 2026", ("year",)),
        (("29", "2", "2026"), "February 2026 has only 28 days", ("day",)),
    ],
)
def test_no_date(boxes, sentence, wrong):
    """What is no date is refused with the part that is wrong."""
    with pytest.raises(UnreadableError) as refused:
        read_day(*boxes)

    assert (refused.value.sentence, refused.value.boxes) == (sentence, wrong)


def test_leap_day():
    """The twenty-ninth of February is a date in a leap year."""
    assert read_day("29", "2", "2028") == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("15:30", time(15, 30)),
        ("3:30pm", time(15, 30)),
        ("3.30 PM", time(15, 30)),
        ("3pm", time(15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        ("9:05", time(9, 5)),
    ],
)
def test_a_time(text, at):
    """A time may be of twelve or of twenty-four hours."""
    assert read_time(text) == at


@pytest.mark.parametrize("text", ["15", "25:00", "13pm", "0pm", "3:75", "soon", "15:30pm"])
def test_no_time(text):
    """What is no time, or could be two, is refused."""
    with pytest.raises(UnreadableError, match="Time must be like 15:30 or 3:30pm"):
        read_time(text)


def test_summer_moment():
    """A London time in summer is an hour earlier in UTC."""
    assert london_moment(date(2026, 7, 1), time(17)) == datetime(2026, 7, 1, 16, tzinfo=UTC)


def test_hour_that_is_skipped():
    """An hour that the clocks skip in spring is no time."""
    with pytest.raises(UnreadableError, match="the clocks went forward that night"):
        london_moment(date(2026, 3, 29), time(1, 30))


def test_hour_that_comes_twice():
    """Of the hour that comes twice in autumn the first is meant."""
    assert london_moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
