"""The pages of a notice: what each part of the regulator and of the body sees, sends and is kept from."""

import make
import make_enforcement as enforcement
import pytest
from rooms.staff_pages import At, errors, words

from regulator.casework.editions import current


def answered(**more):
    """The form of a proposal, filled in."""
    day = enforcement.in_days(365)
    tests = [one.code for one in current().choices("preconditions")]
    return {
        "title": "Watchlists nobody approved",
        "body": str(make.body_id()),
        "instrument": "compliance",
        **{f"preconditions-{one}-answer": "passes" for one in tests},
        "failure": "Nobody approved the list.\nImages were kept.",
        "standard": next(iter(current().standards)),
        "notice_steps_asked-rows": "2",
        "notice_steps_asked-1-words": "Publish who approves each list",
        "notice_steps_asked-1-done_by": [str(day.day), str(day.month), str(day.year)],
        "is_urgent": "no",
        **more,
    }


@pytest.fixture
def at(app):
    """A browser for anybody."""
    return lambda by: At(app, by)


@pytest.fixture
def inside(app):
    """Does something in the application, outside any page."""
    return enforcement.inside(app)


def test_a_notice_is_proposed_on_its_page(at, inside, owner):
    """An enforcement officer proposes a notice: steps, preconditions and the power that belongs to it are kept."""
    by = inside(make.person, "enforcement_officer")
    page = at(by).send("/cases/new/enforcement", **inside(answered))

    assert page.status_code == 302
    assert owner.execute("select instrument, power, failure from notice").fetchall() == [
        ("compliance", "compliance", "Nobody approved the list.\n\nImages were kept.")
    ]
    assert owner.execute("select number, words from notice_step").fetchall() == [
        (1, "Publish who approves each list")
    ]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"notice_steps_asked-1-words": ""}, "Step 1: Say what must be done"),
        ({"notice_steps_asked-1-done_by": ["", "", ""]}, "Step 1: Give a day, or a number of hours"),
        ({"preconditions-harm-answer": ""}, "considered? Answer the precondition"),
        ({"preconditions-harm-answer": "fails"}, "Say why it is proposed although the answer is no"),
        ({"is_urgent": "yes"}, "Say why it is urgent"),
        ({"instrument": "reprimand"}, "A warning or a reprimand has no steps"),
    ],
)
def test_what_is_wrong_is_said_beside_its_box(at, inside, more, sentence):
    """A proposal that cannot be made says at each box what is missing, and keeps what was typed."""
    page = at(inside(make.person, "enforcement_officer")).send(
        "/cases/new/enforcement", **inside(answered, **more)
    )

    assert any(sentence in line for line in errors(page)), errors(page)
    assert "Nobody approved the list." in page.text


def test_a_crown_body_is_refused_on_the_page(at, inside):
    """The page says that a Crown body cannot be given a notice."""
    by = inside(make.person, "enforcement_officer")
    page = at(by).send("/cases/new/enforcement", **inside(answered, body=str(inside(make.body_id, "hmrc"))))

    assert "is a Crown body" in words(page)


@pytest.mark.parametrize(
    ("stage", "path", "sent"),
    [
        ("proposed", "legal-review", {"legal_advice": "Fine."}),
        ("cleared", "give-notice-of-intent", {"intent": "So."}),
        ("deciding", "decide", {"decision": "issue", "decision_reasons": "So."}),
        ("to_sign", "clear-final", {"final_text": "So."}),
        ("signed", "sign", {"signature": "yes"}),
    ],
)
def test_nobody_who_proposed_does_what_others_must(at, inside, stage, path, sent):
    """Whoever proposed is told on each page that somebody else must do it, and cannot send it."""
    people = inside(enforcement.cast)
    people.proposer = inside(make.person, "enforcement_officer", "lawyer", "manager", "commissioner")
    before = {"signed": "to_sign"}.get(stage, stage)
    case, _ = inside(enforcement.notice_at, before, people)
    if stage == "signed":
        inside(make.act, case.case_id, people.lawyer, "clear_final", final_text=["So."])
    browser = at(people.proposer)
    page = browser.get(f"/cases/{case.reference}/{path}")
    answer = browser.post(
        f"/cases/{case.reference}/{path}", {**browser.drawn(f"/cases/{case.reference}"), **sent}
    )

    assert page.status_code == 409
    assert "someone else must" in words(page)
    assert answer.status_code != 302
    assert inside(enforcement.of, case).stage == before


