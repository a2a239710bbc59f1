"""Inspections for tests, brought to any stage by steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import make
from make_looking import AREAS, Looking, until

from regulator import moments
from regulator.casework import editions
from regulator.casework.steps import open_case

PLAN = {
    "title": "Cameras in the street",
    "commission": "own_plan",
    "unannounced": False,
    "scope_areas": AREAS,
    "reason": "It is in the plan.",
}
GRADES = [{"area": at, "grade": "adequate", "reasons": "It is done, and not well."} for at in (1, 2)]


def planned(*slugs: str, **more: Any) -> Looking:
    """An inspection just planned, of these bodies."""
    bodies = slugs or ("metropolitan",)
    by = make.person("manager")
    data = {**PLAN, "bodies": [make.body_id(slug) for slug in bodies], **more}
    return Looking(open_case("plan", "inspection", by=by, data=data), bodies, {"manager": by})


def concern(**more: Any) -> dict[str, Any]:
    """What an inspector writes of a cause of concern."""
    return {
        "concern_words": ["Nobody checks a match.", "People are stopped by mistake."],
        "standard": next(iter(editions.current().standards)),
        "accelerated": True,
        "recommendations": [{"words": "Check every match", "priority": "urgent"}],
        **more,
    }


def concern_id(walk: Looking, place: int = -1) -> int:
    """The number of a concern’s row: the last, unless another place is named."""
    return walk.read(lambda known: [one.id for one in known.more.concerns][place])


def _draft(walk: Looking) -> None:
    walk.draft("inspector")
    walk.take("inspector", "propose_grade", grades=GRADES)
    walk.take("manager", "share_draft")


def _approve(walk: Looking) -> None:
    walk.say_nothing()
    walk.take("manager", "approve_final", grades=GRADES)


def _close(walk: Looking) -> None:
    for slug in walk.bodies:
        one = walk.recommendation(slug)
        walk.take(
            "inspector", "verify_recommendation", recommendation=one, verdict="met", reason_told="We saw it."
        )
    walk.take("manager", "close")


PUBLIC = {"public_words": ["We inspected.", "Matches are not checked."], "redaction_checked": True}
WAY: tuple[Callable[[Looking], object], ...] = (
    lambda walk: walk.take("manager", "announce", visit_on=moments.today()),
    lambda walk: walk.take("inspector", "start_fieldwork"),
    lambda walk: walk.take("inspector", "start_drafting"),
    _draft,
    _approve,
    lambda walk: walk.take("publisher", "publish_report", **PUBLIC),
    lambda walk: walk.take("inspector", "start_monitoring"),
    _close,
)


def inspection_at(stage: str, *slugs: str, **more: Any) -> Looking:
    """An inspection brought to a stage, of the Metropolitan Police unless others are named."""
    walk = planned(*slugs, **more)
    if stage == "abandoned":
        walk.take("manager", "abandon", reason="Enough.", reason_told="It is no longer needed.")
        return walk
    if walk.read(lambda known: known.more.particulars.unannounced) and stage != "planned":
        walk.take("inspector", "start_unannounced")
        return until(walk, stage, WAY[2:])
    return until(walk, stage, WAY)
