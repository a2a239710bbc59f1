"""The register by the steps that publish: what publishers, bodies and overseers say in public, and nothing they withhold."""

from datetime import timedelta

import make
import make_audit
import make_inspection
import pytest
from make_enforcement import notice_at
from rooms.staff_pages import words
from rooms.test_inspection_public import overseer_of

from regulator import moments

WITHHELD = {"withheld": ["national_security"], "withheld_words": "The ship is called Heron."}
SUMMARY = {"public_words": ["We audited.", "Matches are checked."], "redaction_checked": True, **WITHHELD}
MENDED = {
    "public_words": ["We audited twice."],
    "correction": "We audited twice, not once.",
    "redaction_checked": True,
}


@pytest.fixture
def client(in_app):
    """A browser in which nobody is signed in."""
    return in_app.test_client()


def register(client, walk):
    """The page of a case in the register, its words and the whole of it."""
    answer = client.get(f"/register/{walk.case.reference}")
    assert answer.status_code == 200
    return words(answer), answer.text


def test_an_audit(client):
    """A summary stands in the register from the day it is published, without its withheld part, and moves with the audit."""
    walk = make_audit.audit_at("final", "kent", "essex")
    hidden = client.get(f"/register/{walk.case.reference}")
    walk.take("publisher", "publish_summary", **SUMMARY)
    said, whole = register(client, walk)

    assert hidden.status_code == 404
    assert "Audit summary: Essex Police and Kent Police" in said
    assert "We audited. Matches are checked." in said
    assert "The report is final. The organisation is answering its recommendations." in said
    assert "The regulator published a summary of its report" in said
    assert not [one for one in ("Heron", "Watchlists", "national security") if one in whole]
    assert not [one.name for one in walk.people.values() if one.name in whole]


def test_an_audit_corrected_and_closed(client):
    """A correction takes the place of what it corrects, and the status is that of today."""
    walk = make_audit.audit_at("following_up", "kent")
    walk.take("publisher", "publish_summary", **SUMMARY)
    walk.take("publisher", "correct_publication", **MENDED)
    said, whole = register(client, walk)

    assert "We audited twice, not once." in said
    assert "We audited twice." in said
    assert "Matches are checked." not in whole
    assert "The regulator is checking what has been done about its recommendations." in said
    assert "The regulator corrected what it published" in said


def test_an_inspection(client):
    """A report stands with the day by which comments are due, and then with the comments of the body and of who oversees it."""
    walk = make_inspection.inspection_at("published", "kent")
    due = moments.today() + timedelta(days=55)
    before, _ = register(client, walk)
    said = [{"recommendation": walk.recommendation("kent"), "answer": "done", "words": "We check twice."}]
    walk.take("kent/approving_officer", "body_comments", public_comments=said)
    own = {"overseer_comments": ["We are content."], "overseer_reply": ["Twice is enough."]}
    walk.take(overseer_of(walk, "kent"), "oversight_comments", **own)
    after, whole = register(client, walk)

    assert f"Comments on it are due by {due.day} {due:%B %Y}." in before
    assert "Inspection report: Kent Police" in before
    assert "Kent Police Recommendation 1: Done , " in after
    assert "We check twice." in after
    assert "Kent Police commented on the report" in after
    assert "Check twice at kent" not in whole
    assert "Police and Crime Commissioner for Kent, on Kent Police" in after
    assert "We are content. in reply," in after
    assert "The oversight body commented on the report" in after


def test_a_notice(client):
    """A notice stands in the register once it is published, with that it is in force; its title inside does not."""
    case, people = notice_at("in_force")
    hidden = client.get(f"/register/{case.reference}")
    publisher = make.person("publisher")
    given = {"public_words": ["Approve each list."], "redaction_checked": True}
    make.act(case.case_id, publisher, "publish_notice", **given)
    said = words(client.get(f"/register/{case.reference}"))

    assert hidden.status_code == 404
    assert "Metropolitan Police Service" in said
    assert "This is in force." in said
    assert "Approve each list." in said
    assert people.lawyer.name not in said


@pytest.mark.parametrize("stage", ["planned", "agreeing_terms", "drafting", "final"])
def test_an_audit_before_it_is_published(client, stage):
    """Of an audit nothing shows before its summary is published, at no stage."""
    before = client.get("/register/bodies/kent").text + client.get("/register").text
    walk = make_audit.audit_at(stage, "kent")

    assert client.get("/register/bodies/kent").text + client.get("/register").text == before
    assert client.get(f"/register/{walk.case.reference}").status_code == 404
