"""What the pages of a case show of an audit, for staff and for each body, in the order in which it is worked."""

from __future__ import annotations

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.audits import panels, queries
from regulator.audits.models import Audit
from regulator.casework import case_page
from regulator.casework.case_page import Panel
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile
from regulator.casework.queries import CaseRow
from regulator.desk.kinds import ABOUT, BODY_FACTS, BODY_PANELS, About
from regulator.evidence.panels import requested
from regulator.findings.pages import for_outside, for_staff
from regulator.findings.panels import labels

KIND = "audit"


def panels_of(case: CaseRow, by: Actor) -> list[Panel]:
    """What staff see of an audit; parts with nothing in them are left out."""
    areas, *found = for_staff(case, by)
    every = [
        panels.planned(case, by),
        areas,
        panels.terms(case, by),
        requested(case, by),
        *found,
        panels.draft_as_commented(case, by),
    ]
    return [panel for panel in every if panel.context["rows"]]


def body_panels_of(case: CaseRow, by: Actor, _known: Facts) -> list[Panel]:
    """What a body sees of an audit: its own part, and what all of them have in common."""
    areas, *found = for_outside(case, by)
    return [areas, panels.terms(case, by), *found]


def body_facts(case: CaseRow, by: Actor) -> list[tuple[str, str]]:
    """On what basis the body is audited."""
    made = queries.plan_of(case.id, by=by)
    if made is None:
        return []
    how = [("Fieldwork", "None: it is your own return")] if made.own_return else []
    return [("Basis", labels(case, "audit_bases").get(made.basis, made.basis)), *how]


case_page.PANELS[KIND] = panels_of
BODY_PANELS[KIND] = body_panels_of
BODY_FACTS[KIND] = body_facts
ABOUT[KIND] = About(sa.select(Audit.title).where(Audit.case_id == CaseFile.id).scalar_subquery())
