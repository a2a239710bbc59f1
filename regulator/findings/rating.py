"""Rating the areas: in the report, anew after it, and as grades that are proposed and then settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField, StepForm, built, form
from regulator.casework.rows import Row
from regulator.evidence.asked_rows import FewLines, asked_by, coded, there
from regulator.findings import queries
from regulator.findings.queries import AreaRow, RatingRow
from regulator.forms import Asked, field
from regulator.regime.model import Step

CHANGE = "Change the ratings that are no longer right, and say why; the others stay as they are"


def rating_rows(step: Step, known: Facts, areas: Sequence[AreaRow], *, anew: bool = False) -> Asked:
    """A rating and, where there is something to say, its reasons for each area.

    anew: beside the ratings that were issued, which stand until they are changed
    """
    columns: dict[str, Asked] = {
        "rating": field("select", "Rating", choices=coded(known, "assurance"), message="Choose the rating"),
        "reasons": FewLines("Why?", hint="The body reads this", required=False),
    }
    rows = [_row(one, "rating", one.issued if anew else one.drafted, with_reasons=not anew) for one in areas]
    question = asked_by(step, "ratings")
    hint = (
        CHANGE
        if anew
        else " ".join(f"{one.label}: {one.hint}." for one in coded(known, "assurance") if one.hint)
    )
    return RowsField(question.label, rows=rows, columns=columns, message=question.message, hint=hint)


def _row(area: AreaRow, column: str, rating: RatingRow | None, *, with_reasons: bool) -> Row:
    given: Mapping[str, str | None] = (
        {column: rating.code, **({"reasons": rating.reasons} if with_reasons else {})} if rating else {}
    )
    label = f"Area {area.number}: {area.name}"
    return Row(str(area.number), label, fixed={"area": area.number}, given=given)


@form("ratings")
def ratings(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each area with the rating it has, to be changed."""
    known = there(known)
    areas = queries.areas_of(known.case.id, by=by)
    return built(step, known, by, more={"ratings": rating_rows(step, known, areas, anew=True)})


@form("grades")
def grades(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each area with the grade proposed for it, or the one it was told before."""
    known = there(known)
    columns: dict[str, Asked] = {
        "grade": field("select", "Grade", choices=coded(known, "grades"), message="Choose the grade"),
        "reasons": FewLines("Why?", hint="The body reads this", message="Give the reasons"),
    }
    rows = [
        _row(one, "grade", one.drafted or one.issued, with_reasons=True)
        for one in queries.areas_of(known.case.id, by=by)
    ]
    question = asked_by(step, "grades")
    asked: Asked = RowsField(question.label, rows=rows, columns=columns, message=question.message)
    return built(step, known, by, more={"grades": asked})
