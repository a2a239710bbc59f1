"""What one body may never learn of another on the same case, nor whoever oversees one, nor anybody too early: page by page."""

from __future__ import annotations

import re
from datetime import timedelta

import make
import pytest
from make_audit import RATINGS, TERMS, planned
from make_inspection import concern, concern_id, inspection_at
from make_inspection import planned as planned_inspection
from make_looking import Looking
from rooms.seats import Seat as At
from rooms.test_inspection_public import overseer_of

from regulator import moments
from regulator.casework import editions

MET, KENT = "metropolitan", "kent"
LINKS = re.compile(r'href="(/[^"#]*)"')
OURS = ("/body/cases", "/body?", "/letters", "/documents")
"""Of a body’s own affairs, such as its teams, no case says anything."""


def every_page(browser: At, walk: Looking) -> dict[str, str]:
    """Every page that somebody outside can ask for of a case: the lists, the case, all it leads to, and every step by name."""
    kind = walk.read(lambda known: known.kind.name)
    place = f"/body/cases/{walk.case.reference}"
    steps = [f"{place}/{name.replace('_', '-')}" for name in editions.current().kinds[kind].steps]
    left = ["/body", "/body?show=open", "/body?show=closed", place, *steps]
    found: dict[str, str] = {}
    while left:
        page = left.pop()
        if page not in found:
            found[page] = browser.get(page.replace("&amp;", "&")).text
            left += [link for link in LINKS.findall(found[page]) if link.startswith(OURS)]
    return found


