"""What can be chosen where a step of an inspection asks for a cause of concern; asked as the person who will choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regulator.casework.answers import reads
from regulator.casework.choosing import Asking, source
from regulator.casework.facts import Facts
from regulator.forms import Choice
from regulator.inspections import queries
from regulator.inspections.facts import of

DRAFTS = frozenset({"draft_concern", "send_concern"})
"""Steps on causes of concern that were not sent; the others are on those that were sent and are open."""
LONG = 400


@source("concern")
def concerns(asking: Asking) -> Sequence[Choice]:
    """The causes of concern that the step can be about, by number."""
    known = asking.known
    if known is None:
        return []
    found = queries.concerns_of(known.case.id, by=asking.by)
    names = {party.id: known.names[party.body_id] for party in known.subjects}
    return [
        Choice(
            str(one.id),
            f"Concern {one.number}, about {names.get(one.party_id, 'the body')}",
            _short(one.words),
        )
        for one in found
        if (one.sent_on is None if asking.step.name in DRAFTS else one.sent_on and not one.closed_on)
    ]


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= LONG else f"{flat[:LONG].rsplit(' ', 1)[0]}…"


@reads("concern")
def concern_words(value: Any, known: Facts) -> str:
    """A cause of concern by its number in the case, where the reader may know of it."""
    return next((f"Concern {one.number}" for one in of(known).concerns if str(one.id) == str(value)), "")
