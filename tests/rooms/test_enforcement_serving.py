"""Service: what it starts, what it needs, and what is counted again when it is corrected."""

from datetime import date, timedelta

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.casework.steps import take
from regulator.errors import Invalid, NotNow
from regulator.letters import queries as letters

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _in_march():
    """Tuesday 2 March 2027, at ten."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        yield


def serve(case, people, **more):
    """Record service as the officer."""
    make.act(case.case_id, people.enforcement_officer, "record_service", **enforcement.served(**more))


def letter(case, people, template):
    """The words of the last letter of that name."""
    return [one for one in letters.of_case(case.case_id, by=people.manager) if one.template == template][
        -1
    ].words


def test_service_lets_each_step_bind_and_holds_everything():
    """Served, a notice binds step by step on its days, can be appealed for 28 days, and is on legal hold."""
    case, people = enforcement.notice_at("signed")
    serve(case, people)

    known = enforcement.of(case)
    assert known.case.legal_hold
    assert {one.served_on for one in known.more.steps} == {date(2027, 3, 2)}
    assert enforcement.due(case, "compliance") == [date(2028, 3, 1), date(2028, 8, 23)]
    assert enforcement.due(case, "appeal") == [date(2027, 3, 30)]
    assert [(one.what, one.method) for one in known.more.services] == [("notice", "post")]


def test_the_entry_says_what_clocks_are_counted_from():
    """The entry is about the body, each step and itself as an act; it carries days, haste and instrument."""
    case, _ = enforcement.notice_at("in_force")
    event, known = enforcement.of(case).told[-1], enforcement.of(case)

    steps = [one.id for one in known.more.steps]
    assert event.keys == {"party": known.subject.id, "notice_step": steps, "act": [event.seq]}
    assert (event.data["instrument"], event.data["haste"]) == ("compliance", "ordinary")
    assert event.data["done_by"] == {str(steps[0]): "2028-03-01", str(steps[1]): "2028-08-23"}


@pytest.mark.parametrize("instrument", ["warning", "reprimand"])
def test_a_warning_or_a_reprimand_starts_nothing(instrument):
    """Served, a warning or a reprimand has no step and no appeal, and its letter says so."""
    case, people = enforcement.notice_at("signed", instrument=instrument)
    serve(case, people)

    known = enforcement.of(case)
    assert not [one for one in known.running if one.is_open]
    assert (known.told[-1].keys["notice_step"], known.told[-1].keys["act"]) == ([], [])
    assert "no appeal to a tribunal" in letter(case, people, instrument)
    with pytest.raises(NotNow, match="no appeal to a tribunal"):
        make.act(
            case.case_id,
            people.lawyer,
            "record_appeal",
            act=known.told[-1].seq,
            appeal_grounds=["law"],
            tier="first_tier",
        )
    make.act(case.case_id, people.enforcement_officer, "mark_complied")
    make.act(case.case_id, people.manager, "close")
    assert enforcement.of(case).stage == "closed"


def test_the_letter_is_the_notice_with_days_and_rights():
    """The body gets the text as signed, each step with its last day, what follows, and the last day to appeal."""
    case, people = enforcement.notice_at("in_force")
    words = letter(case, people, "compliance_notice")

    for said in (
        "1. Publish who approves each watchlist. Its last day is 1 March 2028.",
        "The power: To require or prohibit steps",
        "What failed, or is feared: Nobody approved the list.",
        "we may ask a court for an injunction",
        "The tribunal must receive your appeal by 5pm on 30 March 2027",
        "Keep everything that bears on this",
    ):
        assert said in words
    (version,) = [
        one for one in enforcement.of(case).more.versions if (one.what, one.audience) == ("notice", "body")
    ]
    assert version.text_hash == enforcement.of(case).more.notice.text_hash


@pytest.mark.parametrize("instrument", ["information", "audit"])
def test_each_instrument_has_a_letter_of_its_own(instrument):
    """An information or an audit notice goes out in its own letter."""
    case, people = enforcement.notice_at("in_force", instrument=instrument)

    assert f"This is an {instrument} notice" in letter(case, people, f"{instrument}_notice")


def test_an_urgent_notice_binds_after_24_hours():
    """An urgent step set in hours binds by the clock from service, and never within 24 hours."""
    asked = [{"words": "Stop", "hours": 36}, {"words": "Tell us", "done_by": enforcement.in_days(1)}]
    urgent = {"is_urgent": True, "urgency": "It is.", "notice_steps_asked": asked}
    case, people = enforcement.notice_at("to_sign", **urgent)
    make.act(case.case_id, people.lawyer, "clear_final", final_text=["So."])
    with pytest.raises(NotNow, match="step 2 could not bind"):
        make.act(case.case_id, people.commissioner, "sign", signature=True)
    make.act(case.case_id, people.lawyer, "send_back", reason="The day of step 2.")
    later = [asked[0], {**asked[1], "done_by": enforcement.in_days(3)}]
    decided = {"decision": "issue_changed", "decision_reasons": "So.", "notice_steps_asked": later}
    make.act(case.case_id, people.commissioner, "decide", **decided)
    make.act(case.case_id, people.lawyer, "clear_final", final_text=["So."])
    make.act(case.case_id, people.commissioner, "sign", signature=True)
    at = make.at("2027-03-02T09:30")
    serve(case, people, sent_on=at, deemed_on=at)

    clocks = {
        one.keys["notice_step"]: one for one in enforcement.of(case).running if one.name == "compliance"
    }
    assert clocks[enforcement.step_id(case, 1)].late_from == at + timedelta(hours=36)
    assert clocks[enforcement.step_id(case, 2)].last_day == date(2027, 3, 5)


def test_electronic_service_needs_consent():
    """Electronic service without the body’s recorded consent is no service, nor an attempt at it."""
    case, people = enforcement.notice_at("signed")
    with pytest.raises(NotNow, match="consent to electronic service"):
        serve(case, people, service_method="electronic")
    serve(case, people, service_method="electronic", electronic_consent="Letter of 1 March 2027")

    assert enforcement.of(case).more.services[0].consent == "Letter of 1 March 2027"


@pytest.mark.parametrize(
    ("sent", "deemed", "field"),
    [(0, -1, "deemed_on"), (-1, 0, "sent_on"), (0, 1, "deemed_on"), (1, 1, "sent_on")],
)
def test_days_of_service_that_cannot_be(sent, deemed, field):
    """It is not served before it is sent, sent before it is signed, or either in the future."""
    case, people = enforcement.notice_at("signed")

    with pytest.raises(Invalid) as refusal:
        serve(case, people, sent_on=enforcement.in_days(sent), deemed_on=enforcement.in_days(deemed))
    assert refusal.value.field == field


def corrected(case, people, by=None, **more):
    """Correct the record of service."""
    said = {"reason": "The post was late.", "approved_by": people.manager.person_id, **more}
    take("correct_service", case.case_id, by=by or people.enforcement_officer, data=said)


def test_service_that_is_corrected_is_counted_again():
    """Shown to have been sent and served later, a notice can be appealed longer; what stood before is in the record."""
    case, people = enforcement.notice_at("in_force")
    with moments.as_at(make.at("2027-03-08T10:00")):
        corrected(case, people, sent_on=date(2027, 3, 5), deemed_on=date(2027, 3, 8))
        (row,) = enforcement.of(case).more.services
        due = enforcement.due(case, "appeal")

    assert due == [date(2027, 4, 2)]
    assert (moments.london_day(row.deemed_on), row.corrected_on) == (date(2027, 3, 8), date(2027, 3, 8))
    assert enforcement.of(case).more.notice.served_on == date(2027, 3, 8)
    assert "have been counted again" in letter(case, people, "service_corrected")


def test_a_correction_is_approved_by_a_manager_and_corrects_something():
    """A correction that nobody with the role approved, or that corrects nothing, is refused."""
    case, people = enforcement.notice_at("in_force")
    both = make.person("enforcement_officer", "manager")
    for by, more in (
        (None, {"approved_by": people.lawyer.person_id, "service_proof": "A film"}),
        (both, {"approved_by": both.person_id, "service_proof": "A film"}),
    ):
        with pytest.raises(NotNow, match="A manager other than you"):
            corrected(case, people, by, **more)
    with pytest.raises(NotNow, match="Say what is corrected"):
        corrected(case, people)
    corrected(case, people, service_proof="A film")

    assert enforcement.of(case).more.services[0].proof == "A film"
