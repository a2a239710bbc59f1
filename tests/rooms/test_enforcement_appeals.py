"""Appeals: what can be appealed, what the tribunal says, what stands still meanwhile, and what comes back."""

from datetime import date

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.enforcement import queries
from regulator.errors import Invalid, NotNow

pytestmark = pytest.mark.usefixtures("in_app")
GROUNDS = {"appeal_grounds": ["fact", "law"], "tier": "first_tier"}
WON = {"tier": "first_tier", "appeal_outcome": "allowed", "tribunal_words": "The list was approved."}


@pytest.fixture(autouse=True)
def _in_march():
    """Tuesday 2 March 2027, at ten."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        yield


def appealed(stage="in_force", **more):
    """A notice against whose service an appeal was recorded."""
    case, people = enforcement.notice_at(stage, **more)
    make.act(case.case_id, people.lawyer, "record_appeal", act=enforcement.service(case), **GROUNDS)
    return case, people


def decided(case, people, **more):
    """Record what the appeal against the service decided."""
    said = {**WON, **more}
    make.act(case.case_id, people.lawyer, "record_appeal_outcome", act=enforcement.service(case), **said)


def test_an_appeal_is_kept_and_suspends_nothing():
    """An appeal meets the time to appeal; under the draft each step keeps its day, and the body is told so."""
    case, people = appealed()

    known = enforcement.of(case)
    (row,) = known.more.appeals
    assert (row.act, row.grounds, row.received_on) == (
        enforcement.service(case),
        "fact, law",
        date(2027, 3, 2),
    )
    assert enforcement.due(case, "appeal") == []
    assert enforcement.due(case, "compliance") == [date(2028, 3, 1), date(2028, 8, 23)]
    assert known.intervals == []
    assert (known.told[-1].keys["act"], known.told[-1].data["haste"]) == (row.act, "ordinary")
    assert known.told[-1].keys["notice_step"] == [one.id for one in known.more.steps]
    assert len(queries.appeals_of(case.case_id, by=people.contact)) == 1


def test_one_appeal_in_each_court():
    """A second appeal against the same in the same court is refused while the first is open."""
    case, people = appealed()

    with pytest.raises(Invalid, match="open there already"):
        make.act(case.case_id, people.lawyer, "record_appeal", act=enforcement.service(case), **GROUNDS)


def test_what_is_no_act_cannot_be_appealed():
    """Only service, a variation or a refusal can be appealed, not any entry."""
    case, people = enforcement.notice_at("in_force")

    with pytest.raises(NotNow, match="no appeal to a tribunal"):
        make.act(case.case_id, people.lawyer, "record_appeal", act=1, **GROUNDS)


def test_an_appeal_against_a_variation_is_about_its_steps():
    """An appeal against a variation is about the steps it varied, and one against a refusal about none."""
    case, people = enforcement.notice_at("in_force")
    first, second = enforcement.step_id(case, 1), enforcement.step_id(case, 2)
    rows = [{"notice_step": first, "done_by": date(2028, 6, 1)}]
    make.act(case.case_id, people.lawyer, "clear_variation", variation=rows)
    vary = make.act(case.case_id, people.commissioner, "vary", reason_told="So.", **enforcement.served())
    make.act(case.case_id, people.contact, "apply_for_certificate", notice_step=second, step_report="Done.")
    said = {"notice_step": second, "sent_on": moments.today(), "reason_told": "No."}
    refuse = make.act(case.case_id, people.manager, "refuse_certificate", **said)
    about = []
    for act in (vary.seq, refuse.seq):
        make.act(case.case_id, people.lawyer, "record_appeal", act=act, **GROUNDS)
        about.append(enforcement.of(case).told[-1].keys["notice_step"])

    assert about == [[first], []]


def test_the_tribunal_may_give_more_time():
    """More time that the tribunal gives moves the last day to appeal; it needs its day."""
    case, people = enforcement.notice_at("in_force")
    said = {"act": enforcement.service(case), "appeal_event": "more_time"}
    with pytest.raises(Invalid, match="until when"):
        make.act(case.case_id, people.lawyer, "record_appeal_event", **said)
    make.act(case.case_id, people.lawyer, "record_appeal_event", **said, until=date(2027, 4, 14))

    assert enforcement.due(case, "appeal") == [date(2027, 4, 14)]


def test_another_event_gives_no_time():
    """A hearing that is listed moves no day, whatever else was filled in."""
    case, people = enforcement.notice_at("in_force")
    said = {"act": enforcement.service(case), "appeal_event": "hearing", "until": date(2027, 4, 14)}
    make.act(case.case_id, people.lawyer, "record_appeal_event", **said, granted=True)

    assert enforcement.due(case, "appeal") == [date(2027, 3, 30)]


def test_a_withdrawn_appeal_is_open_no_more():
    """A withdrawal ends the appeal; there is nothing left to decide."""
    case, people = appealed()
    said = {"act": enforcement.service(case), "appeal_event": "withdrawn"}
    make.act(case.case_id, people.lawyer, "record_appeal_event", **said)

    assert [one.outcome for one in enforcement.of(case).more.appeals] == ["withdrawn"]
    with pytest.raises(NotNow, match="No appeal against that is open"):
        decided(case, people)


def test_a_suspension_stops_the_steps_it_names():
    """Suspended for ten days, a step is due ten days later; the other keeps its day, and the case cannot close."""
    case, people = enforcement.notice_at("in_force")
    chosen = [enforcement.step_id(case)]
    with pytest.raises(NotNow, match="No step is suspended"):
        make.act(case.case_id, people.lawyer, "end_suspension", notice_steps=chosen)
    make.act(case.case_id, people.lawyer, "record_suspension", suspended_by="by_order", notice_steps=chosen)
    with pytest.raises(NotNow, match="One of those steps is not suspended"):
        make.act(case.case_id, people.lawyer, "end_suspension", notice_steps=[enforcement.step_id(case, 2)])
    with moments.as_at(make.at("2027-03-12T10:00")):
        make.act(case.case_id, people.lawyer, "end_suspension", notice_steps=chosen)

    assert enforcement.due(case, "compliance") == [date(2028, 3, 11), date(2028, 8, 23)]


def test_what_is_allowed_has_no_effect_while_it_can_go_further():
    """An appeal that was allowed stops every step; the notice ends once no further appeal is open or in time."""
    case, people = appealed()
    decided(case, people, further_appeal_by=date(2027, 4, 10))
    stopped = [one.paused_since for one in enforcement.of(case).running if one.name == "compliance"]
    with pytest.raises(NotNow, match="A further appeal can be made until 10 April 2027"):
        make.act(case.case_id, people.lawyer, "end_by_appeal")
    with moments.as_at(make.at("2027-04-12T10:00")):
        make.act(case.case_id, people.lawyer, "end_by_appeal")

    assert stopped == [date(2027, 3, 2)] * 2
    assert enforcement.of(case).stage == "quashed"
    assert enforcement.due(case, "compliance") == []


def test_a_further_appeal_that_is_open_keeps_it_open():
    """While a further appeal is open the notice neither ends nor closes."""
    case, people = appealed()
    decided(case, people)
    further = {**GROUNDS, "tier": "upper"}
    make.act(case.case_id, people.lawyer, "record_appeal", act=enforcement.service(case), **further)

    with pytest.raises(NotNow, match="A further appeal is open"):
        make.act(case.case_id, people.lawyer, "end_by_appeal")
    decided(case, people, tier="upper", appeal_outcome="confirmed")
    with pytest.raises(NotNow, match="No appeal against the notice itself was allowed"):
        make.act(case.case_id, people.lawyer, "end_by_appeal")


def test_an_appeal_that_confirms_changes_nothing():
    """A notice that is confirmed stands with its days, and its letter says what was decided."""
    case, people = appealed()
    decided(case, people, appeal_outcome="confirmed", tribunal_words="We agree with the regulator.")

    assert enforcement.of(case).intervals == []
    assert enforcement.due(case, "compliance") == [date(2028, 3, 1), date(2028, 8, 23)]


def test_what_is_sent_back_is_decided_again():
    """Sent back, the notice has no effect, its text is no longer shown, and it is decided, signed and served anew."""
    case, people = appealed()
    shown = queries.notice_of(case.case_id, by=people.contact)
    said = {"act": enforcement.service(case), "tier": "first_tier", "tribunal_words": "Decide again."}
    make.act(case.case_id, people.lawyer, "remit", **said)

    assert shown is not None
    assert queries.notice_of(case.case_id, by=people.contact) is None
    assert enforcement.due(case, "compliance") == enforcement.due(case, "appeal") == []
    assert enforcement.of(case).stage == "considering"
    for role, step, data in enforcement.PATHS["in_force"][3:]:
        given = enforcement.served() if step == "record_service" else dict(data)
        make.act(case.case_id, getattr(people, role), step, **given)
    assert len(enforcement.due(case, "compliance")) == 2
    numbers = [
        one.number
        for one in enforcement.of(case).more.versions
        if (one.what, one.audience) == ("notice", "body")
    ]
    assert numbers == [1, 2]


def test_only_the_notice_itself_is_sent_back():
    """A refusal that the tribunal sends back does not take the effect from the notice."""
    case, people = enforcement.notice_at("in_force")
    chosen = enforcement.step_id(case)
    make.act(case.case_id, people.contact, "apply_for_certificate", notice_step=chosen, step_report="Done.")
    said = {"notice_step": chosen, "sent_on": moments.today(), "reason_told": "No."}
    refused = make.act(case.case_id, people.manager, "refuse_certificate", **said)
    make.act(case.case_id, people.lawyer, "record_appeal", act=refused.seq, **GROUNDS)

    with pytest.raises(NotNow, match="No appeal against the notice itself"):
        make.act(
            case.case_id,
            people.lawyer,
            "remit",
            act=refused.seq,
            tier="first_tier",
            tribunal_words="Decide again.",
        )


def test_an_open_appeal_keeps_a_complied_notice_open():
    """A notice complied with is not closed while an appeal is open."""
    case, people = appealed(instrument="information")
    for number in (1, 2):
        said = {"notice_step": enforcement.step_id(case, number), "certified_as": "not_needed"}
        make.act(case.case_id, people.enforcement_officer, "recommend_certificate", **said, reason="So.")
        make.act(case.case_id, people.manager, "certify_step", **said)
    make.act(case.case_id, people.enforcement_officer, "mark_complied")

    with pytest.raises(NotNow, match="An appeal is open"):
        make.act(case.case_id, people.manager, "close")
