"""What the pages of a case show of an inspection, for staff, the body and whoever oversees it, as it is worked."""

from __future__ import annotations

import sqlalchemy as sa

from regulator.actors import Actor, Side
from regulator.audits.panels import draft_as_commented
from regulator.casework import case_page
from regulator.casework.case_page import Panel
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile
from regulator.casework.queries import CaseRow
from regulator.desk.kinds import ABOUT, BODY_FACTS, BODY_PANELS, About
from regulator.evidence.panels import requested
from regulator.findings.pages import for_outside, for_staff
from regulator.inspections import panels, queries
from regulator.inspections.models import Inspection

KIND, OWN_PLAN = "inspection", "The regulator’s own plan"


def panels_of(case: CaseRow, by: Actor) -> list[Panel]:
    """What staff see of an inspection; parts with nothing in them are left out."""
    areas, *found = for_staff(case, by)
    every = [
        panels.planned(case, by),
        panels.concerns(case, by),
        areas,
        requested(case, by),
        *found,
        panels.spoken(case, by),
        draft_as_commented(case, by),
    ]
    return [panel for panel in every if panel.context["rows"]]


def body_panels_of(case: CaseRow, by: Actor, _known: Facts) -> list[Panel]:
    """What a body, or whoever oversees it, sees of an inspection: a cause of concern before anything else."""
    return [panels.concerns(case, by), *for_outside(case, by), panels.spoken(case, by)]


def body_facts(case: CaseRow, by: Actor) -> list[tuple[str, str]]:
    """Where the inspection comes from."""
    made = queries.plan_of(case.id, by=by)
    if made is None:
        return []
    return [("Comes from", f"A commission by {made.commissioned_by}" if made.commissioned_by else OWN_PLAN)]


case_page.PANELS[KIND] = panels_of
BODY_PANELS[KIND] = body_panels_of
BODY_FACTS[KIND] = body_facts
ABOUT[KIND] = About(
    sa.select(Inspection.title).where(Inspection.case_id == CaseFile.id).scalar_subquery(),
    sides=(Side.body, Side.oversight),
)
