"""The people of the journeys: each can sign in, and each part is somebody else’s."""

from __future__ import annotations

from typing import Any

import make
from flask import Flask
from make import BODY_ROLES, Cast

from regulator.accounts import demonstration
from regulator.accounts.codes import hash_code, new_code
from regulator.accounts.identity import actor_of
from regulator.actors import SYSTEM, Actor
from regulator.casework import queries
from regulator.db import ask_as
from regulator.evidence.queries import comments_of
from regulator.letters import house

FORCE = "Metropolitan Police Service"
PARTS = {
    "intake_officer": "Irene Intake",
    "caseworker": "Cai Caseworker",
    "manager": "Mona Manager",
    "reviewer": "Rhys Reviewer",
    "lawyer": "Lena Lawyer",
    "records_manager": "Ravi Records",
    "contact": "Connie Contact",
    "contributor": "Colm Contributor",
    "approving_officer": "Ada Approver",
}
_emails: dict[int, str] = {}


def somebody(app: Flask, *roles: str, name: str = "", body: str = "metropolitan") -> Actor:
    """Somebody with roles who can sign in; of a force where the roles are a force’s."""
    name = name or PARTS[roles[0]]
    email = f"{name.lower().replace(' ', '.')}@example.test"
    home = body if roles[0] in BODY_ROLES else None
    with app.app_context():
        number = demonstration.make_person(name, email, *roles, body=home)
        actor = actor_of(number)
    assert actor is not None
    _emails[number] = email
    return actor


def everybody(app: Flask, body: str = "metropolitan") -> Cast:
    """One person for each part."""
    return Cast(**{role: somebody(app, role, body=body) for role in PARTS})


def email_of(who: Actor) -> str:
    """The address somebody signs in with."""
    assert who.person_id is not None
    return _emails[who.person_id]


def bring(app: Flask, stage: str, people: Cast, **more: Any) -> tuple[str, str]:
    """A complaint brought to a stage without a browser; returns its reference and the code that opens it."""
    code = new_code()
    with app.app_context():
        case, _ = make.complaint_at(stage, people, code_hash=hash_code(code), **more)
        return case.reference, code


def act(app: Flask, reference: str, who: Actor, step: str, **answers: Any) -> None:
    """Take a step without a browser, where a journey is somebody else’s."""
    with app.app_context():
        ask_as(who)
        make.act(queries.get(reference, by=who).id, who, step, **answers)


def answer_comments(app: Flask, reference: str, who: Actor) -> None:
    """Accept every comment on the provisional view, one side after the other."""
    with app.app_context():
        ask_as(who)
        case = queries.get(reference, by=who).id
        waiting = [one for one in comments_of(case, by=who) if one.accepted is None]
        for side in {one.side for one in waiting}:
            rows = [
                {"comment": one.id, "disposition": "accepted", "reason": "It is right."}
                for one in waiting
                if one.side == side
            ]
            make.act(case, who, "dispose_comment", disposition=rows)


def deliver_mail(app: Flask) -> None:
    """Do what the worker does each minute about mail of no case."""
    with app.app_context():
        ask_as(SYSTEM)
        house.deliver()
