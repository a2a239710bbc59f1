"""Notices, warnings and reprimands for tests: proposed as anybody would, and brought to any stage by steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import make
from flask import Flask

from regulator import moments
from regulator.actors import SYSTEM, Actor
from regulator.casework import editions, facts
from regulator.casework.facts import Facts
from regulator.casework.steps import Taken, open_case, take
from regulator.db import db, engine_role

DRAFT, DPA = "2026-draft", "dpa-2018"


@dataclass
class Cast:
    """One person for each part, so that no two parts meet in one person; the officer who proposes serves nothing."""

    proposer: Actor
    enforcement_officer: Actor
    lawyer: Actor
    manager: Actor
    commissioner: Actor
    publisher: Actor
    contact: Actor
    approving_officer: Actor
    system: Actor = SYSTEM


def cast(body: str = "metropolitan") -> Cast:
    """Everybody who has a part in a notice to one force."""
    ours = ("enforcement_officer", "lawyer", "manager", "commissioner", "publisher")
    theirs = ("contact", "approving_officer")
    people = {role: make.person(role) for role in ours} | {
        role: make.person(role, body=body) for role in theirs
    }
    return Cast(proposer=make.person("enforcement_officer", name="The proposer"), **people)


def in_days(count: int) -> date:
    """The day so many days from now."""
    return moments.today() + timedelta(days=count)


def steps() -> list[dict[str, Any]]:
    """Two steps of a notice, to be done in a year and in a year and a half."""
    return [
        {"words": "Publish who approves each watchlist", "done_by": in_days(365)},
        {
            "words": "Delete the images of people who did not match",
            "done_by": in_days(540),
            "prohibits": True,
        },
    ]


def proposal(instrument: str = "compliance", body: str = "metropolitan", **more: Any) -> dict[str, Any]:
    """What somebody answers who proposes an instrument."""
    tests = editions.current().choices("preconditions")
    with_steps = instrument not in ("warning", "reprimand")
    return {
        "title": "Watchlists nobody approved",
        "body": make.body_id(body),
        "instrument": instrument,
        "power": instrument,
        "preconditions": [{"test": one.code, "answer": "passes"} for one in tests],
        "failure": ["Nobody approved the list.", "Images were kept for a year."],
        "standard": next(iter(editions.current().standards)),
        "is_urgent": False,
        **({"notice_steps_asked": steps()} if with_steps else {}),
        **more,
    }


def proposed(people: Cast | None = None, edition: str = DRAFT, **more: Any) -> Taken:
    """An instrument just proposed."""
    by = (people or cast()).proposer
    return open_case("propose", "enforcement", by=by, data=proposal(**more), edition=edition)


def served(**more: Any) -> dict[str, Any]:
    """What is answered when service, of the notice or of a variation, is recorded: sent and served today."""
    today = moments.today()
    return {
        "service_method": "post",
        "addressee": "The chief officer",
        "sent_on": today,
        "deemed_on": today,
        "service_proof": "A receipt of the post",
        **more,
    }


Turn = tuple[str, str, Mapping[str, Any]]
INTENT = {"intent": ["We mean to require that each list is approved.", "Images are deleted."]}
SAID = {"representations": ["The list was approved.", "A year is too short."], "response_signed": True}
PATHS: dict[str, tuple[Turn, ...]] = {"proposed": ()}
PATHS["cleared"] = (("lawyer", "legal_review", {"legal_advice": "It can be done."}),)
PATHS["intent_given"] = (*PATHS["cleared"], ("manager", "give_notice_of_intent", INTENT))
PATHS["considering"] = (*PATHS["intent_given"], ("approving_officer", "make_representations", SAID))
PATHS["deciding"] = (*PATHS["considering"], ("enforcement_officer", "consider_representations", {}))
PATHS["to_sign"] = (
    *PATHS["deciding"],
    ("commissioner", "decide", {"decision": "issue", "decision_reasons": "It is needed."}),
)
PATHS["signed"] = (
    *PATHS["to_sign"],
    ("lawyer", "clear_final", {"final_text": ["The list must be approved because people are stopped."]}),
    ("commissioner", "sign", {"signature": True}),
)
PATHS["in_force"] = (*PATHS["signed"], ("enforcement_officer", "record_service", {}))


def answers_to(case: Taken) -> list[dict[str, Any]]:
    """An answer to each point of the representations."""
    points = of(case).more.points
    return [{"point": one.id, "answer": "not_accepted", "reason": "The record shows none."} for one in points]


def notice_at(stage: str, people: Cast | None = None, **more: Any) -> tuple[Taken, Cast]:
    """An instrument brought to a stage by steps, and the people who did it."""
    people = people or cast()
    case = proposed(people, **more)
    for role, step, data in PATHS[stage]:
        given = dict(data)
        if step == "consider_representations":
            given["point_answers"] = answers_to(case)
        if step == "record_service":
            given = served()
        take(step, case.case_id, by=getattr(people, role), data=given)
    return case, people


def of(case: Taken) -> Facts:
    """The case as the rules see it now, its rows loaded."""
    with engine_role([case.case_id]):
        known = facts.load(case.case_id)
        for name in (
            "notice",
            "steps",
            "points",
            "services",
            "certificates",
            "variations",
            "varied",
            "appeals",
        ):
            getattr(known.more, name)
        _ = (
            known.more.preconditions,
            known.running,
            known.intervals,
            known.told,
            known.more.versions,
            known.more.drafts,
        )
        db.session.expunge_all()
    return known


def step_id(case: Taken, number: int = 1) -> int:
    """The row of a step of the notice."""
    return next(one.id for one in of(case).more.steps if one.number == number)


def service(case: Taken) -> int:
    """The entry that recorded the last service of the notice."""
    return [one.seq for one in of(case).told if one.step == "record_service"][-1]


def due(case: Taken, name: str) -> list[date]:
    """The last day of each open clock of that name, the soonest first."""
    return sorted(one.last_day for one in of(case).running if one.name == name and one.is_open)


def inside(app: Flask) -> Callable[..., Any]:
    """Does something in the application, outside any page: `do(what, …)`."""

    def do(what: Callable[..., Any], *args: Any, **more: Any) -> Any:
        with app.app_context():
            return what(*args, **more)

    return do
