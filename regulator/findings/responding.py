"""The forms in which a body answers recommendations, and in which the regulator writes what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from regulator import words
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm, built, form
from regulator.casework.questions import Lines
from regulator.casework.rows import Row
from regulator.evidence import queries as evidence
from regulator.evidence.asked_rows import FewLines, VersionedRows, asked_by, coded, hidden_of, there
from regulator.findings import queries
from regulator.findings.queries import DraftRow, RecommendationRow
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Step

WITHOUT_REASONS = "Give your reasons for not accepting all of it"


class ResponseRows(VersionedRows):
    """Recommendations with a body’s answer to each, saved one by one as they were changed."""

    main, nothing = "reasons", "no reasons"
    saved = (
        "Somebody else saved an answer to this while you were writing. Their reasons: “{}”. Yours are below:"
        " send them again to put them in place of theirs"
    )


class ResponsesForm(StepForm):
    """A body’s answers, drafted until its approving officer signs them."""

    def check(self) -> None:
        """Refuses to accept a part, or nothing, without reasons."""
        for row in self.responses.filled:
            boxes = self.responses.boxes[row.key]
            if boxes["answer"].answer != "accepted" and not boxes["reasons"].answer:
                boxes["reasons"].errors = [WITHOUT_REASONS]


@form("recommendation_responses")
def recommendation_responses(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each recommendation to the body that is not settled, with what was drafted or signed in answer to it."""
    known = there(known)
    drafts = queries.drafts_of(known.case.id, by=by)
    made = [one for one in queries.recommendations_of(known.case.id, by=by) if one.is_open]
    priorities = coded(known, "priorities")
    question = asked_by(step, "responses")
    columns: dict[str, Asked] = {
        "answer": field(
            "radios",
            "Do you accept it?",
            choices=coded(known, "recommendation_answers"),
            message="Say whether you accept it",
        ),
        "reasons": FewLines("Your reasons", hint="Needed unless you accept all of it", required=False),
        "own_target": field(
            "date", "By when will you have done it?", "A date of your own; the last day stays", required=False
        ),
    }
    rows: Asked = ResponseRows(
        question.label,
        rows=[_row(one, drafts.get(one.id), priorities) for one in made],
        columns=columns,
        hint=question.hint,
        message="Nothing was changed: answer at least one recommendation, or change an answer",
    )
    return built(step, known, by, base=ResponsesForm, more={"responses": rows})


def _row(one: RecommendationRow, draft: DraftRow | None, priorities: list[Choice]) -> Row:
    said: Any = draft or one
    given = {"answer": said.answer, "reasons": said.reasons, "own_target": said.own_target}
    label = next((choice.label for choice in priorities if choice.value == one.priority), one.priority)
    due = f", due by {words.day(one.last_day)}" if one.last_day else ""
    return Row(
        str(one.id),
        f"Recommendation {one.number}",
        f"{one.words}\n\n{label} priority{due}",
        fixed={"recommendation": one.id},
        given=given,
        hidden=hidden_of(draft.version if draft else 0, *given.values()),
    )


@dataclass(frozen=True)
class ToSign:
    """A recommendation with the answer that is signed for it; `is_new` where that was changed since it was last signed."""

    number: int
    words: str
    answer: str
    reasons: str | None
    own_target: date | None
    is_new: bool


class SignAnswersForm(StepForm):
    """A declaration, under the answers it signs for."""

    template: ClassVar[str] = "body/sign_answers.html"
    to_sign: ClassVar[Sequence[ToSign]] = ()


@form("sign_answers")
def sign_answers(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The answers are read through before they are signed for."""
    known = there(known)
    drafts = queries.drafts_of(known.case.id, by=by)
    labels = {one.value: one.label for one in coded(known, "recommendation_answers")}
    made = queries.recommendations_of(known.case.id, by=by)
    shown = [_to_sign(one, drafts.get(one.id), labels) for one in made]
    form_class = built(step, known, by, base=type("SignAnswersForm", (SignAnswersForm,), {"to_sign": shown}))
    form_class.__doc__ = SignAnswersForm.__doc__
    return form_class


def _to_sign(one: RecommendationRow, draft: DraftRow | None, labels: Mapping[str, str]) -> ToSign:
    said: Any = draft or one
    answer = labels.get(said.answer or "", "No answer yet")
    return ToSign(one.number, one.words, answer, said.reasons, said.own_target, draft is not None)


@form("public_words")
def public_words(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What is to be public, beginning with what is public now, or else with the report as it went to the bodies."""
    known = there(known)
    before = queries.publications_of(known.case.id, by=by)
    told = before[-1].words.split("\n\n") if before else _report(known, by)
    question = asked_by(step, "public_words")
    asked: Asked = Lines(
        question.label, hint=question.hint, message=question.message, default="\n".join(told)
    )
    return built(step, known, by, more={"public_words": asked})


def _report(known: Facts, by: Actor) -> list[str]:
    """The paragraphs that the bodies read, those they all read once."""
    sent = evidence.paragraphs_of(known.case.id, "report", by=by)
    return list(dict.fromkeys(" ".join(one.words.split()) for one in sent if one.audience == "body"))
