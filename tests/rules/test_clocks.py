"""Clocks derived from events: when each starts and is met, and which of several."""

from __future__ import annotations

from datetime import date

from regulator.regime.clocks import How, pauses
from tests.rules.small_kind import (
    KIND,
    Told,
    accepted,
    clocks,
    how,
    on,
    one,
    requested,
    shared,
)

LATER = on("2027-01-04")


# Starting and meeting


def test_a_complaint_received_starts_what_is_owed_on_receipt():
    """On receipt the regulator owes an acknowledgment in five working days and a decision to look in twenty."""
    running = clocks(Told()("submit", "2026-03-02"))

    assert [(c.name, c.last_day) for c in running] == [
        ("acknowledge", date(2026, 3, 9)),
        ("screen", date(2026, 3, 30)),
    ]
    assert all(c.is_open and c.owed_by == "regulator" for c in running)


def test_a_clock_met_in_time_is_kept():
    """A promise met on its last day is kept."""
    acknowledge = one(Told()("submit", "2026-03-02")("acknowledge", "2026-03-09"), "acknowledge")

    assert (how(acknowledge), acknowledge.is_late_met, acknowledge.kept(LATER)) == (How.met, False, True)


def test_a_clock_met_late_is_broken():
    """A promise met the day after its last day is met, and late."""
    acknowledge = one(Told()("submit", "2026-03-02")("acknowledge", "2026-03-10"), "acknowledge")

    assert (how(acknowledge), acknowledge.is_late_met, acknowledge.kept(LATER)) == (How.met, True, False)


def test_a_late_record_undoes_a_broken_promise():
    """What was done in time and written down late was done in time."""
    case = Told()("submit", "2026-03-02")
    assert one(case, "acknowledge", "2026-03-10").is_overdue(on("2026-03-10"))

    case("acknowledge", "2026-03-06")

    assert one(case, "acknowledge", "2026-03-10").kept(LATER)


def test_correcting_the_day_of_receipt_moves_every_date_counted_from_it():
    """Clocks are counted again from the corrected day, without being told to."""
    case = Told()("submit", "2026-03-02")("acknowledge", "2026-03-03")
    case("correct_entry", "2026-03-04", data={"entry": 1, "occurred": "2026-02-27"})

    assert one(case, "screen").last_day == date(2026, 3, 27)


def test_reversing_a_decision_lets_the_clock_it_met_run_again():
    """A mistaken acceptance met the promise to decide; taken back, that promise still runs."""
    case = accepted()("reverse", "2026-03-05", to="screening")

    assert [c.name for c in clocks(case) if c.is_open] == ["screen"]


def test_what_was_begun_at_a_stage_that_was_a_mistake_is_left_with_it():
    """A request made after a mistaken acceptance is left when the acceptance is taken back; the rest stays."""
    case = requested()("ask_more_time", "2026-03-06", party=3, data={"clock": "account"})
    case("reverse", "2026-03-09", to="screening")("accept", "2026-03-10")

    ends = {c.name: how(c) for c in clocks(case, "2026-03-10")}
    assert ends == {
        "acknowledge": How.met,
        "screen": How.met,
        "account": How.left,
        "more_time": How.left,
        "progress": None,
    }


def test_taking_back_a_reopening_ends_what_was_begun_in_it():
    """A case that was never rightly reopened stands ended, and nothing of it runs or is paused."""
    case = accepted()("close", "2026-03-06", to="closed")("reopen", "2026-03-09")
    case("request", "2026-03-09", party=3, request=8)("hold", "2026-03-09")(
        "reverse", "2026-03-10", to="closed"
    )

    assert [c.name for c in clocks(case, "2026-03-11") if c.is_open] == []
    assert [p.end for p in pauses(KIND, case.events, on("2026-03-11"))] == [date(2026, 3, 10)]


