"""The desk of a body and of whoever oversees one, for every kind of case: what waits, what it is about, what can be done."""

from __future__ import annotations

import io
import re

import make
import pytest
from make_audit import TERMS, audit_at, planned
from make_inspection import inspection_at
from rooms.complaint_pages import with_code
from rooms.seats import Seat as At
from rooms.staff_pages import errors, statements, words
from rooms.test_inspection_public import overseer_of

from tests.linting import faults, read

MET, KENT = "metropolitan", "kent"
ASKED = [{"question": "Send the log", "good": "One line a match"}, {"question": "Who checks?"}]
HIDDEN = re.compile(r'<input type="hidden" name="((?:item_answer|draft_comments)-[^"]+)" value="([^"]*)">')
BOXES = re.compile(r'<textarea[^>]*name="((?:item_answer|draft_comments)-[^"]+)"[^>]*>([^<]*)</textarea>')
SELECTS = re.compile(r'<select[^>]*name="(item_answer-\d+-\w+)"[^>]*>(.*?)</select>', re.DOTALL)

pytestmark = pytest.mark.usefixtures("in_app")


def place(walk) -> str:
    """The page of a case, for those outside."""
    return f"/body/cases/{walk.case.reference}"


def said(browser, path) -> str:
    """What a sound page says."""
    page = browser.get(path)
    assert page.status_code == 200, page.text
    assert faults(read(page.text)) == []
    assert "{" not in words(page)
    return words(page)


def ask(walk, *slugs) -> dict[str, list[int]]:
    """Ask bodies for the same two items; gives the numbers of each body’s items."""
    found = {}
    for slug in slugs or walk.bodies:
        party = walk.party(slug)
        walk.take("auditor", "request_evidence", party=party, items=ASKED)
        found[slug] = walk.read(
            lambda known, party=party: [i.id for i in known.more.items if i.party_id == party]
        )
    return found


def drawn(browser, path) -> dict[str, str]:
    """Everything that a page of rows carries and has typed in its boxes."""
    text = browser.get(path).text
    chosen = {
        name: (re.search(r'<option value="([^"]*)" selected', inside) or ["", ""])[1]
        for name, inside in SELECTS.findall(text)
    }
    return {**browser.drawn(path), **dict(HIDDEN.findall(text)), **dict(BOXES.findall(text)), **chosen}


def test_one_desk_for_every_kind(app):
    """A complaint stands on the desk by what is complained of, an audit and an inspection by what they are called."""
    audit = planned(MET, KENT)
    audit.take("auditor", "send_engagement", terms=TERMS)
    inspection = inspection_at("fieldwork", MET)
    complaint, _, _ = with_code(app)
    browser = At(app, audit.who(f"{MET}/contact"))
    everything, waiting = said(browser, "/body?show=open"), said(browser, "/body")

    for title in ("Watchlists", "Cameras in the street", "I was stopped because of a wrong match and 1 more"):
        assert title in everything
    assert audit.case.reference in waiting
    assert inspection.case.reference not in waiting
    assert complaint.reference not in waiting


def test_no_more_statements_with_more_kinds(app):
    """A desk asks the database no more often for more cases of more kinds."""
    contact = At(app, make.person("contact"))
    planned(MET).take("auditor", "send_engagement", terms=TERMS)
    contact.get("/body?show=open")
    with statements(app) as few:
        contact.get("/body?show=open")
    audit_at("gathering")
    inspection_at("fieldwork", MET)
    with_code(app)
    with statements(app) as many:
        contact.get("/body?show=open")

    assert len(few) == len(many)


def test_what_waits_by_who_can_do_it(app):
    """What is owed waits for whoever can do it: terms for who may agree them, and for nobody once they are agreed."""
    walk = planned(MET, KENT)
    walk.take("auditor", "send_engagement", terms=TERMS)
    officer = At(app, walk.who(f"{MET}/approving_officer"))
    before = said(officer, place(walk))
    walk.take(f"{MET}/approving_officer", "agree_terms", terms_signed=True)
    after = said(officer, place(walk))

    assert "Next Agree the terms" in before
    assert "Next Nothing waits for you on this case" in after


