"""What becomes of a record: set at the end by the edition, held back, proposed by one person and approved by another."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from regulator import jobs, moments, words
from regulator.actors import Actor
from regulator.casework import erasing
from regulator.casework.facts import Facts
from regulator.casework.models import Disposal
from regulator.casework.registry import OUTCOMES, effect, need
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import NotNow
from regulator.ledger.link import ERASED
from regulator.regime.keeping import chosen
from regulator.regime.model import Step

PROPOSE, REFUSE, APPROVE = "propose_disposal", "refuse_disposal", "approve_disposal"
DESTROY = "destroy"
_OPEN = sa.select(Disposal).where(
    Disposal.case_id == sa.bindparam("case"), Disposal.approved_on.is_(None), Disposal.refused_on.is_(None)
)


def at_end(taking: Taking) -> None:
    """Set what becomes of the record when the case comes to an end; a case that goes on again is kept."""
    case, intent, known = taking.facts.case, taking.intent, taking.facts
    if intent.stage_from == intent.stage_to:
        return
    ends = known.kind.ends
    if case.stage in ends:
        row = chosen(known.kind.stages[case.stage].retention, _outcomes(known))
        case.disposal = row.disposal if row else None
        case.disposal_on = row.falls_on(taking.on) if row else None
    elif intent.stage_from in ends:
        case.disposal = case.disposal_on = None


def _outcomes(known: Facts) -> Collection[str]:
    tell = OUTCOMES.get(known.kind.name)
    return tell(known) if tell else ()


@need
def record_stands(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The record of the case has not been destroyed."""
    gone = known.last(APPROVE)
    if gone is None:
        return None
    return f"The record of this case was destroyed on {words.day(gone.occurred_day)}. Nothing more can be done with it."


@need
def has_ended(known: Facts, _step: Step, _by: Actor) -> str | None:
    """The case has come to an end."""
    return None if known.stage in known.kind.ends else "This case is still open."


@need
def disposal_is_due(known: Facts, _step: Step, _by: Actor) -> str | None:
    """It is set to be destroyed, on a day that has come."""
    case = known.case
    if case.disposal != DESTROY:
        return "The record is not set to be destroyed: set what happens to it first."
    if case.disposal_on is None:
        return "No day is set on which the record is to be destroyed."
    if case.disposal_on > moments.today():
        return f"The record is to be kept until {words.day(case.disposal_on)}."
    return None


@need
def disposal_is_proposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Somebody proposed to destroy it, and nobody has decided."""
    return None if known.case.disposal_stage == "proposed" else "Nobody has proposed to destroy this record."


@need
def no_disposal_proposed(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Nobody has proposed to destroy it."""
    proposed = known.case.disposal_stage == "proposed"
    return "Somebody has proposed this already. Another person decides." if proposed else None


@effect
def propose_disposal(taking: Taking) -> None:
    """Put the record before a second person."""
    taking.facts.case.disposal_stage = "proposed"
    taking.add(
        Disposal(case_id=taking.case_id, proposed_on=taking.on, proposed_by_id=taking.by.person_id),
    )


@effect
def refuse_disposal(taking: Taking) -> None:
    """Keep the record: the proposal comes to nothing."""
    _open(taking).refused_on = taking.on
    taking.facts.case.disposal_stage = None


@effect
def approve_disposal(taking: Taking) -> None:
    """Erase every word of the case that is not public, let its files be destroyed, and certify it."""
    disposal = _open(taking)
    disposal.approved_on, disposal.approved_by_id = taking.on, taking.by.person_id
    db.session.flush()
    taking.facts.case.disposal_stage = "destroyed"
    erased = erasing.erase(taking.case_id, taking.on)
    taking.intent.data[ERASED] = erased.audiences
    disposal.entries, disposal.words, disposal.files = erased.entries, erased.words, erased.files
    jobs.defer("destroy_files", case=taking.case_id)


def _open(taking: Taking) -> Disposal:
    found = db.session.scalars(_OPEN, {"case": taking.case_id}).one_or_none()
    if found is None:
        raise NotNow("Nobody has proposed to destroy this record.")
    return found
