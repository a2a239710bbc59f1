"""The parts of a case’s page that an audit and an inspection have in common, in the order in which they are worked."""

from __future__ import annotations

from collections.abc import Iterator

from regulator.actors import Actor, Side
from regulator.casework.case_page import Panel
from regulator.casework.queries import CaseRow
from regulator.findings import panels, queries
from regulator.findings.standing import recommendations


def for_staff(case: CaseRow, by: Actor) -> Iterator[Panel]:
    """What staff see: areas, visits, the report as it is written or was issued, findings, recommendations, what is public."""
    looked_at = queries.areas_of(case.id, by=by)
    yield panels.areas(case, looked_at)
    yield panels.visits(case, by)
    issued = panels.issued(case, by)
    yield issued if issued.context["rows"] else panels.drafted(case, by)
    yield panels.findings(case, by, looked_at)
    yield recommendations(case, by)
    yield panels.public(case, by)


def for_outside(case: CaseRow, by: Actor) -> Iterator[Panel]:
    """What a body, or whoever oversees it, sees: what is looked at, visits, the report as sent, its recommendations."""
    yield panels.areas(case, queries.areas_of(case.id, by=by))
    if by.side is Side.body:
        yield panels.visits(case, by)
    yield panels.issued(case, by)
    yield recommendations(case, by)
    yield panels.public(case, by)
