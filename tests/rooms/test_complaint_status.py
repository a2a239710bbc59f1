"""The page of a complaint answers a worried person: where it is, who has it, what comes next and by when."""

import make
import pytest
from rooms.complaint_pages import complainant, with_code
from rooms.staff_pages import At, errors, statements, words

from regulator import moments
from regulator.casework import steps
from tests.linting import faults, read

PAGE = "/complaint/status"


@pytest.mark.parametrize("stage", make.PATHS)
def test_every_stage_has_a_page(app, stage):
    """At every stage the page is sound and says it in the edition’s plain words, never with a gap."""
    case, _, _ = with_code(app, stage)
    page = complainant(app, case).get(PAGE)

    assert page.status_code == 200
    assert faults(read(page.text)) == []
    assert "{" not in words(page)


def test_what_comes_next(app):
    """A promise that runs is there with its last day and how that was reached."""
    case, _, _ = with_code(app, "screening")
    said = words(complainant(app, case).get(PAGE))

    assert "We will tell you by" in said
    assert "Tell you whether we can look into it" in said
    assert "Explain this date" in said
    assert "We have it. You do not have to do anything." in said


def test_promises_kept_and_broken(app):
    """The page lists what was promised and whether it was kept; a promise overdue is said first, with a sorry."""
    with app.app_context(), moments.as_at(make.at("2026-09-01T10:00")):
        case, people = make.complaint_at("screening")
    with app.app_context(), moments.as_at(make.at("2026-10-20T10:00")):
        make.act(case.case_id, people.intake_officer, "accept", remit_answers=make.PASSED)
    with moments.as_at(make.at("2026-12-01T10:00")):
        said = words(complainant(app, case).get(PAGE))

    assert "Write to say that we have your complaint Kept" in said
    assert "Tell you whether we can look into it Late" in said
    assert (
        "We are late, and we are sorry. We promised this by 17 November 2026: Write to you about how it stands."
        in said
    )
    assert "Our promises so far 1 of 2 kept in time" in said


def test_the_question_is_on_the_page_and_above_its_answer(app):
    """A question waits at the top of the page, stands above the box for the answer, and goes when it is answered."""
    case, people, _ = with_code(app, "screening")
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "ask_complainant", question="Which entrance was it?")
    ada = complainant(app, case)
    before = words(ada.get(PAGE))
    form = words(ada.get("/complaint/answer-question"))
    ada.send("/complaint/answer-question", answer="The north one.")
    after = words(ada.get(PAGE))

    assert "We asked you Which entrance was it?" in before
    assert "We asked you a question, and go on when you have answered" in before
    assert "The question Which entrance was it?" in form
    assert "We asked you Which" not in after
    assert "The north one." in after


def test_letters_in_full(app):
    """Every letter sent to the person can be read in full, the last one open."""
    case, _, _ = with_code(app, "told")
    page = complainant(app, case).get(PAGE)

    assert "We uphold your complaint." in words(page)
    assert page.text.count('class="letter"') == page.text.count("Yours sincerely") > 3
    assert page.text.count(" open>") == 1


def test_only_what_they_may_see(app):
    """Nothing meant for the regulator or the body alone is on the page: neither notes nor the body’s answers."""
    case, people, _ = with_code(app)
    with app.app_context():
        make.act(case.case_id, people.caseworker, "add_note", note="canary-of-the-regulator")
        make.act(case.case_id, people.caseworker, "message_body", message_to_body="canary-to-the-body")
    page = complainant(app, case).get(PAGE)

    assert "canary" not in page.text
    assert people.caseworker.name not in page.text


def test_a_request_of_the_body_is_not_theirs(app):
    """When the body asks for more time, the answer to that is promised to the body and not to the complainant."""
    case, people, _ = with_code(app)
    with app.app_context():
        items = [{"question": "Which?"}]
        make.act(case.case_id, people.caseworker, "request_account", items=items)
        known, _ = steps.offers(case.case_id, by=people.contact)
        ref = next(one.ref for one in known.running if one.name == "account")
        more = {"clock": ref, "length": "7 days", "reason_asked": "Leave."}
        make.act(case.case_id, people.contact, "ask_more_time", **more)
    hers = words(complainant(app, case).get(PAGE))
    theirs = words(At(app, people.contact).get(f"/body/cases/{case.reference}"))

    assert "request for more time" not in hers
    assert "Answer a request for more time" in theirs


