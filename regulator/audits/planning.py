"""What planning an audit and planning an inspection have in common."""

from __future__ import annotations

from collections.abc import Sequence

from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Invalid
from regulator.findings.models import ScopeArea


def number_areas(taking: Taking) -> None:
    """Write down each area that is looked at, numbered in the order given; one named twice is looked at once.

    Raises: Invalid where no area is named, or no body
    """
    areas: Sequence[str] = list(dict.fromkeys(str(name).strip() for name in taking.data["scope_areas"]))
    if not any(areas):
        raise Invalid("Write at least one area.", "scope_areas")
    if not taking.facts.subjects:
        raise Invalid("Choose at least one organisation.", "bodies")
    for number, name in enumerate(filter(None, areas), 1):
        db.session.add(ScopeArea(case_id=taking.case_id, number=number, name=name))
