"""The forms by which something is proposed, decided and cleared: preconditions, steps with their days, points to answer."""

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
from regulator.enforcement.facts import LESSER_FIRST, WITH_STEPS
from regulator.enforcement.queries import StepRow
from regulator.enforcement.wording import draft_reasons, paragraphs_of
from regulator.errors import NotNow
from regulator.fields.text import LongText
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Edition, Field, Step

STEPS = "notice_steps_asked"
ONLY_CHANGED = "Leave this as it stands unless you decide to issue it with changes"
ROUND_IT = (
    "The reasons, one paragraph a line. What it is, the power, the standard, what failed and each step with its"
    " day are put round them by themselves, and the whole is frozen as it is signed"
)


class FewLines(LongText):
    """A sentence or two."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 2, "classes": "few-lines"}


def edition_of(known: Facts | None) -> Edition:
    """The rules the case keeps; those in force for one that is only being opened."""
    return editions.editions()[known.case.edition] if known else editions.current()


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
        for one in edition_of(known).choices("preconditions")
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
        Row(str(one.number), f"Step {one.number}", given={**_asked(one), "hours": str(one.hours or "")})
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


def _asked(one: StepRow) -> dict[str, Any]:
    """A step as a row of the form answers it."""
    return {"words": one.words, "done_by": one.done_by, "hours": one.hours, "prohibits": one.prohibits}


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
        STEPS: [_asked(one) for one in steps],
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
