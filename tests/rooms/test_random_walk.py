"""Whatever order people act in, the record stays whole, and nobody is offered what they may not do."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import make
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walking import answers_for, case_row

from regulator import moments
from regulator.actors import Actor
from regulator.casework import facts
from regulator.casework.steps import Taken, offers, take
from regulator.casework.tasks import look_at
from regulator.db import db, engine_role
from regulator.errors import Conflict, Invalid, NotNow, Refused
from regulator.ledger.entry import hashed
from regulator.ledger.models import Entry
from regulator.regime.duties import next_actions
from regulator.regime.events import stage_after

EXAMPLES, STEPS = 12, 20
TAKEN: Counter[str] = Counter()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 2**32))
def _walks(in_app: Flask, seed: int) -> None:
    walker = Random(seed)
    start = make.at("2025-01-06T10:00")
    with moments.as_at(start):
        people = make.cast()
        case = make.complaint(force_first=False)
    now = start
    for _ in range(STEPS):
        now += timedelta(hours=walker.choice([1, 20, 24 * 6, 24 * 30]))
        with moments.as_at(now):
            look_at(case.case_id)
            if not _one_step(case, people, walker):
                break
            _check(case, now)


def test_walk(in_app: Flask) -> None:
    """After every step of a random walk the chain, the row and the offers agree, and somebody has to act next."""
    make.team("Casework")

    _walks(in_app)

    assert len(TAKEN) > 30


def _one_step(case: Taken, people: make.Cast, walker: Random) -> bool:
    """Somebody takes one of the steps they are offered; what was seldom taken comes first, so that walks get far."""
    everyone = [*vars(people).values(), people.complainant(case.case_id)]
    walker.shuffle(everyone)
    turns = [
        (TAKEN[offer.step.name] - 3 * offer.step.moves, walker.random(), offer.step, by)
        for by in everyone
        for offer in offers(case.case_id, by=by)[1]
        if offer.open
    ]
    for _, _, step, by in sorted(turns, key=lambda turn: turn[:2]):
        data = answers_for(step, case.case_id, by, walker.choice)
        if data is not None and _taken(step.name, case, by, data):
            TAKEN[step.name] += 1
            return True
    return False


def _taken(step: str, case: Taken, by: Actor, data: dict[str, Any]) -> bool:
    """Whether an offered step could be taken with these answers; offered, it is never refused to the person."""
    try:
        take(step, case.case_id, by=by, data=data)
    except (Invalid, NotNow, Conflict):
        return False
    except Refused as refusal:
        raise AssertionError(f"{step} was offered and refused: {refusal}") from refusal
    return True


def _check(case: Taken, now: datetime) -> None:
    row = case_row(case.case_id)
    with engine_role([case.case_id]):
        known = facts.load(case.case_id)
        query = sa.select(Entry).where(Entry.case_id == case.case_id).order_by(Entry.seq)
        told = _folded(list(db.session.scalars(query)), f"case_file:{case.case_id}")
        actions = next_actions(known.kind, known.running, known.stage, now)
        assert stage_after(known.events) == row.stage
    for column in ("stage", "stage_moves", "is_open", "owner_id", "is_restricted", "legal_hold"):
        assert told.get(column) == getattr(row, column), column
    assert actions or not row.is_open, f"nobody has to act next at {row.stage}"


def _folded(entries: list[Entry], name: str) -> dict[str, Any]:
    """The case’s row as its entries tell it, each entry following from the one before."""
    told: dict[str, Any] = {}
    before = ""
    for place, entry in enumerate(entries, 1):
        content = json.loads(entry.canonical)
        assert (content["seq"], content["before"]) == (place, before)
        before = hashed(entry.canonical)
        assert before == entry.hash
        for column, values in content["facts"].get(name, {}).items():
            told[column] = values[1] if isinstance(values, list) else values
    return told


def test_every_stage(in_app: Flask) -> None:
    """Every stage of the complaint is reached by steps."""
    for stage in make.PATHS:
        case, _ = make.complaint_at(stage)

        assert case_row(case.case_id).stage == stage
