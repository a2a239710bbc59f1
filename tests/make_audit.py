"""Audits for tests, brought to any stage by steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import make
from make_looking import AREAS, Looking, until

from regulator.casework.steps import open_case

PLAN = {
    "title": "Watchlists",
    "audit_basis": "consensual",
    "own_return": False,
    "scope_areas": AREAS,
    "reason": "It is in the plan.",
}
TERMS = ["What: matches", "When: in March"]
RATINGS = [{"area": at, "rating": "limited", "reasons": "Little is written down."} for at in (1, 2)]


def planned(*slugs: str, **more: Any) -> Looking:
    """An audit just planned, of these bodies."""
    bodies = slugs or ("metropolitan", "kent")
    by = make.person("manager")
    case = open_case(
        "plan", "audit", by=by, data={**PLAN, "bodies": [make.body_id(slug) for slug in bodies], **more}
    )
    return Looking(case, bodies, {"manager": by})


def _agree(walk: Looking) -> None:
    for slug in walk.bodies:
        walk.take(f"{slug}/approving_officer", "agree_terms", terms_signed=True)


def _look(walk: Looking) -> None:
    walk.ask("auditor")
    walk.answer()
    walk.take("auditor", "start_fieldwork")


def _draft(walk: Looking) -> None:
    walk.draft("auditor", ratings=RATINGS)
    walk.take("manager", "share_draft")


def _issue(walk: Looking) -> None:
    walk.say_nothing()
    walk.take("manager", "issue_final")


def _respond(walk: Looking) -> None:
    for slug in walk.bodies:
        answer = {"recommendation": walk.recommendation(slug), "answer": "accepted"}
        walk.take(f"{slug}/contact", "draft_recommendation_response", responses=[answer])
        walk.take(f"{slug}/approving_officer", "sign_recommendation_responses", response_signed=True)
    walk.take("auditor", "start_follow_up")


def _close(walk: Looking) -> None:
    for slug in walk.bodies:
        one = walk.recommendation(slug)
        walk.take(
            f"{slug}/contact", "report_progress", recommendation=one, progress="It is done.", claims_done=True
        )
        walk.take(
            "auditor", "verify_recommendation", recommendation=one, verdict="met", reason_told="We saw it."
        )
    walk.take("manager", "close")


WAY: tuple[Callable[[Looking], object], ...] = (
    lambda walk: walk.take("auditor", "send_engagement", terms=TERMS),
    _agree,
    _look,
    lambda walk: walk.take("auditor", "start_drafting"),
    _draft,
    _issue,
    _respond,
    _close,
)


def audit_at(stage: str, *slugs: str, **more: Any) -> Looking:
    """An audit brought to a stage, of the Metropolitan Police and Kent unless others are named."""
    walk = planned(*slugs, **more)
    if stage == "abandoned":
        walk.take("manager", "abandon", reason="Enough.", reason_told="It is no longer needed.")
        return walk
    return until(walk, stage, WAY)
