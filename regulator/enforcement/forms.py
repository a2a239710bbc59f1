"""The form by which an instrument is proposed or amended, and what the other forms of it share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.asking import question_for
from regulator.casework.facts import Facts
from regulator.casework.forms import GrowingRows, RowsField, Sent, StepForm, built, form
from regulator.casework.questions import Number
from regulator.casework.rows import Row
from regulator.enforcement import queries
from regulator.enforcement.facts import WITH_STEPS
from regulator.enforcement.queries import StepRow
from regulator.enforcement.wording import paragraphs_of
from regulator.errors import NotNow
from regulator.fields.text import LongText
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Edition, Field, Step

STEPS = "notice_steps_asked"


class FewLines(LongText):
    """A sentence or two."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 2, "classes": "few-lines"}


def edition_of(known: Facts | None, step: Step | None = None) -> Edition:
    """The rules the case keeps; those of the step that opens it for one that is only being opened."""
    if known:
        return editions.editions()[known.case.edition]
    return editions.of_step(step) if step else editions.current()


def there(known: Facts | None) -> Facts:
    """The facts of the case.

    Raises: NotNow where there is none
    """
    if known is None:
        raise NotNow("There is no case yet.")
    return known


def coded(known: Facts | None, name: str) -> list[Choice]:
    """The coded answers of a set, as they are chosen."""
    return [Choice(one.code, one.label, one.hint) for one in edition_of(known).choices(name)]


def asked_by(step: Step, name: str) -> Field:
    """What the edition says of one question of a step."""
    return next(one for one in step.fields if one.name == name)


def standing(
    step: Step, name: str, known: Facts | None, by: Actor, value: Any, *, hint: str = ""
) -> dict[str, Asked]:
    """A question as the edition asks it, with what was answered before; `hint` in the place of its own."""
    question: Any = question_for(asked_by(step, name), step, known, by)
    if question is None:
        return {}
    question.kwargs["default"] = value
    if hint:
        question.kwargs["hint"] = hint
    return {name: question}


@form("proposal")
def proposal(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What is proposed: each precondition with its answer, and each step with its day; as it stands, to be amended."""
    more: dict[str, Asked] = {}
    notice = queries.notice_of(known.case.id, by=by) if known else None
    if notice:
        said = {
            "instrument": notice.instrument,
            "failure": "\n".join(paragraphs_of(notice.failure)),
            "standard": notice.standard,
            "is_urgent": "yes" if notice.is_urgent else "no",
            "urgency": notice.urgency,
        }
        for name, value in said.items():
            more |= standing(step, name, known, by, value)
    more["preconditions"] = _preconditions(step, known, by)
    more[STEPS] = steps_field(step, queries.steps_of(known.case.id, by=by) if known else [])
    return built(step, known, by, base=ProposalForm, without={"power"}, more=more)


class ProposalForm(StepForm):
    """What is proposed, checked as a whole before it is sent; the power follows from what it is."""

    def check(self) -> None:
        """Says beside its row what does not go together; what only the rules can say comes from them."""
        for row in self.preconditions.rows:
            boxes = self.preconditions.boxes[row.key]
            if boxes["answer"].answer == "fails" and not boxes["note"].answer:
                boxes["note"].errors = ["Say why it is proposed although the answer is no"]
        if self["is_urgent"].answer and not self["urgency"].answer:
            self.refuse("Say why it is urgent: the reasons go into the notice", "urgency")
        check_steps(self, str(self["instrument"].answer), is_urgent=bool(self["is_urgent"].answer))

    def data_for_step(self) -> Sent:
        """The answers, with the power under which an instrument of that kind is given."""
        sent = super().data_for_step()
        return sent._replace(data={**sent.data, "power": sent.data.get("instrument")})


def check_steps(form: StepForm, instrument: str, *, is_urgent: bool) -> None:
    """Says beside its box what is wrong with a step."""
    rows: RowsField = form[STEPS]
    if instrument not in WITH_STEPS:
        if rows.filled:
            form.refuse("A warning or a reprimand has no steps: leave these empty", STEPS)
        return
    if not rows.filled:
        form.refuse("Say at least one thing that must be done, and by when", STEPS)
    for row in rows.filled:
        boxes = rows.boxes[row.key]
        if not boxes["words"].answer:
            boxes["words"].errors = ["Say what must be done"]
        if bool(boxes["done_by"].answer) is bool(boxes["hours"].answer):
            boxes["done_by"].errors = ["Give a day, or a number of hours where it is urgent"]
        elif boxes["hours"].answer and not is_urgent:
            boxes["hours"].errors = ["Only what is urgent is set in hours: give a day"]


def _preconditions(step: Step, known: Facts | None, by: Actor) -> Asked:
    kept = queries.preconditions_of(known.case.id, by=by) if known else {}
    rows = [
        Row(
            one.code,
            one.label,
            one.hint,
            fixed={"test": one.code},
            given={"answer": kept[one.code].answer, "note": kept[one.code].note} if one.code in kept else {},
        )
        for one in edition_of(known, step).choices("preconditions")
    ]
    columns = {
        "answer": field(
            "radios", "Answer", choices=coded(known, "remit_answers"), message="Answer the precondition"
        ),
        "note": field("text", "Note", required=False),
    }
    question = asked_by(step, "preconditions")
    return RowsField(question.label, rows=rows, columns=columns, message=question.message)


def steps_field(step: Step, kept: Sequence[StepRow], hint: str = "") -> Asked:
    """Steps of a notice, one a row: as they stand, and room for more."""
    question = asked_by(step, STEPS)
    columns = {
        "words": FewLines("What must be done, or stopped?", required=False),
        "done_by": field("date", "By which day?", required=False),
        "hours": Number(
            "Or within how many hours of service?", hint="Only where it is urgent", required=False
        ),
        "prohibits": field("confirm", "What it names is prohibited until it is done", required=False),
    }
    known = [
        Row(str(one.number), f"Step {one.number}", given={**as_asked(one), "hours": str(one.hours or "")})
        for one in kept
        if not one.settled_as
    ]
    return GrowingRows(
        question.label,
        label_row="Step",
        least=2,
        known=known,
        columns=columns,
        required=False,
        hint=hint or question.hint,
    )


def as_asked(one: StepRow) -> dict[str, Any]:
    """A step as a row of the form answers it."""
    return {"words": one.words, "done_by": one.done_by, "hours": one.hours, "prohibits": one.prohibits}
