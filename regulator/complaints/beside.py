"""Forms beside which stands what they are about: what was proposed or written before, or what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from markupsafe import Markup

from regulator import words
from regulator.actors import Actor
from regulator.casework import answers, queries
from regulator.casework.case_page import Panel, drawn
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm, built, form
from regulator.casework.queries import Told
from regulator.complaints import queries as complaints
from regulator.complaints.panels import complained
from regulator.evidence.asked_rows import there
from regulator.regime.model import Step

WRITTEN_AT: Mapping[str, str] = {
    "decline": "propose_decline",
    "return_to_screening": "propose_decline",
    "tell_review_outcome": "uphold_decision",
}
"""For a step that sends, or undoes, what was written before: the step at which it was."""
SHARED, APPROVED, WITHOUT = "share_provisional_view", "approve_decision", "went_on_without"


class Beside(StepForm):
    """A step with what it is about beside it: what was complained of, with what was found, and what was written."""

    panels: ClassVar[Sequence[Panel]] = ()

    @property
    def beside(self) -> Sequence[tuple[str, Markup]]:
        """What it is about, part by part."""
        return [(panel.title, drawn(panel)) for panel in self.panels]


@form("with_what_was_written")
def with_what_was_written(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What was proposed, or written for the letter, beside the step that decides on it or sends it."""
    known = there(known)
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY)
    newest = next((one for one in told if one.step == WRITTEN_AT[step.name]), None)
    return _made(step, known, by, [_written(newest, known)] if newest else [])


@form("with_findings")
def with_findings(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What was found on each allegation, and what was decided without, beside the step that approves or tells it."""
    known = there(known)
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY)
    since = next((one.seq for one in told if one.step == SHARED), 0)
    noted = [
        _written(one, known, WITHOUT)
        for one in reversed(told)
        if one.seq >= since and one.step in (SHARED, APPROVED) and one.fields.get(WITHOUT)
    ]
    return _made(step, known, by, noted)


def _made(step: Step, known: Facts, by: Actor, written: Sequence[Panel]) -> type[StepForm]:
    panels = [*written, _complained(known, by)]
    base = type("Beside", (Beside,), {"panels": [panel for panel in panels if panel.context["rows"]]})
    return built(step, known, by, base=base)


def _complained(known: Facts, by: Actor) -> Panel:
    case = queries.get(known.case.reference, by=by)
    rows = complained(case, complaints.allegations_of(case.id, by=by))
    title = (
        "What was complained of, and found" if any(row.finding for row in rows) else "What was complained of"
    )
    return Panel(title, "complained", {"rows": rows})


def _written(one: Told, known: Facts, *names: str) -> Panel:
    """What was answered at a step, as it will be read; of some questions alone, where they are named."""
    asked = [field for field in known.kind.steps[one.step].fields if not names or field.name in names]
    said = [(field.label, answers.read(field, one.fields.get(field.name), known)) for field in asked]
    title = f"{words.sentence(one.says).rstrip('.')}, {words.when(one.occurred)}"
    return Panel(title, "written", {"rows": [(label, text) for label, text in said if text]})
