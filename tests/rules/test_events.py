"""What happened to a case: corrections, reversals, and the two orders."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.regime.events import (
    as_they_occurred,
    doers,
    effective,
    happened,
    last_move,
    read_when,
    stage_after,
    stage_before_last_move,
    visited,
)
from tests.rules.small_kind import Told, accepted, on


def names(events):
    return [event.step for event in events]


def test_a_moment_belongs_to_its_london_day():
    """What occurred half an hour before midnight UTC in summer occurred on the next day in London."""
    event = Told()("submit", "2026-07-01T23:30").events[0]

    assert event.occurred_day == date(2026, 7, 2)


def test_a_corrected_entry_is_told_with_its_new_day_and_answers():
    """A correction changes when an entry occurred and what it answered, and leaves the entry itself as written."""
    case = accepted()("note", "2026-03-05", data={"topic": "a", "kept": 1})
    case(
        "correct_entry",
        "2026-03-06",
        data={"entry": 4, "occurred": "2026-03-04T09:30:00Z", "fields": {"topic": "b"}},
    )

    told = effective(case.events)[3]
    assert (told.occurred, told.is_day, dict(told.data)) == (
        on("2026-03-04T09:30"),
        False,
        {"topic": "b", "kept": 1},
    )
    assert case.events[3].occurred_day == date(2026, 3, 5)


def test_the_later_of_two_corrections_stands():
    """Where an entry was corrected twice, the second correction is the one told."""
    case = accepted()
    case("correct_entry", "2026-03-05", data={"entry": 1, "occurred": "2026-02-27"})
    case("correct_entry", "2026-03-06", data={"entry": 1, "occurred": "2026-02-26"})

    assert effective(case.events)[0].occurred_day == date(2026, 2, 26)


def test_a_correction_can_itself_be_corrected():
    """A mistaken correction is put right by correcting it, and the entry follows."""
    case = accepted()
    case("correct_entry", "2026-03-05", data={"entry": 1, "occurred": "2026-02-27"})
    case("correct_entry", "2026-03-06", data={"entry": 4, "fields": {"occurred": "2026-02-28"}})

    assert effective(case.events)[0].occurred_day == date(2026, 2, 28)


def test_a_reversal_takes_the_last_stage_move_back():
    """After a reversal the case stands where it stood before; the move is not told, and the reversal moves nothing."""
    case = accepted()("note", "2026-03-05")("reverse", "2026-03-06", to="screening")

    assert names(effective(case.events)) == ["submit", "acknowledge", "note", "reverse"]
    assert stage_after(case.events) == "screening"
    assert visited(case.events) == ["received", "screening"]


def test_a_second_reversal_takes_back_the_move_before():
    """Two reversals take back two stage moves, the last first."""
    case = accepted()("reverse", "2026-03-05", to="screening")("reverse", "2026-03-06", to="received")

    assert stage_after(case.events) == "received"
    assert names(effective(case.events)) == ["submit", "reverse", "reverse"]
    assert [event.about("reversed") for event in effective(case.events)] == [(), (3,), (2,)]


def test_the_opening_is_never_taken_back():
    """With nothing but its opening left, a case has no move that could be reversed."""
    case = Told()("submit", "2026-03-02")("reverse", "2026-03-03", to="received")

    assert stage_before_last_move(case.events) is None
    assert stage_after(case.events) == "received"


def test_telling_a_case_twice_changes_nothing():
    """What is told of a case that was already told is the same."""
    case = accepted()("reverse", "2026-03-05", to="screening")("accept", "2026-03-06")
    case("correct_entry", "2026-03-07", data={"entry": 1, "occurred": "2026-02-27"})

    assert effective(effective(case.events)) == effective(case.events)


def test_the_stage_follows_the_order_of_recording():
    """An act recorded late does not change where the case stands; it only comes earlier in the order of events."""
    case = accepted()("note", "2026-03-02T12:00")

    assert stage_after(case.events) == "looking"
    assert names(as_they_occurred(case.events)) == ["submit", "note", "acknowledge", "accept"]


def test_a_day_without_a_time_follows_what_was_recorded_of_it_before():
    """A complaint received at ten and acknowledged “that day” was acknowledged after it was received."""
    case = Told()("submit", "2026-03-02T10:00")("acknowledge", "2026-03-02")("accept", "2026-03-02T09:00")

    assert names(as_they_occurred(case.events)) == ["accept", "submit", "acknowledge"]


def test_the_last_move_is_the_one_that_still_stands():
    """The move a reversal would take back is the last that was not taken back already."""
    case = accepted()("reverse", "2026-03-05", to="screening")

    assert last_move(case.events).step == "acknowledge"
    assert stage_before_last_move(case.events) == "received"
    assert last_move([]) is None
    assert stage_after([]) is None


def test_whether_a_step_happened_can_be_asked_from_an_entry_on():
    """A step taken before the entry asked about, or taken back, did not happen."""
    case = accepted()

    assert happened(case.events, "acknowledge")
    assert not happened(case.events, "acknowledge", since=2)
    assert not happened(case("reverse", "2026-03-05", to="screening").events, "accept")


def test_whoever_did_a_step_that_was_taken_back_still_did_it():
    """Who did what is remembered over the whole life of the case, reversals or not."""
    case = accepted()("reverse", "2026-03-05", by=9, to="screening")

    assert doers(case.events, ["accept", "submit"]) == {2}


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "2026-03-02T10:00:00"])
def test_a_correction_to_no_day_or_moment_is_refused(text):
    """A day that does not exist, and a moment that does not say its zone, are refused."""
    with pytest.raises(ValueError, match=r"."):
        read_when(text)
