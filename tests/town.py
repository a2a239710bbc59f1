"""A town of cases: one at every stage, some with all that a case can gather, and somebody who can sign in for each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO

import make
import sqlalchemy as sa
from flask import Flask

from regulator.access import BODY, REGULATOR
from regulator.accounts import demonstration
from regulator.accounts.codes import hash_code, new_code
from regulator.accounts.identity import actor_of
from regulator.actors import Actor
from regulator.casework.steps import Taken, take
from regulator.complaints.models import AccountItem
from regulator.db import ask_as, db
from regulator.documents import store

ROLES = (*REGULATOR, "administrator", *BODY, "body_administrator", "oversight_contact")
FORCE, OVERSEER = "metropolitan", "mayors-office-for-policing-and-crime-mopac"
WORKS_FOR = {**dict.fromkeys((*BODY, "body_administrator"), FORCE), "oversight_contact": OVERSEER}
WHAT_HAPPENED = "I was stopped at the market and told a camera had matched me."


@dataclass
class Town:
    """emails: by role; cases: reference and code, by stage or by what is particular about them."""

    app: Flask
    people: dict[str, Actor] = field(default_factory=dict)
    emails: dict[str, str] = field(default_factory=dict)
    cases: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def cast(self) -> make.Cast:
        """The people who take the steps of a complaint."""
        return make.Cast(
            **{part: self.people[part] for part in make.Cast.__annotations__ if part != "system"}
        )

    def case(self, name: str, stage: str) -> Taken:
        """A complaint brought to a stage, with a code."""
        code = new_code()
        case, _ = make.complaint_at(stage, self.cast, code_hash=hash_code(code))
        self.cases[name] = (case.reference, code)
        return case


def built(app: Flask) -> Town:
    """The town; inside an application context."""
    town = Town(app)
    team = make.team("North")
    for role in ROLES:
        _settle(town, role, team)
    for stage in make.PATHS:
        town.case(stage, stage)
    _full(town)
    _paused(town)
    return town


def _settle(town: Town, role: str, team: int) -> None:
    name, home = f"{role.replace('_', ' ').title()} Jones", WORKS_FOR.get(role)
    town.emails[role] = f"{role.replace('_', '.')}@example.test"
    number = demonstration.make_person(
        name, town.emails[role], role, body=home, team_id=None if home else team
    )
    actor = actor_of(number)
    assert actor is not None
    town.people[role] = actor


def _full(town: Town) -> None:
    """A case with a request half answered and one signed, notes, files, an owner, a message and proceedings."""
    cast = town.cast
    case = town.case("full", "investigating").case_id
    team = cast.caseworker.team_id
    make.act(case, cast.manager, "assign", person=cast.caseworker.person_id, team=team)
    for questions in (["Which list was used?", "Who chose the place?"], ["What were the settings?"]):
        make.act(case, cast.caseworker, "request_account", items=[{"question": one} for one in questions])
    _answer(case, cast)
    paper = store.keep(BytesIO(b"Which entrance it was.\n"), "entrance.txt", 10_000)
    take(
        "add_information",
        case,
        by=make.complainant(case),
        data={"information": "See the file."},
        files=[paper],
    )
    make.act(case, cast.caseworker, "add_note", note="Rang the force.")
    make.act(case, cast.caseworker, "message_complainant", message="We have begun.")
    make.act(case, cast.lawyer, "link_proceedings", proceedings_kind="judicial_review", court="High Court")


def _answer(case: int, cast: make.Cast) -> None:
    ask_as(cast.contact)
    items = db.session.scalars(
        sa.select(AccountItem.id).where(AccountItem.case_id == case).order_by(AccountItem.id)
    ).all()
    save, handed = "answer_account_item", [{"item": items[1], "mark": "none", "version": 0}]
    make.act(case, cast.contact, save, item_answer=handed, hand_to=cast.contributor.person_id)
    make.act(
        case,
        cast.contributor,
        save,
        item_answer=[{"item": items[1], "answer": "The inspector.", "version": 1}],
    )
    make.act(case, cast.contact, save, item_answer=[{"item": items[2], "answer": "0.64", "version": 0}])


def _paused(town: Town) -> None:
    """A case on hold whose complainant was asked something."""
    cast = town.cast
    case = town.case("paused", "investigating").case_id
    make.act(case, cast.caseworker, "ask_complainant", question="Which entrance was it?")
    make.act(
        case,
        cast.manager,
        "hold",
        hold_cause="proceedings",
        reason="A court sits on it.",
        told=["complainant", "body"],
    )
