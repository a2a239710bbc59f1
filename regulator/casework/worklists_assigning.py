"""Giving several cases to somebody at once: each its own step and entry, each with an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import url_for

from regulator.actors import Actor
from regulator.casework import queries, steps
from regulator.casework.conflicts import shown_by
from regulator.casework.queries import CaseHead, Colleague
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused
from regulator.regime.judge import Offer

WHO = ("manager",)
STEPS = ("assign", "reassign")
MOST = 50
"""So many at once: more would be more than anybody reads through."""


class How(StrEnum):
    """What became of one case."""

    done = "done"
    same = "same"
    refused = "refused"


@dataclass(frozen=True)
class Answer:
    """What became of one case of several: done, already so, or refused with every reason; `href` is where to look into it."""

    reference: str
    title: str
    how: How
    reasons: Sequence[str]
    href: str


@dataclass(frozen=True)
class Given:
    """Whom several cases are given to; `reason` is for those that have an owner, `key` makes sending it twice act once."""

    person: int
    team: int
    reason: str
    key: str


def chosen(references: Sequence[str], *, by: Actor) -> list[CaseHead]:
    """The cases that were chosen, as far as `by` may see them, each once and in the order chosen."""
    found = []
    for reference in list(dict.fromkeys(references))[:MOST]:
        try:
            found.append(queries.head(reference, by=by))
        except Missing:
            continue
    return found


def give(case: CaseHead, given: Given, people: Sequence[Colleague], *, by: Actor) -> Answer:
    """Give one case to somebody, unless the rules, or an interest that nobody has considered, stand in the way."""
    known, offers = steps.offers(case.id, by=by)
    offer = next((one for one in offers if one.step.name in STEPS and one.open), None)
    interests = shown_by(known, [one for one in people if one.id == given.person]).get(given.person, [])
    if case.owner_id == given.person and given.team == known.case.team_id:
        return _answer(case, How.same, ["It is theirs already."])
    if offer is None:
        return _answer(case, How.refused, _why_not(offers))
    if interests:
        return _answer(case, How.refused, interests, offer.step.name)
    data = {"person": given.person, "team": given.team, "reason": given.reason}
    try:
        asked = {field.name for field in offer.step.fields}
        taken = {name: value for name, value in data.items() if name in asked and value}
        steps.take(offer.step.name, case.id, by=by, data=taken, key=f"{given.key}:{case.reference}")
    except (Invalid, NotNow, Refused, Conflict) as refused:
        return _answer(case, How.refused, [refused.sentence], offer.step.name)
    return _answer(case, How.done, [])


def _why_not(offers: Sequence[Offer]) -> list[str]:
    """Why neither step can be taken: their own reasons, or that nobody gives such a case away."""
    found = [reason for one in offers if one.step.name in STEPS for reason in one.reasons]
    return list(dict.fromkeys(found)) or ["It cannot be given to anybody now."]


def _answer(case: CaseHead, how: How, reasons: Sequence[str], step: str = "") -> Answer:
    page = "casework.step" if step else "casework.show"
    href = url_for(page, reference=case.reference, step=step or None)
    return Answer(case.reference, case.title, how, reasons, href)
