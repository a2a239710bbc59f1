"""The forms of a complaint’s own that staff fill in: rows for tests, questions, findings and comments."""

import json
import re

import make
import pytest
from rooms.complaint_pages import Anybody, answers, walk, with_code
from rooms.staff_pages import At, errors, words

from regulator.casework.editions import current
from tests.linting import faults, read

PASSES = {f"remit_answers-{test}-answer": "passes" for test in make.REMIT}
VIEW = {"view_to_complainant": "We think it was wrong.\nWe are sorry.", "view_to_body": "It was wrong."}


def at(app, stage, role="caseworker"):
    """A complaint at a stage, its people, a browser of one of them, and where its pages are."""
    case, people, _ = with_code(app, stage)
    return case, people, At(app, getattr(people, role)), f"/cases/{case.reference}"


def rows(owner, query):
    """What a query finds."""
    return owner.execute(query).fetchall()


@pytest.mark.parametrize(
    ("stage", "step"),
    [
        ("screening", "accept"),
        ("investigating", "request-account"),
        ("investigating", "share-provisional-view"),
    ],
)
def test_sound(app, stage, step):
    """Each form is sound."""
    _, _, browser, place = at(app, stage)
    page = browser.get(f"{place}/{step}")

    assert page.status_code == 200
    assert faults(read(page.text)) == []


def test_every_remit_test(app, owner):
    """A complaint is accepted when every test is answered; each answer and note is kept."""
    _, _, browser, place = at(app, "screening")
    answers = {**PASSES, "remit_answers-standing-note": "Her own complaint."}
    missing = browser.send(f"{place}/accept", **{k: v for k, v in PASSES.items() if "standing" not in k})
    accepted = browser.send(f"{place}/accept", **answers)

    assert errors(missing) == ["May this person complain, or act for the person who can? Answer the test"]
    assert accepted.status_code == 302
    kept = rows(owner, "select test, answer, note from remit_answer")
    assert {test for test, _, _ in kept} == set(make.REMIT)
    assert ("standing", "passes", "Her own complaint.") in kept


def test_a_failed_test_needs_a_word(app):
    """A test that fails needs a word on why the complaint can be accepted all the same."""
    _, _, browser, place = at(app, "screening")
    page = browser.send(f"{place}/accept", **{**PASSES, "remit_answers-force_first-answer": "fails"})

    assert "Say why it can be accepted although this test fails" in errors(page)[0]


def test_questions_to_the_body(app, owner):
    """Questions are numbered as they were written, without the empty boxes; more boxes come for the asking."""
    _, _, browser, place = at(app, "investigating")
    written = {"items-1-question": "Which?", "items-4-question": "Who?", "items-rows": "8"}
    more = browser.send(f"{place}/request-account", **written, **{"items-more": "yes"})
    nothing = browser.send(f"{place}/request-account", **{"items-rows": "8"})
    browser.send(f"{place}/request-account", **written)

    assert more.status_code == 200
    assert errors(more) == []
    assert more.text.count("items-12-question") > 0
    assert "Which?" in more.text
    assert errors(nothing) == ["Ask at least one question"]
    assert rows(owner, "select number, question from evidence_item order by number") == [
        (1, "Which?"),
        (2, "Who?"),
    ]


def test_findings_and_views(app, owner):
    """Each allegation gets a finding under a standard, and each side a version in numbered paragraphs."""
    _, _, browser, place = at(app, "investigating")
    code = next(iter(current().standards))
    found = {
        f"findings-{number}-{name}": said
        for number in (1, 2)
        for name, said in (("finding", "partly_upheld"), ("standard", code), ("reasons", "The record."))
    }
    missing = browser.send(f"{place}/share-provisional-view", **{**found, "findings-2-standard": ""}, **VIEW)
    shared = browser.send(f"{place}/share-provisional-view", **found, **VIEW)

    assert errors(missing) == ["Allegation 2: Choose the standard"]
    assert shared.status_code == 302
    assert (
        rows(owner, "select finding, standard, reasons from allegation")
        == [("partly_upheld", code, "The record.")] * 2
    )
    shown = rows(
        owner,
        "select v.audience, p.number, p.words from paragraph p join issued_version v on v.id = p.version_id"
        " order by 1, 2",
    )
    assert shown == [
        ("body", 1, "It was wrong."),
        ("complainant", 1, "We think it was wrong."),
        ("complainant", 2, "We are sorry."),
    ]


def comment(app, owner, case, by, said):
    """Comment on the first paragraph of the version shown to somebody."""
    number = owner.execute(
        "select min(p.id) from paragraph p join issued_version v on v.id = p.version_id where v.audience = %s",
        (by.side.value,),
    ).fetchone()[0]
    with app.app_context():
        make.act(case.case_id, by, "comment_on_view", comments=[{"paragraph": number, "words": said}])


