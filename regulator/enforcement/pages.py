"""What a notice, a warning or a reprimand shows on the pages of its case, in the order in which it is worked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework import case_page
from regulator.casework.case_page import Panel
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile
from regulator.casework.queries import CaseRow
from regulator.desk.kinds import ABOUT, BODY_PANELS, About
from regulator.enforcement import panels, queries
from regulator.enforcement.facts import WITH_STEPS
from regulator.enforcement.models import Notice
from regulator.enforcement.step_panel import steps
from regulator.findings.panels import public
from regulator.regime.model import Edition

INTENDED = "intended"
DRAFTED_AT = "intent_given"


def panels_of(case: CaseRow, by: Actor) -> list[Panel]:
    """The panels for staff; those with nothing in them are left out."""
    return [panel for panel in _panels(case, by) if panel.context["rows"]]


def _panels(case: CaseRow, by: Actor) -> Iterator[Panel]:
    notice = queries.notice_of(case.id, by=by)
    yield panels.proposed(case, by, notice)
    if notice and notice.instrument in WITH_STEPS:
        yield steps(case, by)
    yield panels.variations(case, by)
    yield panels.appeals(case, by)
    yield panels.preconditions(case, by)
    yield panels.intended(case, by)
    yield panels.represented(case, by)
    yield panels.text(case, by, notice)
    yield panels.served(case, by)
    yield public(case, by)


def body_panels(case: CaseRow, by: Actor, _known: Facts) -> Sequence[Panel]:
    """The panels for the body: what was served on it and what it must do first, or what is intended before that."""
    return [panel for panel in _body_panels(case, by) if panel.context["rows"]]


def _body_panels(case: CaseRow, by: Actor) -> Iterator[Panel]:
    notice = queries.notice_of(case.id, by=by)
    yield steps(case, by)
    if case.stage == DRAFTED_AT:
        yield panels.drafted(case, by)
    yield panels.intended(case, by)
    yield panels.proposed(case, by, notice)
    if notice:
        yield panels.text(case, by, notice)
    yield panels.variations(case, by)
    yield panels.appeals(case, by)
    yield panels.represented(case, by)
    yield panels.served(case, by)
    yield public(case, by)


def called(code: str, edition: Edition) -> str:
    """What the instrument is called, “A compliance notice”; before it is served the body reads only what is intended."""
    if code == INTENDED:
        return "What the regulator intends"
    return next((one.label for one in edition.choices("instruments") if one.code == code), code)


case_page.PANELS["enforcement"] = panels_of
BODY_PANELS["enforcement"] = body_panels
_CALLED = sa.func.coalesce(sa.func.max(Notice.instrument), INTENDED)
ABOUT["enforcement"] = About(
    sa.select(_CALLED).where(Notice.case_id == CaseFile.id).correlate(CaseFile).scalar_subquery(), read=called
)
