"""The forms by which a lost code is replaced: the answer given on the telephone, and the reference typed by somebody."""

from __future__ import annotations

from regulator.actors import Actor
from regulator.casework import queries
from regulator.casework.facts import Facts
from regulator.casework.forms import Sent, StepForm, built, form
from regulator.complaints.queries import question_of
from regulator.complaints.submitting import code_hash
from regulator.forms import PageForm, field
from regulator.language import later
from regulator.regime.model import Step


class LostForm(PageForm):
    """The reference of a complaint whose code is lost."""

    reference = field(
        "code", later("Reference"), later("Like C-7F3K-92QX"), message=later("Enter your reference")
    )


class NoQuestionForm(PageForm):
    """A button, and nothing to answer."""


class HandOverForm(StepForm):
    """A step that gives a new code: what is kept of it follows from the form’s own key."""

    def data_for_step(self) -> Sent:
        """The answers, with the hash of the new code."""
        sent = super().data_for_step()
        return sent._replace(data={**sent.data, "code_hash": code_hash(str(self.key.data))})


@form("check_answer")
def check_answer(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The question they wrote, and room for what they say; what is right stands nowhere."""
    asked = question_of(known.case.id, by=by) if known else None
    label = asked or "Their own question"
    answer = field(
        "text", label, "Type what they say. You see only whether it is right", message="Type their answer"
    )
    return built(step, known, by, base=HandOverForm, more={"answer_given": answer})


@form("approve_new_code")
def approve_new_code(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What was proposed, and by whom; there is nothing to answer."""
    told = queries.timeline(known.case.id, by=by, limit=queries.MANY) if known else []
    proposed = next((one.fields for one in told if one.step == "propose_new_code"), {})
    lines = [str(proposed.get(name) or "") for name in ("how_known", "hand_over")]
    label = "I agree that it is they, and hand the code over as was proposed"
    agreed = field("confirm", label, " – ".join(filter(None, lines)), message="Tick the box if you agree")
    return built(step, known, by, base=HandOverForm, more={"agreed": agreed})
