"""The case page tells what happened and what is linked, a page at a time; what each look costs, and that it is written down."""

import re

import make
import pytest
from rooms.staff_pages import At, statements, words

from regulator.casework import case_page, queries
from regulator.casework.case_page import Panel
from tests.rooms.case_pages import page_of

SIGN_IN = 2


PAGE, KIND = 14, 10
"""Statements of the page itself, and at most of what only one kind of case has: its panels and its facts."""


def test_how_to_reach_somebody_safely(app):
    """What must be known before anyone contacts the complainant stands at the top and beside their details."""
    with app.app_context():
        case = make.complaint(safe_contact="Never ring in the evening.", is_vulnerable=True)
        people = make.cast()
    said = words(page_of(app, case, people.caseworker))

    assert said.index("Before you contact the complainant: Never ring in the evening.") < said.index("Next")
    assert "Before contact: Never ring in the evening." in said
    assert "under 18, or in need of particular care" in said


def test_what_happened_is_told_in_sentences(app):
    """The timeline tells each step in a sentence with who, who else saw it, and what was said in it."""
    with app.app_context():
        case, people = make.complaint_at("screening")
        make.act(case.case_id, people.caseworker, "ask_complainant", question="Which gate was it?")
    said = words(page_of(app, case, people.caseworker))

    assert f"{people.caseworker.name} asked the complainant a question." in said
    assert "also seen by the complainant" in said
    assert "What do you ask? Which gate was it?" in said


def test_letters_have_their_delivery(app):
    """A letter stands with the step that sent it, with how far it came, and can be opened."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    page = page_of(app, case, people.caseworker)

    assert re.search(r"We have your complaint to Ada Example Waiting to be sent", words(page))
    assert re.search(r'href="/letters/\d+"', page.text)


def test_what_was_put_right_is_marked(app):
    """An entry that was corrected, and a move that was taken back, say by which entry; both stay."""
    with app.app_context():
        case, people = make.complaint_at("screening")
        make.act(case.case_id, people.caseworker, "add_note", note="Rang on Monday.")
        make.act(
            case.case_id, people.manager, "correct_entry", entry=3, right_words="Tuesday.", reason="A slip."
        )
        make.act(case.case_id, people.caseworker, "propose_decline", **make.DECLINE)
        make.act(case.case_id, people.manager, "reverse", reason="Pressed by mistake.")
    page = page_of(app, case, people.caseworker)

    assert "Corrected by entry 4" in words(page)
    assert "Taken back by entry 6" in words(page)
    assert "proposed to decline the complaint" in words(page)


def test_what_a_body_keeps_to_itself_is_not_told(app):
    """A body’s own work on an answer is nowhere on the staff’s page."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Why?"}])
        item = first_item(case, people)
        rows = [{"item": item, "answer": "A draft nobody may read yet.", "mark": "none"}]
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=rows)
    said = words(page_of(app, case, people.caseworker))

    assert "worked on an answer" not in said
    assert "A draft nobody may read yet" not in said


def first_item(case, people):
    """The number of the first question put to the body."""
    from regulator.casework.steps import offers

    known, _ = offers(case.case_id, by=people.contact)
    return known.more.items[0].id


def test_linked_cases(app):
    """A linked case is told with how the two belong together, unless it stands behind a wall."""
    with app.app_context():
        case, people = make.complaint_at("screening")
        open_, walled = make.complaint(), make.complaint()
        for other in (open_, walled):
            link = {"other_case": other_case(other), "relation": "same_events"}
            make.act(case.case_id, people.caseworker, "link_case", **link)
        inside = [people.reviewer.person_id]
        make.act(walled.case_id, people.manager, "restrict", people=inside, reason="A colleague.")
    page = page_of(app, case, people.caseworker)

    assert f'href="/cases/{open_.reference}"' in page.text
    assert "The same events" in words(page)
    assert f'href="/cases/{walled.reference}"' not in page.text


def other_case(taken):
    """A case as the answer to the question for one."""
    from regulator.casework.steps import OtherCase

    return OtherCase(taken.case_id, taken.reference)


