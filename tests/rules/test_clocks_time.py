"""How long a clock runs: pauses, more time, and time that an entry sets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from regulator.deadlines.rule import Form
from regulator.regime.clocks import How
from tests.rules.small_kind import (
    KIND,
    Told,
    accepted,
    clock,
    clocks,
    how,
    length,
    on,
    one,
    requested,
    shared,
)

LATER = on("2027-01-04")


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
