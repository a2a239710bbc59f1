"""People and cases for tests, made through the ledger and the steps as anybody would make them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.accounts.models import Body, Person, RoleHeld, Team
from regulator.actors import PUBLIC, SYSTEM, Actor, Side
from regulator.casework.steps import Taken, open_case, take
from regulator.db import db

BODY_ROLES = {"contact", "contributor", "approving_officer", "body_administrator", "oversight_contact"}
_numbers = count(1)


def body_id(slug: str = "metropolitan") -> int:
    """The number of a body."""
    number: int = db.session.execute(sa.select(Body.id).where(Body.slug == slug)).scalar_one()
    return number


def person(*roles: str, body: str | None = None, name: str | None = None, team: int | None = None) -> Actor:
    """Somebody who holds `roles`; of a force where the roles are a force’s."""
    number = next(_numbers)
    of_body = roles[0] in BODY_ROLES
    home = body_id(body or "metropolitan") if of_body else None
    called = name or f"{roles[0].replace('_', ' ').title()} {number}"
    with ledger.change("invite_person", by=SYSTEM, streams=["house"]):
        row = Person(
            name=called,
            email=f"person{number}@example.test",
            body_id=home,
            team_id=team,
            joined_on=date(2020, 1, 1),
        )
        db.session.add(row)
        db.session.flush()
        for role in roles:
            db.session.add(RoleHeld(person_id=row.id, role=role, starts_on=date(2020, 1, 1)))
        number = row.id
    if roles == ("administrator",):
        side = Side.administration
    elif roles == ("body_administrator",):
        side = Side.body_administration
    else:
        side = Side.body if of_body else Side.staff
    return Actor(called, frozenset(roles), side, person_id=number, body_id=home, team_id=team)


def team(name: str) -> int:
    """A team of the regulator’s."""
    with ledger.change("add_team", by=SYSTEM, streams=["house"]):
        row = Team(name=name)
        db.session.add(row)
        db.session.flush()
        return row.id


@dataclass
class Cast:
    """One person for each part, so that no two parts meet in one person."""

    intake_officer: Actor
    caseworker: Actor
    manager: Actor
    reviewer: Actor
    lawyer: Actor
    records_manager: Actor
    contact: Actor
    contributor: Actor
    approving_officer: Actor
    system: Actor = SYSTEM

    def complainant(self, case_id: int) -> Actor:
        """Whoever holds the code of the case."""
        return complainant(case_id)


def complainant(case_id: int) -> Actor:
    """The complainant of a case, who opened it with its code."""
    return Actor("The complainant", frozenset({"complainant"}), Side.complainant, case_id=case_id)


def cast(body: str = "metropolitan") -> Cast:
    """A full cast for complaints about one force."""
    regulator = ("intake_officer", "caseworker", "manager", "reviewer", "lawyer", "records_manager")
    force = ("contact", "contributor", "approving_officer")
    people = {role: person(role) for role in regulator} | {role: person(role, body=body) for role in force}
    return Cast(**people)


def answers(**more: Any) -> dict[str, Any]:
    """What somebody answers who complains."""
    return {
        "body": body_id(),
        "technology": "lfr",
        "what_happened": "I was stopped at the market and told a camera had matched me.",
        "allegations": ["I was stopped because of a wrong match", "Nobody told me cameras were in use"],
        "when_known": "approximate",
        "happened_when": "In the spring",
        "own_data": "yes",
        "force_first": False,
        "proceedings": "none",
        "name": "Ada Example",
        "email": "ada@example.test",
        "contact_by": "email",
        "shares_identity": False,
        "is_vulnerable": False,
        **more,
    }


def complaint(**more: Any) -> Taken:
    """A complaint just received from the public."""
    return open_case("submit", "complaint", by=PUBLIC, data=answers(**more))


REMIT = ("body", "technology", "date_and_territory", "standing", "force_first", "better_forum", "proceedings")
PASSED = [{"test": test, "answer": "passes"} for test in REMIT]


def findings(*numbers: int) -> list[dict[str, Any]]:
    """A finding on each allegation."""
    from regulator.casework.editions import current

    standard = next(iter(current().standards))
    return [
        {"allegation": number, "finding": "upheld", "standard": standard, "reasons": "The record shows it."}
        for number in numbers or (1, 2)
    ]


DECLINE = {
    "decline_reason": "better_forum",
    "right_forum": "ico",
    "decline_words": "This is about how your data were answered for.",
}
VIEW = {
    "view_to_complainant": ["We think the match was wrong.", "We think you should have been told."],
    "view_to_body": ["The match was wrong.", "Signs were missing."],
}
OUTCOME = {"outcome_to_complainant": "We uphold your complaint.", "outcome_to_body": "We uphold it."}
REVIEW = {"review_grounds": ["evidence_missed"], "review_words": "You did not look at the film."}
REVIEWED = {"review_to_complainant": "The decision stands.", "review_to_body": "The decision stands."}

Turn = tuple[str, str, Mapping[str, Any]]
PATHS: dict[str, tuple[Turn, ...]] = {"received": ()}
PATHS["screening"] = (("intake_officer", "acknowledge", {}),)
PATHS["declining"] = (*PATHS["screening"], ("caseworker", "propose_decline", DECLINE))
PATHS["not_accepted"] = (*PATHS["declining"], ("manager", "decline", {}))
PATHS["investigating"] = (*PATHS["screening"], ("intake_officer", "accept", {"remit_answers": PASSED}))
PATHS["provisional_view"] = (*PATHS["investigating"], ("caseworker", "share_provisional_view", VIEW))
PATHS["decided"] = (
    *PATHS["provisional_view"],
    ("complainant", "comment_on_view", {"no_comments": True}),
    ("approving_officer", "comment_on_view", {"no_comments": True}),
    ("manager", "approve_decision", {}),
)
PATHS["told"] = (*PATHS["decided"], ("caseworker", "tell_outcome", OUTCOME))
PATHS["under_review"] = (*PATHS["told"], ("complainant", "ask_for_review", REVIEW))
PATHS["review_decided"] = (*PATHS["under_review"], ("reviewer", "uphold_decision", REVIEWED))
PATHS["closed"] = (*PATHS["review_decided"], ("reviewer", "tell_review_outcome", {}))
PATHS["withdrawn"] = (
    *PATHS["screening"],
    ("complainant", "ask_to_withdraw", {"withdrawal_form": "in_writing"}),
    ("manager", "confirm_withdrawal", {"public_interest": "Nobody else is affected."}),
)


def act(case_id: int, by: Actor, step: str, **data: Any) -> Taken:
    """Take a step on a case."""
    return take(step, case_id, by=by, data=data)


def complaint_at(stage: str, people: Cast | None = None, **more: Any) -> tuple[Taken, Cast]:
    """A complaint brought to a stage by steps, and the people who did it."""
    people = people or cast()
    case = complaint(**more)
    for role, step, data in PATHS[stage]:
        by = people.complainant(case.case_id) if role == "complainant" else getattr(people, role)
        given = {"findings": findings(), **data} if step == "share_provisional_view" else dict(data)
        take(step, case.case_id, by=by, data=given)
    return case, people


def at(text: str) -> datetime:
    """A London moment or day, for `moments.as_at`."""
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo else found.replace(tzinfo=moments.LONDON)).astimezone(UTC)