def bare(text: str) -> str:
    """A page without the token that is new each time."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", text)


def leaks(pages: dict[str, str], *words: str) -> dict[str, list[str]]:
    """The pages on which any of these words stands, with those that do."""
    found = {page: [word for word in words if word in text] for page, text in pages.items()}
    return {page: words for page, words in found.items() if words}


def canaries(walk: Looking, slug: str) -> None:
    """Let a body be asked, answer, be visited, returned to, comment and be recommended something, each with a canary."""
    word = f"canary-{slug}"
    party = walk.party(slug)
    walk.take(
        "auditor",
        "request_evidence",
        party=party,
        items=[{"question": f"{word}-question", "good": f"{word}-good", "holder": f"{word}-holder"}],
        words_to_body=f"{word}-words",
    )
    item = walk.read(lambda known: [one.id for one in known.more.items if one.party_id == party][-1])
    request = walk.read(lambda known: [one.id for one in known.more.requests if one.party_id == party][-1])
    walk.take(
        f"{slug}/contact",
        "answer_item",
        item_answer=[
            {"item": item, "answer": f"{word}-answer", "mark": "withheld", "ground": f"{word}-ground"}
        ],
    )
    walk.take(
        f"{slug}/approving_officer",
        "submit_response",
        response_signed=True,
        words_to_regulator=f"{word}-to-us",
    )
    walk.take(
        "auditor",
        "return_items",
        request=request,
        returned_items=[{"item": item, "missing": f"{word}-missing"}],
    )
    walk.take(
        f"{slug}/contact",
        "answer_item",
        item_answer=[{"item": item, "answer": f"{word}-anew", "mark": "none"}],
    )
    walk.take(f"{slug}/approving_officer", "submit_response", response_signed=True)
    walk.take(
        "auditor",
        "schedule_visit",
        party=party,
        visit_place=f"{word}-place",
        visit_on=moments.today() + timedelta(days=20),
        visit_purpose=f"{word}-purpose",
    )


@pytest.fixture
def two(in_app) -> Looking:
    """An audit of two bodies in which each was asked, answered, visited, commented and was recommended its own."""
    walk = planned(MET, KENT)
    walk.take("auditor", "send_engagement", terms=TERMS)
    for slug in walk.bodies:
        walk.take(f"{slug}/contact", "propose_change", proposed_change=f"canary-{slug}-change")
        walk.take(
            "auditor",
            "record_terms",
            party=walk.party(slug),
            terms_settled=next(one.code for one in editions.current().choices("terms_settled")),
            terms=[f"canary-{slug}-terms"],
        )
    for slug in walk.bodies:
        canaries(walk, slug)
    walk.take("auditor", "start_drafting")
    walk.draft("auditor", ratings=RATINGS)
    walk.take("manager", "share_draft")
    for slug in walk.bodies:
        party = walk.party(slug)
        paragraph = walk.read(
            lambda known, party=party: next(
                one.id
                for one in known.more.paragraphs
                for version in known.more.versions
                if version.id == one.version_id
                and (version.party_id, version.what) == (party, "draft_report")
            )
        )
        walk.take(
            f"{slug}/contact",
            "comment_on_draft",
            draft_comments=[{"paragraph": paragraph, "words": f"canary-{slug}-comment"}],
        )
        walk.take(f"{slug}/approving_officer", "sign_comments", response_signed=True)
        comment = walk.read(
            lambda known, party=party: [one.id for one in known.more.comments if one.party_id == party][-1]
        )
        told = {"comment": comment, "disposition": "accepted", "reason": f"canary-{slug}-reason"}
        walk.take("auditor", "dispose_comment", disposition=[told])
    walk.take("manager", "issue_final")
    return walk


@pytest.mark.parametrize("role", ["contact", "contributor", "approving_officer"])
def test_two_bodies_of_one_audit(app, two, role):
    """Nothing that one body was asked, told or recommended, or that it said, stands on any page of the other, nor its name."""
    with app.app_context():
        browser = At(app, two.who(f"{MET}/{role}"))
    pages = every_page(browser, two)

    assert leaks(pages, f"canary-{KENT}", "Kent", f"Check twice at {KENT}") == {}
    if role != "contributor":
        assert leaks(pages, f"canary-{MET}-comment", f"Check twice at {MET}")


def test_a_contributor_has_their_own_alone(app, two):
    """A contributor to whom nothing was handed reads no item, answer or version of their body’s either."""
    with app.app_context():
        browser = At(app, two.who(f"{MET}/contributor"))
    pages = every_page(browser, two)

    own = ("question", "good", "answer", "anew", "ground", "missing", "to-us")
    assert leaks(pages, *(f"canary-{MET}-{one}" for one in own)) == {}


def test_another_body_altogether(app, two):
    """Who has no part in a case finds no page of it, and every page says what it would of a case there never was."""
    with app.app_context():
        browser = At(app, make.person("contact", body="essex"))
    pages = every_page(browser, two)
    lists = {page for page in pages if page.startswith("/body?") or page == "/body"}
    never = browser.get("/body/cases/A-AAAA-AAAA").text

    assert leaks(pages, "canary", "Watchlists") == {}
    assert two.case.reference not in "".join(pages[page] for page in lists)
    assert {bare(text) for page, text in pages.items() if page not in lists} <= {bare(never)}


def test_overseer_reads_no_evidence(app, in_app):
    """Whoever oversees a body reads what was told to them of its inspection, and nothing of what it answered or drafted."""
    walk = inspection_at("fieldwork")
    walk.take("inspector", "request_evidence", party=walk.party(MET), items=[{"question": "canary-question"}])
    item = walk.read(lambda known: known.more.items[-1].id)
    walk.take(f"{MET}/contact", "answer_item", item_answer=[{"item": item, "answer": "canary-answer"}])
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    with app.app_context():
        browser = At(app, walk.who(overseer_of(walk, MET)))
    before = every_page(browser, walk)
    with app.app_context():
        walk.take("inspector", "draft_concern", party=walk.party(MET), **concern())
        walk.take("manager", "send_concern", concern=concern_id(walk))
    after = every_page(browser, walk)
    place = f"/body/cases/{walk.case.reference}"

    assert walk.case.reference not in "".join(before[page] for page in ("/body", "/body?show=open"))
    assert "Nobody checks a match." in after[place]
    assert "Cameras in the street" in after["/body?show=open"]
    assert leaks(before, "canary") == leaks(after, "canary") == {}


def test_unannounced(app, in_app):
    """Of an unannounced inspection the body learns nothing before fieldwork begins: no page, list, letter or other error."""
    walk = planned_inspection(MET, unannounced=True)
    with app.app_context():
        browser = At(app, walk.who(f"{MET}/contact"))
    before = every_page(browser, walk)
    never = browser.get("/body/cases/I-AAAA-AAAA").text
    lists = {page for page in before if page.startswith("/body?") or page == "/body"}
    with app.app_context():
        walk.take("inspector", "start_unannounced")
    after = every_page(browser, walk)

    assert {bare(text) for page, text in before.items() if page not in lists} <= {bare(never)}
    assert leaks(before, "Cameras in the street") == {}
    assert "Cameras in the street" in after["/body?show=open"]
    assert leaks(after, "nannounced: the", "It is in the plan.") == {}