def test_comments_are_answered_one_side_at_a_time(app, owner):
    """The complainant’s comments come first, then the body’s; each gets an answer and a reason its author reads.

    Colleagues who comment further find what was sent already.
    """
    case, people, browser, place = at(app, "provisional_view")
    comment(app, owner, case, people.contact, "The sign had fallen.")
    comment(app, owner, case, make.complainant(case.case_id), "I was never there.")
    hers, theirs = (
        rows(owner, f"select id from comment where side = '{side}'")[0][0] for side in ("complainant", "body")
    )
    first = browser.get(f"{place}/dispose-comment")
    unreasoned = browser.send(f"{place}/dispose-comment", **{f"disposition-{hers}-disposition": "accepted"})
    for one in (hers, theirs):
        answers = {
            f"disposition-{one}-disposition": "not_accepted",
            f"disposition-{one}-reason": f"Reason {one}.",
        }
        assert browser.send(f"{place}/dispose-comment", **answers).status_code == 302

    further = words(At(app, people.approving_officer).get(f"/body/cases/{case.reference}/comment-on-view"))
    assert re.search(r"Sent on \d+ \w+ \d{4}: The sign had fallen\.", further)
    assert "I was never there." not in further
    assert "I was never there." in words(first)
    assert "The sign had fallen." not in words(first)
    assert "Comments of the other side wait as well" in words(first)
    assert "Give the reason, which the author of the comment will read" in errors(unreasoned)[0]
    assert f"Reason {theirs}." in At(app, people.contact).get(f"/body/cases/{case.reference}").text
    assert f"Reason {hers}." not in At(app, people.contact).get(f"/body/cases/{case.reference}").text


def test_taken_in_by_an_officer(app, owner):
    """An officer records a complaint by telephone with the day it came, and is shown what to hand over."""
    with app.app_context():
        officer = make.person("intake_officer")
        body = str(make.body_id())
    browser = At(app, officer)
    page = browser.get("/cases/new/complaint")
    from rooms.complaint_pages import ANSWERS

    answers = {**ANSWERS, "body": body, "channel": "phone", "when_it_happened": ["20", "11", "2026", ""]}
    unsaid = browser.send("/cases/new/complaint", **{**answers, "channel": ""})
    sent = browser.send("/cases/new/complaint", **answers)
    entry = owner.execute(
        "select by_role, occurred_is_day, (occurred at time zone 'Europe/London')::date::text from entry"
        " where step = 'submit'"
    ).fetchone()

    assert faults(read(page.text)) == []
    assert "How did it reach us?" in words(page)
    assert "When did it reach us?" in words(page)
    assert errors(unsaid) == ["Choose how it reached us"]
    assert sent.status_code == 302
    assert entry == ("intake_officer", True, "2026-11-20")
    assert rows(owner, "select channel from complaint") == [("phone",)]


@pytest.mark.parametrize("role", ["caseworker", "manager", "contact"])
def test_only_an_officer_takes_in(app, role):
    """Nobody but an intake officer records a complaint for somebody."""
    with app.app_context():
        by = make.person(role)

    assert At(app, by).get("/cases/new/complaint").status_code == 403


def test_the_public_is_not_asked_how_it_came(app):
    """Somebody who complains here is not asked how it reached us."""
    browser = Anybody(app)
    walk(browser, answers(app))

    assert "How did it reach us?" not in browser.get("/complain/check").text


def test_the_page_of_a_case_tells_the_complaint(app):
    """Staff find on the case’s page what was said, tested, asked, found and commented on."""
    case, _, browser, place = at(app, "provisional_view")
    said = words(browser.get(place))

    assert case.reference in said
    for part in (
        "What was complained of",
        "I was stopped because of a wrong match",
        "What we were told",
        "I was stopped at the market and told a camera had matched me.",
        "Remit tests",
        "7 answered, none of them with no",
        "The provisional view and comments",
        "As the complainant was shown it",
        "As the body was shown it",
    ):
        assert part in said, part


def test_nothing_is_shown_before_it_is_there(app):
    """A complaint just received has no panel for what has not happened yet."""
    _, _, browser, place = at(app, "received")
    said = words(browser.get(place))

    assert "What was complained of" in said
    assert "Remit tests" not in said
    assert "The body’s account" not in said


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"email": "ADA@example.test "}, True),
        ({"email": "else@example.test"}, False),
        ({"email": None, "name": "ada  example", "phone": "+44 7700 900123"}, True),
        ({"email": None, "name": "Ada Example", "phone": None}, False),
        ({"email": None, "name": "Bea Example", "phone": "07700 900123"}, False),
    ],
)
def test_merged_only_with_the_same_persons(app, owner, other, same):
    """A complaint joins another open one of the same person: by email, or by name and telephone, however written."""
    with app.app_context():
        people = make.cast()
        one = make.complaint(phone="07700 900123")
        two = make.complaint(**other)
    page = At(app, people.manager).send(
        f"/cases/{one.reference}/merge", merged_into=two.reference, reason="The same events."
    )

    assert (page.status_code == 302) is same
    assert same or errors(page) == ["That is not an open complaint of the same complainant."]
    assert json.dumps(rows(owner, "select stage from case_file order by id")) == json.dumps(
        [["merged" if same else "received"], ["received"]]
    )