def test_a_clock_reads_overdue_only_after_the_end_of_its_last_london_day():
    """At the last minute of the last day it is not overdue; at midnight in London it is."""
    acknowledge = one(Told()("submit", "2026-03-24"), "acknowledge")

    assert acknowledge.last_day == date(2026, 3, 31)
    assert not acknowledge.is_overdue(on("2026-03-31T22:59"))
    assert acknowledge.is_overdue(on("2026-03-31T23:00"))


# Several of one clock


def test_each_request_has_its_own_clock():
    """Two requests to a force are two clocks, and an answer to one leaves the other running."""
    case = requested()("request", "2026-03-06", party=3, request=9)(
        "submit_account", "2026-03-09", party=3, request=8
    )

    first, second = (c for c in clocks(case, "2026-03-09") if c.name == "account")
    assert (first.ref, how(first)) == ("account/party=3/request=8", How.met)
    assert (second.ref, how(second)) == ("account/party=3/request=9", None)


def test_a_clock_several_owe_runs_once_for_each_body_and_once_for_the_complainant():
    """Sharing a provisional view gives each force and the complainant a time to comment of their own."""
    comments = [c for c in clocks(shared(), parties=(3, 4)) if c.name == "comments"]

    assert [(c.owed_by, dict(c.keys)) for c in comments] == [
        ("body", {"party": 3}),
        ("body", {"party": 4}),
        ("complainant", {}),
    ]


def test_the_complainants_comment_does_not_answer_for_the_force():
    """Each side’s comment meets its own clock only."""
    case = shared()("comment", "2026-03-12", role="complainant")
    assert [how(c) for c in clocks(case, "2026-03-12") if c.name == "comments"] == [None, How.met]

    case("comment", "2026-03-13", role="contact", party=3)

    assert [how(c) for c in clocks(case, "2026-03-13") if c.name == "comments"] == [How.met, How.met]


def test_what_a_body_still_owes_its_successor_owes():
    """After a merger of forces the running request is owed by the successor, from the same date."""
    case = requested()("change_body", "2026-03-09", party=3, successor=5)

    account = one(case, "account", "2026-03-09")
    assert account.keys["party"] == 5
    assert account.last_day == date(2026, 4, 2)
    assert (
        how(one(case("submit_account", "2026-03-10", party=5, request=8), "account", "2026-03-10")) is How.met
    )


def test_the_same_clock_started_again_begins_anew():
    """A clock that is started while it runs ends, and another begins."""
    case = accepted()("close", "2026-03-06", to="closed")("reopen", "2026-03-09")("late_review", "2026-03-10")

    progress = [c for c in clocks(case, "2026-03-10") if c.name == "progress"]
    assert [how(c) for c in progress] == [How.case_ended, How.ended, None]


# Progress


def test_each_update_is_a_promise_kept_and_a_new_promise():
    """Progress runs within four weeks of the last update, and every promise kept or broken can be counted."""
    case = accepted()("update", "2026-04-01")("update", "2026-05-05")

    progress = [c for c in clocks(case, "2026-05-05") if c.name == "progress"]
    assert [(c.last_day, c.kept(on("2026-05-05"))) for c in progress] == [
        (date(2026, 4, 1), True),
        (date(2026, 4, 29), False),
        (date(2026, 6, 2), None),
    ]


def test_progress_never_pauses():
    """A hold stops other clocks; the complainant still hears every four weeks."""
    case = accepted()("hold", "2026-03-05")

    assert one(case, "progress", "2026-03-20").last_day == date(2026, 4, 1)
    assert one(case, "progress", "2026-03-20").paused_since is None


def test_progress_ends_when_the_outcome_is_told():
    """Telling the outcome ends the promise of updates, neither met nor missed; a later update does not revive it."""
    case = shared()("tell", "2026-03-20")("update", "2026-03-23")

    progress = [c for c in clocks(case, "2026-03-23") if c.name == "progress"]
    assert [(how(c), c.kept(LATER)) for c in progress] == [(How.ended, None)]
