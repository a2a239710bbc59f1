"""Audits and inspections put in service for tests of the engine, whatever their own rooms have by now.

What their rows need holds, and what they do is nothing, save where a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import make
import pytest

from regulator.actors import Actor, Side
from regulator.casework import answers, editions, facts
from regulator.casework.facts import Facts
from regulator.casework.registry import EFFECTS, LOADERS, MERGES, NEEDS
from regulator.casework.steps import Taken, open_case
from regulator.casework.taking import Taking
from regulator.db import db, engine_role
from regulator.regime.model import Kind, Step

BODIES = ("metropolitan", "kent")


def serve(
    patch: pytest.MonkeyPatch,
    *names: str,
    needs: Mapping[str, Callable[[Facts, Step, Actor], str | None]] | None = None,
    effects: Mapping[str, Callable[[Taking], None]] | None = None,
) -> None:
    """Put these kinds in service beside the complaint, and no others; their own needs and effects are stood in for."""
    edition = editions.current()
    kinds = {
        name: replace(kind, in_service=name in {"complaint", *names}) for name, kind in edition.kinds.items()
    }
    every = {**editions.editions(), edition.name: replace(edition, kinds=kinds)}
    patch.setattr(editions, "editions", lambda: every)
    for read in ("concern", "recommendation", "visit", "act", "notice_step", "notice_steps"):
        patch.delitem(answers.READERS, read, raising=False)  # they read rows that nothing loads here
    for name in names:
        for table in (LOADERS, MERGES):
            patch.delitem(table, name, raising=False)
        _stand_in(patch, kinds[name], needs or {}, effects or {})


def _stand_in(
    patch: pytest.MonkeyPatch, kind: Kind, needs: Mapping[str, Any], effects: Mapping[str, Any]
) -> None:
    for step in kind.steps.values():
        if step.where.file.endswith("common.yaml"):
            continue
        for name in filter(None, (*step.needs, step.moves_when)):
            if name not in {
                "asked_before_expiry",
                "extension_left",
                "more_time_asked",
                "within_extension_limit",
            }:
                patch.setitem(NEEDS, f"{kind.name}.{name}", needs.get(name, lambda *_: None))
        if step.effect:
            patch.setitem(EFFECTS, f"{kind.name}.{step.effect}", effects.get(step.effect, lambda _: None))


def agreed_by_all(known: Facts, _step: Step, _by: Actor) -> str | None:
    """Every body has agreed the terms, or they were recorded for it."""
    agreed = {
        one for e in known.told if e.step in ("agree_terms", "record_terms") for one in e.about("party")
    }
    return (
        None if agreed >= {party.id for party in known.subjects} else "Not every body has agreed the terms."
    )


PLAN = {
    "audit_basis": "consensual",
    "own_return": False,
    "scope_areas": ["How matches are checked"],
    "reason": "It is in the plan.",
}
INSPECT = {
    "commission": "own_plan",
    "unannounced": False,
    "scope_areas": ["How matches are checked"],
    "reason": "It is in the plan.",
}


def planned(kind: str = "audit", *slugs: str, by: Actor | None = None) -> Taken:
    """A case of several bodies, just planned."""
    data = {"title": "Watchlists", "bodies": [make.body_id(slug) for slug in slugs or BODIES]}
    more = PLAN if kind == "audit" else INSPECT
    return open_case("plan", kind, by=by or make.person("manager"), data={**data, **more})


def loaded(case: Taken) -> Facts:
    """The facts of a case, to look at."""
    with engine_role([case.case_id]):
        known = facts.load(case.case_id)
        _ = known.running
        db.session.expunge_all()
        return known


def party(case: Taken, slug: str, capacity: str = "subject") -> int:
    """The part of a body in a case."""
    number = make.body_id(slug)
    return next(one.id for one in loaded(case).parties if (one.body_id, one.capacity) == (number, capacity))


def overseer(slug: str) -> Actor:
    """Somebody of an oversight body, who acts for it."""
    return replace(make.person("oversight_contact", body=slug), side=Side.oversight)


def told(
    owner: Any, case: Taken, audience: str, step: str | None = None
) -> list[tuple[str, str, int | None]]:
    """What one audience was told of a case: step, sentence, and the one party it is for."""
    asked = (
        "select e.step, w.words::json->>'says', e.party_id from entry e join entry_words w on w.entry_id = e.id"
        " where e.case_id = %s and w.audience = %s order by e.seq"
    )
    return [row for row in owner.execute(asked, (case.case_id, audience)) if step in (None, row[0])]


def letters(owner: Any, case: Taken, template: str) -> dict[int | None, tuple[str, str]]:
    """The letters of one template, by the part they went to: side and words with the subject."""
    asked = "select party_id, to_side, subject || E'\\n' || words from letter where case_id = %s and template = %s"
    return {row[0]: (row[1], row[2]) for row in owner.execute(asked, (case.case_id, template))}


PROPOSAL = {
    "title": "Watchlists",
    "instrument": "warning",
    "power": "reprimand",
    "preconditions": [],
    "failure": "Matches were not checked.",
    "standard": "",
    "is_urgent": False,
}
TO_SIGNED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("lawyer", "legal_review", {"legal_advice": "It may go on."}),
    ("manager", "dispense_with_intent", {"reason": "It is urgent."}),
    ("commissioner", "decide", {"decision": "issue", "decision_reasons": "It is needed."}),
    ("lawyer", "clear_final", {"final_text": ["You are warned."]}),
    ("commissioner", "sign", {"signature": True}),
)


def proposed(slug: str = "metropolitan") -> Taken:
    """A warning, just proposed."""
    standard = next(iter(editions.current().standards))
    data = {**PROPOSAL, "standard": standard, "preconditions": [{"precondition": "one", "answer": "yes"}]}
    by = make.person("enforcement_officer")
    return open_case("propose", "enforcement", by=by, data={**data, "body": make.body_id(slug)})
