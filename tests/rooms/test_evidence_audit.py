"""Evidence in an audit of two bodies: asked item by item, answered by several, returned, mended and accepted."""

from __future__ import annotations

from datetime import date

import make
import pytest
from make_audit import audit_at
from make_looking import Looking

from regulator import moments
from regulator.errors import Conflict, Invalid, NotNow, Refused

MET, KENT = "metropolitan", "kent"
ASKED = [
    {"question": "Send the log of matches", "good": "One line a match", "holder": "The analysts"},
    {"question": "Who checks?", "wanted_by": date(2026, 12, 1)},
]


@pytest.fixture
def walk(in_app) -> Looking:
    """An audit of two bodies at which evidence is gathered."""
    return audit_at("gathering")


def ask(walk, *slugs):
    """Ask bodies for the same two items."""
    for slug in slugs or (MET, KENT):
        walk.take("auditor", "request_evidence", party=walk.party(slug), items=ASKED)


def items(walk, slug):
    """The numbers of a body’s items."""
    party = walk.party(slug)
    return walk.read(lambda known: [one.id for one in known.more.items if one.party_id == party])


def request(walk, slug):
    """The number of a body’s last request."""
    party = walk.party(slug)
    return walk.read(lambda known: [one.id for one in known.more.requests if one.party_id == party][-1])


def answer(walk, slug, **more):
    """Answer everything a body was asked, and sign."""
    rows = [
        {"item": one, "answer": f"It is so, at {slug}.", "mark": "none", **more} for one in items(walk, slug)
    ]
    walk.take(f"{slug}/contact", "answer_item", item_answer=rows)
    walk.take(f"{slug}/approving_officer", "submit_response", response_signed=True)


def give_back(walk, slug, *numbers, words="The dates are missing."):
    """Return items of a body’s response."""
    found = items(walk, slug)
    rows = [{"item": found[number - 1], "missing": words} for number in numbers]
    walk.take("auditor", "return_items", request=request(walk, slug), returned_items=rows)


def sent(owner, slug_party):
    """The versions a body sent, as they were frozen."""
    return owner.execute(
        "select number, text from issued_version where what = 'response' and party_id = %s order by id",
        (slug_party,),
    ).fetchall()


def test_asked_item_by_item(walk, owner):
    """Each body has its own request with what good looks like, its own clock and a letter that lists what it is asked."""
    ask(walk)
    rows = owner.execute(
        "select question, good, holder, wanted_by from evidence_item order by id limit 2"
    ).fetchall()
    clocks = {one.keys["party"]: one.keys["request"] for one in walk.due("evidence")}
    letter = owner.execute("select words from letter where template = 'evidence_request'").fetchone()[0]

    assert rows == [
        ("Send the log of matches", "One line a match", "The analysts", None),
        ("Who checks?", None, None, date(2026, 12, 1)),
    ]
    assert clocks == {walk.party(slug): request(walk, slug) for slug in (MET, KENT)}
    assert "1. Send the log of matches\nA good answer has: One line a match" in letter
    assert "We hope for it by 1 December 2026" in letter


def test_nothing_asked(walk):
    """A request without a question is refused."""
    with pytest.raises(Invalid, match="at least one question"):
        walk.take("auditor", "request_evidence", party=walk.party(MET), items=[{"good": "Something"}])


def test_handed_on_and_marked(walk, owner):
    """An item is handed to a colleague, who alone of the contributors may work on it, and marked with its ground."""
    ask(walk, MET)
    first, second = items(walk, MET)
    colleague = walk.who(f"{MET}/contributor")
    walk.take(f"{MET}/contact", "assign_item", draft_item=first, hand_to=colleague.person_id)
    walk.take(
        f"{MET}/contributor",
        "mark_item_privileged",
        draft_item=first,
        evidence_mark="withheld",
        mark_ground="Another force holds it.",
    )

    assert owner.execute(
        "select handed_to_id, mark, ground from evidence_item where id = %s", (first,)
    ).fetchone() == (
        colleague.person_id,
        "withheld",
        "Another force holds it.",
    )
    with pytest.raises(Refused, match="not handed to you"):
        walk.take(f"{MET}/contributor", "answer_item", item_answer=[{"item": second, "answer": "Mine."}])


def test_not_another_body(walk):
    """Nobody works on an item of another body, or hands one to somebody who is not theirs."""
    ask(walk)
    kents = items(walk, KENT)[0]
    mets = items(walk, MET)[0]
    stranger = walk.who(f"{KENT}/contributor").person_id

    with pytest.raises(Invalid, match="not one of yours"):
        walk.take(f"{MET}/contact", "answer_item", item_answer=[{"item": kents, "answer": "Ours."}])
    with pytest.raises(Invalid, match="your own organisation"):
        walk.take(f"{MET}/contact", "assign_item", draft_item=mets, hand_to=stranger)


def test_no_claim_without_ground(walk):
    """What is held back needs its ground, whichever way it is said."""
    ask(walk, MET)
    first = items(walk, MET)[0]

    for step, data in (
        ("mark_item_privileged", {"draft_item": first, "evidence_mark": "privileged"}),
        ("answer_item", {"item_answer": [{"item": first, "mark": "withheld"}]}),
    ):
        with pytest.raises(Invalid, match="on what ground item 1 is held back"):
            walk.take(f"{MET}/contact", step, **data)