def test_asks_an_officer_things_only_of_officers(app):
    """From their own page nobody is asked how they asked to withdraw, or where a request went by mistake."""
    case, _, _ = with_code(app, "told")
    ada = complainant(app, case)
    withdrawing = ada.get("/complaint/ask-to-withdraw")
    answer = ada.send("/complaint/ask-to-withdraw", withdrawal_words="I am tired of it.")
    review = words(ada.get("/complaint/ask-for-review"))

    assert "How was it asked?" not in words(withdrawing)
    assert answer.status_code == 302
    assert "wrong body" not in review


def test_comments_paragraph_by_paragraph(app, owner):
    """Each paragraph they were shown can be commented on; one comment is enough, and is kept with its paragraph."""
    case, _, _ = with_code(app, "provisional_view")
    ada = complainant(app, case)
    number = owner.execute(
        "select p.id from paragraph p join issued_version v on v.id = p.version_id"
        " where v.audience = 'complainant' and p.number = 2"
    ).fetchone()[0]
    form = ada.get("/complaint/comment-on-view")
    answer = ada.send("/complaint/comment-on-view", **{f"comments-{number}-words": "Nobody told me."})

    assert "We think you should have been told." in words(form)
    assert "Signs were missing." not in words(form)
    assert answer.status_code == 302
    kept = owner.execute("select paragraph_id, side, words from comment").fetchall()
    assert kept == [(number, "complainant", "Nobody told me.")]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Comment on at least one paragraph, or tick that you have no comments"),
        (
            {"no_comments": "yes", "first": "But it was wrong."},
            "You commented below, so leave this box empty",
        ),
    ],
)
def test_comments_and_none_do_not_go_together(app, owner, sent, sentence):
    """Somebody says either something or that there is nothing to say."""
    case, _, _ = with_code(app, "provisional_view")
    number = owner.execute("select min(id) from paragraph").fetchone()[0]
    answers = {(f"comments-{number}-words" if name == "first" else name): one for name, one in sent.items()}
    page = complainant(app, case).send("/complaint/comment-on-view", **answers)

    assert errors(page) == [sentence]


def test_a_step_of_staff_is_refused(app):
    """Somebody who complains cannot take a step that is not theirs."""
    case, _, _ = with_code(app, "screening")

    assert complainant(app, case).get("/complaint/accept").status_code == 403


def test_a_visitor_without_a_code_is_asked_for_one(app):
    """Who has given no code comes to the page that asks for reference and code."""
    from rooms.complaint_pages import Anybody

    answer = Anybody(app).get("/complaint/add-information")

    assert answer.status_code == 302
    assert answer.location.startswith("/complaint?next=")


def test_no_more_statements_with_more_entries(app):
    """A page with more entries and letters asks the database no more often."""
    short, _, _ = with_code(app, "closed")
    long, people, _ = with_code(app, "closed")
    with app.app_context():
        for _ in range(5):
            make.act(long.case_id, people.caseworker, "message_complainant", message="Still here.")
    counted = []
    for case in (short, long):
        ada = complainant(app, case)
        ada.get(PAGE)
        with statements(app) as sent:
            ada.get(PAGE)
        counted.append(len(sent))

    assert counted[0] == counted[1]


def test_each_side_reads_a_step_under_its_own_name(app):
    """An officer who acts for the complainant is offered the step in the regulator’s words, the complainant in theirs."""
    case, people, _ = with_code(app, "screening")
    officer, ada = At(app, people.intake_officer), complainant(app, case)
    offered, hers = words(officer.get(f"/cases/{case.reference}")), words(ada.get(PAGE))
    page, her_page = (
        officer.get(f"/cases/{case.reference}/add-information"),
        ada.get("/complaint/add-information"),
    )

    assert "Put in more from the complainant" in offered
    assert "Send us a message" not in offered
    assert "Add something" in hers
    assert "Put in" not in hers
    assert "Put in more from the complainant" in words(page)
    assert "Add something" in words(her_page)
