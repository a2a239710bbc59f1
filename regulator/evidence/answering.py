"""The form in which a body works on its answer: all the items at once, saved in part.

Only what was changed is saved, each item against its own version: ten colleagues do not undo one another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField, StepForm, built, form
from regulator.casework.queries import answerers
from regulator.casework.questions import NumberedSelect
from regulator.casework.rows import Row
from regulator.errors import NotNow
from regulator.evidence import queries
from regulator.evidence.queries import ItemRow
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Step

MANAGES = ("contact", "approving_officer")
SAVED_MEANWHILE = (
    "Somebody else saved this item while you were writing. Their answer: “{}”. Yours is below:"
    " send it again to put it in place of theirs"
)


UNCHANGED = "Nothing was changed: write or change at least one answer"


class HandTo(NumberedSelect):
    """A colleague, or nobody yet."""

    def params(self) -> dict[str, Any]:
        """The macro is given the colleagues after nobody."""
        params = super().params()
        params["items"][0]["text"] = "Nobody yet"
        return params


def mark_of(*values: object) -> str:
    """A short mark of what stood in some boxes, to tell later whether anything was changed."""
    return hashlib.sha256("\x1f".join(str(value or "") for value in values).encode()).hexdigest()[:16]


class ItemRows(RowsField):
    """Items to answer. Its answer is those that were changed, each with the version it was changed from.

    Hidden with each: `version`, and marks of the answer and of everything as they were when the page was drawn.
    """

    @property
    def filled(self) -> list[Row]:
        """The items that were changed."""
        return [row for row in self.rows if self.kept[row.key]["was"] != mark_of(*self._said(row))]

    def _said(self, row: Row) -> list[object]:
        return [box.answer for box in self.boxes[row.key].values()]

    @property
    def answer(self) -> list[dict[str, Any]]:
        """What is to be saved; an item that was only handed on has no answer in it."""
        return [self._saved(row) for row in self.filled]

    def _saved(self, row: Row) -> dict[str, Any]:
        kept = self.kept[row.key]
        said = {name: box.answer for name, box in self.boxes[row.key].items()}
        if kept["answer_was"] == mark_of(said["answer"]):
            said.pop("answer")
        return {**row.fixed, **said, "version": kept["version"]}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether each can be saved; where somebody was quicker, what they wrote is shown beside what was typed."""
        super().validate(form, extra_validators)
        for row in self.filled:
            kept, now = self.kept[row.key], row.hidden["version"]
            if kept["version"] != now:
                theirs = str(row.given.get("answer") or "no answer")
                self.boxes[row.key]["answer"].errors = [SAVED_MEANWHILE.format(theirs)]
                kept["version"] = now
        return not self.errors and not self.row_problems


@form("answer_item")
def answer_item(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each item with its answer, its mark and who has it; a contributor’s own alone, and nobody to hand it to."""
    if known is None:
        raise NotNow("There is no case yet.")
    asked = next(one for one in step.fields if one.name == "item_answer")
    columns = {
        "answer": field("textarea", "Answer", required=False),
        "mark": field("select", "Is anything to be withheld?", choices=_marks(known)),
    }
    if by.holds(*MANAGES):
        people = [Choice(str(one.id), one.name, one.held) for one in answerers(by=by)]
        columns["hand_to"] = HandTo("Who answers it?", choices=people, required=False)
    rows = [_row(one, list(columns)) for one in items_for(known, by)]
    items: Asked = ItemRows(
        asked.label,
        rows=rows,
        columns=columns,
        message=UNCHANGED,
        hint=" ".join(map(_explained, _marks(known))),
    )
    return built(step, known, by, without={"hand_to"}, more={"item_answer": items})


def items_for(known: Facts, by: Actor) -> Sequence[ItemRow]:
    """The items this person may work on: of the requests that wait, or of the last one where none does."""
    items = queries.items_of(known.case.id, by=by)
    requests = [request for request, _ in queries.by_request(items)]
    left = [one for one in requests if one.submitted_on is None] or requests[-1:]
    found = [one for one in items if one.request in left]
    return found if by.holds(*MANAGES) else [one for one in found if one.handed_to_id == by.person_id]


def _explained(mark: Choice) -> str:
    return f"{mark.label}: {mark.hint[:1].lower()}{mark.hint[1:]}." if mark.hint else ""


def _marks(known: Facts) -> list[Choice]:
    marks = editions.editions()[known.case.edition].choices("item_marks")
    return [Choice(one.code, one.label, one.hint) for one in marks]


def _row(item: ItemRow, columns: Sequence[str]) -> Row:
    handed = str(item.handed_to_id) if item.handed_to_id else None
    given = {"answer": item.answer, "mark": item.mark, "hand_to": handed}
    shown = {name: given[name] for name in columns}
    return Row(
        str(item.id),
        f"Item {item.number}",
        item.question,
        fixed={"item": item.id},
        given=shown,
        hidden={
            "version": str(item.version),
            "was": mark_of(*shown.values()),
            "answer_was": mark_of(item.answer),
        },
    )