def test_each_stage_of_an_audit(app):
    """At every stage the page of each body’s people is sound, and says where the case stands in plain words."""
    walk = audit_at("closed")
    for role in ("contact", "contributor", "approving_officer"):
        assert "This audit is closed." in said(At(app, walk.who(f"{MET}/{role}")), place(walk))


def test_items_are_answered_with_their_ground(app, owner):
    """On the page of items what is held back needs its ground, and what was good and missing stands beside the question."""
    walk = audit_at("gathering")
    first, _ = ask(walk)[MET]
    browser, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"
    page = said(browser, path)
    sent = drawn(browser, path)
    refused = browser.post(path, {**sent, f"item_answer-{first}-mark": "withheld"})
    taken = browser.post(
        path,
        {
            **sent,
            "key": "",
            f"item_answer-{first}-mark": "withheld",
            f"item_answer-{first}-ground": "Not ours.",
        },
    )

    assert "A good answer has: One line a match" in page
    assert errors(refused) == ["Item 1: Say on what ground, so that the claim can be judged"]
    assert taken.status_code == 302
    assert owner.execute(
        "select mark, ground, version from evidence_item where id = %s", (first,)
    ).fetchone() == (
        "withheld",
        "Not ours.",
        1,
    )


def test_files_stand_with_their_items(app):
    """Who signs reads which files were given with each answer; a contributor has those of their own items alone."""
    walk = audit_at("gathering")
    first, second = ask(walk)[MET]
    colleague = walk.who(f"{MET}/contributor")
    walk.take(f"{MET}/contact", "assign_item", draft_item=second, hand_to=colleague.person_id)
    contact, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"
    for item, name in ((first, "log.txt"), (second, "rota.txt")):
        more = {
            f"item_answer-{item}-answer": "Here.",
            f"item_answer-{item}-files": (io.BytesIO(name.encode()), name),
            "key": "",
        }
        assert contact.post(path, {**drawn(contact, path), **more}).status_code == 302
    signing = said(At(app, walk.who(f"{MET}/approving_officer")), f"{place(walk)}/submit-response")
    theirs = At(app, colleague)
    page = theirs.get(place(walk)).text
    log = re.search(r'href="(/documents/\d+)"[^>]*>\s*log.txt', contact.get(place(walk)).text)

    assert signing.index("Send the log") < signing.index("log.txt") < signing.index("Who checks?")
    assert signing.index("Who checks?") < signing.index("rota.txt")
    assert ("log.txt" in page, "rota.txt" in page) == (False, True)
    assert log is not None
    assert theirs.get(log[1]).status_code == 404


def test_only_what_is_signed_for_is_given(app):
    """With a response the regulator gets the files of its own items, and none that was given with what is held back."""
    walk = audit_at("gathering")
    first, second = ask(walk)[MET]
    contact, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"
    for item, name, mark in ((first, "log.txt", "none"), (second, "advice.txt", "privileged")):
        more = {
            f"item_answer-{item}-answer": "Here.",
            f"item_answer-{item}-mark": mark,
            f"item_answer-{item}-ground": "Advice." if mark == "privileged" else "",
            f"item_answer-{item}-files": (io.BytesIO(name.encode()), name),
            "key": "",
        }
        assert contact.post(path, {**drawn(contact, path), **more}).status_code == 302
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    staff = At(app, walk.who("auditor")).get(f"/cases/{walk.case.reference}").text

    assert ("log.txt" in staff, "advice.txt" in staff) == (True, False)
    assert "[Legally privileged: Advice.]" in staff


