"""Filling in the form of any step as somebody would: each question by its kind, rows by their columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from io import BytesIO
from random import Random
from typing import Any

from regulator import moments
from regulator.casework.forms import GrowingRows, RowsField, StepForm
from regulator.casework.questions import CaseReference, Lines, Number, Phone, TimeLength, YesNo
from regulator.casework.rows import Row
from regulator.fields.asked import Asked
from regulator.fields.choices import Checkboxes, Confirm, Radios
from regulator.fields.days import Day, Moment
from regulator.fields.files import Files
from regulator.fields.text import Email, Text
from regulator.findings.writing import Version

Boxes = dict[str, list[Any]]
LEFT_EMPTY = {"until", "received_on", "hours", "superseded", "misdirected_from", "misdirected_to"}
"""Questions left empty unless something must be said."""
TICKED = {"conflict_considered", "no_comments"}
AS_DRAWN = {"instrument", "power", "is_urgent", "urgency", "failure", "notice_steps_asked"}
"""Questions of a proposal that are amended by hand below: otherwise they stay as they stand."""
IN_DAYS: Mapping[str, int] = {
    "done_on": 0,
    "sent_on": 0,
    "deemed_on": 0,
    "occurred": 0,
    "when_it_happened": 0,
    "done_by": 400,
    "visit_on": 7,
    "visit_until": 8,
    "disposal_on": 0,
}
"""How far from today a day is; every other is in forty days."""


LIKELY = {
    "verdict": "met",
    "decision": "issue",
    "certified_as": "done",
    "appeal_outcome": "allowed",
    "disposal": "destroy",
}
"""Answers without which a case never comes to its end."""


class Filler:
    """Whoever fills in a form; what was chosen seldom is chosen first, so that every answer is given in time.

    other_case: the reference of another case, where a step asks for one; successor: the number of a body’s
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self.chosen: Counter[tuple[str, str, str]] = Counter()
        self.other_case = self.successor = ""
        self.said = 0

    def fill(self, form: StepForm) -> Boxes:
        """What is sent for a form as it was drawn: the values of each box by its name."""
        self.step, boxes = form.step.name, Boxes()
        for asked in form.asked:
            boxes |= self._rows(asked) if isinstance(asked, RowsField) else self._box(asked, asked.short_name)
        if together := TOGETHER.get(form.step.form or form.step.name):
            together(self, form, boxes)
        return {name: values for name, values in boxes.items() if values}

    def _rows(self, rows: RowsField) -> Boxes:
        boxes = Boxes()
        known = rows.known if isinstance(rows, GrowingRows) else rows.rows
        blank = [row for row in rows.rows if row not in known]
        wanted = blank[: self._how_many(rows, len(known))]
        for place, row in enumerate((*known, *wanted)):
            for column, box in rows.boxes[row.key].items():
                boxes |= self._box(box, column, place=place, keep=row in known and bool(row.given), rows=rows)
        return boxes

    def _how_many(self, rows: GrowingRows | RowsField, known: int) -> int:
        if rows.short_name == "notice_steps_asked" or (known and self.random.random() < 0.7):
            return 0
        return 2

    def _box(
        self, box: Asked, name: str, *, place: int = 0, keep: bool = False, rows: RowsField | None = None
    ) -> Boxes:
        if name in AS_DRAWN or (rows is not None and rows.short_name in AS_DRAWN):
            return {box.name: drawn(box)}
        if keep and drawn(box) and self.random.random() < 0.5:
            return {box.name: drawn(box)}
        if not box.is_required and self._leaves(name):
            return {box.name: drawn(box)}
        if name == "area" or (name == "finding" and self.step == "draft_report"):
            values = [choice.value for choice in box.choices]
            return {box.name: values[place % 2 :][:1] or values[:1]}
        return {box.name: self._answer(box, name)}

    def _leaves(self, name: str) -> bool:
        if name in TICKED:
            return False
        return name in LEFT_EMPTY or self.random.random() < (0.9 if name == "when_it_happened" else 0.25)

    def _answer(self, box: Asked, name: str) -> list[Any]:
        if isinstance(box, Files):
            return [(BytesIO(b"What it says."), "note.txt")] if box.is_required else []
        if isinstance(box, Version):
            return [str(box.answer)]
        if isinstance(box, Day):
            return typed_day(moments.today() + timedelta(days=IN_DAYS.get(name, 40)), box)
        return self._choice(box, name) if isinstance(box, Confirm | Radios) else [self._words(box)]

    def _choice(self, box: Asked, name: str) -> list[str]:
        values = ["yes", "no"] if isinstance(box, YesNo) else [choice.value for choice in box.choices]
        if isinstance(box, Confirm):
            return ["yes"]
        if isinstance(box, Checkboxes):
            return self._several(values, name)
        return [self.successor if name == "successor" else self.choose(values, name)]

    def _words(self, box: Asked) -> str:
        if isinstance(box, CaseReference):
            return self.other_case
        for kind, words in WORDS:
            if isinstance(box, kind):
                return words
        self.said += 1
        return f"First thing {self.said}.\nSecond thing." if isinstance(box, Lines) else f"Words {self.said}."

    def _several(self, values: list[str], name: str) -> list[str]:
        if name == "people":
            return self.random.sample(values, max(1, len(values) - 2))
        count = self.random.randint(1, min(2, len(values))) if values else 0
        return (
            [self.choose(values, name), *self.random.sample(values, count)][: max(count, 1)] if values else []
        )

    def choose(self, values: Iterable[str], name: str) -> str:
        """One of several: as a rule one that was chosen seldom before for this question."""
        every = list(values)
        if not every:
            return ""
        if LIKELY.get(name) in every and self.random.random() < 0.5:
            return LIKELY[name]
        rare = min(self.chosen[self.step, name, value] for value in every)
        seldom = [value for value in every if self.chosen[self.step, name, value] == rare]
        found = self.random.choice(seldom if self.random.random() < 0.8 else every)
        self.chosen[self.step, name, found] += 1
        return found


