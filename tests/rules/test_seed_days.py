"""Days of the seed story: relative to the day it is told, on weekdays, one thing after the other."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from regulator.moments import LONDON
from regulator.seed.days import Days

MONDAY = date(2026, 11, 23)


def london(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=LONDON)


def test_order():
    """What happens on one day happens one after the other."""
    days = Days(MONDAY)

    assert days.when("4 days ago") == london(2026, 11, 19, 9, 10)
    assert days.when("4 days ago") == london(2026, 11, 19, 9, 45)
    assert days.when("3 days ago") == london(2026, 11, 20, 9, 10)


@pytest.mark.parametrize("text", ["1 day ago", "2 days ago", "3 days ago"])
def test_weekend(text):
    """Nobody works at the weekend: what falls on one was done on the Friday before it."""
    assert Days(MONDAY).when(text) == london(2026, 11, 20, 9, 10)


def test_answers():
    """A day in an answer is that very day, whether it has been or is to come."""
    days = Days(MONDAY)

    assert days.day("2 days ago") == date(2026, 11, 21)
    assert days.day("in 40 days") == date(2027, 1, 2)


@pytest.mark.parametrize("text", ["0 days ago", "in 3 days", "2026-11-20", "yesterday", ""])
def test_no_step(text):
    """A step is never today or later, for it might then be still to come."""
    with pytest.raises(ValueError, match="is not a day like"):
        Days(MONDAY).when(text)
