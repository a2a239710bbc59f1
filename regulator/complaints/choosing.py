"""What can be chosen where a step asks for a request, allegations or a finding; asked as the person who will choose."""

from __future__ import annotations

from regulator import words
from regulator.casework import editions
from regulator.casework.choosing import Asking, source
from regulator.complaints import queries
from regulator.forms import Choice

__all__ = ["allegations", "findings", "requests"]


@source("request")
def requests(asking: Asking) -> list[Choice]:
    """The requests for an account that wait for an answer; those answered before where none waits."""
    if asking.known is None:
        return []
    items = queries.items_of(asking.known.case.id, by=asking.by)
    found = [request for request, _ in queries.by_request(items)]
    left = [one for one in found if one.submitted_on is None] or found
    return [Choice(str(one.id), f"Request {one.number}, of {words.day(one.asked_on)}") for one in left]


@source("allegations")
def allegations(asking: Asking) -> list[Choice]:
    """The allegations that are neither referred elsewhere nor told, by number."""
    if asking.known is None:
        return []
    found = queries.allegations_of(asking.known.case.id, by=asking.by)
    return [
        Choice(str(one.number), f"{one.number}. {one.words}")
        for one in found
        if one.is_ours and one.told_on is None
    ]


@source("finding")
def findings(asking: Asking) -> list[Choice]:
    """The findings made, by the number of their allegation."""
    if asking.known is None:
        return []
    edition = editions.editions()[asking.known.case.edition]
    labels = {choice.code: choice.label for choice in edition.choices("findings")}
    found = queries.allegations_of(asking.known.case.id, by=asking.by)
    return [
        Choice(str(one.number), f"{one.number}. {one.words}: {labels.get(one.finding, one.finding)}")
        for one in found
        if one.finding
    ]
