"""The same events under two editions: what the law changes is a date, and each date says how it was reached.

Two documented notices are told as far as their sources tell them: that of 9 May 2019 to HM Revenue and Customs, and that
of 28 February 2024 to the Home Office. What the sources do not give is said to be assumed.
"""

from __future__ import annotations

from typing import Any

import pytest

from regulator.regime.clocks import pauses
from tests.rules.small_kind import on
from tests.rules.told import Case

DRAFT, DPA = "2026-draft", "dpa-2018"
BOTH = (DRAFT, DPA)


def intended(edition: str) -> Case:
    """HM Revenue and Customs was given a preliminary notice early in April 2019; the 4th is assumed."""
    case = Case("enforcement", edition=edition)("propose", "2019-03-01")("legal_review", "2019-03-08")
    return case("give_notice_of_intent", "2019-04-04")


def served(edition: str, done_by: str | None = "2019-06-05", **changed: str) -> Case:
    """The notice of 9 May 2019, sent that day, to delete the voices kept without consent by 5 June 2019."""
    case = intended(edition)("make_representations", "2019-04-26", role="approving_officer", party=3)
    case("consider_representations", "2019-05-01")("decide", "2019-05-07")("sign", "2019-05-08")
    given = {"sent_on": "2019-05-09", "deemed_on": "2019-05-09", "haste": "ordinary", **changed}
    data: dict[str, Any] = given | ({"done_by": {"5": done_by}} if done_by else {})
    return case("record_service", "2019-05-09", data=data, party=3, notice_step=[5], act=[12])


def appealed(edition: str, haste: str = "ordinary", **changed: str) -> Case:
    """The same, with an appeal that was never made: the tribunal received it on 3 June 2019."""
    case = served(edition, haste=haste, **changed)
    return case("record_appeal", "2019-06-03", data={"haste": haste}, act=12, notice_step=[5])


def why(case: Case, at: str, clock: str) -> tuple[str, str]:
    """How a clock was counted: from which day, and in which words of the law."""
    told = case.one(at, clock).result.derivation
    return str(told.trigger), f"{told.rule.length} {told.rule.form}"


@pytest.mark.parametrize(
    ("edition", "last", "how"),
    [
        (DRAFT, "2019-05-01", "28 days A'"),  # beginning when given: 4 April is the first of 28 days
        (DPA, "2019-05-02", "28 days B"),  # 4 April and 28 days, as 7 November 2023 led to 5 December
    ],
)
def test_the_time_for_representations(edition, last, how):
    """Representations could be made until 1 May 2019 under the draft, and until 2 May as the practice counts."""
    case = intended(edition)

    assert case.due("2019-04-04", "representations") == {"representations/party=3": last}
    assert why(case, "2019-04-04", "representations") == ("2019-04-04", how)


def test_the_time_to_decide():
    """The draft gives six months beginning on 4 April to decide, until 3 October 2019; the Act gives none for a notice."""
    cases = [intended(edition) for edition in BOTH]

    assert [list(case.due("2019-04-04", "decide_after_intent").values()) for case in cases] == [
        ["2019-10-03"],
        [],
    ]


@pytest.mark.parametrize("edition", BOTH)
def test_the_time_to_appeal_is_the_tribunals_under_both(edition):
    """9 May and 28 days is 6 June 2019, by 5pm: the tribunal’s own rule, whichever law the notice was given under."""
    appeal = served(edition).one("2019-05-09", "appeal")

    assert (str(appeal.last_day), appeal.late_from) == ("2019-06-06", on("2019-06-06T16:00"))


@pytest.mark.parametrize(
    ("edition", "late_from", "how"),
    [
        # The day set is 9 May and 27 days (B); but no step binds before 9 May and 28 days (C), 5pm in London.
        (DRAFT, "2019-06-06T16:00", "28 days C"),
        # The day set is the last of 28 that begin with the day of the notice (A), and none binds sooner: all of 5 June.
        (DPA, "2019-06-05T23:00", "28 days A"),
    ],
)
def test_the_day_that_the_notice_of_9_may_2019_set(edition, late_from, how):
    """5 June 2019 stands as it was set under the Act; under the draft it is a day too soon, and 6 June at 5pm takes its place."""
    case = served(edition)

    assert case.one("2019-05-09", "compliance").late_from == on(late_from)
    assert why(case, "2019-05-09", "compliance") == ("2019-05-09", how)


@pytest.mark.parametrize(
    ("edition", "trigger", "last", "how"),
    [
        (DRAFT, "2024-03-01", "2024-03-29", "28 days B"),  # served on 1 March, and 28 days
        (DPA, "2024-02-28", "2024-03-26", "28 days A"),  # 28 February is the first of 28 days, 29 the second
    ],
)
def test_a_notice_that_sets_no_day(edition, trigger, last, how):
    """A notice sent on 28 February 2024, assumed served by post on 1 March, that sets no day: 26 March or 29 March."""
    case = served(edition, None, sent_on="2024-02-28", deemed_on="2024-03-01")

    assert case.due("2024-03-02", "compliance") == {"compliance/notice_step=5/party=3": last}
    assert why(case, "2024-03-02", "compliance") == (trigger, how)