def test_returned_on_the_pages(app):
    """Items are returned on a page that lists what was asked; the body is told what is missing, first and with its day."""
    walk = audit_at("gathering")
    first, _ = ask(walk, MET)[MET]
    walk.bodies = [MET]
    rows = [{"item": one, "answer": "So.", "mark": "none"} for one in ask(walk, KENT)[KENT]]
    walk.take(f"{KENT}/contact", "answer_item", item_answer=rows)
    mine = walk.read(
        lambda known: [i.id for i in known.more.items if i.party_id != rows and i.request_id == 1]
    )
    walk.take(f"{MET}/contact", "answer_item", item_answer=[{"item": one, "answer": "So."} for one in mine])
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    auditor, path = At(app, walk.who("auditor")), f"/cases/{walk.case.reference}/return-items"
    said(auditor, path)
    taken = auditor.send(path, **{f"returned_items-{first}-missing": "The dates."})
    body = said(At(app, walk.who(f"{MET}/contact")), place(walk))

    assert taken.status_code == 302
    assert "Next Answer item 1" in body
    assert "The regulator returned items that need more" in body
    assert "The dates." in body
    assert "Returned" in said(auditor, f"/cases/{walk.case.reference}")


def test_several_comment_at_once(app, owner):
    """On the page of the draft who was slower is shown what the other wrote, and both comments are kept."""
    walk = audit_at("factual_accuracy")
    browser, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/comment-on-draft"
    said(browser, path)
    before = drawn(browser, path)
    box = next(name for name in before if name.endswith("-words"))
    assert browser.post(path, {**before, box: "It was May."}).status_code == 302
    refused = browser.post(path, {**before, "key": "", box: "It was June."})
    signing = said(At(app, walk.who(f"{MET}/approving_officer")), f"{place(walk)}/sign-comments")

    assert "Somebody else saved a comment on this paragraph" in errors(refused)[0]
    assert "It was June.</textarea>" in refused.text
    assert owner.execute("select draft from comment").fetchall() == [("It was May.",)]
    assert "It was May." in signing
    assert "It was May." not in At(app, walk.who("auditor")).get(f"/cases/{walk.case.reference}").text


def test_nothing_to_say_is_signed(app):
    """Where nobody commented, the approving officer signs that there is nothing to say, on the same page."""
    walk = audit_at("factual_accuracy")
    officer, path = At(app, walk.who(f"{MET}/approving_officer")), f"{place(walk)}/sign-comments"

    assert "Nobody of your organisation has commented yet" in said(officer, path)
    assert officer.send(path, no_comments="yes", response_signed="yes").status_code == 302


def test_comments_are_answered_on_a_page(app):
    """Staff answer the comments of one body at a time, and the body reads what became of its own."""
    walk = audit_at("factual_accuracy")
    browser, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/comment-on-draft"
    before = drawn(browser, path)
    box = next(name for name in before if name.endswith("-words"))
    browser.post(path, {**before, box: "It was May."})
    walk.take(f"{MET}/approving_officer", "sign_comments", response_signed=True)
    auditor, page = At(app, walk.who("auditor")), f"/cases/{walk.case.reference}/dispose-comment"
    number = walk.read(lambda known: known.more.comments[0].id)
    shown = said(auditor, page)
    boxes = {
        f"disposition-{number}-disposition": "accepted",
        f"disposition-{number}-reason": "You are right.",
    }

    assert "Metropolitan Police Service, on paragraph 1" in shown
    assert auditor.send(page, **boxes).status_code == 302
    assert "You are right." in said(browser, place(walk))


def test_who_oversees_has_a_desk(app):
    """Whoever oversees a body sees the inspection once its report is approved, comments by its day, and asks for nothing else."""
    walk = inspection_at("published", MET)
    overseer = At(app, walk.who(overseer_of(walk, MET)))
    desk, page = said(overseer, "/body"), said(overseer, place(walk))
    step = said(overseer, f"{place(walk)}/oversight-comments")
    staff_only = overseer.get(f"/cases/{walk.case.reference}")

    assert "Cameras in the street" in desk
    assert "Next Comment on the report in public" in page
    assert "About Metropolitan Police Service" in page
    assert "Your comments" in step
    assert staff_only.status_code == 403


def test_an_empty_desk_of_who_oversees(app):
    """An overseer’s desk with nothing on it says when something will be."""
    walk = inspection_at("fieldwork", MET)

    assert "about a body you oversee" in said(At(app, walk.who(overseer_of(walk, MET))), "/body")
