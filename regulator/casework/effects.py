"""What the steps of every kind do beyond recording themselves. Each is named as the edition names it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Body, Person
from regulator.casework import editions
from regulator.casework.answers import name_of
from regulator.casework.linking import link
from regulator.casework.models import CaseFile, WallMember
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Invalid, NotNow
from regulator.ledger.writing import Place, Words
from regulator.regime.events import last_move


@effect
def assign(taking: Taking) -> None:
    """Give the case to a person, and to the team they work in or the one named."""
    owner = db.session.get(Person, int(taking.data["person"]))
    if owner is None or owner.body_id is not None or owner.left_on is not None:
        raise Invalid("Choose somebody who works for the regulator.", "person")
    case = taking.facts.case
    case.owner_id = owner.id
    case.team_id = int(taking.data["team"]) if taking.data.get("team") else owner.team_id
    taking.words["person"] = owner.name


@effect
def restrict(taking: Taking) -> None:
    """Build a wall round the case: only those named, its owner and whoever builds it stay inside."""
    case = taking.facts.case
    case.is_restricted = True
    inside = {int(person) for person in taking.data["people"]} | {case.owner_id, taking.by.person_id}
    known = set(db.session.scalars(sa.select(WallMember.person_id).where(WallMember.case_id == case.id)))
    for person in sorted(one for one in inside - known if one is not None):
        db.session.add(WallMember(case_id=case.id, person_id=person))


@effect
def unrestrict(taking: Taking) -> None:
    """Take the wall down."""
    case = taking.facts.case
    case.is_restricted = False
    for member in db.session.scalars(sa.select(WallMember).where(WallMember.case_id == case.id)):
        db.session.delete(member)


FILES_FOR = {"both": ("internal", "body", "complainant"), "internal": ("internal",)}


@effect
def add_document(taking: Taking) -> None:
    """Keep the files for those who may have them; who that is never widens later."""
    audience = str(taking.data["document_audience"])
    taking.files_for = FILES_FOR.get(audience, ("internal", audience))
    if not taking.files:
        raise Invalid("Choose at least one file.", "files")


@effect
def link_case(taking: Taking) -> None:
    """Join two cases, in the record of both."""
    other = taking.data["other_case"]
    if other.id == taking.case_id:
        raise Invalid("A case cannot be linked to itself.", "other_case")
    join(taking, other.id, str(taking.data["relation"]))


def join(taking: Taking, other_id: int, relation: str) -> None:
    """Link a case to another, and tell the other one.

    Raises: Invalid when they are linked so already
    """
    link(taking.case_id, other_id, relation)
    stage = db.session.execute(sa.select(CaseFile.stage).where(CaseFile.id == other_id)).scalar_one()
    said = f"{taking.by.name} linked this case to {taking.facts.case.reference}"
    taking.intent.places[f"case:{other_id}"] = Place("link_case", stage, stage, {"internal": Words(said)})


@effect
def open_linked(taking: Taking) -> None:
    """Another case asks questions of its own, so it is opened by its own step, which tells this case of it."""
    kind = editions.current().kinds.get(str(taking.data.get("new_kind")))
    called = f"an {kind.label.lower()}" if kind and kind.label[0] in "AEIO" else "another case"
    raise NotNow(f"What {called} needs is asked on a page of its own: open it there.")


@effect
def change_body(taking: Taking) -> None:
    """Let a body’s successor take its place: what the old body did stays its own, what is owed passes on."""
    party = next(
        (one for one in taking.facts.parties if one.id == int(taking.data.get("party") or one.id)), None
    )
    successor = int(taking.data["successor"])
    if party is None:
        raise Invalid("Choose one of the bodies of this case.", "party")
    if any(one.body_id == successor and one.capacity == party.capacity for one in taking.facts.parties):
        raise Invalid("That body has a part in this case already.", "successor")
    body = db.session.get(Body, successor)
    if body is None:
        raise Invalid("Choose the body that takes its place.", "successor")
    taking.words["party"] = taking.facts.names[party.body_id]
    party.body_id = successor
    taking.facts.bodies[successor] = body
    taking.facts.names[successor] = taking.words["successor"] = name_of(successor)


@effect
def legal_hold(taking: Taking) -> None:
    """Keep everything: no disposal while the hold stands."""
    taking.facts.case.legal_hold = True


@effect
def lift_legal_hold(taking: Taking) -> None:
    """Let the disposal that was set take its course again."""
    taking.facts.case.legal_hold = False


@effect
def set_disposal(taking: Taking) -> None:
    """Set what becomes of the record, and when; the day may be unknown yet."""
    taking.facts.case.disposal = str(taking.data["disposal"])
    taking.facts.case.disposal_on = taking.data.get("disposal_on")


@effect
def import_case(taking: Taking) -> None:
    """Bring a case over from a predecessor, at the stage it had there; what only its kind has is its room’s to add."""
    del taking


@effect
def correct_entry(taking: Taking) -> None:
    """Put the right day beside an entry’s wrong one; stage moves keep their order."""
    entry = next(event for event in taking.facts.events if event.seq == int(taking.data["entry"]))
    right = taking.data.get("occurred")
    if right is None:
        return
    day = moments.london_day(right) if isinstance(right, datetime) else right
    if day > moments.today():
        raise Invalid("It cannot have happened in the future.", "occurred")
    moves = [event for event in taking.facts.told if event.moves]
    if entry in moves:
        at = moves.index(entry)
        if (at and day < moves[at - 1].occurred_day) or (
            at + 1 < len(moves) and day > moves[at + 1].occurred_day
        ):
            raise Invalid("The case cannot have moved in another order than it did.", "occurred")


@effect
def reverse(taking: Taking) -> None:
    """Say which entry is taken back; where the case then stands follows from the events."""
    move = last_move(taking.facts.events)
    if move is not None:
        taking.intent.keys["entry"] = move.seq
