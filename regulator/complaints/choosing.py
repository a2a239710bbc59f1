"""What can be chosen where a step asks for allegations or a finding; asked as the person who will choose."""

from __future__ import annotations

from regulator.casework import editions
from regulator.casework.choosing import Asking, source
from regulator.complaints import queries
from regulator.forms import Choice

__all__ = ["allegations", "findings"]


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
