"""A body that cannot answer holds nobody up: staff record what came otherwise or withdraw; what changed is shown."""

from __future__ import annotations

import pytest
from make_audit import audit_at

from regulator.errors import Invalid, NotNow
from regulator.evidence import queries
from regulator.evidence.differences import differences, parts

MET, KENT = "metropolitan", "kent"


@pytest.fixture
def walk(in_app):
    """An audit of two bodies, each asked for the same two things."""
    walk = audit_at("gathering")
    for slug in (MET, KENT):
        asked = [{"question": "Which log?"}, {"question": "Who checks?"}]
        walk.take("auditor", "request_evidence", party=walk.party(slug), items=asked)
    return walk


def items(walk, slug):
    """The items asked of one body."""
    party = walk.party(slug)
    return [
        one
        for one in queries.items_of(walk.case.case_id, by=walk.who("auditor"))
        if one.request.party_id == party
    ]


def answer(walk, slug, words="It is so."):
    """A body answers and signs."""
    rows = [{"item": one.id, "answer": words} for one in items(walk, slug)]
    walk.take(f"{slug}/contact", "answer_item", item_answer=rows)
    walk.take(f"{slug}/approving_officer", "submit_response", response_signed=True)


def test_the_refusal_names_the_body(walk):
    """What is not in yet is said of the body that has not sent it, and what can be done about it."""
    answer(walk, MET)

    with pytest.raises(NotNow, match="Not every item is in yet from Kent Police"):
        walk.take("auditor", "start_drafting")


def test_recorded_as_it_came(walk, owner):
    """What came by post is recorded as the response with how it came; the clock is met and the audit goes on."""
    answer(walk, MET)
    first, _ = items(walk, KENT)
    rows = [{"item": first.id, "answer": "The log of March."}]
    walk.take(
        "auditor", "record_response", received_answers=rows, came_how="By post from the chief constable."
    )
    sent = owner.execute(
        "select text from issued_version where party_id = %s and what = 'response'", (walk.party(KENT),)
    )
    letter = owner.execute("select words from letter where template = 'response_recorded'").fetchone()[0]

    text = sent.fetchone()[0]
    assert "1. Which log?\nThe log of March." in text
    assert "By post from the chief constable." in text
    assert "By post from the chief constable." in letter
    assert walk.due("evidence") == []
    walk.take("auditor", "start_drafting", went_on_why="The second was not sent.")


def test_a_draft_is_not_sent_with_it(walk):
    """What a body has in draft stays its own when staff record what came otherwise."""
    first, second = items(walk, KENT)
    walk.take(f"{KENT}/contact", "answer_item", item_answer=[{"item": second.id, "answer": "Our draft."}])
    rows = [{"item": first.id, "answer": "The log."}]
    request = first.request.id
    walk.take("auditor", "record_response", request=request, received_answers=rows, came_how="By post.")

    sent = queries.sent_items(walk.case.case_id, by=walk.who("auditor"))
    assert [one.answer for one in sent] == ["The log.", ""]


def test_withdrawn(walk):
    """A request that is withdrawn asks nothing more; once it is answered there is nothing to withdraw."""
    answer(walk, MET)
    request = items(walk, KENT)[0].request.id
    walk.take("auditor", "withdraw_request", request=request, reason_told="Another force holds it.")

    assert walk.due("evidence") == []
    walk.take("auditor", "start_drafting")
    with pytest.raises(NotNow, match="No request waits"):
        walk.take("auditor", "withdraw_request", request=request, reason_told="Again.")


def test_one_request_at_a_time(walk):
    """Items of two bodies are not recorded as one response."""
    rows = [{"item": items(walk, slug)[0].id, "answer": "It."} for slug in (MET, KENT)]

    with pytest.raises(Invalid, match="Choose one request"):
        walk.take("auditor", "record_response", received_answers=rows, came_how="By post.")


def test_differences_show(walk):
    """Of an item that was returned and mended it shows which words came and went, and what had been missing."""
    answer(walk, MET, "Kept for 31 days.")
    first, _ = items(walk, MET)
    walk.take("auditor", "return_items", returned_items=[{"item": first.id, "missing": "Since when?"}])
    row = {"item": first.id, "answer": "Kept for 30 days since March."}
    walk.take(f"{MET}/contact", "answer_item", item_answer=[row])
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)

    found = differences(queries.sent_items(walk.case.case_id, by=walk.who("auditor")))
    changed, same = found
    assert changed.missing == "Since when?"
    assert [one.words for one in changed.parts if one.kind == "removed"] == ["31", "days."]
    assert [one.words for one in changed.parts if one.kind == "added"] == ["30", "days since March."]
    assert same.is_same


def test_parts_make_both_texts():
    """The parts of a comparison make the old text without what was added, and the new without what was taken out."""
    old, new = "One two\nthree", "One 2\nthree four"
    found = list(parts(old, new))

    assert "".join(one.words for one in found if one.kind != "added") == old
    assert "".join(one.words for one in found if one.kind != "removed") == new
