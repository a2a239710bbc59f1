"""How dates, moments and distances of time read."""

from datetime import UTC, date, datetime

import pytest

from regulator import words

TODAY = date(2026, 11, 23)


def test_day():
    """A day reads as day, month and year, with no nought in front."""
    assert words.day(date(2026, 3, 3)) == "3 March 2026"


def test_day_of_a_moment_is_londons():
    """A moment late on a summer evening in UTC belongs to the next London day."""
    assert words.day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 3, 15, 30, tzinfo=UTC), "3 March 2026 at 3:30pm"),
        (datetime(2026, 3, 3, 9, 5, tzinfo=UTC), "3 March 2026 at 9:05am"),
        (datetime(2026, 3, 3, 17, 0, tzinfo=UTC), "3 March 2026 at 5pm"),
        (datetime(2026, 3, 3, 12, 0, tzinfo=UTC), "3 March 2026 at midday"),
        (datetime(2026, 3, 3, 0, 0, tzinfo=UTC), "3 March 2026 at midnight"),
        (datetime(2026, 3, 3, 0, 20, tzinfo=UTC), "3 March 2026 at 12:20am"),
        (datetime(2026, 7, 3, 15, 30, tzinfo=UTC), "3 July 2026 at 4:30pm"),
    ],
)
def test_moment(moment, said):
    """A moment reads in London time, in winter and in summer."""
    assert words.moment(moment) == said


def test_nothing():
    """Where no date is known nothing is said."""
    assert (words.day(None), words.moment(None), words.when(None)) == ("", "", "")


@pytest.mark.parametrize(
    ("on", "said", "tone"),
    [
        (date(2026, 11, 20), "3 days overdue", "late"),
        (date(2026, 11, 22), "1 day overdue", "late"),
        (date(2026, 11, 23), "due today", "soon"),
        (date(2026, 11, 24), "due tomorrow", "soon"),
        (date(2026, 11, 26), "due in 3 days", "soon"),
        (date(2026, 11, 27), "due in 4 days", "none"),
    ],
)
def test_due(on, said, tone):
    """A last day reads as a distance from today, and is near from three days before."""
    assert (words.due_words(on, TODAY), words.due_tone(on, TODAY)) == (said, tone)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 11), "12 days ago"),
        (date(2026, 8, 20), "3 months ago"),
        (date(2025, 11, 20), "1 year ago"),
        (date(2024, 11, 20), "2 years ago"),
        (date(2026, 11, 30), "30 November 2026"),
    ],
)
def test_ago(on, said):
    """A past day reads as how long ago it was; a day to come reads as itself."""
    assert words.ago(on, TODAY) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item 3 has no answer yet", "Item 3 has no answer yet."),
        ("Is it?", "Is it?"),
        ("They said “no.”", "They said “no.”"),
        ("They said “no”", "They said “no”."),
        ("", ""),
    ],
)
def test_sentence(text, said):
    """Words become a sentence with a capital and one stop."""
    assert words.sentence(text) == said
