"""Forms beside which stands what they are about: what was proposed or written before, or what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from regulator import words
from regulator.actors import Actor
from regulator.casework import answers, queries
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm, built, form
from regulator.casework.queries import Told
from regulator.complaints import queries as complaints
from regulator.complaints.panels import Complained, complained
from regulator.evidence.asked_rows import there
from regulator.regime.model import Step

WRITTEN_AT: Mapping[str, str] = {
    "decline": "propose_decline",
    "return_to_screening": "propose_decline",
    "tell_review_outcome": "uphold_decision",
}
"""For a step that sends, or undoes, what was written before: the step at which it was."""
SHARED, APPROVED, WITHOUT = "share_provisional_view", "approve_decision", "went_on_without"


@dataclass(frozen=True)
class Written:
    """What was said at an earlier step: by whom and when, and each answer under its question, as its reader will read it."""

    sentence: str
    rows: Sequence[tuple[str, str]]


class Beside(StepForm):
    """A step with what it is about beside it: what was complained of, with what was found, and what was written."""

    template = "complaints/beside.html"
    complained: ClassVar[Sequence[Complained]] = ()
    written: ClassVar[Sequence[Written]] = ()


def _made(
    step: Step, known: Facts, by: Actor, found: Sequence[Complained], written: Sequence[Written]
) -> type[StepForm]:
    base = type("Beside", (Beside,), {"complained": found, "written": written})
    return built(step, known, by, base=base)


@form("with_what_was_written")
def with_what_was_written(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What was proposed, or written for the letter, beside the step that decides on it or sends it."""
    known = there(known)
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY)
    newest = next((one for one in told if one.step == WRITTEN_AT[step.name]), None)
    return _made(step, known, by, _complained(known, by), [_written(newest, known)] if newest else [])


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
    return _made(step, known, by, _complained(known, by), noted)


def _complained(known: Facts, by: Actor) -> list[Complained]:
    case = queries.get(known.case.reference, by=by)
    return complained(case, complaints.allegations_of(case.id, by=by))


def _written(one: Told, known: Facts, *names: str) -> Written:
    """What was answered at a step; of some questions alone, where they are named."""
    asked = [field for field in known.kind.steps[one.step].fields if not names or field.name in names]
    said = [(field.label, answers.read(field, one.fields.get(field.name), known)) for field in asked]
    return Written(
        f"{words.sentence(one.says).rstrip('.')}, {words.when(one.occurred)}.",
        [(label, text) for label, text in said if text],
    )
