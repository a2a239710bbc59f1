"""What a body’s pages show of a complaint alone: what was complained of and found, and who complains where it may know."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile
from regulator.casework.queries import CaseRow
from regulator.complaints import queries
from regulator.complaints.findings import finding_words
from regulator.complaints.models import Allegation
from regulator.desk.kinds import ABOUT, BODY_FACTS, BODY_PANELS, TITLES, About, BesidePanel

KIND = "complaint"
HIDDEN = "Has not agreed that we tell you who they are"
_ALLEGED = sa.select(Allegation).where(Allegation.case_id == CaseFile.id).correlate(CaseFile)


def panels_of(case: CaseRow, by: Actor, known: Facts) -> Sequence[BesidePanel]:
    """What was complained of, with what was found; until the outcome is told, as what is thought so far."""
    allegations = queries.allegations_of(case.id, by=by)
    shared = known.last("share_provisional_view")
    is_told = known.happened("tell_outcome", since=shared.seq if shared else 0)
    context = {"rows": allegations, "findings": finding_words(case, allegations), "is_told": is_told}
    return [BesidePanel("What was complained of", "alleged", context)]


def facts_of(case: CaseRow, by: Actor) -> list[tuple[str, str]]:
    """The complainant’s name, only where they agreed."""
    return [("Complainant", queries.who_complains(case.id, by=by) or HIDDEN)]


BODY_PANELS[KIND] = panels_of
BODY_FACTS[KIND] = facts_of
TITLES[KIND] = "A complaint about your organisation"
ABOUT[KIND] = About(
    words=_ALLEGED.with_only_columns(Allegation.words).order_by(Allegation.number).limit(1).scalar_subquery(),
    many=_ALLEGED.with_only_columns(sa.func.count()).scalar_subquery(),
)
