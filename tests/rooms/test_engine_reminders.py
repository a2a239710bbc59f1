"""The worker reminds whoever owes something: on the record, in a letter, once, and at the right day."""

from __future__ import annotations

from collections.abc import Callable

import make
import psycopg
import pytest
from flask import Flask

from regulator import moments
from regulator.actors import SYSTEM
from regulator.casework import tasks
from regulator.casework.registry import MERGES
from regulator.casework.steps import Taken, take
from regulator.casework.taking import Taking
from regulator.errors import NotNow, Refused
from tests.rooms import engine_ground as ground

STEPS = (("auditor", "start_drafting"), ("manager", "share_draft"), ("manager", "issue_final"))


def recommend(taking: Taking) -> None:
    """Recommendation 11 is for the first body, and urgent."""
    taking.intent.data["priority"] = {"11": "urgent"}
    taking.about(recommendation=[11], party={"11": taking.facts.subjects[0].id})


@pytest.fixture
def case(in_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Taken:
    """An audit of two bodies whose final report of 2 March 2026 has one recommendation, due on 2 April."""
    return issued(monkeypatch, recommend)


def issued(monkeypatch: pytest.MonkeyPatch, recommends: Callable[[Taking], None]) -> Taken:
    """An audit of two bodies whose final report of 2 March 2026 recommends something, due on 2 April."""
    ground.serve(monkeypatch, "audit", effects={"issue_final": recommends})
    monkeypatch.setitem(MERGES, "audit", lambda known, _: {"this_recommendation": str(known.events[-1].keys)})
    with moments.as_at(make.at("2026-03-02T10:00")):
        made = ground.planned()
        make.act(made.case_id, make.person("auditor"), "send_engagement", terms=["Matches"])
        for body in ground.BODIES:
            by = make.person("approving_officer", body=body)
            if ground.loaded(made).stage == "agreeing_terms":
                make.act(made.case_id, by, "agree_terms", terms_signed=True)
        for role, step in STEPS:
            make.act(made.case_id, make.person(role), step)
    return made


def work(at: str) -> int:
    """Let the worker do what is due as at a moment."""
    with moments.as_at(make.at(at)):
        return tasks.take_due_steps()


def test_worker_wakes_on_the_day(case: Taken, owner: psycopg.Connection) -> None:
    """The clock says when the system must look at it: when its next reminder is due."""
    asked = "select next_look at time zone 'Europe/London' from clock where case_id = %s and name = 'recommendation'"

    def look() -> str:
        return str(owner.execute(asked, (case.case_id,)).fetchone()[0])

    first = look()
    assert work("2026-03-05T09:00") == 1
    second = look()

    assert (first, second) == ("2026-03-05 00:00:00", "2026-04-03 00:00:00")


def test_reminded_once(case: Taken, owner: psycopg.Connection) -> None:
    """A reminder goes to the one body that owes it, is told to it and to staff, and does not go twice."""
    assert work("2026-03-04T09:00") == 0
    assert work("2026-03-05T09:00") == 1
    assert work("2026-03-05T09:01") == 0
    assert work("2026-03-20T09:00") == 0

    met = ground.party(case, "metropolitan")
    sent = ground.letters(owner, case, "recommendation_due")
    assert list(sent) == [met]
    assert "due to be carried out by 2 April 2026" in sent[met][1]
    assert "'recommendation': 11" in sent[met][1]
    said = "A reminder was sent to you: Carry out a recommendation"
    assert ground.told(owner, case, "body", "remind") == [("remind", said, met)]
    staff = ground.told(owner, case, "internal", "remind")
    assert staff[0][1] == "The system sent a reminder: Carry out a recommendation"


def test_overdue(case: Taken, owner: psycopg.Connection) -> None:
    """What is overdue is chased the day after and four weeks after that, with the day that it had."""
    work("2026-03-05T09:00")
    assert work("2026-04-02T23:00") == 0
    assert work("2026-04-03T09:00") == 1
    assert work("2026-04-30T09:00") == 1
    assert work("2026-12-30T09:00") == 0

    assert ground.letters(owner, case, "recommendation_overdue")
    assert ground.letters(owner, case, "recommendation_escalated")


def test_nobody_else_reminds(case: Taken) -> None:
    """Only the system reminds, and only of what is due."""
    clock = next(one for one in ground.loaded(case).running if one.name == "recommendation")
    said = {"clock": clock.ref, "chaser": -28, "due": clock.last_day}

    with moments.as_at(make.at("2026-03-05T09:00")), pytest.raises(Refused):
        take("remind", case.case_id, by=make.person("manager"), data=said)
    with moments.as_at(make.at("2026-03-04T09:00")), pytest.raises(NotNow):
        take("remind", case.case_id, by=SYSTEM, data=said)


def recommend_three(taking: Taking) -> None:
    """Recommendations 11 and 12 are for the first body and 13 for the second; all are urgent."""
    first, second = (party.id for party in taking.facts.subjects)
    taking.intent.data["priority"] = {"11": "urgent", "12": "urgent", "13": "urgent"}
    taking.about(recommendation=[11, 12, 13], party={"11": first, "12": first, "13": second})


def test_one_letter_for_several(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch, owner: psycopg.Connection
) -> None:
    """What one body owes by one day is in one letter that names each; another body has its own; none goes twice."""
    case = issued(monkeypatch, recommend_three)

    assert work("2026-03-05T09:00") == 2
    assert work("2026-03-06T09:00") == 0
    assert work("2026-04-03T09:00") == 2

    sent = ground.letters(owner, case, "recommendation_due")
    assert "[11, 12]" in sent[ground.party(case, "metropolitan")][1]
    assert len(sent) == 2
    told = [said for _, said, _ in ground.told(owner, case, "internal", "remind")]
    assert told.count("The system sent a reminder: Carry out a recommendation (2 of them)") == 2
    assert told.count("The system sent a reminder: Carry out a recommendation") == 2


def test_the_rest_goes_on_when_one_is_done(
    in_app: Flask, monkeypatch: pytest.MonkeyPatch, owner: psycopg.Connection
) -> None:
    """Where one of several was carried out, only the others are chased when they are overdue."""
    case = issued(monkeypatch, recommend_three)
    work("2026-03-05T09:00")
    with moments.as_at(make.at("2026-03-20T10:00")):
        make.act(
            case.case_id,
            make.person("auditor"),
            "verify_recommendation",
            recommendation=12,
            verdict="met",
            reason_told="Seen.",
        )

    work("2026-04-03T09:00")

    sent = ground.letters(owner, case, "recommendation_overdue")
    assert "'recommendation': 11" in sent[ground.party(case, "metropolitan")][1]
