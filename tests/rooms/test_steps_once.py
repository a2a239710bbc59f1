"""A step is taken once: two people, two presses, an old page, and two cases that are linked both ways."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import make
import psycopg
import pytest
from flask import Flask

from regulator.casework.steps import OtherCase, offers, stage_token, take
from regulator.errors import Conflict, Invalid, NotNow
from tests.rooms.step_ground import entries


def test_stale_stage(in_app: Flask) -> None:
    """A form drawn before somebody moved the case is a conflict, not a second move."""
    case, people = make.complaint_at("screening")
    known, _ = offers(case.case_id, by=people.caseworker)
    token = stage_token(known)
    make.act(case.case_id, people.intake_officer, "propose_decline", **make.DECLINE)
    make.act(case.case_id, people.manager, "return_to_screening", reason="Look again")

    with pytest.raises(Conflict):
        take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED}, token=token)


def test_same_form_twice(in_app: Flask, owner: psycopg.Connection) -> None:
    """The same form sent twice acts once, and answers as it did the first time."""
    case, people = make.complaint_at("screening")
    key = str(uuid4())
    data = {"note": "Rang the force"}

    first = take("add_note", case.case_id, by=people.caseworker, data=data, key=key)
    second = take("add_note", case.case_id, by=people.caseworker, data=data, key=key)

    assert (first.seq, second.seq) == (3, 0)
    assert second.reference == first.reference
    assert [step for _, step in entries(owner, case.case_id)].count("add_note") == 1


def test_mended_form_uses_its_key(in_app: Flask) -> None:
    """A refusal does not use up the form’s key: mended, it is acted on."""
    case, people = make.complaint_at("screening")
    key = str(uuid4())
    with pytest.raises(NotNow):
        take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED[:1]}, key=key)

    taken = take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED}, key=key)

    assert taken.seq == 3


def test_two_press_at_once(in_app: Flask, owner: psycopg.Connection) -> None:
    """Six people accept at the same moment: one wins, the others are told that the case moved on."""
    case, people = make.complaint_at("screening")
    known, _ = offers(case.case_id, by=people.caseworker)
    token = stage_token(known)
    start = threading.Barrier(6)

    def press(_: int) -> str:
        with in_app.app_context():
            start.wait()
            try:
                take(
                    "accept",
                    case.case_id,
                    by=people.caseworker,
                    data={"remit_answers": make.PASSED},
                    token=token,
                )
            except (Conflict, NotNow) as refusal:
                return type(refusal).__name__
            return "won"

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(press, range(6)))

    assert results.count("won") == 1
    assert [step for _, step in entries(owner, case.case_id)] == ["submit", "acknowledge", "accept"]


def test_links_cross(in_app: Flask, owner: psycopg.Connection) -> None:
    """Two people link the same two cases from either end at once: nobody waits for ever, both records tell it."""
    one, people = make.complaint_at("screening")
    two, _ = make.complaint_at("screening", people)
    start = threading.Barrier(2)

    def link(pair: tuple[int, OtherCase]) -> str:
        with in_app.app_context():
            start.wait()
            data = {"other_case": pair[1], "relation": "same_events"}
            try:
                take("link_case", pair[0], by=people.caseworker, data=data)
            except (Invalid, Conflict) as refusal:
                return type(refusal).__name__
            return "linked"

    ends = [
        (one.case_id, OtherCase(two.case_id, two.reference)),
        (two.case_id, OtherCase(one.case_id, one.reference)),
    ]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(link, ends))

    assert "linked" in results
    links = owner.execute("select case_id, other_id from case_link order by case_id").fetchall()
    assert links == sorted([(one.case_id, two.case_id), (two.case_id, one.case_id)])