def test_a_kind_adds_panels(app, monkeypatch):
    """A kind of case can put parts of its own on the page."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    shown = [Panel("Particulars", "facts", {"rows": [("Camera", "North gate")]})]
    monkeypatch.setitem(case_page.PANELS, "complaint", lambda _case, _by: shown)

    assert "Particulars Camera North gate" in words(page_of(app, case, people.caseworker))


def test_a_case_that_ended(app):
    """The page of a case that ended says so, and offers what still can be done."""
    with app.app_context():
        case, people = make.complaint_at("closed")
    said = words(page_of(app, case, people.manager))

    assert "The case has come to its end." in said
    assert "Reopen the complaint" in said


def test_an_observer_reads(app):
    """An observer reads the page and is offered nothing."""
    with app.app_context():
        case, _ = make.complaint_at("investigating")
        observer = make.person("observer")
    said = words(page_of(app, case, observer))

    assert "There is nothing for you to do here now." in said


def notes(case, by, count):
    """So many notes on a case."""
    for number in range(count):
        make.act(case.case_id, by, "add_note", note=f"Note {number}.")


def test_a_long_timeline_has_pages(app):
    """A long timeline is told fifty entries at a time, the newest first, and each entry once."""
    with app.app_context():
        case, people = make.complaint_at("screening")
        notes(case, people.caseworker, 60)
    first = page_of(app, case, people.caseworker)
    following = re.search(r'<a href="[^"?]*\?before=(\d+)" rel="next">', first.text)[1]
    second = page_of(app, case, people.caseworker, f"?before={following}")
    told = [int(n) for page in (first, second) for n in re.findall(r'id="entry-(\d+)"', page.text)]

    assert told == list(range(62, 0, -1))
    assert len(re.findall(r'id="entry-', first.text)) == queries.PAGE
    assert 'rel="first"' in second.text
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize("stage", ["received", "investigating", "provisional_view", "closed"])
def test_the_page_costs_the_same(app, stage):
    """The page asks the database no more often when there is more on the case, and never begins again."""
    with app.app_context():
        case, people = make.complaint_at(stage)
    browser = At(app, people.manager)
    browser.get(f"/cases/{case.reference}")
    with statements(app) as few:
        browser.get(f"/cases/{case.reference}")
    with app.app_context():
        notes(case, people.caseworker, 25)
        for _ in range(3):
            make.act(case.case_id, people.caseworker, "message_complainant", message="Thank you.")
            link = {"other_case": other_case(make.complaint()), "relation": "same_events"}
            make.act(case.case_id, people.caseworker, "link_case", **link)
    with statements(app) as more:
        browser.get(f"/cases/{case.reference}")

    assert len(more) == len(few)
    assert len(more) - SIGN_IN <= PAGE + KIND


def test_what_the_page_itself_costs(app, monkeypatch):
    """Without what only a complaint has, the page is fourteen statements."""
    with app.app_context():
        case, people = make.complaint_at("received")
    monkeypatch.setitem(case_page.PANELS, "complaint", lambda _case, _by: ())
    browser = At(app, people.lawyer)
    browser.get(f"/cases/{case.reference}")
    with statements(app) as sent:
        browser.get(f"/cases/{case.reference}")

    assert len(sent) - SIGN_IN <= PAGE


def test_each_look_is_written_down(app, owner):
    """Each look at a case, its path or a step on it is in the reading log; the ledger does not grow."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    count = "select count(*) from entry"
    before = owner.execute(count).fetchone()
    browser = At(app, people.caseworker)
    for place in ("", "/path", "/add-note"):
        browser.get(f"/cases/{case.reference}{place}")
    seen = owner.execute(
        "select side, person_id, what from reading where case_id = %s", (case.case_id,)
    ).fetchall()

    assert seen == [("staff", people.caseworker.person_id, "case")] * 3
    assert owner.execute(count).fetchone() == before


def test_the_path_of_a_case(app):
    """The path of a case is drawn on the workflow, numbered, and told again as a table."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    page = At(app, people.caseworker).get(f"/cases/{case.reference}/path")

    assert "This case stood at: Received, Screening, Investigating." in page.text
    assert "Investigating (3) the case is here" in words(page)


def test_the_rules_are_shown(app):
    """Staff read the rules of a kind: its workflow drawn and told, its clocks with their sources, every step."""
    with app.app_context():
        people = make.cast()
    browser = At(app, people.caseworker)
    every = browser.get("/rules")
    page = browser.get("/rules/complaint")
    said = words(page)

    assert 'href="/rules/complaint"' in every.text
    assert "<svg" in page.text
    assert "Modelled on regulation 34 of the Police (Complaints and Misconduct) Regulations 2020" in said
    assert "Refer at once" in said
    assert browser.get("/rules/parking").status_code == 404


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", f"?before={10**20}", "?before=0"])
def test_nonsense_in_the_address(app, query):
    """An address that means nothing is answered with the page, not an error."""
    with app.app_context():
        case, people = make.complaint_at("received")

    assert page_of(app, case, people.caseworker, query).status_code == 200


def test_a_reference_in_small_letters(app):
    """A reference typed in small letters leads to its case."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = At(app, people.caseworker).get(f"/cases/{case.reference.lower()}")

    assert page.status_code == 200
    assert At(app, people.caseworker).get("/cases/C-0000-0000").status_code == 404
