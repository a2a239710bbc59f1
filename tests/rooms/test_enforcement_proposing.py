"""Proposing a notice, a warning or a reprimand: what must be said, to whom it cannot be given, and what is amended."""

import make
import make_enforcement as enforcement
import pytest

from regulator.casework.editions import current
from regulator.casework.linking import Origin, OtherCase
from regulator.casework.steps import open_case
from regulator.errors import Invalid, NotNow, Refused

pytestmark = pytest.mark.usefixtures("in_app")


def amended(**more):
    """What somebody answers who amends a proposal."""
    data = enforcement.proposal(**more)
    return {name: value for name, value in data.items() if name not in ("title", "body")}


def refused(**more):
    """The sentence with which a proposal is refused."""
    with pytest.raises(NotNow) as refusal:
        enforcement.proposed(**more)
    return refusal.value.sentence


def test_what_is_proposed_is_written_down():
    """A proposal keeps its power, why, each precondition and each step with its day."""
    known = enforcement.of(enforcement.proposed())

    notice, steps = known.more.notice, known.more.steps
    assert (notice.instrument, notice.proposed, notice.power) == ("compliance",) * 3
    assert notice.failure == "Nobody approved the list.\n\nImages were kept for a year."
    assert [(one.number, one.done_by, one.prohibits) for one in steps] == [
        (1, enforcement.in_days(365), False),
        (2, enforcement.in_days(540), True),
    ]
    assert known.case.title == "Watchlists nobody approved"


def test_nothing_is_due_and_nobody_outside_knows_while_it_is_only_proposed(owner):
    """A proposal starts no clock, writes no letter and is shown to no body."""
    known = enforcement.of(enforcement.proposed())

    assert known.running == []
    assert not any(one.sees for one in known.subjects)
    assert owner.execute("select count(*) from letter").fetchone() == (0,)


def test_a_crown_body_cannot_be_given_a_notice():
    """A notice to a Crown body is refused with that sentence under the draft."""
    assert "is a Crown body, and a Crown body cannot be given a notice" in refused(body="hmrc")


@pytest.mark.parametrize("instrument", ["warning", "reprimand"])
def test_a_crown_body_can_be_warned_or_reprimanded(instrument):
    """A warning or a reprimand can be proposed for a Crown body, and has no steps."""
    known = enforcement.of(enforcement.proposed(body="hmrc", instrument=instrument))

    assert (known.stage, list(known.more.steps)) == ("proposed", [])


def test_a_crown_body_can_be_given_a_notice_under_the_act():
    """Under the Act a notice can be given to a Crown body."""
    assert enforcement.of(enforcement.proposed(edition=enforcement.DPA, body="hmrc")).stage == "proposed"


def test_every_precondition_is_answered():
    """A precondition without an answer, or answered with no and no reason, is named."""
    tests = [one.code for one in current().choices("preconditions")]
    some = [{"test": one, "answer": "passes"} for one in tests[1:]]
    no = [{"test": one, "answer": "fails" if one == "threshold" else "passes"} for one in tests]

    assert refused(preconditions=some) == (
        "Answer every precondition: “May the body be given it?” has no answer."
    )
    assert "although the answer to “Is there reason to believe" in refused(preconditions=no)


def test_the_power_is_the_one_for_what_is_proposed():
    """A notice under the power to reprimand is refused."""
    assert "The power is not the one" in refused(power="reprimand")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ([], "A notice needs at least one step"),
        ([{"words": "Stop"}], "Say by which day step 1 must be done."),
        ([{"done_by": "soon"}], "Say what step 1 requires."),
        ([{"words": "Stop", "hours": 24}], "Only a notice that is urgent sets hours"),
        ([{"words": "Stop", "hours": 24, "done_by": "x"}], "and not both"),
    ],
)
def test_each_step_has_its_day(asked, sentence):
    """A notice has steps, and each of them words and a day; hours are for what is urgent."""
    assert sentence in refused(notice_steps_asked=asked)


def test_the_day_of_a_step_is_to_come():
    """A step cannot be due today or before."""
    asked = [{"words": "Stop", "done_by": enforcement.in_days(0)}]

    assert refused(notice_steps_asked=asked) == "The day of step 1 must be in the future."


def test_a_reprimand_has_no_steps():
    """A reprimand that asks for something by a day is refused."""
    assert "A warning or a reprimand has no steps" in refused(
        instrument="reprimand", notice_steps_asked=enforcement.steps()
    )


def test_what_is_urgent_says_why():
    """An urgent notice without its reasons is refused; with them it may set hours."""
    hours = [{"words": "Stop", "hours": 36}]
    assert "Say why it is urgent" in refused(is_urgent=True, notice_steps_asked=hours)

    case = enforcement.proposed(is_urgent=True, urgency="People are stopped daily.", notice_steps_asked=hours)
    assert enforcement.of(case).more.steps[0].hours == 36


def test_only_those_who_enforce_or_work_cases_propose():
    """A manager or a lawyer does not propose."""
    for role in ("manager", "lawyer", "publisher"):
        with pytest.raises(Refused):
            open_case("propose", "enforcement", by=make.person(role), data=enforcement.proposal())


