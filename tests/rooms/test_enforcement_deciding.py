"""What a body says of what is intended, what is decided on that, and the text that is signed."""

import hashlib

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.enforcement import queries
from regulator.errors import Conflict, Invalid, NotNow, Refused

pytestmark = pytest.mark.usefixtures("in_app")
DECIDE = {"decision": "issue", "decision_reasons": "It is needed."}


def drafted(case, by, *points, **more):
    """Save representations as somebody of the body."""
    make.act(case.case_id, by, "draft_representations", representations=list(points), **more)


def test_a_draft_is_the_bodys_own():
    """What a contact drafts is read by colleagues and never by the regulator."""
    case, people = enforcement.notice_at("intent_given")
    drafted(case, people.contact, "We approved it.")

    assert queries.draft_of(case.case_id, by=people.approving_officer).words == "We approved it."
    assert queries.draft_of(case.case_id, by=people.enforcement_officer) is None
    assert queries.draft_of(case.case_id, by=make.person("contact", body="kent")) is None


def test_a_colleague_is_not_written_over():
    """A save made from an older version of the draft is a conflict, and the draft stays as it was saved."""
    case, people = enforcement.notice_at("intent_given")
    drafted(case, people.contact, "First.")
    drafted(case, people.contact, "Second.", version=1)

    with pytest.raises(Conflict):
        drafted(case, people.contact, "Third.", version=1)
    assert queries.draft_of(case.case_id, by=people.contact).words == "Second."


def test_representations_are_frozen_point_by_point():
    """Signed representations are numbered points and a frozen version; the draft is gone."""
    case, people = enforcement.notice_at("intent_given")
    drafted(case, people.contact, "We approved it.")
    make.act(case.case_id, people.approving_officer, "make_representations", **enforcement.SAID)

    known = enforcement.of(case)
    assert [(one.number, one.words, one.is_late) for one in known.more.points] == [
        (1, "The list was approved.", False),
        (2, "A year is too short.", False),
    ]
    assert [one.number for one in known.more.versions if one.what == "representations"] == [1]
    assert list(known.more.drafts) == []
    assert known.stage == "considering"


def test_a_contact_does_not_sign():
    """Only the approving officer makes representations, and of the body it is about."""
    case, people = enforcement.notice_at("intent_given")

    for by in (people.contact, make.person("approving_officer", body="kent")):
        with pytest.raises(Refused):
            make.act(case.case_id, by, "make_representations", **enforcement.SAID)


def test_late_representations_are_marked():
    """A manager may admit late representations: they are numbered on and marked as late."""
    case, people = enforcement.notice_at("considering")
    make.act(
        case.case_id,
        people.manager,
        "admit_late_representations",
        representations=["One more."],
        reason="They were ill.",
    )

    assert [(one.number, one.is_late) for one in enforcement.of(case).more.points] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_every_point_is_answered_with_a_reason():
    """A point without an answer, or an answer without a reason, keeps the case where it is."""
    case, people = enforcement.notice_at("considering")
    answers = enforcement.answers_to(case)
    for some in (answers[:1], [answers[0], {**answers[1], "reason": None}]):
        with pytest.raises(NotNow, match="Answer point 2"):
            make.act(case.case_id, people.enforcement_officer, "consider_representations", point_answers=some)

    make.act(case.case_id, people.enforcement_officer, "consider_representations", point_answers=answers)
    assert [one.answer for one in enforcement.of(case).more.points] == ["not_accepted"] * 2


def test_a_body_that_says_nothing_leaves_nothing_to_answer():
    """Where the body makes no representations the officer goes on without answers."""
    case, people = enforcement.notice_at("intent_given")
    make.act(case.case_id, people.approving_officer, "decline_to", response_signed=True)
    make.act(case.case_id, people.enforcement_officer, "consider_representations")

    assert enforcement.of(case).stage == "deciding"


def test_a_lesser_instrument_is_named_and_lesser():
    """A lesser instrument is named if and only if it is decided, and it is milder than what was proposed."""
    case, people = enforcement.notice_at("deciding", instrument="information")
    for said, sentence in (
        ({"decision": "lesser"}, "Choose which lesser instrument"),
        ({"decision": "issue", "lesser": "warning"}, "only where you decide"),
        ({"decision": "lesser", "lesser": "compliance"}, "not lesser than what was proposed"),
    ):
        with pytest.raises(NotNow, match=sentence):
            make.act(case.case_id, people.commissioner, "decide", **{**DECIDE, **said})

    make.act(
        case.case_id, people.commissioner, "decide", **{**DECIDE, "decision": "lesser", "lesser": "warning"}
    )
    notice = enforcement.of(case).more.notice
    assert (notice.instrument, notice.power, notice.proposed) == ("warning", "warning", "information")


def test_issued_with_changes():
    """A decision may change what failed, and the steps with their days; without saying so it may not."""
    case, people = enforcement.notice_at("deciding")
    changed = [{"words": "Publish it", "done_by": enforcement.in_days(700)}]
    with pytest.raises(Invalid, match="issued with changes"):
        make.act(case.case_id, people.commissioner, "decide", **DECIDE, notice_steps_asked=changed)
    said = {**DECIDE, "decision": "issue_changed", "failure": ["No list."], "notice_steps_asked": changed}
    make.act(case.case_id, people.commissioner, "decide", **said)

    known = enforcement.of(case)
    assert known.more.notice.failure == "No list."
    assert [(one.number, one.words) for one in known.more.steps] == [(1, "Publish it")]


