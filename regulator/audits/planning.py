"""What planning an audit and planning an inspection have in common."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Invalid
from regulator.findings.models import ScopeArea

NOT_SAID = "What was looked at"
"""The area of a case brought over without a word on what was to be looked at."""


def bring_over(taking: Taking) -> None:
    """Keep what a case brought over from a predecessor looks at, and where it comes from."""
    data, case = taking.data, taking.facts.case
    number_areas(taking, data.get("allegations") or [NOT_SAID])
    case.title = f"{taking.facts.names[taking.facts.subjects[0].body_id]}: from {data['predecessor']}"


def number_areas(taking: Taking, named: Sequence[object]) -> None:
    """Write down each area that is looked at, numbered in the order given; one named twice is looked at once.

    Raises: Invalid where no area is named, or no body
    """
    areas: Sequence[str] = list(dict.fromkeys(str(name).strip() for name in named))
    if not any(areas):
        raise Invalid("Write at least one area.", "scope_areas")
    if not taking.facts.subjects:
        raise Invalid("Choose at least one organisation.", "bodies")
    for number, name in enumerate(filter(None, areas), 1):
        db.session.add(ScopeArea(case_id=taking.case_id, number=number, name=name))
