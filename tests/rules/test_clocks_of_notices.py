"""How the clocks of notices are counted: from service, step by step, with suspensions and the tribunal’s calendar."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.regime.clocks import How, due_for_system, next_actions, pauses
from tests.rules.small_kind import on
from tests.rules.told import Case

SERVED = {"sent_on": "2024-02-19", "deemed_on": "2024-02-21", "haste": "ordinary"}
"""Sent on 19 February 2024: the tribunal must have an appeal by 5pm on 18 March."""


def intent(**data: str) -> Case:
    """Notice of intent given on 2 January 2024 at 10 in the morning."""
    case = Case("enforcement")("propose", "2023-12-01")("legal_review", "2023-12-04")
    return case("give_notice_of_intent", "2024-01-02T10:00", data=data)


def decided() -> Case:
    """Representations were made and considered, and it was decided and sent back once."""
    case = intent()("make_representations", "2024-01-20", role="approving_officer", party=3)
    return case("consider_representations", "2024-01-25")("decide", "2024-02-01")


def served(done_by: dict[str, str], **changed: str) -> Case:
    """A notice served with these days for its steps."""
    case = decided()("clear_final", "2024-02-05")("sign", "2024-02-06")
    data = {**SERVED, "done_by": done_by, **changed}
    keys = {"party": 3, "notice_step": [int(step) for step in done_by], "act": [12] if done_by else []}
    return case("record_service", "2024-02-21", data=data, **keys)


@pytest.mark.parametrize(
    ("within", "last"), [({}, "2024-01-29"), ({"answer_within": "35 days"}, "2024-02-05")]
)
def test_the_time_for_representations_is_set_by_the_notice(within, last):
    """The body has 28 days beginning when notice is given, or as many as the notice says."""
    assert intent(**within).due("2024-01-03", "representations") == {"representations/party=3": last}


def test_when_the_time_for_representations_is_over_the_system_goes_on():
    """After a day of grace the system goes on without representations."""
    case = intent()
    due = [
        due_for_system(case.kind, case.clocks(at, "representations"), on(at), stage="intent_given")
        for at in ("2024-01-30T12:00", "2024-01-31T12:00")
    ]

    assert [[step for step, _ in turns] for turns in due] == [[], ["pass_representations"]]


def test_sending_a_decision_back_lets_the_time_to_decide_run_on():
    """Six months after notice of intent is the last day to decide, and a decision sent back does not renew it."""
    case = decided()
    assert case.one("2024-02-02", "decide_after_intent").ended.how is How.met

    case("send_back", "2024-02-02")

    again = case.one("2024-02-02", "decide_after_intent")
    assert (again.is_open, again.last_day) == (True, date(2024, 7, 1))


def test_when_the_time_to_decide_is_over_only_going_no_further_is_asked_for():
    """Past six months the commissioner is asked to go no further, and to decide no more."""
    case = decided()("send_back", "2024-02-02")
    asked = [
        next_actions(case.kind, case.clocks(at, "decide_after_intent"), "deciding", on(at))[0].steps
        for at in ("2024-07-01", "2024-07-02")
    ]

    assert asked == [("decide", "decide_nothing"), ("decide_nothing",)]


def test_more_time_to_decide_can_be_agreed():
    """More time to decide, agreed with the body, moves the day although nobody asked for it first."""
    case = intent()
    case(
        "decide_more_time",
        "2024-01-10",
        data={"clock": "decide_after_intent", "granted": True, "length": "1 month"},
    )

    assert case.one("2024-01-10", "decide_after_intent").last_day == date(2024, 8, 1)


def test_the_time_to_appeal_is_counted_from_the_day_it_was_sent():
    """What was sent on 19 February 2024 can be appealed until 5pm on 18 March, whenever it counts as served."""
    appeal = served({"5": "2024-05-01"}).one("2024-02-21", "appeal")

    assert (appeal.last_day, appeal.late_from) == (date(2024, 3, 18), on("2024-03-18T17:00"))


def test_a_warning_starts_neither_steps_nor_an_appeal():
    """A warning or a reprimand has no steps and no appeal, so nothing is due under it."""
    case = served({})

    assert case.due("2024-02-21", "compliance") == case.due("2024-02-21", "appeal") == {}


def test_each_step_has_the_day_that_the_notice_sets():
    """Each step of a notice is due on its own day, and the right to appeal on its own."""
    assert served({"5": "2024-05-01", "6": "2024-08-30"}).due("2024-02-21", "compliance") == {
        "compliance/notice_step=5/party=3": "2024-05-01",
        "compliance/notice_step=6/party=3": "2024-08-30",
    }


@pytest.mark.parametrize("day", ["2024-03-01", "2024-02-20"])
def test_no_step_binds_before_the_time_to_appeal_is_over(day):
    """A day set before the time to appeal is over, or before service, means the end of that time."""
    step = served({"5": day}).one("2024-02-21", "compliance")

    assert step.late_from == on("2024-03-18T17:00")


@pytest.mark.parametrize(
    ("haste", "late"), [("urgent", "2024-02-22T15:30"), ("urgent_audit", "2024-02-28T15:30")]
)
def test_what_is_urgent_may_bind_sooner_but_not_at_once(haste, late):
    """An urgent step binds no sooner than 24 hours after service, one of an audit notice no sooner than seven days."""
    case = served({"5": "2024-02-21"}, haste=haste, deemed_on="2024-02-21T15:30:00+00:00")

    assert case.one("2024-02-21", "compliance").late_from == on(late)


def test_an_urgent_step_may_be_set_in_hours():
    """A step to be done within 36 hours is counted by the clock from service."""
    case = served({"5": "36 hours"}, haste="urgent", deemed_on="2024-02-21T15:30:00+00:00")

    assert case.one("2024-02-21", "compliance").late_from == on("2024-02-23T03:30")


def test_service_that_is_corrected_is_counted_again():
    """Shown to have been sent three days later, a notice can be appealed three days longer."""
    case = served({"5": "2024-03-01"})
    record = case.events[-1].seq
    case("correct_service", "2024-03-05", data={"fields": {"sent_on": "2024-02-22"}}, corrects=record)

    assert case.one("2024-03-05", "appeal").last_day == date(2024, 3, 21)
    assert case.one("2024-03-05", "compliance").last_day == date(2024, 3, 21)


def test_a_suspension_stops_the_steps_it_names_and_no_other():
    """A suspension of ten days moves the day of the step it names by ten days; the other keeps its own."""
    case = served({"5": "2024-05-01", "6": "2024-05-01"})
    case("record_suspension", "2024-04-01", notice_step=[5])("end_suspension", "2024-04-10", notice_step=[5])

    assert case.due("2024-04-10", "compliance") == {
        "compliance/notice_step=5/party=3": "2024-05-11",
        "compliance/notice_step=6/party=3": "2024-05-01",
    }


def test_a_suspension_of_two_steps_may_end_for_one():
    """Ended for one of the two steps it names, a suspension goes on for the other."""
    case = served({"5": "2024-05-01", "6": "2024-05-01"})
    case("record_suspension", "2024-04-01", notice_step=[5, 6])("end_suspension", "2024-04-10", notice_step=6)

    still = [p.keys["notice_step"] for p in pauses(case.kind, case.events, on("2024-04-12")) if p.end is None]
    paused = {c.keys["notice_step"]: c.paused_since for c in case.clocks("2024-04-12", "compliance")}
    assert still == [5]
    assert paused == {5: date(2024, 4, 1), 6: None}


def test_what_an_appeal_allowed_has_no_effect_meanwhile():
    """An appeal that was allowed stops the days of the steps; one that confirmed the notice stops nothing."""
    case = served({"5": "2024-05-01"})("record_appeal", "2024-03-10", act=12)
    case("record_appeal_outcome", "2024-04-01", data={"appeal_outcome": "confirmed"}, act=12, notice_step=[5])
    assert case.one("2024-04-02", "compliance").paused_since is None

    case("record_appeal_outcome", "2024-04-20", data={"appeal_outcome": "allowed"}, act=12, notice_step=[5])

    assert case.one("2024-04-22", "compliance").paused_since == date(2024, 4, 20)


def test_a_step_is_met_on_the_day_it_was_done_as_certified():
    """A step certified after its day as done before it was done in time; its day is not that of the certificate."""
    case = served({"5": "2024-05-01"})
    case("certify_step", "2024-05-20", data={"certified_as": "done", "done_on": "2024-04-30"}, notice_step=5)

    done = case.one("2024-05-20", "compliance")
    assert (done.ended.how, done.is_late_met, done.ended.when) == (How.met, False, on("2024-04-30"))


def test_a_step_done_late_is_met_late():
    """A step certified as done after its day was done late."""
    case = served({"5": "2024-05-01"})
    case("certify_step", "2024-05-20", data={"certified_as": "done", "done_on": "2024-05-03"}, notice_step=5)

    assert case.one("2024-05-20", "compliance").is_late_met


def test_a_step_no_longer_needed_is_neither_done_nor_late():
    """A step certified as no longer needed ends without having been met or missed."""
    case = served({"5": "2024-05-01"})
    case("certify_step", "2024-04-20", data={"certified_as": "not_needed"}, notice_step=5)

    assert case.one("2024-04-20", "compliance").ended.how is How.ended


def test_a_step_that_is_overdue_stays_owed_and_a_breach_may_be_recorded():
    """Past its day a step is overdue: the body still owes it, and a breach is asked for until it is recorded."""
    case = served({"5": "2024-05-01"})

    def asked(at: str) -> set[tuple[str, tuple[str, ...]]]:
        actions = next_actions(case.kind, case.clocks(at, "compliance"), "in_force", on(at))
        return {(a.waits_for, a.steps) for a in actions if a.clock}

    owed = ("body", ("report_step_done", "apply_for_certificate", "supply_information"))
    assert asked("2024-05-01") == {owed}
    assert asked("2024-05-02") == {owed, ("regulator", ("record_breach",))}
    case("record_breach", "2024-05-03", notice_step=5)
    assert asked("2024-05-03") == {owed}


def test_a_variation_gives_a_step_a_new_day_and_a_new_right_to_appeal():
    """A step that is varied runs to its new day, the others to their own; the variation can be appealed as well."""
    case = served({"5": "2024-05-01", "6": "2024-05-01"})
    varied = {
        "sent_on": "2024-04-02",
        "deemed_on": "2024-04-04",
        "haste": "ordinary",
        "done_by": {"5": "2024-09-02"},
    }
    case("vary", "2024-04-04", data=varied, party=3, notice_step=[5], act=20)

    open_ = {
        c.keys["notice_step"]: str(c.last_day) for c in case.clocks("2024-04-04", "compliance") if c.is_open
    }
    assert open_ == {5: "2024-09-02", 6: "2024-05-01"}
    assert case.due("2024-04-04", "appeal")["appeal/act=20/party=3"] == "2024-04-30"


def test_a_step_that_falls_away_in_a_variation_is_due_no_more():
    """A step for which a variation sets no day any more ends; one that it does not name keeps its own."""
    case = served({"5": "2024-05-01", "6": "2024-05-01"})
    varied = {"sent_on": "2024-04-02", "deemed_on": "2024-04-04", "haste": "ordinary", "done_by": {}}
    case("vary", "2024-04-04", data=varied, party=3, notice_step=[5], act=20)

    found = {c.keys["notice_step"]: c.ended and c.ended.how for c in case.clocks("2024-04-04", "compliance")}
    assert found == {5: How.ended, 6: None}


def test_a_variation_of_words_alone_moves_no_day():
    """A variation that changes only words is about no step’s day: each runs on as it did."""
    case = served({"5": "2024-05-01", "6": "2024-05-01"})
    varied = {"sent_on": "2024-04-02", "deemed_on": "2024-04-04", "haste": "ordinary", "done_by": {}}
    case("vary", "2024-04-04", data=varied, party=3, notice_step=[], act=20)

    assert [c.is_open for c in case.clocks("2024-04-04", "compliance")] == [True, True]
    assert case.due("2024-04-04", "appeal")["appeal/act=20/party=3"] == "2024-04-30"


def test_the_tribunal_may_give_more_time_to_appeal():
    """More time that the tribunal gives moves the last day, although nobody asked the regulator."""
    case = served({"5": "2024-05-01"})
    more = {"clock": "appeal", "granted": True, "until": "2024-04-15"}
    case("record_appeal_event", "2024-03-25", data=more, act=12)

    assert case.one("2024-03-25", "appeal").last_day == date(2024, 4, 15)


def test_what_was_sent_back_by_the_tribunal_has_no_days_left():
    """A notice sent back to the regulator has no effect: no step is due, and nothing is left to appeal."""
    case = served({"5": "2024-05-01"})("record_appeal", "2024-03-10", act=12)("remit", "2024-04-20", act=12)

    assert case.events[-1].to_stage == "considering"
    assert not [c for name in ("compliance", "appeal") for c in case.clocks("2024-04-20", name) if c.is_open]


def test_a_certificate_is_decided_within_14_days_without_rolling():
    """An application received on 14 December 2026 is decided by the 28th, a bank holiday: nothing rolls."""
    case = served({"5": "2027-05-01"})(
        "apply_for_certificate", "2026-12-14", role="contact", party=3, notice_step=5
    )

    assert case.due("2026-12-14", "certificate") == {"certificate/notice_step=5/party=3": "2026-12-28"}