def test_steps_come_back_when_it_is_decided_again():
    """A reprimand decided in place of a notice asks for nothing; sent back and decided again, the steps are there."""
    case, people = enforcement.notice_at("deciding")
    lesser = {**DECIDE, "decision": "lesser", "lesser": "reprimand"}
    make.act(case.case_id, people.commissioner, "decide", **lesser)
    make.act(case.case_id, people.lawyer, "clear_final", final_text=["So."])
    text = enforcement.of(case).more.notice.final_text
    make.act(case.case_id, people.lawyer, "send_back", reason="It is graver.")
    make.act(case.case_id, people.commissioner, "decide", **DECIDE)

    known = enforcement.of(case)
    assert "Step 1" not in text
    assert (known.more.notice.instrument, len(known.more.steps)) == ("compliance", 2)


def test_the_text_says_what_a_notice_must_say():
    """The final text names the power, the standard, what failed, the reasons, and each step with its day."""
    case, _ = enforcement.notice_at("signed")
    text = enforcement.of(case).more.notice.final_text

    for words in (
        "Compliance notice to Metropolitan Police Service",
        "section 6 of the Forensic Science Regulator Act 2021",
        "The purpose of a deployment is set out",
        "What failed, or is feared: Nobody approved the list.",
        "because people are stopped",
        f"Step 1, by {moments.today().replace(year=moments.today().year + 1):%-d %B %Y}: Publish who approves",
        "is prohibited until it is done: Delete the images",
    ):
        assert words in text


def test_the_text_is_frozen_as_it_is_signed():
    """Signed, the text is kept as a version with its hash, and that hash is the notice’s."""
    case, _ = enforcement.notice_at("signed")

    known = enforcement.of(case)
    (version,) = [one for one in known.more.versions if one.what == "notice"]
    digest = hashlib.sha256(known.more.notice.final_text.encode()).hexdigest()
    assert (version.audience, version.text) == ("internal", known.more.notice.final_text)
    assert version.text_hash == known.more.notice.text_hash == digest


def test_what_is_not_cleared_since_it_was_decided_is_not_signed():
    """A text cleared before the last decision does not do."""
    case, people = enforcement.notice_at("to_sign")
    with pytest.raises(NotNow, match="A lawyer must clear the final text first"):
        make.act(case.case_id, people.commissioner, "sign", signature=True)
    make.act(case.case_id, people.lawyer, "clear_final", final_text=["So."])
    make.act(case.case_id, people.commissioner, "send_back", reason="No.")
    make.act(case.case_id, people.commissioner, "decide", **DECIDE)

    with pytest.raises(NotNow, match="A lawyer must clear the final text first"):
        make.act(case.case_id, people.commissioner, "sign", signature=True)


@pytest.mark.parametrize(
    ("edition", "more", "days", "may"),
    [
        ("2026-draft", {}, 29, True),  # sent tomorrow, the time to appeal ends on the 29th day from today
        ("2026-draft", {}, 28, False),
        ("dpa-2018", {}, 28, True),  # 28 days beginning with the day it is sent
        ("dpa-2018", {}, 27, False),
        ("2026-draft", {"is_urgent": True, "urgency": "It is."}, 2, True),
        ("2026-draft", {"is_urgent": True, "urgency": "It is.", "instrument": "audit"}, 9, True),
        ("2026-draft", {"is_urgent": True, "urgency": "It is.", "instrument": "audit"}, 6, False),
    ],
)
def test_every_step_leaves_the_least_time(edition, more, days, may):
    """Nothing is signed that leaves a step less time than the rules of its case do, served tomorrow."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        asked = [{"words": "Stop", "done_by": enforcement.in_days(days)}]
        case, people = enforcement.notice_at("to_sign", edition=edition, notice_steps_asked=asked, **more)
        make.act(case.case_id, people.lawyer, "clear_final", final_text=["So."])
        if may:
            make.act(case.case_id, people.commissioner, "sign", signature=True)
            assert enforcement.of(case).stage == "signed"
        else:
            with pytest.raises(NotNow, match="step 1 could not bind before"):
                make.act(case.case_id, people.commissioner, "sign", signature=True)


def test_past_six_months_it_can_only_be_decided_to_go_no_further():
    """When the time to decide is over nothing is issued; the commissioner decides to go no further."""
    with moments.as_at(make.at("2027-01-04T10:00")):
        case, people = enforcement.notice_at("deciding")
    with moments.as_at(make.at("2027-07-05T10:00")):
        with pytest.raises(
            NotNow, match="The time to decide after the notice of intent ended on 3 July 2027"
        ):
            make.act(case.case_id, people.commissioner, "decide", **DECIDE)
        make.act(case.case_id, people.commissioner, "decide_nothing", reason_told="Too late.")

    assert enforcement.of(case).stage == "not_pursued"


def test_more_time_to_decide_is_agreed_in_writing():
    """More time to decide needs no request, but with whom it was agreed is written down."""
    case, people = enforcement.notice_at("intent_given")
    clock = enforcement.of(case).clock("decide_after_intent").ref
    given = {"clock": clock, "granted": True, "length": "1 month", "reason_told": "You asked us to wait."}
    with pytest.raises(NotNow, match="with whom it was agreed"):
        make.act(case.case_id, people.manager, "decide_more_time", **given)
    before = enforcement.due(case, "decide_after_intent")
    make.act(case.case_id, people.manager, "decide_more_time", **given, agreement="With the chief, today")

    assert enforcement.due(case, "decide_after_intent") > before
