"""Plausible answers to whatever a step asks, drawn by whoever walks the edition at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from make import PASSED, body_id, findings

from regulator import moments
from regulator.accounts.models import Person, Team
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile
from regulator.casework.needs import extensible
from regulator.casework.steps import OtherCase
from regulator.complaints.facts import of
from regulator.complaints.needs import ours
from regulator.db import db, engine_role
from regulator.evidence.facts import request_of, standing, standing_comments
from regulator.regime.model import Field, Step

Pick = Callable[[list[Any]], Any]


def answers_for(step: Step, case_id: int, by: Actor, pick: Pick) -> dict[str, Any] | None:
    """An answer to everything `step` asks of `by`, or None when there is nothing to answer with.

    pick: chooses one of a list
    """
    from regulator.casework import facts

    with engine_role([case_id], by.person_id):
        known = facts.load(case_id)
        found = {
            field.name: _answer(field, step, known, by, pick)
            for field in step.fields
            if field.kind != "files" and (field.required or pick([True, False]))
        }
        needed = {field.name for field in step.fields if field.required and field.kind != "files"}
    if any(found.get(name) in (None, []) for name in needed):
        return None
    return {name: value for name, value in found.items() if value is not None}


def _answer(field: Field, step: Step, known: Facts, by: Actor, pick: Pick) -> Any:
    if field.name in BY_NAME:
        return BY_NAME[field.name](known, by, step, pick)
    if field.choices:
        codes = [choice.code for choice in editions.current().choices(field.choices)]
        return [pick(codes)] if field.kind == "several" else pick(codes)
    return BY_KIND[field.kind](known, by, step, pick)


def _people(_known: Facts, _by: Actor, _step: Step, pick: Pick) -> int:
    ids = db.session.scalars(sa.select(Person.id).where(Person.body_id.is_(None))).all()
    return int(pick(sorted(ids)))


def _colleague(_known: Facts, by: Actor, _step: Step, pick: Pick) -> int | None:
    ids = db.session.scalars(sa.select(Person.id).where(Person.body_id == by.body_id)).all()
    return int(pick(sorted(ids))) if ids else None


def _clock(known: Facts, by: Actor, step: Step, pick: Pick) -> str | None:
    refs = [clock.ref for clock in extensible(known, step, by)]
    waiting = [clock.ref for clock in extensible(known, step) if clock.pending]
    if step.name == "decide_more_time":
        refs = waiting
    return pick(refs) if refs else None


def _items(known: Facts, by: Actor, _step: Step, pick: Pick) -> list[dict[str, Any]]:
    request = request_of(known, by)
    mine = [item for item in of(known).items if request and item.request_id == request.id]
    if by.holds("contributor"):
        mine = [item for item in of(known).items if item.handed_to_id == by.person_id]
    return [{"item": one.id, "answer": "It was so.", "mark": "none", "version": one.version} for one in mine]


def _comments(known: Facts, by: Actor, _step: Step, pick: Pick) -> list[dict[str, Any]]:
    from regulator.casework.models import IssuedVersion

    side = "body" if by.body_id else "complainant"
    shown = [
        one
        for one in standing(known)
        if (version := db.session.get(IssuedVersion, one.version_id)) and version.audience == side
    ]
    return [{"paragraph": pick(shown).id, "words": "That is not how it was."}] if shown else []


def _dispose(known: Facts, _by: Actor, _step: Step, pick: Pick) -> list[dict[str, Any]]:
    waiting = [one for one in standing_comments(known) if one.accepted is None]
    if not waiting:
        return []
    choice = pick(["accepted", "not_accepted"])
    return [{"comment": waiting[0].id, "disposition": choice, "reason": "We looked again."}]


def _allegations(known: Facts, _by: Actor, _step: Step, pick: Pick) -> list[int]:
    free = [one.number for one in ours(known) if one.told_on is None]
    return [pick(free)] if free else []


def _case(known: Facts, _by: Actor, _step: Step, pick: Pick) -> OtherCase | None:
    return None


def next_month() -> date:
    """A day some time ahead."""
    return moments.today() + timedelta(days=30)


def _entry(known: Facts, by: Actor, _step: Step, pick: Pick) -> int | None:
    theirs = [event.seq for event in known.events if event.by_person != by.person_id]
    return pick(theirs) if theirs else None


BY_NAME: Mapping[str, Callable[[Facts, Actor, Step, Pick], Any]] = {
    "remit_answers": lambda *_: PASSED,
    "findings": lambda known, *_: findings(*(one.number for one in of(known).allegations)),
    "items": lambda *_: [{"question": "What happened?"}, {"question": "Who decided it?"}],
    "item_answer": _items,
    "comments": _comments,
    "no_comments": lambda *_: True,
    "disposition": _dispose,
    "until": lambda _k, _b, step, _p: None if step.name == "decide_more_time" else next_month(),
    "length": lambda *_: "7 days",
    "occurred": lambda *_: None,
    "superseded": lambda *_: None,
    "drafted_by": _people,
    "misdirected_from": lambda *_: None,
    "misdirected_to": lambda *_: None,
    "waived": lambda *_: True,
}
BY_KIND: Mapping[str, Callable[[Facts, Actor, Step, Pick], Any]] = {
    "text": lambda *_: "Some words",
    "long_text": lambda *_: "Some longer words.",
    "lines": lambda *_: ["One paragraph.", "Another."],
    "email": lambda *_: "someone@example.test",
    "phone": lambda *_: "020 7946 0000",
    "number": lambda *_: 1,
    "day": lambda *_: next_month(),
    "moment": lambda *_: None,
    "length": lambda *_: "7 days",
    "yes_no": lambda _k, _b, _s, pick: pick([True, False]),
    "confirm": lambda *_: True,
    "person": _people,
    "people": lambda known, by, step, pick: [_people(known, by, step, pick)],
    "colleague": _colleague,
    "team": lambda _k, _b, _s, pick: pick(sorted(db.session.scalars(sa.select(Team.id)))),
    "body": lambda *_: body_id("south-wales"),
    "party": lambda known, *_: known.subject.id if known.subject else None,
    "case": _case,
    "stage": lambda *_: "screening",
    "entry": _entry,
    "clock": _clock,
    "request": lambda known, by, *_: (found := request_of(known, by)) and found.id,
    "representative": lambda *_: None,
    "allegations": _allegations,
    "finding": lambda *_: None,
    "standard": lambda *_: next(iter(editions.current().standards)),
    "rows": lambda *_: None,
}


def case_row(case_id: int) -> CaseFile:
    """The case as its row stands."""
    with engine_role([case_id]):
        row = db.session.get_one(CaseFile, case_id)
        db.session.expunge(row)
        return row
