"""What becomes of each step of a notice: reported, supplied, certified, varied, breached; only the regulator closes one."""

from datetime import date

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.casework.tasks import look_at
from regulator.enforcement import queries
from regulator.errors import Invalid, NotNow, Refused
from regulator.letters import queries as letters

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _in_march():
    """Tuesday 2 March 2027, at ten."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        yield


def step(case, number=1):
    """A step of the notice as it stands."""
    return next(one for one in enforcement.of(case).more.steps if one.number == number)


def recommended(case, people, number=1, *, as_="done"):
    """Recommend a certificate of a step, as done today or as no longer needed."""
    done = {"done_on": moments.today()} if as_ == "done" else {}
    said = {"notice_step": enforcement.step_id(case, number), "certified_as": as_, **done}
    make.act(case.case_id, people.enforcement_officer, "recommend_certificate", **said, reason="We looked.")
    return said


def certified(case, people, number=1, *, as_="done"):
    """Certify a step as it was recommended."""
    make.act(case.case_id, people.manager, "certify_step", **recommended(case, people, number, as_=as_))


def applied(case, people, number=1):
    """Apply for a certificate of a step as the contact."""
    chosen = enforcement.step_id(case, number)
    make.act(case.case_id, people.contact, "apply_for_certificate", notice_step=chosen, step_report="Done.")


def test_a_step_reported_as_done_is_still_owed():
    """The body may say that a step is done; nothing closes by that, and its day stands."""
    case, people = enforcement.notice_at("in_force")
    chosen = enforcement.step_id(case)
    make.act(case.case_id, people.contact, "report_step_done", notice_step=chosen, step_report="Done.")

    assert (step(case).reported_on, step(case).settled_as) == (moments.today(), None)
    assert len(enforcement.due(case, "compliance")) == 2


def test_another_body_reports_nothing():
    """A contact of another force can do nothing to the notice."""
    case, _ = enforcement.notice_at("in_force")

    with pytest.raises(Refused):
        make.act(
            case.case_id,
            make.person("contact", body="kent"),
            "report_step_done",
            notice_step=enforcement.step_id(case),
            step_report="Done.",
        )


def test_an_application_is_decided_within_14_days():
    """An application for a certificate starts the regulator’s 14 days, and waits once for a step."""
    case, people = enforcement.notice_at("in_force")
    applied(case, people)

    assert enforcement.due(case, "certificate") == [date(2027, 3, 16)]
    with pytest.raises(NotNow, match="applied for a certificate of that step already"):
        applied(case, people)
    applied(case, people, 2)


def test_a_certificate_closes_a_step_as_it_was_recommended():
    """A step is certified only as it was recommended; then it is closed, met on its day, and the body is told."""
    case, people = enforcement.notice_at("in_force")
    applied(case, people)
    said = {"notice_step": enforcement.step_id(case), "certified_as": "done", "done_on": moments.today()}
    with pytest.raises(NotNow, match="must recommend a certificate first"):
        make.act(case.case_id, people.manager, "certify_step", **said)
    recommended(case, people)
    with pytest.raises(NotNow, match="not what was recommended"):
        make.act(
            case.case_id,
            people.manager,
            "certify_step",
            notice_step=said["notice_step"],
            certified_as="not_needed",
        )
    make.act(case.case_id, people.manager, "certify_step", **said)

    known = enforcement.of(case)
    (row,) = known.more.certificates
    assert (row.answered_as, step(case).settled_as, step(case).done_on) == ("done", "done", moments.today())
    assert [one.ended.how for one in known.running if one.name == "certificate"] == ["met"]
    assert len(enforcement.due(case, "compliance")) == 1
    (letter,) = [
        one
        for one in letters.of_case(case.case_id, by=people.manager)
        if one.template == "certificate_granted"
    ]
    assert "1. Publish who approves each watchlist. It is done." in letter.words


def test_a_certificate_unasked():
    """A certificate that nobody applied for can be recommended, as no longer needed too."""
    case, people = enforcement.notice_at("in_force")
    certified(case, people, 2, as_="not_needed")

    assert (step(case, 2).settled_as, step(case, 2).done_on) == ("not_needed", None)
    assert enforcement.of(case).more.certificates[0].applied_on is None


def test_what_is_recommended_stays_inside():
    """The body sees an application and its answer, and nothing of what an officer recommends."""
    case, people = enforcement.notice_at("in_force")
    recommended(case, people)
    unasked = queries.certificates_of(case.case_id, by=people.contact)

    assert unasked == []
    assert queries.recommended_of(case.case_id, by=people.contact) == []
    assert len(queries.recommended_of(case.case_id, by=people.manager)) == 1


def test_the_day_on_which_it_was_done():
    """A step certified as done has the day, which has come; one no longer needed has none."""
    case, people = enforcement.notice_at("in_force")
    chosen = {"notice_step": enforcement.step_id(case), "reason": "So."}
    for said, sentence in (
        ({"certified_as": "done"}, "Give the day"),
        ({"certified_as": "done", "done_on": enforcement.in_days(1)}, "has not come yet"),
        ({"certified_as": "not_needed", "done_on": enforcement.in_days(0)}, "Leave the day empty"),
    ):
        with pytest.raises(NotNow, match=sentence):
            make.act(case.case_id, people.enforcement_officer, "recommend_certificate", **chosen, **said)


def test_a_refusal_can_be_appealed():
    """A certificate refused with reasons keeps the step open and starts a right to appeal of its own."""
    case, people = enforcement.notice_at("in_force")
    chosen = enforcement.step_id(case)
    said = {"notice_step": chosen, "sent_on": moments.today(), "reason_told": "It is not public."}
    with pytest.raises(NotNow, match="No application"):
        make.act(case.case_id, people.manager, "refuse_certificate", **said)
    applied(case, people)
    make.act(case.case_id, people.manager, "refuse_certificate", **said)

    event = enforcement.of(case).told[-1]
    row = enforcement.of(case).more.certificates[-1]
    assert (row.answered_as, row.act, event.keys["act"]) == ("refused", event.seq, [event.seq])
    assert enforcement.due(case, "appeal") == [date(2027, 3, 30)] * 2
    assert enforcement.due(case, "certificate") == []
    applied(case, people)


def test_information_is_supplied_item_by_item():
    """Supplied items meet their clocks; privilege is claimed and nothing sent; the regulator closes each."""
    case, people = enforcement.notice_at("in_force", instrument="information")
    first, second = enforcement.step_id(case, 1), enforcement.step_id(case, 2)
    for row, sentence in (
        ({"notice_step": first, "answer": "x", "mark": "privileged"}, "Do not send what is privileged"),
        ({"notice_step": first, "answer": "", "mark": "sensitive"}, "Say what you supply"),
    ):
        with pytest.raises(Invalid, match=sentence):
            make.act(
                case.case_id,
                people.approving_officer,
                "supply_information",
                supplied=[row],
                response_signed=True,
            )
    rows = [
        {"notice_step": first, "answer": "The list.", "mark": "none"},
        {"notice_step": second, "mark": "privileged"},
    ]
    make.act(
        case.case_id, people.approving_officer, "supply_information", supplied=rows, response_signed=True
    )

    given = queries.supplied_of(case.case_id, by=people.enforcement_officer)
    assert [(one.words, one.mark) for one in given] == [("The list.", "none"), (None, "privileged")]
    assert enforcement.due(case, "compliance") == []
    with pytest.raises(NotNow, match="Steps 1 and 2 are not closed yet"):
        make.act(case.case_id, people.enforcement_officer, "mark_complied")


def test_only_an_information_notice_is_supplied():
    """Nothing is supplied under a compliance notice."""
    case, people = enforcement.notice_at("in_force")

    with pytest.raises(NotNow, match="information notice alone"):
        make.act(
            case.case_id,
            people.approving_officer,
            "supply_information",
            supplied=[{"notice_step": enforcement.step_id(case), "answer": "The list."}],
            response_signed=True,
        )


def test_a_breach_is_recorded_once_the_day_has_passed():
    """Past its day a step can be recorded as breached, once; it stays owed."""
    case, people = enforcement.notice_at("in_force")
    chosen = {"notice_step": enforcement.step_id(case), "breach_words": "Nothing is public."}
    with pytest.raises(NotNow, match="has not passed"):
        make.act(case.case_id, people.enforcement_officer, "record_breach", **chosen)
    with moments.as_at(make.at("2028-03-02T10:00")):
        make.act(case.case_id, people.enforcement_officer, "record_breach", **chosen)
        with pytest.raises(NotNow, match="recorded already"):
            make.act(case.case_id, people.lawyer, "record_breach", **chosen)

    assert step(case).breached_on == date(2028, 3, 2)
    assert len(enforcement.due(case, "compliance")) == 2


def test_the_body_is_reminded_of_a_step(owner):
    """Fourteen days before the day of a step the body gets a letter about that step, once."""
    case, people = enforcement.notice_at("in_force")
    with moments.as_at(make.at("2028-02-16T10:00")):
        look_at(case.case_id)
        look_at(case.case_id)
    (letter,) = [
        one for one in letters.of_case(case.case_id, by=people.manager) if one.template == "step_due"
    ]

    assert "1. Publish who approves each watchlist. Its last day is 1 March 2028." in letter.words
    assert "Delete" not in letter.words


def test_an_injunction_is_approved_by_a_commissioner():
    """Going to court needs a commissioner’s approval, of somebody who is one."""
    case, people = enforcement.notice_at("in_force")
    said = {"court": "The High Court", "reason": "They go on."}
    with pytest.raises(NotNow, match="A commissioner other than you"):
        make.act(
            case.case_id,
            people.enforcement_officer,
            "seek_injunction",
            approved_by=people.manager.person_id,
            **said,
        )
    make.act(
        case.case_id,
        people.enforcement_officer,
        "seek_injunction",
        approved_by=people.commissioner.person_id,
        **said,
    )


def test_complied_with_once_every_step_is_closed_and_nothing_waits():
    """A notice is complied with when each step is closed and no application waits; then closed when no appeal can come."""
    case, people = enforcement.notice_at("in_force")
    certified(case, people)
    with pytest.raises(NotNow, match="Step 2 is not closed yet"):
        make.act(case.case_id, people.enforcement_officer, "mark_complied")
    certified(case, people, 2, as_="not_needed")
    make.act(case.case_id, people.enforcement_officer, "mark_complied")
    with pytest.raises(NotNow, match="An appeal can be made until 30 March 2027"):
        make.act(case.case_id, people.manager, "close")
    with moments.as_at(make.at("2027-04-01T10:00")):
        make.act(case.case_id, people.manager, "close")

    assert enforcement.of(case).stage == "closed"


def test_cancelled_it_has_no_effect():
    """A commissioner may cancel: nothing is due any more and the body is told."""
    case, people = enforcement.notice_at("in_force")
    make.act(case.case_id, people.commissioner, "cancel", reason_told="It was wrong.")

    assert enforcement.due(case, "compliance") == enforcement.due(case, "appeal") == []
    assert "notice_cancelled" in [one.template for one in letters.of_case(case.case_id, by=people.contact)]
