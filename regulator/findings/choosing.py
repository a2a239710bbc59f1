"""What can be chosen where a step asks for a visit, a recommendation or a finding; asked as the person who will choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regulator import words
from regulator.casework.answers import reads
from regulator.casework.choosing import Asking, source
from regulator.casework.facts import Facts
from regulator.findings import queries
from regulator.findings.facts import REJECTED, of
from regulator.findings.queries import RecommendationRow, VisitRow
from regulator.forms import Choice

LONG = 110


def shortened(text: str) -> str:
    """The beginning of a text, where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONG else f"{flat[:LONG].rsplit(' ', 1)[0]}…"


@source("visit")
def visits(asking: Asking) -> Sequence[Choice]:
    """The visits that were arranged and are not written up yet."""
    if asking.known is None:
        return []
    names = asking.known.names
    bodies = {party.id: names[party.body_id] for party in asking.known.subjects}
    found = queries.visits_of(asking.known.case.id, by=asking.by)
    return [_visit(one, bodies[one.party_id]) for one in found if one.starts_on and not one.held_on]


def _visit(one: VisitRow, body: str) -> Choice:
    return Choice(str(one.id), f"{one.place}, {words.day(one.starts_on)}", body)


@source("recommendation")
def recommendations(asking: Asking) -> Sequence[Choice]:
    """The recommendations that the step can be about: open ones, to note a rejection those that are rejected."""
    known = asking.known
    if known is None:
        return []
    found = [one for one in queries.recommendations_of(known.case.id, by=asking.by) if one.is_open]
    if asking.step.name == "note_rejection":
        found = [one for one in found if one.answer == REJECTED]
    several = len({one.party_id for one in found}) > 1
    names = {party.id: known.names[party.body_id] for party in known.subjects}
    return [_recommendation(one, names.get(one.party_id, "") if several else "") for one in found]


def _recommendation(one: RecommendationRow, body: str) -> Choice:
    due = f"due by {words.day(one.last_day)}" if one.last_day else ""
    claimed = f"said on {words.day(one.claimed_on)} to be done" if one.claimed_on else ""
    notes = ", ".join(filter(None, (body, due, claimed)))
    return Choice(str(one.id), f"{one.number}. {shortened(one.words)}", notes)


@source("finding", "audit", "inspection")
def findings(asking: Asking) -> Sequence[Choice]:
    """The findings of the report that no ruling has superseded, by number."""
    if asking.known is None:
        return []
    found = queries.findings_of(asking.known.case.id, by=asking.by)
    return [
        Choice(str(one.number), f"{one.number}. {shortened(one.words)}")
        for one in found
        if not one.superseded_on
    ]


@reads("recommendation")
def recommendation_words(value: Any, known: Facts) -> str:
    """A recommendation by its number in the case and how it begins, where the reader may know of it."""
    found = [one for one in of(known).recommendations if str(one.id) == str(value)]
    return "".join(f"{one.number}. {shortened(one.words)}" for one in found)


@reads("visit")
def visit_words(value: Any, known: Facts) -> str:
    """A visit by where it was to be and when; for the regulator alone."""
    found = [one for one in of(known).visits if str(one.id) == str(value)]
    return "".join(f"{one.place}, {words.day(one.starts_on)}" for one in found)