WORDS: tuple[tuple[type[Asked], str], ...] = (
    (Email, "someone@example.test"),
    (Phone, "020 7946 0000"),
    (Number, "1"),
    (TimeLength, "28 days"),
)


def typed_day(day: date, box: Day) -> list[str]:
    """A day as it is typed into its boxes."""
    return [str(day.day), str(day.month), str(day.year), *([""] if isinstance(box, Moment) else [])]


def drawn(box: Asked) -> list[Any]:
    """What a box shows before anything is typed, as it is sent back."""
    if isinstance(box, Day):
        return list(box.given_texts()) if box.given else []
    if isinstance(box, Confirm):
        return ["yes"] if box.data else []
    if isinstance(box, Checkboxes):
        return list(box.data or [])
    return [str(box.data)] if box.data not in (None, "") else []


# What must go together


def _row_boxes(form: StepForm, name: str) -> Iterable[tuple[Row, Mapping[str, Asked]]]:
    return ((row, form[name].boxes[row.key]) for row in form[name].rows)


def _amended(filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """An amended proposal says anew what failed; what is asked for stays."""
    boxes["failure"] = [f"It failed in {filler.random.randint(2, 9)} places."]
    for _, row in _row_boxes(form, "preconditions"):
        boxes[row["note"].name] = ["As it was."]


def _decided(filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """What is changed is changed where that is decided, and a lesser instrument named where that is."""
    decided = boxes["decision"][0]
    boxes["lesser"] = [filler.choose(("warning", "reprimand"), "lesser")] if decided == "lesser" else []
    if decided == "issue_changed":
        boxes["failure"] = ["Only this failed."]


def _recommended(_filler: Filler, _form: StepForm, boxes: Boxes) -> None:
    """What is not needed any more was not done on any day."""
    if boxes["certified_as"] == ["not_needed"]:
        boxes["done_on"] = []
    elif not boxes["done_on"]:
        today = moments.today()
        boxes["done_on"] = [str(today.day), str(today.month), str(today.year)]


def _supplied(_filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """What is privileged is not sent."""
    for _, row in _row_boxes(form, "supplied"):
        if boxes[row["mark"].name] == ["privileged"]:
            boxes[row["answer"].name] = []
        elif not boxes[row["answer"].name]:
            boxes[row["answer"].name] = ["The log."]


def _varied(filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """A step falls away, or has other words or another day."""
    for _, row in _row_boxes(form, "variation"):
        if filler.random.random() < 0.3:
            boxes[row["words"].name] = boxes[row["done_by"].name] = []
            boxes[row["falls_away"].name] = ["yes"]
        else:
            boxes[row["falls_away"].name] = []


def _commented(filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """There are comments, or there are none."""
    if filler.random.random() < 0.5:
        boxes["no_comments"] = []
        first = next(iter(form["comments"].boxes.values()), None)
        if first:
            boxes[first["words"].name] = ["That is not how it was."]
    else:
        boxes["no_comments"] = ["yes"]
        for row in form["comments"].boxes.values():
            boxes[row["words"].name] = []


def _answered(_filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """Whatever is asked in a row is answered in full, so that it can be signed."""
    for rows in (one for one in form.asked if isinstance(one, RowsField)):
        for row in rows.boxes.values():
            for column in ("answer", "words", "reasons", "reason", "ground"):
                if column in row and not boxes.get(row[column].name) and isinstance(row[column], Text):
                    boxes[row[column].name] = ["It is so."]
                if column == "answer" and column in row and isinstance(row[column], Radios):
                    boxes[row[column].name] = boxes[row[column].name] or [row[column].choices[0].value]


def _told_later(filler: Filler, _form: StepForm, boxes: Boxes) -> None:
    """Where a tribunal gives more time, until when."""
    if boxes["appeal_event"] == ["more_time"] or filler.random.random() < 0.3:
        until = moments.today() + timedelta(days=40)
        boxes["until"], boxes["granted"] = [str(until.day), str(until.month), str(until.year)], ["yes"]


def _disposed(_filler: Filler, form: StepForm, boxes: Boxes) -> None:
    """Each comment is answered."""
    for _, row in _row_boxes(form, "disposition"):
        boxes[row["disposition"].name] = boxes[row["disposition"].name] or ["accepted"]
        boxes[row["reason"].name] = ["We looked again."]


OWN_ANSWER = "At the old mill"


def _answers_right(_filler: Filler, _form: StepForm, boxes: Boxes) -> None:
    """Whoever lost their code knows the answer to their own question."""
    boxes["answer_given"] = [OWN_ANSWER]


TOGETHER: Mapping[str, Callable[[Filler, StepForm, Boxes], None]] = {
    "proposal": _amended,
    "decision": _decided,
    "recommend_certificate": _recommended,
    "supply_information": _supplied,
    "variation": _varied,
    "comment": _commented,
    "evidence_answer": _answered,
    "answer_item": _answered,
    "recommendation_responses": _answered,
    "public_comments": _answered,
    "remit_test": _answered,
    "check_answer": _answers_right,
    "record_appeal_event": _told_later,
    "dispose_draft_comment": _disposed,
    "dispose_comment": _disposed,
}
