"""The pages of a body’s own affairs: notes, items sent back and chased, teams and receipts."""

from __future__ import annotations

import re

import make
import pytest
from make_audit import audit_at
from rooms.staff_pages import At

from regulator.evidence import queries

MET = "metropolitan"


@pytest.fixture
def walk(app):
    """An audit of one body that was asked one thing, which its contributor has."""
    with app.app_context():
        walk = audit_at("gathering", MET)
        walk.take("auditor", "request_evidence", items=[{"question": "Which log?"}])
        item = queries.items_of(walk.case.case_id, by=walk.who(f"{MET}/contact"))[0]
        walk.take(
            f"{MET}/contact",
            "assign_item",
            draft_item=item.id,
            hand_to=walk.who(f"{MET}/contributor").person_id,
        )
        walk.item = item.id
        walk.who(f"{MET}/approving_officer")
        return walk


def page(walk, more=""):
    """The address of the case for its body, or of a page under it."""
    return f"/body/cases/{walk.case.reference}{more}"


def at(app, walk, role):
    """A browser in which somebody of the body is signed in."""
    return At(app, walk.people[f"{MET}/{role}"])


def answered(app, walk, words="It is so."):
    """The item is answered."""
    with app.app_context():
        row = {"item": walk.item, "answer": words}
        walk.take(f"{MET}/contributor", "answer_item", item_answer=[row])


def test_a_note_is_added_and_read(app, walk):
    """A note stands on the page of the body’s people, and on no page of the regulator’s."""
    contact = at(app, walk, "contact")
    sent = contact.send(page(walk, "/notes/add"), about="case", words="Mind the kestrel.")

    shown = contact.get(page(walk)).text
    with app.app_context():
        staff = At(app, walk.people["auditor"])
    theirs = staff.get(f"/cases/{walk.case.reference}").text
    assert sent.status_code == 302
    assert "Mind the kestrel." in shown
    assert "kestrel" not in theirs
    assert "added a note" not in theirs


def test_an_empty_note_is_refused(app, walk):
    """A note with no words is refused beside its question."""
    sent = at(app, walk, "contact").send(page(walk, "/notes/add"), about="case", words="")

    assert sent.status_code == 200
    assert "Write the note" in sent.text


def test_sent_back_to_a_colleague(app, walk):
    """From the read-through the approving officer sends an item back; its writer finds why beside it."""
    answered(app, walk)
    officer = at(app, walk, "approving_officer")
    whole = officer.get(page(walk, "/submit-response")).text
    sent = officer.send(page(walk, f"/items/{walk.item}/send-back"), words="Give the dates.")

    colleague = at(app, walk, "contributor").get(page(walk)).text
    assert f"items/{walk.item}/send-back" in whole
    assert sent.status_code == 302
    assert "Sent back" in colleague
    assert "Give the dates." in colleague
    assert "Give the dates." in at(app, walk, "contributor").get(page(walk, "/answer-item")).text


def test_reminded_of_an_item(app, walk):
    """The contact sees who has what, and reminds them with one press; the second the same day says why not."""
    contact = at(app, walk, "contact")
    offered = contact.get(page(walk)).text
    first = contact.send(page(walk, f"/items/{walk.item}/chase"))
    again = contact.send(page(walk, f"/items/{walk.item}/chase"))

    assert f"items/{walk.item}/chase" in offered
    assert first.status_code == 302
    assert "was reminded of this item today already" in again.text


def test_not_for_a_contributor(app, walk):
    """A contributor neither reminds colleagues, nor sends items back, nor opens receipts of the whole."""
    contributor = at(app, walk, "contributor")

    for more in (f"/items/{walk.item}/chase", f"/items/{walk.item}/send-back", "/receipts/1"):
        assert contributor.get(page(walk, more)).status_code == 403


def test_receipt(app, walk):
    """What was signed has a receipt with the hash of every answer; another body’s people find no such page."""
    answered(app, walk)
    with app.app_context():
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    officer = at(app, walk, "approving_officer")
    (number,) = set(re.findall(r"/receipts/(\d+)", officer.get(page(walk)).text))
    shown = officer.get(page(walk, f"/receipts/{number}"))

    with app.app_context():
        (one,) = queries.sent_items(walk.case.case_id, by=walk.people[f"{MET}/contact"])
        stranger = At(app, make.person("contact", body="kent"))
    assert one.answer_hash in shown.text
    assert stranger.get(page(walk, f"/receipts/{number}")).status_code == 404
    assert officer.get(page(walk, "/receipts/999999")).status_code == 404


def test_a_team_is_made_and_handed_an_item(app, walk):
    """The contact makes a team, and finds it among those to whom an item may be handed."""
    contact, member = at(app, walk, "contact"), walk.people[f"{MET}/contributor"]
    made = contact.send("/body/teams/add", name="Analysts", people=str(member.person_id))

    listed = contact.get("/body/teams").text
    assert made.status_code == 302
    assert "Analysts" in listed
    assert member.name in listed
    assert "The team Analysts" in contact.get(page(walk, "/answer-item")).text
    assert at(app, walk, "contributor").get("/body/teams/add").status_code == 403


def test_who_has_what(app, walk):
    """A contact reads who has each open item of every case; a contributor their own alone, and another body’s people none."""
    with app.app_context():
        walk.take(
            "auditor", "request_evidence", items=[{"question": "Who looks?", "wanted_by": "2030-01-02"}]
        )
        stranger = make.person("contact", body="essex")
    whole = at(app, walk, "contact").get("/body/items").text
    own = at(app, walk, "contributor").get("/body/items").text
    other = At(app, stranger).get("/body/items").text
    with app.app_context():
        rows = [{"item": walk.item, "answer": "This one."}]
        walk.take(f"{MET}/contributor", "answer_item", item_answer=rows)
    after = at(app, walk, "contributor").get("/body/items").text

    assert whole.index("Nobody yet") < whole.index("Who looks?") < whole.index("Which log?")
    assert "Hoped for by 2 January 2030" in whole
    assert f'href="{page(walk, f"/items/{walk.item}/chase")}"' in whole
    assert ("Which log?" in own, "Who looks?" in own, "/chase" in own) == (True, False, False)
    assert "Every item has an answer" in other
    assert "Every item has an answer" in after