def test_save_over_another(walk):
    """A save against an older version is a conflict."""
    ask(walk, MET)
    first = items(walk, MET)[0]
    walk.take(f"{MET}/contact", "answer_item", item_answer=[{"item": first, "answer": "A.", "version": "0"}])

    with pytest.raises(Conflict):
        walk.take(
            f"{MET}/contact", "answer_item", item_answer=[{"item": first, "answer": "B.", "version": "0"}]
        )


def test_signed_as_sent(walk, owner):
    """A response is frozen with its marks; of what is held back the claim and its ground are sent, not the answer."""
    ask(walk, MET)
    first, second = items(walk, MET)
    rows = [
        {"item": first, "answer": "Our lawyer says no.", "mark": "privileged", "ground": "Advice of 3 May."},
        {"item": second, "answer": "Two officers.", "mark": "sensitive"},
    ]
    with pytest.raises(NotNow, match="Items 1 and 2 have no answer yet"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    walk.take(f"{MET}/contact", "answer_item", item_answer=rows)
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    ((number, text),) = sent(owner, walk.party(MET))

    assert number == 1
    assert "[Legally privileged: Advice of 3 May.]" in text
    assert "Our lawyer" not in text
    assert "Two officers.\n[Sensitive]" in text
    assert not walk.due("evidence", MET)


def test_returned_and_mended(walk, owner):
    """A returned item waits by a clock of its own until it is answered anew; each version stays as it was sent."""
    ask(walk)
    answer(walk, MET)
    answer(walk, KENT)
    give_back(walk, MET, 2)
    letter = owner.execute("select party_id, words from letter where template = 'items_returned'").fetchall()
    with pytest.raises(NotNow, match="Item 2 was returned and not answered anew"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    running = [(one.keys["party"], one.keys["item"]) for one in walk.due("returned_item")]
    second = items(walk, MET)[1]
    walk.take(f"{MET}/contact", "answer_item", item_answer=[{"item": second, "answer": "Two, since May."}])
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)

    assert running == [(walk.party(MET), second)]
    assert [party for party, _ in letter] == [walk.party(MET)]
    assert "2. Who checks?\nWhat is missing: The dates are missing." in letter[0][1]
    assert [number for number, _ in sent(owner, walk.party(MET))] == [1, 2]
    assert "since May" not in sent(owner, walk.party(MET))[0][1]
    assert not walk.due("returned_item")


def test_handing_on_mends_nothing(walk):
    """A returned item that is only handed to a colleague still waits to be answered anew."""
    ask(walk, MET)
    answer(walk, MET)
    give_back(walk, MET, 1)
    colleague = walk.who(f"{MET}/contributor").person_id
    walk.take(f"{MET}/contact", "assign_item", draft_item=items(walk, MET)[0], hand_to=colleague)

    with pytest.raises(NotNow, match="Item 1 was returned"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)


def test_nothing_to_return(walk):
    """Nothing is returned or accepted before it is submitted, twice, or of two requests at a time."""
    ask(walk)
    with pytest.raises(NotNow, match="No response waits"):
        walk.take("auditor", "accept_response", request=request(walk, MET))
    answer(walk, MET)
    answer(walk, KENT)
    both = [{"item": items(walk, slug)[0], "missing": "More."} for slug in (MET, KENT)]
    with pytest.raises(Invalid, match="one response"):
        walk.take("auditor", "return_items", returned_items=both)
    give_back(walk, MET, 1)
    with pytest.raises(NotNow, match="No response waits"):
        walk.take("auditor", "accept_response", request=request(walk, MET))


def test_accepted(walk, owner):
    """An accepted response is closed: its body is told, and can submit it no more."""
    ask(walk, MET)
    answer(walk, MET)
    walk.take("auditor", "accept_response", request=request(walk, MET))

    assert owner.execute("select accepted_on is not null from evidence_request").fetchone() == (True,)
    with pytest.raises(NotNow, match="accepted this response already"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    with pytest.raises(NotNow, match="accepted every response"):
        walk.take(f"{MET}/contact", "assign_item", draft_item=items(walk, MET)[0], hand_to=1)


def test_the_report_waits_for_items(walk):
    """The report begins when items are in, or their time has passed and it is said what was done without them."""
    ask(walk, MET)
    with pytest.raises(NotNow, match="Not every item is in yet"):
        walk.take("auditor", "start_drafting")
    late = walk.due("evidence")[0].last_day
    with moments.as_at(make.at(f"{late.year + 1}-01-15T10:00")):
        with pytest.raises(NotNow, match="say what did not come"):
            walk.take("auditor", "start_drafting")
        walk.take("auditor", "start_drafting", went_on_why="The log did not come; we looked without it.")

        assert walk.stage == "drafting"


def test_no_draft_while_items_are_mended(walk):
    """The draft is not shared while the time to mend a returned item runs."""
    ask(walk, MET)
    answer(walk, MET)
    give_back(walk, MET, 1)

    with pytest.raises(NotNow, match="Not every item is in yet"):
        walk.take("auditor", "start_drafting")
