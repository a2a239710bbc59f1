"""The same under the Data Protection Act: an appeal suspends, there are no certificates, and a change can be asked for."""

from datetime import date

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.errors import NotNow
from regulator.letters import queries as letters

pytestmark = pytest.mark.usefixtures("in_app")
GROUNDS = {"appeal_grounds": ["law"], "tier": "first_tier"}
ASK = {"change_wanted": "cancel", "change_of_circumstances": "We no longer use it."}


@pytest.fixture(autouse=True)
def _in_march():
    """Tuesday 2 March 2027, at ten."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        yield


def in_force(**more):
    """A notice in force under the Act."""
    return enforcement.notice_at("in_force", edition=enforcement.DPA, **more)


def urgent():
    """A notice that is urgent, of which the step is due in three days."""
    asked = [{"words": "Stop", "done_by": enforcement.in_days(3)}]
    return in_force(is_urgent=True, urgency="It is.", notice_steps_asked=asked)


def paused(case):
    """Since when each open step stands still."""
    known = enforcement.of(case)
    return [one.paused_since for one in known.running if one.name == "compliance" and one.is_open]


def templates(case, people):
    """The names of the letters of the case."""
    return [one.template for one in letters.of_case(case.case_id, by=people.manager)]


def test_an_appeal_suspends_what_is_not_urgent():
    """While an appeal is open no step need be done; withdrawn, the steps run again."""
    case, people = in_force()
    act = enforcement.service(case)
    make.act(case.case_id, people.lawyer, "record_appeal", act=act, **GROUNDS)
    during = paused(case)
    with moments.as_at(make.at("2027-03-12T10:00")):
        make.act(case.case_id, people.lawyer, "record_appeal_event", act=act, appeal_event="withdrawn")

    assert during == [date(2027, 3, 2)] * 2
    assert paused(case) == [None, None]
    assert "appeal_recorded" in templates(case, people)


def test_an_appeal_suspends_nothing_that_is_urgent():
    """An appeal against an urgent notice leaves each step its day, and another letter says so."""
    case, people = urgent()
    make.act(case.case_id, people.lawyer, "record_appeal", act=enforcement.service(case), **GROUNDS)

    assert paused(case) == [None]
    assert "urgent_appeal_recorded" in templates(case, people)


def test_a_step_is_recorded_as_done_without_a_certificate():
    """The regulator closes a step as done on a day; that meets it, and the body is told."""
    case, people = in_force()
    chosen = enforcement.step_id(case)
    with pytest.raises(NotNow, match="has not come yet"):
        make.act(
            case.case_id,
            people.enforcement_officer,
            "record_step_done",
            notice_step=chosen,
            done_on=enforcement.in_days(2),
        )
    make.act(
        case.case_id,
        people.enforcement_officer,
        "record_step_done",
        notice_step=chosen,
        done_on=moments.today(),
    )

    step = enforcement.of(case).more.steps[0]
    assert (step.settled_as, step.done_on) == ("done", date(2027, 3, 2))
    assert len(enforcement.due(case, "compliance")) == 1
    assert "step_done" in templates(case, people)


def test_a_change_is_asked_for_after_the_time_to_appeal():
    """A request to cancel or vary comes after the time to appeal, once, and is answered within 28 days."""
    case, people = in_force()
    with pytest.raises(NotNow, match="once the time to appeal is over"):
        make.act(case.case_id, people.contact, "apply_for_change", **ASK)
    with moments.as_at(make.at("2027-04-01T10:00")):
        make.act(case.case_id, people.contact, "apply_for_change", **ASK)
        with pytest.raises(NotNow, match="waits for an answer"):
            make.act(case.case_id, people.contact, "apply_for_change", **ASK)

    assert enforcement.due(case, "change") == [date(2027, 4, 29)]


def test_a_refused_change_can_be_appealed_and_suspends_nothing():
    """A refusal to cancel or vary meets the request, can be appealed, and such an appeal suspends no step."""
    case, people = in_force()
    with pytest.raises(NotNow, match="No request to cancel or vary"):
        make.act(
            case.case_id, people.commissioner, "refuse_change", sent_on=moments.today(), reason_told="No."
        )
    with moments.as_at(make.at("2027-04-01T10:00")):
        make.act(case.case_id, people.contact, "apply_for_change", **ASK)
        refused = make.act(
            case.case_id, people.commissioner, "refuse_change", sent_on=moments.today(), reason_told="No."
        )
        due = enforcement.due(case, "appeal")
        make.act(case.case_id, people.lawyer, "record_appeal", act=refused.seq, **GROUNDS)

    assert due == [date(2027, 4, 29)]
    assert enforcement.due(case, "change") == []
    assert paused(case) == [None, None]


def test_varied_as_it_was_asked():
    """A variation answers a request for a change."""
    case, people = in_force()
    with moments.as_at(make.at("2027-04-01T10:00")):
        make.act(case.case_id, people.contact, "apply_for_change", **ASK)
        rows = [{"notice_step": enforcement.step_id(case), "falls_away": True}]
        make.act(case.case_id, people.lawyer, "clear_variation", variation=rows)
        make.act(case.case_id, people.commissioner, "vary", reason_told="So.", **enforcement.served())

    assert enforcement.due(case, "change") == []
    assert enforcement.due(case, "compliance") == [date(2028, 8, 23)]


def test_only_an_enforcement_notice_is_changed_on_request():
    """An information notice is not cancelled or varied because circumstances changed."""
    case, people = in_force(instrument="information")

    with moments.as_at(make.at("2027-04-01T10:00")), pytest.raises(NotNow, match="enforcement notice alone"):
        make.act(case.case_id, people.contact, "apply_for_change", **ASK)


def test_complied_with_when_each_step_is_recorded_as_done():
    """Every step recorded as done, and no request waiting, the notice is complied with."""
    case, people = in_force()
    for number in (1, 2):
        said = {"notice_step": enforcement.step_id(case, number), "done_on": moments.today()}
        make.act(case.case_id, people.enforcement_officer, "record_step_done", **said)
    make.act(case.case_id, people.enforcement_officer, "mark_complied")

    assert enforcement.of(case).stage == "complied"


def test_the_letter_speaks_of_the_act():
    """The body is served an enforcement notice under section 149, and told of its rights under the Act."""
    case, people = in_force()
    (letter,) = [
        one for one in letters.of_case(case.case_id, by=people.manager) if one.template == "compliance_notice"
    ]

    assert "an enforcement notice under section 149" in letter.words
    assert "Enforcement notice to Metropolitan Police Service" in letter.words
    assert "by 5pm on 30 March 2027" in letter.words
