"""What letters of a complaint say of what was missing when it was decided, and of a court’s ruling."""

import make
import pytest

from regulator import moments

MISSING = "Nobody commented, and the time for it has passed."
RULING = {
    "court": "High Court",
    "court_reference": "[2026] EWHC 1 (Admin)",
    "ruling": "contradicts",
    "ruling_words": "The policy was sufficiently certain.",
}


def letter(owner, case, template, side):
    """The letter written last from a template to a side; none if there is none."""
    rows = owner.execute(
        "select words from letter where case_id = %s and template = %s and to_side = %s order by id desc",
        (case.case_id, template, side),
    ).fetchall()
    return rows[0][0] if rows else None


def decided_without_comments(said):
    """A complaint whose outcome is told though nobody commented on the view, and its people."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("provisional_view")
    with moments.as_at(make.at("2026-05-05T10:00")):
        make.act(case.case_id, people.manager, "approve_decision", **said)
        make.act(case.case_id, people.caseworker, "tell_outcome", **make.OUTCOME)
    return case, people


def test_the_outcome_says_what_did_not_come(in_app, owner):
    """Both letters of the outcome say what was decided without, in the words in which it was noted."""
    case, _ = decided_without_comments({"went_on_without": MISSING})

    for template, side in (("outcome", "complainant"), ("outcome_to_body", "body")):
        said = letter(owner, case, template, side)
        assert f"Not everything that we had asked for had come when we decided:\n{MISSING}" in said


def test_nothing_is_said_of_what_did_not_lack(in_app, owner):
    """Where nothing was noted the letters do not speak of it, nor do they announce words that are not there."""
    case, _ = make.complaint_at("told")

    for template, side in (("outcome", "complainant"), ("outcome_to_body", "body")):
        assert "Not everything" not in letter(owner, case, template, side)


def test_what_lacked_once_is_not_said_of_the_next_decision(in_app, owner):
    """A decision made anew after a review says what was missing then, not what was missing the first time."""
    case, people = decided_without_comments({"went_on_without": MISSING})
    ada = people.complainant(case.case_id)
    with moments.as_at(make.at("2026-05-06T10:00")):
        make.act(case.case_id, ada, "ask_for_review", **make.REVIEW)
        make.act(case.case_id, people.reviewer, "send_back", **make.REVIEWED)
        shared = {"findings": make.findings(), **make.VIEW}
        make.act(case.case_id, people.caseworker, "share_provisional_view", **shared)
        for by in (ada, people.approving_officer):
            make.act(case.case_id, by, "comment_on_view", no_comments=True)
        make.act(case.case_id, people.manager, "approve_decision")
        make.act(case.case_id, people.caseworker, "tell_outcome", **make.OUTCOME)

    assert MISSING not in letter(owner, case, "outcome", "complainant")


@pytest.mark.parametrize(
    ("name", "side"), [("court_ruling", "complainant"), ("court_ruling_to_body", "body")]
)
def test_a_ruling_is_told(in_app, owner, name, side):
    """Complainant and body are each written to of a ruling: whose it is, what it decided and which finding it supersedes."""
    case, people = make.complaint_at("told")
    make.act(case.case_id, people.lawyer, "record_court_ruling", superseded=1, **RULING)
    said = letter(owner, case, name, side)

    assert "There is a ruling by High Court that bears on" in said
    assert "The policy was sufficiently certain." in said
    assert "means that the court found otherwise than we did" in said
    assert "no longer standing:\n1. I was stopped because of a wrong match" in said


def test_a_ruling_that_supersedes_nothing(in_app, owner):
    """A ruling that supersedes no finding is told without speaking of one."""
    case, people = make.complaint_at("told")
    make.act(case.case_id, people.lawyer, "record_court_ruling", **RULING | {"ruling": "no_bearing"})
    said = letter(owner, case, "court_ruling", "complainant")

    assert "nothing changes in what we found" in said
    assert "no longer standing" not in said


def test_a_ruling_does_not_show_a_body_a_case(in_app, owner):
    """A body that knows nothing of a complaint yet is not told of it by a ruling."""
    case, people = make.complaint_at("screening")
    make.act(case.case_id, people.lawyer, "record_court_ruling", **RULING)

    assert letter(owner, case, "court_ruling_to_body", "body") is None
    assert letter(owner, case, "court_ruling", "complainant")
