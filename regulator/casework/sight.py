"""Who outside sees a case: a body, or one that oversees it, once it has been shown it, and then for good."""

from __future__ import annotations

from collections.abc import Collection

from regulator.accounts.models import Body
from regulator.accounts.queries import name_of, overseer_of
from regulator.casework.facts import OVERSIGHT, SUBJECT, Facts
from regulator.casework.models import Party
from regulator.casework.taking import Taking
from regulator.db import db

AUDIENCES = {SUBJECT: "body", OVERSIGHT: "oversight"}
"""What a party reads as, by its part in the case."""


def show(taking: Taking) -> None:
    """Let each party see the case from the first stage, or step about it, that shows it."""
    known = taking.facts
    oversee(known)
    stage = known.kind.stages[known.stage]
    for party in known.parties:
        audience = AUDIENCES[party.capacity]
        if not party.sees and stage.seen_by(audience) and known.kind.shows(audience, _passed(taking, party)):
            party.sees = True


def _passed(taking: Taking, party: Party) -> set[str]:
    """The stages the case stood at, and the steps taken that were about this party or about none in particular."""
    known = taking.facts
    theirs = {party.id, *(one.id for one in known.overseen_by(party))}
    told = {e.step for e in known.told if not e.about("party") or not theirs.isdisjoint(e.about("party"))}
    if not taking.intent.keys.get("party") or not theirs.isdisjoint(one.id for one in taking.concerned):
        told.add(taking.step.name)
    return told | {known.stage} | {event.to_stage for event in known.told if event.moves}


def oversee(known: Facts) -> None:
    """Give whoever oversees a body today a part in the case, where its kind is one that an oversight body may see."""
    if OVERSIGHT not in known.kind.seen_by:
        return
    for party in known.subjects:
        overseer = overseer_of(party.body_id)
        now = known.overseer_of(party)
        if overseer is not None and (now is None or now.body_id != overseer.id):
            party.overseen_by_id = _overseer(known, overseer.id).id
            db.session.flush()


def _overseer(known: Facts, body_id: int) -> Party:
    """The part of an oversight body in the case, new where it had none."""
    for party in known.parties:
        if party.body_id == body_id and party.capacity == OVERSIGHT:
            return party
    party = Party(case_id=known.case.id, body_id=body_id, capacity=OVERSIGHT)
    db.session.add(party)
    db.session.flush()
    known.parties.append(party)
    known.bodies[body_id] = db.session.get_one(Body, body_id)
    known.names[body_id] = name_of(body_id)
    return party


def seeing(known: Facts, audience: str, concerned: Collection[Party]) -> list[Party]:
    """Those who see the case and read as `audience`: of the bodies concerned, or of those that oversee them."""
    if audience == "oversight":
        found = [known.overseer_of(party) for party in concerned]
        return list({one.id: one for one in found if one is not None and one.sees}.values())
    return [party for party in concerned if party.sees]
