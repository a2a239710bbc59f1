"""What can be chosen where a step asks for a request; asked as the person who will choose."""

from __future__ import annotations

from regulator import words
from regulator.casework.choosing import Asking, source
from regulator.evidence import queries
from regulator.forms import Choice


@source("request")
def requests(asking: Asking) -> list[Choice]:
    """The requests that wait for an answer; those answered before where none waits."""
    if asking.known is None:
        return []
    items = queries.items_of(asking.known.case.id, by=asking.by)
    found = [request for request, _ in queries.by_request(items)]
    left = [one for one in found if one.submitted_on is None] or found
    return [Choice(str(one.id), f"Request {one.number}, of {words.day(one.asked_on)}") for one in left]
