"""Audits from the plan to the end, by everybody who has a part in them."""

from __future__ import annotations

from collections import Counter

import make_audit
import psycopg
import pytest

from regulator.casework import editions
from tests.rooms import engine_ground as ground

STAGES = ("planned", "agreeing_terms", "gathering", "fieldwork", "drafting", "factual_accuracy", "final")
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.mark.parametrize("stage", [*STAGES, "following_up", "closed", "abandoned"])
def test_stages(stage):
    """An audit can be brought to each stage."""
    assert make_audit.audit_at(stage).stage == stage


def sent(owner: psycopg.Connection) -> Counter[str]:
    """How many letters of each template were written."""
    return Counter(name for (name,) in owner.execute("select template from letter"))


def test_letters_of_a_whole_audit(owner: psycopg.Connection):
    """From terms to close each of two bodies gets a letter of its own at each turn, whole, and naming no other body."""
    walk = make_audit.audit_at("closed")

    assert sent(owner) == {
        "engagement": 2,
        "evidence_request": 2,
        "draft_report": 2,
        "final_report": 2,
        "recommendation_verified": 2,
        "audit_closed": 2,
    }
    kent = walk.party("kent")
    for words, party in owner.execute("select words, party_id from letter").fetchall():
        assert ("Kent Police" in words, "Metropolitan" in words) == (party == kent, party != kent)
        assert "{" not in words


def test_final_letter_has_its_dates(owner: psycopg.Connection):
    """The final report tells a body what is recommended to it alone, with its priority and its own last day."""
    walk = make_audit.audit_at("final")
    (clock,) = walk.due("recommendation", "kent")

    _, words = ground.letters(owner, walk.case, "final_report")[walk.party("kent")]

    assert f"Check twice at kent (high priority, by {clock.last_day:%-d %B %Y})" in words
    assert "Check twice at metropolitan" not in words
    assert "1. How matches are checked" not in words.split("We recommend:")[1]


def test_clocks_of_a_whole_audit():
    """Every promise and duty of an audit that is closed was met, each body’s by itself, and none runs on."""
    walk = make_audit.audit_at("closed")

    ended = walk.read(lambda known: Counter((one.name, one.ended.how) for one in known.running if one.ended))
    assert walk.read(lambda known: [one.name for one in known.running if one.is_open]) == []
    assert ended == {
        ("agree_terms", "met"): 2,
        ("evidence", "met"): 2,
        ("factual_accuracy", "met"): 2,
        ("respond_to_report", "met"): 2,
        ("recommendation", "met"): 2,
        ("verify", "met"): 2,
    }


def test_every_sentence_is_whole(owner: psycopg.Connection):
    """No line of the timeline of an audit has a gap, for any audience."""
    walk = make_audit.audit_at("closed")

    every = [said for who in ("internal", "body", "public") for said in ground.told(owner, walk.case, who)]
    assert [
        said for _, said, _ in every if not said or "{" in said or "  " in said or said.endswith(" for")
    ] == []
    assert {step for step, *_ in every} <= set(editions.current().kinds["audit"].steps)
