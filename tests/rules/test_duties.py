"""What the clocks ask for next: of the system, of the regulator, of everybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from regulator.deadlines.rule import Form
from regulator.regime.clocks import derive, due_for_system, next_actions
from tests.rules.small_kind import KIND, Told, accepted, clock, england, length, on


def running(case, at):
    return derive(KIND, case.events, calendar_for=england, as_at=on(at), parties=(3,))


def turns(case, at, grace_days=1):
    stage = case.events[-1].to_stage
    return [
        (step, c.name) for step, c in due_for_system(KIND, running(case, at), on(at), grace_days, stage=stage)
    ]


def actions(case, at):
    return next_actions(KIND, running(case, at), case.events[-1].to_stage, on(at))


def told(when="2026-03-20"):
    return accepted()("share", "2026-03-10", by=2)("tell", when, by=5)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-03-08T23:59", []),
        ("2026-03-09T00:00", [("acknowledge", "acknowledge")]),
        ("2026-03-20T12:00", [("acknowledge", "acknowledge")]),
    ],
)
def test_the_system_acknowledges_from_the_start_of_the_last_day(at, due):
    """When nobody has acknowledged a complaint by its last day, the system does on that day, or as soon as it can."""
    assert turns(Told()("submit", "2026-03-02"), at) == due


@pytest.mark.parametrize(
    ("at", "grace_days", "due"),
    [
        ("2026-04-18T22:59", 1, []),
        ("2026-04-18T23:00", 1, [("close", "review_window")]),
        ("2026-04-18T12:00", 0, [("close", "review_window")]),
        ("2026-04-20T12:00", 3, []),
    ],
)
def test_the_system_closes_only_after_a_day_of_grace(at, grace_days, due):
    """A case whose time for review ended on 17 April is closed on the 19th, so that the post of the 17th is read."""
    assert turns(told(), at, grace_days) == due


def test_the_system_takes_no_step_that_the_stage_does_not_allow():
    """At an end the time for review runs out and nothing is left to close."""
    assert turns(told()("close", "2026-04-18"), "2026-05-01") == []


def test_an_earlier_window_that_ran_out_does_not_close_the_case_now():
    """Declined, reopened and decided, a case waits for the second time for review and not for the first."""
    case = Told()("submit", "2026-03-02")("acknowledge", "2026-03-02")("propose_decline", "2026-03-03")
    case("decline", "2026-03-04")("reopen", "2026-06-01")("share", "2026-06-02")("tell", "2026-06-03")

    assert turns(case, "2026-06-10") == []
    assert turns(case, "2026-07-03") == [("close", "review_window")]


def test_the_longest_waiting_comes_first():
    """What the system should have done first is what it does first."""
    slow = replace(KIND.clocks["acknowledge"], name="slow")
    soon = clock("soon", "regulator", "submit", "accept", length(Form.D, "2 wd"), passes="acknowledge")
    kind = replace(KIND, clocks={"slow": slow, "soon": soon})
    case = Told()("submit", "2026-03-02")

    derived = derive(kind, case.events, calendar_for=england, as_at=on("2026-03-20"))
    due = due_for_system(kind, derived, on("2026-03-20"), stage="received")
    assert [c.name for _, c in due] == ["soon", "slow"]


def test_what_is_due_next_is_told_with_its_steps_its_people_and_its_day():
    """On receipt an acknowledgment is due from an intake officer by its last day."""
    first, *_ = actions(Told()("submit", "2026-03-02"), "2026-03-02")

    assert (first.steps, first.roles) == (("acknowledge",), ("intake_officer",))
    assert (first.waits_for, first.due, first.is_overdue) == ("regulator", date(2026, 3, 9), False)


def test_each_side_is_told_only_its_own_people():
    """A comment awaited from the force is for its contact to make, and one from the complainant for the complainant."""
    awaited = [a for a in actions(accepted()("share", "2026-03-10"), "2026-03-11") if a.steps == ("comment",)]

    assert [(a.waits_for, a.roles) for a in awaited] == [
        ("body", ("contact",)),
        ("complainant", ("complainant",)),
    ]


def test_the_soonest_is_first_and_what_is_late_says_so():
    """Actions come in the order of their days, and one that is late is marked."""
    case = accepted()("request", "2026-03-05", party=3, request=8)

    assert [(a.clock and a.clock.name, a.is_overdue) for a in actions(case, "2026-04-02")] == [
        ("progress", True),
        ("account", False),
        (None, False),
    ]


def test_where_no_clock_moves_the_case_on_its_stage_says_whose_turn_it_is():
    """While an account is awaited the caseworker can still move the case on, and the case says so."""
    *_, last = actions(accepted(), "2026-03-05")

    assert (last.roles, last.steps, last.due) == (("caseworker",), ("share",), None)


def test_no_open_case_is_without_a_next_action_and_no_ended_one_has_one():
    """An open case always waits for somebody; an ended one waits only for a review."""
    case = told()
    assert actions(case, "2026-06-01")

    case("close", "2026-06-01")

    assert actions(case, "2026-06-01") == []
