"""Clocks derived from events: when each starts, is met, stands still, is given more time, and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from regulator.deadlines.rule import Form
from regulator.regime.clocks import How, derive, pauses
from tests.rules.small_kind import KIND, Told, accepted, clock, england, length, on

LATER = on("2027-01-04")


def clocks(case, at="2026-03-04", kind=KIND, parties=(3,)):
    return derive(kind, case.events, calendar_for=england, as_at=on(at), parties=parties)


def one(case, name, at="2026-03-04", **more):
    """The last one started of that name."""
    return [running for running in clocks(case, at, **more) if running.name == name][-1]


def how(running):
    return running.ended.how if running.ended else None


def requested(when="2026-03-05"):
    return accepted()("request", when, by=2, party=3, request=8)


def shared(when="2026-03-10"):
    return accepted()("share", when, by=2)


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


# Pauses


def test_days_of_a_pause_are_left_out_both_ends_included():
    """A question of Thursday answered on Monday leaves three working days out."""
    case = Told()("submit", "2026-03-02")("acknowledge", "2026-03-03")
    case("ask", "2026-03-05", by=2)("answer", "2026-03-09")

    screen = one(case, "screen", "2026-03-10")
    assert (screen.result.original_last_day, screen.last_day) == (date(2026, 3, 30), date(2026, 4, 2))
    assert screen.paused_since is None


def test_a_paused_clock_is_not_overdue():
    """While a question is open the clock stands still, however long ago its last day was."""
    case = Told()("submit", "2026-03-02")("acknowledge", "2026-03-03")("ask", "2026-03-23")

    screen = one(case, "screen", "2026-04-08")
    assert screen.paused_since == date(2026, 3, 23)
    assert not screen.is_overdue(on("2026-04-08"))


def test_what_was_in_time_is_counted_without_what_came_later():
    """A hold that began after a promise was met does not move the date it was due."""
    case = accepted()("hold", "2026-03-05")

    assert one(case, "screen", "2026-05-05").last_day == date(2026, 3, 30)


# More time


def test_more_time_keeps_the_original_date_beside_the_new_one():
    """An extension moves the date; the original date stays beside it."""
    case = requested()("ask_more_time", "2026-03-30", party=3, data={"clock": "account"})
    case("decide_more_time", "2026-03-31", data={"clock": "account", "granted": True, "length": "14 days"})

    account = one(case, "account", "2026-03-31")
    assert (account.result.original_last_day, account.last_day) == (date(2026, 4, 2), date(2026, 4, 16))


def test_an_extension_may_name_the_day_it_runs_until():
    """More time may be given until a day."""
    case = requested()("decide_more_time", "2026-03-31", data={"granted": "yes", "until": "2026-04-20"})

    assert one(case, "account", "2026-03-31").last_day == date(2026, 4, 20)


@pytest.mark.parametrize("more", [{"length": "60 days"}, {"until": "2026-12-01"}, {"length": "3 months"}])
def test_no_extension_gives_more_than_the_rule_allows(more):
    """An extension beyond the most allowed counts as the most allowed."""
    case = requested()("decide_more_time", "2026-03-31", data={"clock": "account", "granted": True, **more})

    assert one(case, "account", "2026-03-31").last_day == date(2026, 4, 30)


def test_one_extension_means_one():
    """Where the rule allows one extension, a second does not count."""
    case = requested()
    for _ in range(2):
        case("decide_more_time", "2026-03-31", data={"clock": "account", "granted": True, "length": "7 days"})

    assert one(case, "account", "2026-03-31").last_day == date(2026, 4, 9)


def test_a_refusal_gives_nothing():
    """More time refused leaves the date as it was."""
    case = requested()("ask_more_time", "2026-03-23", party=3, data={"clock": "account"})
    case("decide_more_time", "2026-03-24", data={"clock": "account", "granted": False, "length": "7 days"})

    account = one(case, "account", "2026-03-24")
    assert (account.last_day, account.pending) == (date(2026, 4, 2), None)


def test_a_request_made_in_time_holds_the_date_until_decided():
    """Until somebody decides, nobody is late; refused, the day of the decision is still in time."""
    case = requested()("ask_more_time", "2026-04-02", party=3, data={"clock": "account/party=3/request=8"})
    held = one(case, "account", "2026-04-08")
    assert (held.pending, held.is_overdue(on("2026-04-08"))) == (5, False)

    case("decide_more_time", "2026-04-09", data={"clock": "account/party=3/request=8", "granted": False})

    account = one(case, "account", "2026-04-09")
    assert account.last_day == date(2026, 4, 9)
    assert not account.is_overdue(on("2026-04-09"))
    assert account.is_overdue(on("2026-04-10"))


def test_a_request_made_too_late_holds_nothing():
    """Asking after the last day does not stop it being late."""
    case = requested()("ask_more_time", "2026-04-03", party=3, data={"clock": "account"})

    assert one(case, "account", "2026-04-04").is_overdue(on("2026-04-04"))


def test_a_decision_reaches_the_clock_that_was_asked_about():
    """More time for the complainant’s comments gives the force none."""
    case = shared()("ask_more_time", "2026-04-01", role="complainant", data={"clock": "comments"})
    case("decide_more_time", "2026-04-02", data={"clock": "comments", "granted": True, "length": "7 days"})

    force, complainant = (c for c in clocks(case, "2026-04-02") if c.name == "comments")
    assert (force.last_day, complainant.last_day) == (date(2026, 4, 7), date(2026, 4, 14))


def test_a_force_that_asks_for_its_comments_asks_for_its_own():
    """A force that names the clock without saying whose means its own, and not the complainant’s."""
    case = shared()("ask_more_time", "2026-04-01", party=3, data={"clock": "comments"})

    force, complainant = (c for c in clocks(case, "2026-04-02") if c.name == "comments")
    assert (force.pending, complainant.pending) == (5, None)


def test_two_requests_for_more_time_are_decided_each_on_its_own():
    """The promise to decide a request for more time runs for each clock it was asked for."""
    case = shared()("request", "2026-03-11", party=3, request=8)
    case("ask_more_time", "2026-03-12", party=3, data={"clock": "account"})
    case("ask_more_time", "2026-03-12", role="complainant", data={"clock": "comments"})
    case("decide_more_time", "2026-03-13", data={"clock": "comments", "granted": False})

    assert [(c.keys["clock"], how(c)) for c in clocks(case, "2026-03-13") if c.name == "more_time"] == [
        ("account", None),
        ("comments", How.met),
    ]


# Lengths and days set by the entry that starts it


def kind_with_set_length(form, text, **more):
    rule = length(form, text, **more)
    notice = clock("notice", "body", "request", "submit_account", rule, length_in="allowed")
    return replace(KIND, clocks={**KIND.clocks, "notice": notice})


@pytest.mark.parametrize(
    ("form", "allowed", "last"),
    [
        (Form.B, None, date(2026, 4, 2)),
        (Form.B, "14 days", date(2026, 3, 19)),
        (Form.B, "2026-03-21", date(2026, 3, 21)),
        (Form.A_GIVEN, "2026-03-21", date(2026, 3, 21)),
        (Form.B, "2026-03-05", date(2026, 3, 5)),
    ],
)
def test_an_entry_may_set_the_length_or_the_last_day(form, allowed, last):
    """A notice may set its own time, as a length or as the day itself, and a day set is not rolled."""
    case = accepted()("request", "2026-03-05", party=3, data={"allowed": allowed})

    notice = one(case, "notice", kind=kind_with_set_length(form, "28 days"), at="2026-03-05")
    assert notice.last_day == last


def test_a_last_day_before_the_clock_began_is_refused():
    """No notice can be due before it was given."""
    case = accepted()("request", "2026-03-05", party=3, data={"allowed": "2026-03-01"})

    with pytest.raises(ValueError, match="length must be"):
        clocks(case, kind=kind_with_set_length(Form.B, "28 days"))


def test_a_clock_in_hours_counted_from_a_day_alone_runs_from_its_end():
    """Where only the day is known, twenty-four hours run from the end of that day."""
    case = accepted()("request", "2026-03-05", party=3)

    notice = one(case, "notice", kind=kind_with_set_length(Form.H, "24 hours"), at="2026-03-05")
    assert notice.result.last_moment == on("2026-03-07T00:00")


# Ends


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
