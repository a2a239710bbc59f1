"""The forms of what a body says and supplies, and of what is certified and varied step by step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from regulator import words
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField, Sent, StepForm, built, form
from regulator.casework.questions import Lines, Numbered
from regulator.casework.rows import Row
from regulator.enforcement import queries
from regulator.enforcement.forms import FewLines, asked_by, coded, there
from regulator.enforcement.queries import RecommendedRow, StepRow
from regulator.enforcement.wording import paragraphs_of
from regulator.fields.choices import Radios
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Step

SAVED_MEANWHILE = (
    "Somebody else saved the representations while you were writing. Theirs: “{}”. Yours is below:"
    " send it again to put it in place of theirs"
)
REPRESENTATIONS, SUPPLIED, VARIATION = "representations", "supplied", "variation"


class RepresentationsForm(StepForm):
    """Representations as they were saved last."""

    def data_for_step(self) -> Sent:
        """The points, one a paragraph, with the version from which they were changed."""
        sent = super().data_for_step()
        row: dict[str, Any] = next(iter(sent.data.pop(REPRESENTATIONS, [])), {})
        given = {REPRESENTATIONS: row.get("points"), "version": row.get("version")}
        return sent._replace(data={**sent.data, **{n: v for n, v in given.items() if v}})


class DraftRow(RowsField):
    """One draft that colleagues share; whoever would save over another’s words is shown them first."""

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether it can be saved; where somebody was quicker, what they wrote is shown above what was typed."""
        super().validate(form, extra_validators)
        for row in self.rows:
            kept, now = self.kept[row.key], row.hidden["version"]
            if kept["version"] != now:
                theirs = " / ".join(str(row.given["points"]).splitlines())
                self.boxes[row.key]["points"].errors = [SAVED_MEANWHILE.format(theirs)]
                kept["version"] = now
        return not self.errors and not self.row_problems


class Points(Lines):
    """Points, one a line; an empty line between them does no harm."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 12}


@form("representations")
def representations(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What the body’s people wrote so far, to go on with or to sign."""
    known, question = there(known), asked_by(step, REPRESENTATIONS)
    draft = queries.draft_of(known.case.id, by=by)
    row = Row(
        "1",
        "Your points",
        given={"points": "\n".join(paragraphs_of(draft.words)) if draft else ""},
        hidden={"version": str(draft.version if draft else 0)},
    )
    columns = {"points": Points("Your points", message=question.message)}
    asked: Asked = DraftRow(
        question.label, rows=[row], columns=columns, hint=question.hint, message=question.message
    )
    return built(step, known, by, base=RepresentationsForm, more={REPRESENTATIONS: asked})


class SupplyForm(StepForm):
    """What is supplied item by item: words, or a claim that they are privileged."""

    def check(self) -> None:
        """Refuses words of what is claimed to be privileged."""
        for row in self.supplied.filled:
            boxes = self.supplied.boxes[row.key]
            is_privileged = boxes["mark"].answer == "privileged"
            if is_privileged and boxes["answer"].answer:
                boxes["answer"].errors = ["Do not send what is privileged: leave this empty"]
            if not is_privileged and not boxes["answer"].answer:
                boxes["answer"].errors = ["Say what you supply, and add the files below"]


class SupplyRows(RowsField):
    """Items of which only those count for which something is supplied or claimed."""

    def _says(self, row: Row) -> bool:
        boxes = self.boxes[row.key]
        return bool(boxes["answer"].answer) or boxes["mark"].answer not in (None, "none")