def test_whoever_cleared_it_in_law_does_not_sign(at, inside):
    """A lawyer who cleared the proposal and is a commissioner too cannot sign."""
    people = inside(enforcement.cast)
    people.lawyer = inside(make.person, "lawyer", "commissioner")
    case, _ = inside(enforcement.notice_at, "to_sign", people)
    inside(make.act, case.case_id, people.lawyer, "clear_final", final_text=["So."])
    page = at(people.lawyer).get(f"/cases/{case.reference}/sign")

    assert page.status_code == 409
    assert "someone else must" in words(page)


def test_the_text_is_read_where_it_is_signed(at, inside):
    """A commissioner reads the whole text on the page on which it is signed."""
    case, people = inside(enforcement.notice_at, "to_sign")
    inside(make.act, case.case_id, people.lawyer, "clear_final", final_text=["People are stopped."])
    browser = at(people.commissioner)
    page = browser.get(f"/cases/{case.reference}/sign")
    browser.send(f"/cases/{case.reference}/sign", signature="yes")

    assert "People are stopped." in words(page)
    assert "Publish who approves each watchlist." in words(page)
    assert inside(enforcement.of, case).stage == "signed"


def test_the_final_text_begins_with_our_answers(at, inside):
    """The lawyer finds what the body said, with our answers, in the text to be cleared."""
    case, people = inside(enforcement.notice_at, "to_sign")
    page = at(people.lawyer).get(f"/cases/{case.reference}/clear-final")

    assert "You said: The list was approved. Our answer: Not accepted. The record shows none." in page.text


def test_a_decision_with_changes_is_sent_as_such(at, inside):
    """Steps changed on the page of the decision are refused as proposed, and kept when issued with changes."""
    case, people = inside(enforcement.notice_at, "deciding")
    path, browser = f"/cases/{case.reference}/decide", at(people.commissioner)
    steps = enforcement.steps()
    rows = {"notice_steps_asked-rows": "2"}
    for number, one in enumerate(steps, 1):
        day = one["done_by"]
        rows[f"notice_steps_asked-{number}-words"] = one["words"]
        rows[f"notice_steps_asked-{number}-done_by"] = [str(day.day), str(day.month), str(day.year + 1)]
    rows["notice_steps_asked-2-prohibits"] = "yes"
    said = {"failure": "Nobody approved the list.\nImages were kept for a year.", "decision_reasons": "So."}
    refused = browser.send(path, decision="issue", **said, **rows)
    browser.send(path, decision="issue_changed", **said, **rows)

    assert "You changed what is issued below: decide to issue it with changes" in errors(refused)
    assert [one.done_by.year for one in inside(enforcement.of, case).more.steps] == [
        one["done_by"].year + 1 for one in steps
    ]


def test_what_is_left_as_it_stands_is_issued_as_proposed(at, inside):
    """A decision to issue what stands on the page changes nothing."""
    case, people = inside(enforcement.notice_at, "deciding")
    rows = {"notice_steps_asked-rows": "2", "notice_steps_asked-2-prohibits": "yes"}
    for number, one in enumerate(enforcement.steps(), 1):
        day = one["done_by"]
        rows[f"notice_steps_asked-{number}-words"] = one["words"]
        rows[f"notice_steps_asked-{number}-done_by"] = [str(day.day), str(day.month), str(day.year)]
    said = {"failure": "Nobody approved the list.\nImages were kept for a year.", "decision_reasons": "So."}
    at(people.commissioner).send(f"/cases/{case.reference}/decide", decision="issue", **said, **rows)

    assert inside(enforcement.of, case).stage == "to_sign"


def test_a_manager_certifies_what_was_recommended(at, inside):
    """The manager chooses among what was recommended, and certifies it in those words."""
    case, people = inside(enforcement.notice_at, "in_force")
    chosen = inside(enforcement.step_id, case)
    day = enforcement.in_days(0)
    inside(
        make.act,
        case.case_id,
        people.enforcement_officer,
        "recommend_certificate",
        notice_step=chosen,
        certified_as="done",
        done_on=day,
        reason="We looked.",
    )
    browser = at(people.manager)
    page = browser.get(f"/cases/{case.reference}/certify-step")
    browser.send(f"/cases/{case.reference}/certify-step", notice_step=str(chosen))

    assert "Step 1 as done on" in words(page)
    assert (
        inside(enforcement.of, case).more.steps[0].settled_as,
        inside(enforcement.of, case).more.steps[0].done_on,
    ) == (
        "done",
        day,
    )


def test_those_who_approve_are_the_ones_who_may(at, inside):
    """Where a manager must have approved, managers alone can be chosen."""
    case, people = inside(enforcement.notice_at, "in_force")
    page = at(people.enforcement_officer).get(f"/cases/{case.reference}/correct-service").text

    assert f'value="{people.manager.person_id}"' in page
    assert f'value="{people.lawyer.person_id}"' not in page
