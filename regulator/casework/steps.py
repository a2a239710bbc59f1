"""The one way anything happens to a case: asked of the edition, done, recorded, counted and committed together."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

import regulator.casework.searching.keeping  # noqa: F401 - it follows every change
from regulator import ledger, log, moments
from regulator.actors import Actor
from regulator.casework import clocks, editions, facts, opening, retaining, sight, telling
from regulator.casework.facts import Facts
from regulator.casework.linking import OPEN_LINKED, Origin, OtherCase, asked_of, follow, streams
from regulator.casework.registry import EFFECTS, found_for
from regulator.casework.taking import Taking
from regulator.db import db, engine_role
from regulator.documents.commands import attach
from regulator.documents.store import Stored
from regulator.errors import Conflict, Invalid, Missing
from regulator.ledger.models import Answered
from regulator.ledger.recording import canonical
from regulator.ledger.writing import next_seq
from regulator.regime.events import stage_before_last_move
from regulator.regime.judge import Offer, judge, offered
from regulator.regime.model import BEFORE, GIVEN, SAME, Kind, Step


@dataclass(frozen=True)
class Taken:
    """A step that was taken, now or when the same form was sent before.

    seq: its entry’s number in the case’s chain; 0 when the same form had been acted on already
    """

    case_id: int
    reference: str
    seq: int


class _AlreadyDone(Exception):
    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def take(
    step: str,
    case_id: int,
    *,
    by: Actor,
    data: Mapping[str, Any] | None = None,
    occurred: datetime | None = None,
    is_day: bool = False,
    files: Sequence[Stored] = (),
    token: str | None = None,
    key: str | None = None,
) -> Taken:
    """Take a step on a case: all of it, or nothing.

    case_id:  of a case the person was shown: load it as them first, so that what is out of sight stays Missing
    occurred: when it happened, if not now; `is_day` when only the London day is known
    token:    the stage token the form was drawn with; key: the form’s own, so that sending it twice acts once
    Raises:   Refused (role, relation, not by the same person), NotNow (stage, needs), Conflict (somebody was
              quicker), Invalid (an answer that cannot be)
    """
    also = streams((data or {}).values())
    try:
        with ledger.change(
            step, by=by, streams=[f"case:{case_id}", *also], occurred=occurred, is_day=is_day
        ) as intent:
            _once(by, key)
            known = facts.load(case_id)
            row = _row(known.kind, step)
            if row.opens:
                raise Missing("A case is opened only once.")
            known.answers = dict(data or {})
            complete(row, known.answers)
            judge(row, known, by, occurred=intent.occurred, is_day=is_day, as_at=moments.now())
            if token is not None and row.moves and token != stage_token(known):
                raise Conflict("Somebody moved this case on while you were working on it.")
            taking = Taking(row, known, by, intent, dict(data or {}), files)
            _carry_out(taking)
            _remember(by, key, known.case.reference)
            taken = Taken(case_id, known.case.reference, taking.seq)
    except _AlreadyDone as again:
        return Taken(case_id, again.place, 0)
    log.note(step=step, reference=taken.reference)
    return taken


def open_case(
    step: str,
    kind: str,
    *,
    by: Actor,
    data: Mapping[str, Any],
    occurred: datetime | None = None,
    is_day: bool = False,
    files: Sequence[Stored] = (),
    key: str | None = None,
    edition: str = editions.CURRENT,
    origin: Origin | None = None,
) -> Taken:
    """Open a case of a kind with its opening step.

    origin: the case because of which it is opened, one that the person was shown: the two are linked, and both tell it
    Raises: Refused for a person who may not; NotNow where the other case does not allow it; Invalid for an answer that
            cannot be
    """
    rules = editions.kind_of(edition, kind)
    row = _row(rules, step)
    complete(row, data)
    also = streams(data.values(), origin)
    try:
        with ledger.change(step, by=by, streams=also, occurred=occurred, is_day=is_day) as intent:
            _once(by, key)
            older = _older(origin, kind, by, intent) if origin else None
            case = opening.new_file(rules, editions.editions()[edition], row, intent, dict(data))
            known = facts.load(case.id)
            known.answers = dict(data)
            opening.judge_opening(row, known, by, intent, moments.now())
            taking = Taking(row, known, by, intent, dict(data), files)
            _carry_out(taking)
            if origin and older:
                follow(taking, origin, older)
            _remember(by, key, case.reference)
            taken = Taken(case.id, case.reference, taking.seq)
    except _AlreadyDone as again:
        return Taken(0, again.place, 0)
    log.note(step=step, reference=taken.reference)
    return taken


def _older(origin: Origin, kind: str, by: Actor, intent: ledger.Intent) -> Facts:
    """The case because of which another is opened, if this person may open one from it."""
    known = asked_of(origin, kind)
    step = _row(known.kind, OPEN_LINKED)
    judge(step, known, by, occurred=intent.occurred, is_day=intent.is_day, as_at=moments.now())
    return known


def offers(case_id: int, *, by: Actor, everywhere: bool = False) -> tuple[Facts, list[Offer]]:
    """The steps this person may take on a case now, and for the others why not; judged on all the facts.

    everywhere: also those that belong to other stages
    """
    with engine_role([case_id], by.person_id):
        known = facts.load(case_id)
        found = offered(known, by, everywhere=everywhere)
        _ = known.numbers  # while the engine may read them
        db.session.expunge_all()
    return known, found


def stage_token(known: Facts) -> str:
    """The version of the stage: it changes with each move, and with nothing else."""
    return f"stage:{known.case.stage_moves}"


NOT_ASKED = frozenset({"party", "request", "representative", "files"})
"""Kinds of field that a page leaves out where there is only one answer; their effects see to them."""


def complete(step: Step, data: Mapping[str, Any]) -> None:
    """Refuse a step one of whose questions has no answer.

    Raises: Invalid naming the question, with its own sentence
    """
    for field in step.fields:
        value = data.get(field.name)
        missing = value in (None, "", []) or (field.kind == "confirm" and value is not True)
        if field.required and missing and field.kind not in NOT_ASKED:
            raise Invalid(field.message or f"Answer “{field.label}”", field.name)


def _row(kind: Kind, step: str) -> Step:
    if step not in kind.steps:
        raise Missing(f"There is no step “{step}” in a case of this kind.")
    return kind.steps[step]


def _carry_out(taking: Taking) -> None:
    intent, known, row = taking.intent, taking.facts, taking.step
    stream = f"case:{taking.case_id}"
    taking.seq = next_seq(intent, stream)
    intent.role = _role(row, known, taking.by)
    intent.stage_from = None if row.opens else known.case.stage
    telling.address(taking)
    if row.effect:
        found_for(EFFECTS, known.kind.name, row.effect)(taking)
    telling.record(taking)
    _move(taking)
    retaining.at_end(taking)
    sight.show(taking)
    telling.apart(taking)
    if taking.files:
        attach(
            taking.files,
            case_id=taking.case_id,
            step=row.name,
            audiences=taking.files_for or intent.words,
            party_id=intent.party_id,
            at=intent.present,
            by=intent.role,
        )
    known.events.append(taking.event(_recorded(taking)))
    known.recount()
    db.session.flush()
    telling.tell(taking)
    clocks.keep(known)


def _recorded(taking: Taking) -> dict[str, Any]:
    """The coded answers as the ledger gives them back."""
    found: dict[str, Any] = json.loads(canonical(taking.intent.data))
    return found


def _role(row: Step, known: Facts, by: Actor) -> str:
    """The role in which the step is taken: the first that suffices, in the edition’s order."""
    relations = known.relations(by)
    held = [role for role in row.who if role in by.roles]
    return next((role for role in held if row.whose.get(role) in (None, *relations)), held[0])


def destination(row: Step, known: Facts, data: Mapping[str, Any]) -> str:
    """The stage the case will stand at after a step."""
    if row.to == SAME:
        return known.case.stage
    if row.to == BEFORE:
        return stage_before_last_move(known.events) or known.case.stage
    if row.to == GIVEN:
        return str(data["stage"])
    return row.to


def _move(taking: Taking) -> None:
    case, intent, kind = taking.facts.case, taking.intent, taking.facts.kind
    intent.stage_to = case.stage
    if not _stays(taking):
        intent.stage_to = destination(taking.step, taking.facts, taking.data)
    if not taking.step.opens and intent.stage_to == case.stage:
        return
    case.stage, case.stage_moves = intent.stage_to, case.stage_moves + 1
    case.is_open = case.stage not in kind.ends


def _stays(taking: Taking) -> bool:
    """Whether the step is one after which the case goes on only if something holds by then, and it does not."""
    known, need = taking.facts, taking.step.moves_when
    if need is None:
        return False
    db.session.flush()
    known.events.append(taking.event(_recorded(taking)))
    known.recount()
    unmet = known.unmet(need, taking.step, taking.by)
    known.events.pop()
    known.recount()
    return unmet is not None


def _scope(by: Actor) -> str:
    return f"person:{by.person_id}" if by.person_id else f"case:{by.case_id or 'new'}"


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _once(by: Actor, key: str | None) -> None:
    if key is None:
        return
    table: sa.Table = Answered.__table__  # type: ignore[assignment]
    new = insert(table).values(scope=_scope(by), key=_hashed(key), place="", at=moments.recorded())
    claimed = db.session.execute(new.on_conflict_do_nothing().returning(table.c.key)).first()
    if claimed is None:
        query = sa.select(table.c.place).where(table.c.scope == _scope(by), table.c.key == _hashed(key))
        raise _AlreadyDone(db.session.execute(query).scalar_one())


def _remember(by: Actor, key: str | None, place: str) -> None:
    if key is not None:
        table: sa.Table = Answered.__table__  # type: ignore[assignment]
        where = sa.and_(table.c.scope == _scope(by), table.c.key == _hashed(key))
        db.session.execute(sa.update(table).where(where).values(place=place))


__all__ = ["OtherCase", "Taken", "offers", "open_case", "stage_token", "take"]
