"""Whoever decides or tells what somebody else wrote reads it beside the form."""

import make
from rooms.complaint_pages import with_code
from rooms.staff_pages import At, words

from tests.linting import faults, read


def page_of(app, by, case, step):
    """The page of a step, sound, and what it says."""
    page = At(app, by).get(f"/cases/{case.reference}/{step}")
    assert page.status_code == 200
    assert faults(read(page.text)) == []
    return words(page)


def test_a_proposal_stands_beside_the_decision_on_it(app):
    """A manager who declines a complaint, or returns it, reads the reason, the forum and the words proposed for the letter."""
    case, people, _ = with_code(app, "declining")

    for step in ("decline", "return-to-screening"):
        said = page_of(app, people.manager, case, step)
        assert f"{people.caseworker.name} proposed to decline the complaint" in said
        assert "Another organisation has better powers to deal with what you told us about." in said
        assert "This is about how your data were answered for." in said
        assert "I was stopped because of a wrong match" in said


def test_findings_stand_beside_approval_and_outcome(app):
    """Whoever approves the decision, and whoever writes the letters of its outcome, reads each finding with its reasons."""
    case, people, _ = with_code(app, "decided")
    said = page_of(app, people.caseworker, case, "tell-outcome")

    assert "What was complained of, and found" in said
    assert said.count("Upheld") + said.count("upheld") >= 2
    assert "The record shows it." in said


def test_what_was_decided_without_stands_there_too(app):
    """What was noted as missing, which the letters repeat, is read beside the words of the outcome."""
    case, people, _ = with_code(app)
    shared = {"findings": make.findings(), **make.VIEW, "went_on_without": "No film was left."}
    with app.app_context():
        make.act(case.case_id, people.caseworker, "share_provisional_view", **shared)
        for by in (people.complainant(case.case_id), people.approving_officer):
            make.act(case.case_id, by, "comment_on_view", no_comments=True)
    approving = page_of(app, people.manager, case, "approve-decision")
    with app.app_context():
        make.act(case.case_id, people.manager, "approve_decision")
    telling = page_of(app, people.caseworker, case, "tell-outcome")

    assert "No film was left." in approving
    assert "No film was left." in telling


def test_the_words_of_a_review_stand_beside_telling_it(app):
    """A reviewer who tells the outcome of a review reads what will stand in the letters."""
    case, people, _ = with_code(app, "review_decided")
    said = page_of(app, people.reviewer, case, "tell-review-outcome")

    assert "The decision stands." in said
    assert f"{people.reviewer.name} upheld the decision" in said


def test_the_answers_are_taken_as_before(app):
    """What stands beside the form asks nothing: a complaint is declined with the button alone."""
    case, people, _ = with_code(app, "declining")
    sent = At(app, people.manager).send(f"/cases/{case.reference}/decline")

    assert sent.status_code == 302
