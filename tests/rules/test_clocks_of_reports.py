"""How the clocks of audits and inspections are counted: thing by thing, body by body, and on from an old date."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.regime.clocks import How, next_actions
from tests.rules.small_kind import on
from tests.rules.told import Case

EACH = {"priority": {"11": "urgent", "12": "low"}}


def final() -> Case:
    """An audit of parties 3 and 4 whose final report of 2 March has recommendation 11 for one and 12 for the other."""
    case = Case("audit", parties=(3, 4))
    case("plan", "2026-01-05")("send_engagement", "2026-01-06")("record_terms", "2026-01-07", party=[3, 4])
    case("start_drafting", "2026-02-02")("share_draft", "2026-02-03")
    return case("issue_final", "2026-03-02", data=EACH, recommendation=[11, 12], party={"11": 3, "12": 4})


def test_each_recommendation_has_its_own_length_and_its_own_body():
    """An urgent recommendation is due within a month from its own body alone, a low one within twelve from its own."""
    assert final().due("2026-03-02", "recommendation") == {
        "recommendation/party=3/recommendation=11": "2026-04-02",
        "recommendation/party=4/recommendation=12": "2027-03-02",
    }


def test_each_body_answers_the_report_for_itself():
    """Both bodies have 28 days to answer, and the answer of one does not meet the time of the other."""
    case = final()("sign_recommendation_responses", "2026-03-20", role="approving_officer", party=3)

    assert {c.keys["party"]: c.is_open for c in case.clocks("2026-03-20", "respond_to_report")} == {
        3: False,
        4: True,
    }


def test_a_report_without_recommendations_starts_no_clock_for_them():
    """Where a final report recommends nothing, nothing is due under it."""
    case = Case("audit")("plan", "2026-01-05")("send_engagement", "2026-01-06")
    case("record_terms", "2026-01-07", party=3)("start_drafting", "2026-02-02")("share_draft", "2026-02-03")
    case("issue_final", "2026-03-02", recommendation=[], party={})

    assert case.due("2026-03-02", "recommendation") == {}
    assert case.due("2026-03-02", "respond_to_report") == {}


CLAIM = {"role": "contact", "party": 3, "recommendation": 11}


def claimed() -> Case:
    """Recommendation 11 said to be done on 30 March, three days before its day."""
    return final()("report_progress", "2026-03-30", data={"claims_done": True}, **CLAIM)


def test_progress_that_claims_nothing_meets_nothing():
    """Reporting progress without saying that it is done leaves the recommendation running and starts no check."""
    case = final()("report_progress", "2026-03-30", data={"claims_done": False}, **CLAIM)

    assert all(c.is_open for c in case.clocks("2026-03-30", "recommendation"))
    assert case.clocks("2026-03-30", "verify") == []


def test_what_is_said_to_be_done_is_met_that_day_if_it_is_then_verified():
    """A recommendation said to be done in time, and verified as met long after its day, was met in time."""
    case = claimed()("verify_recommendation", "2026-04-24", data={"verdict": "met"}, recommendation=11)

    done = case.clocks("2026-04-24", "recommendation")[0]
    assert (done.ended.how, done.is_late_met) == (How.met, False)
    assert case.one("2026-04-24", "verify").ended.how is How.met


@pytest.mark.parametrize("verdict", ["partly", "not_met"])
def test_what_is_not_verified_as_met_runs_on_from_its_old_date(verdict):
    """A recommendation that was said to be done and is not keeps the day it had, and is overdue if that has passed."""
    case = claimed()("verify_recommendation", "2026-04-24", data={"verdict": verdict}, recommendation=11)

    again = case.clocks("2026-04-24", "recommendation")[0]
    assert (again.is_open, again.last_day) == (True, date(2026, 4, 2))
    assert again.is_overdue(on("2026-04-24"))


def test_it_can_be_said_to_be_done_again():
    """What was not met at first is met, late, by the second time it is said to be done and verified."""
    case = claimed()("verify_recommendation", "2026-04-24", data={"verdict": "not_met"}, recommendation=11)
    case("report_progress", "2026-05-05", data={"claims_done": True}, **CLAIM)
    case("verify_recommendation", "2026-05-20", data={"verdict": "met"}, recommendation=11)

    done = case.clocks("2026-05-20", "recommendation")[0]
    assert (done.ended.how, done.is_late_met) == (How.met, True)
    assert len(case.clocks("2026-05-20", "recommendation")) == 2


def test_a_recommendation_verified_without_being_claimed_is_met_that_day():
    """The auditor may find a recommendation met although nobody said so."""
    case = final()("verify_recommendation", "2026-03-20", data={"verdict": "met"}, recommendation=11)

    assert case.clocks("2026-03-20", "recommendation")[0].ended.how is How.met


def test_a_rejection_that_is_noted_ends_its_recommendation_alone():
    """Taking note that a recommendation is rejected ends its time, neither met nor broken."""
    case = final()("note_rejection", "2026-03-20", recommendation=12)

    ended = {
        c.keys["recommendation"]: c.ended and c.ended.how for c in case.clocks("2026-03-20", "recommendation")
    }
    assert ended == {11: None, 12: How.ended}


def test_returned_items_each_have_a_clock_that_one_response_meets():
    """Items returned have five working days each, and the response submitted anew meets all of its own request."""
    case = Case("audit")("plan", "2026-01-05")("send_engagement", "2026-01-06")
    case("record_terms", "2026-01-07", party=3)("request_evidence", "2026-01-08", party=3, request=7)
    case("submit_response", "2026-01-20", role="approving_officer", party=3, request=7)
    case("return_items", "2026-01-26", party=3, request=7, item=[21, 22])
    assert set(case.due("2026-01-26", "returned_item").values()) == {"2026-02-02"}

    case("submit_response", "2026-01-30", role="approving_officer", party=3, request=7)

    assert all(c.ended.how is How.met for c in case.clocks("2026-01-30", "returned_item"))


def overdue_evidence() -> Case:
    case = Case("audit")("plan", "2026-01-05")("send_engagement", "2026-01-06")
    return case("record_terms", "2026-01-07", party=3)("request_evidence", "2026-01-08", party=3, request=7)


def asked(case: Case, at: str) -> set[tuple[str, tuple[str, ...]]]:
    """Who is asked for which steps by the clock for evidence."""
    actions = next_actions(case.kind, case.clocks(at, "evidence"), case.events[-1].to_stage, on(at))
    return {(action.waits_for, action.steps) for action in actions if action.clock}


def test_evidence_that_does_not_come_stays_overdue_and_may_be_required_by_a_notice():
    """Overdue evidence is still owed by the body, and the auditor is shown that another case may be opened for it."""
    case = overdue_evidence()
    assert asked(case, "2026-02-05") == {("body", ("submit_response",))}

    assert asked(case, "2026-02-06") == {("body", ("submit_response",)), ("regulator", ("open_linked",))}

    case("open_linked", "2026-02-09")
    assert asked(case, "2026-02-09") == {("body", ("submit_response",))}
    assert case.one("2026-02-09", "evidence").is_overdue(on("2026-02-09"))


def published(overseen: tuple[int, ...]) -> Case:
    """An inspection of parties 3 and 4 published on 9 February 2024, of which some are overseen."""
    case = Case("inspection", parties=(3, 4), overseen=overseen)
    case("plan", "2024-01-02")("start_unannounced", "2024-01-03")("start_drafting", "2024-01-04")
    case("share_draft", "2024-01-05")("approve_final", "2024-02-01")
    return case("publish_report", "2024-02-09", recommendation=[], party=[3, 4])


def test_comments_are_owed_by_the_overseer_and_by_a_body_that_has_none():
    """A report published on 9 February 2024 is commented on by 4 April, by each body’s overseer or else by itself."""
    owed = {
        c.keys["party"]: (c.owed_by, str(c.last_day))
        for c in published((3,)).clocks("2024-02-09", "s55_comments")
    }

    assert owed == {3: ("oversight", "2024-04-04"), 4: ("body", "2024-04-04")}


def test_a_body_does_not_meet_what_its_overseer_owes():
    """Comments of a body that is overseen do not stand for those of its overseer."""
    case = published((3,))("body_comments", "2024-03-01", role="approving_officer", party=3)
    assert case.one("2024-03-01", "s55_comments").owed_by == "body"
    assert all(c.is_open for c in case.clocks("2024-03-01", "s55_comments"))

    case("oversight_comments", "2024-03-05", role="oversight_contact", party=3)
    case("body_comments", "2024-03-06", role="approving_officer", party=4)

    assert not any(c.is_open for c in case.clocks("2024-03-06", "s55_comments"))