def test_an_amended_proposal_takes_the_place_of_the_first():
    """Amending writes anew what is proposed: steps beyond the new ones are gone, and precondition answers change."""
    case, people = enforcement.notice_at("proposed")
    one = [{"words": "Stop it", "done_by": enforcement.in_days(200)}]
    make.act(case.case_id, people.enforcement_officer, "amend_proposal", **amended(notice_steps_asked=one))

    known = enforcement.of(case)
    assert [(step.number, step.words) for step in known.more.steps] == [(1, "Stop it")]
    assert len(known.more.preconditions) == len(current().choices("preconditions"))


def test_amended_to_a_warning_it_has_no_steps_any_more():
    """A notice amended to a warning loses its steps."""
    case, people = enforcement.notice_at("proposed")
    make.act(case.case_id, people.enforcement_officer, "amend_proposal", **amended(instrument="warning"))

    known = enforcement.of(case)
    assert (known.more.notice.instrument, list(known.more.steps)) == ("warning", [])


def test_opened_because_of_another_case_both_are_linked(owner):
    """A notice proposed because of a complaint is linked with it in both cases."""
    complaint, _ = make.complaint_at("investigating")
    origin = Origin(OtherCase(complaint.case_id, complaint.reference), "The list is a failure.")
    case = open_case(
        "propose",
        "enforcement",
        by=make.person("caseworker"),
        data=enforcement.proposal(),
        origin=origin,
    )

    links = owner.execute("select case_id, other_id, relation from case_link order by case_id").fetchall()
    assert sorted(links) == sorted(
        [(case.case_id, complaint.case_id, "follows"), (complaint.case_id, case.case_id, "leads_to")]
    )


@pytest.mark.parametrize("given", ["20 days", "2 weeks", "15 working days", "24 hours"])
def test_the_body_has_21_days_or_more(given):
    """A notice of intent that leaves less than 21 days, or counts otherwise than in days, is refused."""
    case, people = enforcement.notice_at("cleared")

    with pytest.raises(NotNow, match="representations"):
        make.act(case.case_id, people.manager, "give_notice_of_intent", intent=["So."], answer_within=given)


def test_a_length_that_is_none_is_named():
    """What is no length of time is refused beside its question."""
    case, people = enforcement.notice_at("cleared")

    with pytest.raises(Invalid) as refusal:
        make.act(case.case_id, people.manager, "give_notice_of_intent", intent=["So."], answer_within="soon")
    assert refusal.value.field == "answer_within"


def test_notice_of_intent_is_frozen_and_told():
    """The body is given what is intended in numbered paragraphs, by letter, and its time begins."""
    case, _ = enforcement.notice_at("intent_given")

    known = enforcement.of(case)
    (version,) = [one for one in known.more.versions if one.what == "notice_of_intent"]
    assert (version.audience, version.party_id) == ("body", known.subject.id)
    assert all(one.sees for one in known.subjects)
    assert enforcement.due(case, "representations") == [enforcement.in_days(27)]


@pytest.mark.parametrize(
    ("more", "may"),
    [
        ({}, False),
        ({"instrument": "reprimand"}, False),
        ({"instrument": "information"}, True),
        ({"instrument": "audit"}, True),
        ({"is_urgent": True, "urgency": "It is."}, True),
    ],
)
def test_without_notice_of_intent(more, may):
    """Only what is urgent, with reasons, and an information or an audit notice go on without notice of intent."""
    case, people = enforcement.notice_at("cleared", **more)

    def dispense():
        make.act(case.case_id, people.manager, "dispense_with_intent", reason="So.")

    if may:
        dispense()
        assert enforcement.of(case).stage == "deciding"
        assert not any(one.sees for one in enforcement.of(case).subjects)
    else:
        with pytest.raises(NotNow, match="the body must be told first"):
            dispense()


def test_dropped_before_the_body_knows_it_needs_no_reasons_for_it():
    """Dropped before notice of intent nobody outside is told; after it the reasons for the body are needed."""
    early, people = enforcement.notice_at("cleared")
    late, _ = enforcement.notice_at("considering", people)

    make.act(early.case_id, people.manager, "drop", reason="Money")
    with pytest.raises(NotNow, match="write the reasons that it will read"):
        make.act(late.case_id, people.manager, "drop", reason="Money")
    make.act(late.case_id, people.manager, "drop", reason="Money", reason_told="You put it right.")
    assert [enforcement.of(case).stage for case in (early, late)] == ["not_pursued"] * 2


def test_a_case_brought_over_is_proposed_anew():
    """A case brought over comes as proposed without its proposal, which is then written; never in force."""
    by, manager = make.person("records_manager"), make.person("manager")
    data = {
        "predecessor": "The old regulator",
        "old_reference": "X1",
        "old_rules": "Older rules",
        "body": make.body_id(),
        "confirmed_by": manager.person_id,
    }
    with pytest.raises(NotNow, match="in force"):
        open_case("import_case", "enforcement", by=by, data={**data, "stage": "in_force"})
    with pytest.raises(Invalid, match="as proposed"):
        open_case("import_case", "enforcement", by=by, data={**data, "stage": "deciding"})
    case = open_case("import_case", "enforcement", by=by, data={**data, "stage": "proposed"})
    make.act(case.case_id, make.person("enforcement_officer"), "amend_proposal", **amended())

    assert enforcement.of(case).more.notice.instrument == "compliance"
