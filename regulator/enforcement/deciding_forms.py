"""The forms by which it is decided what is issued, and its text is cleared and signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField, Sent, StepForm, built, form
from regulator.casework.rows import Row
from regulator.enforcement import queries
from regulator.enforcement.facts import LESSER_FIRST
from regulator.enforcement.forms import (
    STEPS,
    FewLines,
    as_asked,
    asked_by,
    check_steps,
    coded,
    edition_of,
    standing,
    steps_field,
    there,
)
from regulator.enforcement.wording import draft_reasons, paragraphs_of
from regulator.forms import Asked, field
from regulator.regime.model import Step

ONLY_CHANGED = "Leave this as it stands unless you decide to issue it with changes"
ROUND_IT = (
    "The reasons, one paragraph a line. What it is, the power, the standard, what failed and each step with its"
    " day are put round them by themselves, and the whole is frozen as it is signed"
)


@form("decision")
def decision(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What is decided, with the failures and the steps as they stand, to be changed where that is decided."""
    known = there(known)
    notice = queries.notice_of(known.case.id, by=by)
    steps = [one for one in queries.steps_of(known.case.id, by=by) if not one.settled_as]
    failure = "\n".join(paragraphs_of(notice.failure)) if notice else ""
    more = standing(step, "failure", known, by, failure, hint=ONLY_CHANGED)
    if steps:
        more[STEPS] = steps_field(step, steps, ONLY_CHANGED)
    more["lesser"] = _lesser(step, known, notice.proposed if notice else "")
    made = built(step, known, by, base=DecisionForm, without={STEPS}, more=more)
    made.stood = {
        "failure": paragraphs_of(failure.replace("\n", "\n\n")),
        STEPS: [as_asked(one) for one in steps],
    }
    return made


class DecisionForm(StepForm):
    """A decision; what it changes is given to the step, and what stays is not.

    stood: the failures and the steps as they stood when the page was drawn
    """

    stood: ClassVar[Mapping[str, Any]] = {}

    @property
    def changed(self) -> set[str]:
        """What was changed: the failures, the steps, both or neither."""
        return {name for name, stood in self.stood.items() if name in self and self[name].answer != stood}

    def check(self) -> None:
        """Refuses changes to what is issued as proposed, and a lesser instrument that is not decided."""
        decided, lesser = self["decision"].answer, self["lesser"].answer
        if self.changed and decided == "issue":
            self.refuse("You changed what is issued below: decide to issue it with changes", "decision")
        if decided == "lesser" and not lesser:
            self.refuse("Choose which lesser instrument is issued", "lesser")
        if decided != "lesser" and lesser:
            self.refuse("Leave this empty unless you decide to issue a lesser instrument", "lesser")
        if STEPS in self.changed and lesser not in ("warning", "reprimand"):
            check_steps(self, "compliance", is_urgent=any(row["hours"] for row in self.stood[STEPS]))

    def data_for_step(self) -> Sent:
        """The answers, without what was only shown."""
        sent = super().data_for_step()
        shown = {*self.stood} - self.changed
        if self["lesser"].answer in ("warning", "reprimand"):
            shown.add(STEPS)
        return sent._replace(data={name: value for name, value in sent.data.items() if name not in shown})


def _lesser(step: Step, known: Facts, proposed: str) -> Asked:
    """What is lesser than what was proposed, or nothing where there is nothing lesser."""
    question = asked_by(step, "lesser")
    milder = LESSER_FIRST[: LESSER_FIRST.index(proposed)] if proposed in LESSER_FIRST else ()
    choices = [one for one in coded(known, "instruments") if one.value in milder]
    return field("radios", question.label, question.hint, required=False, choices=choices)


@form("final_text")
def final_text(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The reasons as they will be signed, begun with our answers to what the body said; the rest is put round them."""
    known = there(known)
    points = queries.points_of(known.case.id, by=by)
    draft = "\n".join(draft_reasons(edition_of(known), points))
    return built(step, known, by, more=standing(step, "final_text", known, by, draft, hint=ROUND_IT))


class SignForm(StepForm):
    """A signature, under the whole text that it is given to.

    paragraphs: the text as it was cleared
    """

    template = "enforcement/sign.html"
    paragraphs: ClassVar[Sequence[str]] = ()


@form("sign")
def sign(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The text is read through before it is signed."""
    known = there(known)
    notice = queries.notice_of(known.case.id, by=by)
    made = built(step, known, by, base=type("SignForm", (SignForm,), {}))
    made.paragraphs = paragraphs_of(notice.final_text) if notice else []
    return made


@form("consider_representations")
def consider_representations(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each point with its answer and the reason; none where the body made no representations."""
    known = there(known)
    points = [one for one in queries.points_of(known.case.id, by=by) if not one.answer]
    if not points:
        return built(step, known, by, without={"point_answers"})
    rows = [
        Row(
            str(one.id),
            f"Point {one.number}{' (late)' if one.is_late else ''}",
            one.words,
            fixed={"point": one.id},
        )
        for one in points
    ]
    columns = {
        "answer": field(
            "radios",
            "What becomes of it?",
            choices=coded(known, "dispositions"),
            message="Say whether the point is accepted",
        ),
        "reason": FewLines(
            "Reason", hint="The body will read this", message="Give the reason, which the body will read"
        ),
    }
    question = asked_by(step, "point_answers")
    asked: Asked = RowsField(question.label, rows=rows, columns=columns, message=question.message)
    return built(step, known, by, more={"point_answers": asked})
