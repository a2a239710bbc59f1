"""The forms of an inspection that are more than a list of questions: a cause of concern, and comments made in public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import request

from regulator.actors import Actor
from regulator.casework import queries as cases
from regulator.casework.choosing import Asking
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, RowsField, StepForm, built, form
from regulator.casework.questions import NumberedSelect
from regulator.casework.rows import Row
from regulator.evidence.asked_rows import FewLines, asked_by, coded, there
from regulator.forms import Asked, Choice, field
from regulator.inspections import choosing, panels, queries
from regulator.inspections.panels import Spoken
from regulator.inspections.queries import ConcernRow, Recommended, SaidRow
from regulator.regime.model import Step
from regulator.words import day

WHOLE = "whole"


class ConcernForm(StepForm):
    """A cause of concern with its recommendations; one that is written anew stands as it was drafted.

    draft: what was drafted before
    """

    draft: ClassVar[ConcernRow | None] = None

    def __init__(self, **kwargs: Any) -> None:
        """Makes the form of this request, with what was drafted before unless something was sent."""
        super().__init__(**kwargs)
        if self.draft is not None and not self.is_submitted():
            self._recall(self.draft)

    def _recall(self, draft: ConcernRow) -> None:
        known = {
            "concern": str(draft.id),
            "party": str(draft.party_id),
            "concern_words": "\n".join(draft.paragraphs),
            "standard": draft.standard,
            "accelerated": "yes" if draft.accelerated else "no",
        }
        for name, said in known.items():
            if name in self:
                self[name].data = said

    def check(self) -> None:
        """Refuses a recommendation without its priority, and a priority without a recommendation."""
        for row in self.recommendations.filled:
            boxes = self.recommendations.boxes[row.key]
            if not boxes["words"].answer:
                boxes["words"].errors = ["Write what you recommend"]
            if not boxes["priority"].answer:
                boxes["priority"].errors = ["Choose how soon it must be carried out"]


@form("concern")
def concern(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """A cause of concern; `?concern=` names the draft that is written anew."""
    known = there(known)
    draft = _draft(known, by)
    question = asked_by(step, "recommendations")
    kept = draft.recommendations if draft else ()
    recommendations: Asked = GrowingRows(
        question.label,
        label_row="Recommendation",
        least=3,
        known=[
            Row(str(at), f"Recommendation {at}", given={"words": one.words, "priority": one.priority})
            for at, one in enumerate(kept, 1)
        ],
        columns={
            "words": FewLines("What do you recommend?", required=False),
            "priority": field("radios", "How soon?", choices=_priorities(known), required=False),
        },
        hint="What must be done for the concern to be closed",
        required=False,
    )
    asked = asked_by(step, "concern")
    drafts = choosing.concerns(Asking(asked, step, by, known))
    anew: dict[str, Asked] = {"concern": Anew(asked.label, choices=drafts, required=False)} if drafts else {}
    base = type("ConcernForm", (ConcernForm,), {"draft": draft, "__doc__": ConcernForm.__doc__})
    return built(step, known, by, base=base, more={**anew, "recommendations": recommendations})


class Anew(NumberedSelect):
    """A draft that is written anew, or none."""

    def params(self) -> dict[str, Any]:
        """The macro is given the drafts after a new one."""
        params = super().params()
        params["items"][0]["text"] = "None: this is a new one"
        return params


def _priorities(known: Facts) -> list[Choice]:
    """Each priority with its time in a few words, so that they stand side by side."""
    return [Choice(one.value, f"{one.label}: {one.hint.lower()}") for one in coded(known, "priorities")]


def _draft(known: Facts, by: Actor) -> ConcernRow | None:
    asked = request.args.get("concern", type=int)
    found = queries.concerns_of(known.case.id, by=by) if asked else []
    return next((one for one in found if one.id == asked and one.sent_on is None), None)


class PublicForm(StepForm):
    """What a body says in public of each recommendation, and of the report as a whole."""

    def check(self) -> None:
        """Refuses a comment on a recommendation that does not say where it stands, and one without words."""
        for row in self.public_comments.filled:
            boxes = self.public_comments.boxes[row.key]
            if "answer" in boxes and not boxes["answer"].answer:
                boxes["answer"].errors = ["Say whether it is done, will be done or will not be done"]
            if not boxes["words"].answer:
                boxes["words"].errors = ["Say what was done, what will be done and by when, or why not"]


class PublicRows(RowsField):
    """Comments row by row. Of the report as a whole there is only something to say, and nothing to be done."""

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Gives each row its boxes; the last one is not asked where it stands."""
        super().process(*args, **kwargs)
        del self.boxes[WHOLE]["answer"]
        self.boxes[WHOLE]["words"].label.text = "On the report as a whole"


@form("public_comments")
def public_comments(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each recommendation to the body, and the report as a whole, with room for a comment that everybody can read."""
    known = there(known)
    answers = {choice.value: choice.label for choice in coded(known, "public_answers")}
    said = {
        one.recommendation_id: _said(one, answers)
        for one in queries.said_in_public(known.case.id, by=by)
        if one.side == "body"
    }
    question = asked_by(step, "public_comments")
    comments: Asked = PublicRows(
        question.label,
        rows=[
            *(_row(one, said) for one in queries.recommendations_of(known.case.id, by=by) if one.issued_on),
            Row(WHOLE, "The report as a whole", said.get(None, ""), fixed={"recommendation": None}),
        ],
        columns={
            "answer": field(
                "radios", "Where does it stand?", choices=coded(known, "public_answers"), required=False
            ),
            "words": FewLines("Comment", required=False),
        },
        skips_empty=True,
        message=question.message,
    )
    return built(step, known, by, base=PublicForm, more={"public_comments": comments})


def _row(one: Recommended, said: Mapping[int | None, str]) -> Row:
    words = "\n\n".join(filter(None, (one.words, said.get(one.id))))
    return Row(str(one.id), f"Recommendation {one.number}", words, fixed={"recommendation": one.id})


def _said(one: SaidRow, answers: Mapping[str, str]) -> str:
    """What the body said before, which stays published beside what it says now."""
    answer = f"{answers[one.answer]}." if one.answer else ""
    return f"You said on {day(one.made_on)}: {' '.join(filter(None, (answer, one.words)))}"


class OverseerForm(StepForm):
    """What an oversight body says in public, beside what was said before.

    said: the comments made so far
    """

    template: ClassVar[str] = "inspections/overseer_comments.html"
    said: ClassVar[Sequence[Spoken]] = ()


@form("overseer_comments")
def overseer_comments(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Comments and a reply, with what the body said to be read first."""
    case = cases.get(there(known).case.reference, by=by)
    said = panels.spoken(case, by).context["rows"]
    base = type("OverseerForm", (OverseerForm,), {"said": said, "__doc__": OverseerForm.__doc__})
    return built(step, known, by, base=base)