@form("supply_information")
def supply_information(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each item of an information notice that is still asked for, with what is supplied."""
    known, question = there(known), asked_by(step, SUPPLIED)
    marks = [one for one in coded(known, "evidence_marks") if one.value != "withheld"]
    columns = {
        "answer": FewLines("What do you supply?", hint="Name the files you add below", required=False),
        "mark": Radios("What is claimed?", choices=marks, default="none", required=False),
    }
    asked: Asked = SupplyRows(
        question.label,
        rows=[_row(one, f"Item {one.number}") for one in open_steps(known, by)],
        columns=columns,
        skips_empty=True,
        hint=question.hint,
        message=question.message,
    )
    return built(step, known, by, base=SupplyForm, more={SUPPLIED: asked})


def open_steps(known: Facts, by: Actor) -> list[StepRow]:
    """The steps in force that are not closed, as the person asking may read them."""
    steps = queries.steps_of(known.case.id, by=by)
    return [one for one in steps if one.served_on and not one.settled_as]


def _row(one: StepRow, label: str) -> Row:
    return Row(str(one.id), label, one.words, fixed={"notice_step": one.id})


def day_words(one: StepRow, days: Mapping[int, date]) -> str:
    """By when a step is to be done: its day as it is counted, or the hours that the notice gives."""
    day = days.get(one.id) or one.done_by
    return f"by {words.day(day)}" if day else f"within {one.hours} hours"


class VariationForm(StepForm):
    """What is varied, step by step."""

    def check(self) -> None:
        """Refuses a step that falls away and is changed as well."""
        for row in self.variation.filled:
            boxes = self.variation.boxes[row.key]
            if boxes["falls_away"].answer and (boxes["words"].answer or boxes["done_by"].answer):
                boxes["falls_away"].errors = ["A step that falls away has no other words and no other day"]


@form("variation")
def variation(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each open step, with room for other words, for another day, or for that it falls away."""
    known, question = there(known), asked_by(step, VARIATION)
    days = counted_days(known)
    columns = {
        "words": FewLines("Its words from now on", hint="Leave this empty to keep them", required=False),
        "done_by": field("date", "Its day from now on", "Leave this empty to keep it", required=False),
        "falls_away": field("confirm", "It falls away", required=False),
    }
    asked: Asked = RowsField(
        question.label,
        rows=[_row(one, f"Step {one.number}, {day_words(one, days)}") for one in open_steps(known, by)],
        columns=columns,
        skips_empty=True,
        hint=question.hint,
        message=question.message,
    )
    return built(step, known, by, base=VariationForm, more={VARIATION: asked})


def counted_days(known: Facts) -> dict[int, date]:
    """The last day of each step as its clock last counted it."""
    clocks = [one for one in known.running if one.name == "compliance"]
    return {int(one.keys["notice_step"]): one.last_day for one in clocks}


class CertifyForm(StepForm):
    """A choice among what was recommended: the step, and how it is certified, follow from it.

    found: the recommendations, by the step they are about
    """

    found: ClassVar[Mapping[int, RecommendedRow]] = {}

    def data_for_step(self) -> Sent:
        """The answers, with what was recommended of the step chosen."""
        sent = super().data_for_step()
        row = self.found[int(sent.data["notice_step"])]
        given = {"certified_as": row.recommended_as, "done_on": row.recommended_done_on}
        return sent._replace(data={**sent.data, **{n: v for n, v in given.items() if v}})


@form("certify_step")
def certify_step(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The certificates that are recommended, of which one is given as it was recommended."""
    known = there(known)
    steps = {one.id: one for one in open_steps(known, by)}
    found = {one.step_id: one for one in queries.recommended_of(known.case.id, by=by) if one.step_id in steps}
    question = asked_by(step, "notice_step")
    choices = [Choice(str(id_), _recommended(steps[id_], one)) for id_, one in found.items()]
    asked: Asked = Numbered("Which step, as it was recommended?", choices=choices, message=question.message)
    more = {"notice_step": asked}
    without = {"certified_as", "done_on"}
    made = built(step, known, by, base=CertifyForm, without=without, more=more)
    made.found = found
    return made


def _recommended(step: StepRow, one: RecommendedRow) -> str:
    on = f" on {words.day(one.recommended_done_on)}" if one.recommended_done_on else ""
    as_ = f"done{on}" if one.recommended_as == "done" else "no longer needed"
    return f"Step {step.number} as {as_}, recommended on {words.day(one.recommended_on)}: {step.words}"


class AppealEventForm(StepForm):
    """What happened in an appeal; that more time was given follows from that it is what happened."""

    def check(self) -> None:
        """Refuses more time without its day."""
        if self["appeal_event"].answer == "more_time" and not self["until"].answer:
            self.refuse("Say until when more time was given", "until")


@form("appeal_event")
def appeal_event(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """What happened, where, and what comes next."""
    return built(step, known, by, base=AppealEventForm, without={"granted"})