def test_an_appeal_suspends_the_steps_under_the_act_alone():
    """From the day of the appeal a step stands still under the Act; under the draft its day comes all the same."""
    stands = [appealed(edition).one("2019-06-20", "compliance") for edition in BOTH]

    assert [str(clock.paused_since) for clock in stands] == ["None", "2019-06-03"]
    assert [clock.is_overdue(on("2019-06-20")) for clock in stands] == [True, False]


@pytest.mark.parametrize(
    ("ends", "data", "when", "last"),
    [
        # 9 May to 2 June are 25 of the 28 days; 3, 4 and 5 September are the other three.
        ("record_appeal_outcome", {"appeal_outcome": "confirmed"}, "2019-09-02", "2019-09-05"),
        ("record_appeal_outcome", {"appeal_outcome": "varied"}, "2019-09-02", "2019-09-05"),
        # 11, 12 and 13 June.
        ("record_appeal_event", {"appeal_event": "withdrawn"}, "2019-06-10", "2019-06-13"),
    ],
)
def test_the_days_run_on_when_the_appeal_is_over(ends, data, when, last):
    """When an appeal is dismissed, decided otherwise or withdrawn, what was left of the time on the day it was made runs."""
    case = appealed(DPA)(ends, when, data=data, act=12, notice_step=[5])

    step = case.one(when, "compliance")
    assert (str(step.last_day), step.paused_since) == (last, None)
    pause = step.result.derivation.pauses[0]
    assert (str(pause.start), str(pause.end), pause.cause) == ("2019-06-03", when, "Suspended by an appeal")


def test_what_was_allowed_stays_suspended():
    """An appeal that was allowed leaves the steps suspended while a further appeal is open or in time."""
    case = appealed(DPA)
    case("record_appeal_outcome", "2019-09-02", data={"appeal_outcome": "allowed"}, act=12, notice_step=[5])

    still = [p for p in pauses(case.kind, case.events, on("2019-09-20")) if p.end is None]
    assert [str(pause.start) for pause in still] == ["2019-09-02"]
    assert str(case.one("2019-09-20", "compliance").paused_since) == "2019-09-02"


@pytest.mark.parametrize("edition", BOTH)
def test_what_is_urgent_is_not_suspended(edition):
    """An urgent step binds 24 hours after service and no sooner, and an appeal does not suspend it, under either."""
    case = appealed(edition, "urgent", done_by="12 hours", deemed_on="2019-05-09T14:30:00+00:00")

    step = case.one("2019-06-20", "compliance")
    assert (step.late_from, step.paused_since) == (on("2019-05-10T14:30"), None)


def test_a_court_that_sets_urgency_aside_suspends_it():
    """Where a court set aside that a notice is urgent, the suspension is recorded and the days stand still."""
    case = served(DPA, "2019-06-05", haste="urgent")("record_suspension", "2019-05-20", notice_step=[5])

    assert str(case.one("2019-05-21", "compliance").paused_since) == "2019-05-20"


def test_a_request_to_vary_is_answered_within_28_days_and_its_refusal_can_be_appealed():
    """Asked on 1 July 2019, the regulator answers by the 29th; refused that day, the body can appeal until 27 August."""
    case = served(DPA)("apply_for_change", "2019-07-01", role="contact", party=3)
    assert case.due("2019-07-01", "change") == {"change/party=3": "2019-07-29"}

    case("refuse_change", "2019-07-29", data={"sent_on": "2019-07-29"}, party=3, act=20)

    # 29 July and 28 days is 26 August 2019, the last Monday of August and no working day: it rolls to the 27th.
    assert case.due("2019-07-29", "appeal")["appeal/act=20/party=3"] == "2019-08-27"
    assert not case.one("2019-07-29", "change").is_open


def test_an_appeal_against_a_refusal_suspends_nothing():
    """An appeal against a refusal to vary is about no step of the notice, so that each keeps its day."""
    case = served(DPA, "2019-12-02")(
        "refuse_change", "2019-07-29", data={"sent_on": "2019-07-29"}, party=3, act=20
    )
    case("record_appeal", "2019-08-05", data={"haste": "ordinary"}, act=20, notice_step=[])

    step = case.one("2019-08-06", "compliance")
    assert (str(step.last_day), step.paused_since) == ("2019-12-02", None)


def test_a_step_is_met_on_the_day_it_was_done_as_recorded():
    """A step recorded on 20 June as done on 3 June 2019 was done in time."""
    case = served(DPA)("record_step_done", "2019-06-20", data={"done_on": "2019-06-03"}, notice_step=5)

    step = case.one("2019-06-20", "compliance")
    assert (step.is_open, step.is_late_met, step.ended.when) == (False, False, on("2019-06-03"))
