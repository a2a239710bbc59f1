"""What can be chosen where a step asks for a request or an item; asked as the person who will choose."""

from __future__ import annotations

from typing import Any

from regulator import words
from regulator.actors import Side
from regulator.casework.answers import reads
from regulator.casework.choosing import Asking, source
from regulator.casework.facts import Facts
from regulator.evidence import queries
from regulator.evidence.answering import items_for
from regulator.evidence.facts import of
from regulator.evidence.queries import RequestRow
from regulator.forms import Choice

FOR_A_BODY = ("record_response", "withdraw_request")
"""What staff do about a request that waits for an answer; their other steps are about answers that came."""


@source("request")
def requests(asking: Asking) -> list[Choice]:
    """The requests that wait for an answer, those answered before where none waits; for staff, the responses that came."""
    if asking.known is None:
        return []
    items = queries.items_of(asking.known.case.id, by=asking.by)
    found = [request for request, _ in queries.by_request(items)]
    if asking.by.side is Side.staff and asking.step.effect in FOR_A_BODY:
        return [_choice(one, asking.known) for one in found if one.submitted_on is None]
    if asking.by.side is Side.staff:
        return [_choice(one, asking.known) for one in found if one.is_waiting]
    left = [one for one in found if one.submitted_on is None]
    left = left or [one for one in found if one.accepted_on is None] or found
    return [_choice(one) for one in left]


def _choice(one: RequestRow, known: Facts | None = None) -> Choice:
    party = next((party for party in known.subjects if party.id == one.party_id), None) if known else None
    whose = f" to {known.names[party.body_id]}" if known and party else ""
    return Choice(str(one.id), f"Request {one.number}{whose}, of {words.day(one.asked_on)}")


@source("item")
def items(asking: Asking) -> list[Choice]:
    """The items that this person may work on, by request and number."""
    if asking.known is None:
        return []
    found = items_for(asking.known, asking.by)
    several = len({one.request for one in found}) > 1
    return [
        Choice(
            str(one.id),
            f"{f'Request {one.request.number}, ' if several else ''}{one.number}. {one.question}",
            f"{one.handed_to} has it" if one.handed_to else "Nobody has it yet",
        )
        for one in found
    ]


@reads("item")
def item_words(value: Any, known: Facts) -> str:
    """An item by its number in its request, with its question; what the database calls it says nothing to anybody."""
    found = next((one for one in of(known).items if one.id == int(value)), None)
    return f"{found.number}. {found.question}" if found else str(value)
