"""How clocks end: left behind, with the case, or by time alone."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.regime.clocks import How
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


def test_a_step_that_leaves_a_clock_behind_says_so():
    """Returning to the investigation ends the time for comments as left, and a later view starts it afresh."""
    case = shared()("return_to_looking", "2026-03-16")
    assert {how(c) for c in clocks(case, "2026-03-16") if c.name == "comments"} == {How.left}

    case("share", "2026-03-20")

    assert one(case, "comments", "2026-03-20").last_day == date(2026, 4, 17)


def test_the_end_of_a_case_stops_every_clock_but_those_that_outlive_it():
    """At an end nothing runs but the time to ask for a review."""
    case = Told()("submit", "2026-03-02")("acknowledge", "2026-03-03")
    case("propose_decline", "2026-03-04")("ask", "2026-03-04")("decline", "2026-03-05")(
        "reopen", "2026-03-06"
    )
    case("request", "2026-03-06", party=3, request=8)("close", "2026-03-09", to="closed")

    ends = {c.name: how(c) for c in clocks(case, "2026-03-09")}
    assert ends == {
        "acknowledge": How.met,
        "screen": How.met,
        "review_window": How.left,
        "account": How.case_ended,
        "progress": How.case_ended,
    }


def test_time_that_runs_out_with_a_consequence_expires():
    """The time for comments runs out: it is neither overdue nor a promise broken."""
    expired = one(shared(), "comments", "2026-04-08")

    assert (expired.ended.how, expired.ended.when) == (How.expired, on("2026-04-07T23:00"))
    assert (expired.is_overdue(LATER), expired.kept(LATER)) == (False, None)


def test_a_late_comment_is_met_late():
    """A comment that arrives after its time is on the case, and late."""
    case = shared()("comment", "2026-04-08", role="complainant")

    assert one(case, "comments", "2026-04-08").is_late_met


def test_what_had_run_out_when_it_was_left_had_run_out():
    """The time for a review that passed before the case was reopened reads as run out, not as left."""
    case = shared()("tell", "2026-03-20")("close", "2026-04-20")("reopen", "2026-04-22")

    assert how(one(case, "review_window", "2026-04-22")) is How.expired


def test_a_broken_promise_stays_broken_when_the_case_ends():
    """Closing a case does not keep a promise that was already broken."""
    case = accepted()("hold", "2026-03-05")("close", "2026-04-20", to="closed")

    assert (how(one(case, "progress", "2026-04-20")), one(case, "progress", "2026-04-20").kept(LATER)) == (
        How.case_ended,
        False,
    )


def test_time_at_the_wrong_body_is_left_out():
    """Three weeks for which a request for review lay with the wrong body do not count against it."""
    case = shared()("tell", "2026-03-20")
    case("late_review", "2026-05-01", data={"misdirected_from": "2026-04-01", "misdirected_to": "2026-04-21"})

    window = one(case, "review_window", "2026-05-01")
    assert (window.result.original_last_day, window.last_day) == (date(2026, 4, 17), date(2026, 5, 8))
    assert not window.is_late_met


def test_a_date_its_calendar_does_not_cover_is_refused():
    """Counting never guesses the holidays of a year nobody entered."""
    with pytest.raises(ValueError, match="covers"):
        clocks(Told()("submit", "1999-03-02"))


def test_a_clock_explains_its_date():
    """Every clock carries the derivation of its date, with the rule it was counted by."""
    account = one(requested(), "account")

    assert account.result.derivation.rule == KIND.clocks["account"].rule
