"""The form in which a body works on its answer: all the items at once, saved in part.

Only what was changed is saved, each item against its own version: ten colleagues do not undo one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from regulator import words
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm, built, form
from regulator.casework.queries import answerers
from regulator.casework.rows import Row
from regulator.documents import queries as documents
from regulator.documents.queries import DocumentRow
from regulator.evidence import queries
from regulator.evidence.asked_rows import FewLines, VersionedRows, asked_by, coded, hidden_of, mark_of, there
from regulator.evidence.facts import UNSENT
from regulator.evidence.handing import TEAM
from regulator.evidence.queries import ItemRow
from regulator.fields.choices import Select
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Step

MANAGES = ("contact", "approving_officer")
UNCHANGED = "Nothing was changed: write or change at least one answer"
ASKED_OF_MARKS = {
    "item_marks": "Is it privileged or sensitive?",
    "evidence_marks": "Is anything to be withheld?",
}
OWN_FILES = "They are sent with this item, and held back where it is"
NO_GROUND = "Say on what ground, so that the claim can be judged"


def may_be_handed(by: Actor) -> list[Choice]:
    """The teams and the colleagues to whom somebody may hand an item, teams first."""
    teams = [Choice(f"{TEAM}{one.id}", f"The team {one.name}") for one in queries.teams(by=by) if one.members]
    return [*teams, *(Choice(str(one.id), one.name, one.held) for one in answerers(by=by))]


class HandTo(Select):
    """A colleague or a team, or nobody yet."""

    def params(self) -> dict[str, Any]:
        """The macro is given the colleagues after nobody."""
        params = super().params()
        params["items"][0]["text"] = "Nobody yet"
        return params


class ItemRows(VersionedRows):
    """Items to answer; an item that was only handed on has no answer in what is saved."""

    main = "answer"
    saved = (
        "Somebody else saved this item while you were writing. Their answer: “{}” Yours is below:"
        " save it again to put it in place of theirs"
    )

    def kept_of(self, row: Row) -> dict[str, Any]:
        """What is to be saved of one item."""
        kept = super().kept_of(row)
        if self.kept[row.key]["answer_was"] == mark_of(kept["answer"]):
            kept.pop("answer")
        return kept


class AnswerForm(StepForm):
    """Answers that are saved as far as they go: to save them is not to send them."""

    button = "Save"
    done = (
        "What you changed is saved. Your own organisation alone can read it until it is signed for and sent."
    )


class ClaimForm(AnswerForm):
    """Answers of which some are held back, each on a ground."""

    def check(self) -> None:
        """Refuses to hold an item back without a word on why."""
        for row in self.item_answer.filled:
            boxes = self.item_answer.boxes[row.key]
            if boxes["mark"].answer in UNSENT and not boxes["ground"].answer:
                boxes["ground"].errors = [NO_GROUND]


@form("answer_item")
def answer_item(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each item with its answer, its mark and who has it; a contributor’s own alone, and nobody to hand it to."""
    return _working(step, there(known), by, "item_marks", {})


@form("evidence_answer")
def evidence_answer(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """The same, with the ground on which an item is held back."""
    ground: Asked = FewLines("On what ground?", hint="Where it is held back", required=False)
    return _working(step, there(known), by, "evidence_marks", {"ground": ground}, ClaimForm)


def _working(  # noqa: PLR0917 - as every builder, then what differs
    step: Step,
    known: Facts,
    by: Actor,
    marks: str,
    more: Mapping[str, Asked],
    base: type[StepForm] = AnswerForm,
) -> type[StepForm]:
    columns: dict[str, Asked] = {
        "answer": field("textarea", "Answer", required=False),
        "mark": field("select", ASKED_OF_MARKS[marks], choices=coded(known, marks)),
        **more,
    }
    if by.holds(*MANAGES):
        columns["hand_to"] = HandTo("Who has it?", choices=may_be_handed(by), required=False)
    found, told = items_for(known, by), list(columns)
    columns["files"] = field("file", "Files that answer this item", OWN_FILES, required=False)
    several = len({one.request for one in found}) > 1
    given = files_of(known.case.id, by)
    items: Asked = ItemRows(
        asked_by(step, "item_answer").label,
        rows=[_row(one, told, given.get(one.id, ()), several=several) for one in found],
        columns=columns,
        message=UNCHANGED,
        hint=" ".join(map(_explained, coded(known, marks))),
    )
    return built(step, known, by, base=base, without={"hand_to", "files"}, more={"item_answer": items})


def files_of(case_id: int, by: Actor) -> Mapping[int, Sequence[DocumentRow]]:
    """The files given so far with each item, by the number of the item, as far as this person may have them."""
    return queries.with_items(documents.of_case(case_id, by=by), queries.items_given_with(case_id, by=by))


def items_for(known: Facts, by: Actor) -> Sequence[ItemRow]:
    """The items this person may work on: of the requests that wait, or of the last one where none does."""
    items = queries.items_of(known.case.id, by=by)
    requests = [request for request, _ in queries.by_request(items)]
    left = [one for one in requests if one.submitted_on is None]
    left = left or [one for one in requests if one.accepted_on is None][-1:]
    found = [one for one in items if one.request in left]
    return found if by.holds(*MANAGES) else [one for one in found if one.is_handed_to(by)]


def _explained(mark: Choice) -> str:
    return f"{mark.label}: {mark.hint[:1].lower()}{mark.hint[1:]}." if mark.hint else ""


def asked_of(item: ItemRow) -> str:
    """An item in full: the question, what a good answer has, by when, and what was missing when it was returned."""
    more = [
        f"A good answer has: {item.good}" if item.good else "",
        f"Who may hold it: {item.holder}" if item.holder else "",
        f"Hoped for by {words.day(item.wanted_by)}" if item.wanted_by else "",
        f"Returned on {words.day(item.returned_on)}. What is missing: {item.missing}"
        if item.returned_on
        else "",
        f"Your approving officer sent it back: {item.sent_back}" if item.is_sent_back else "",
    ]
    return "\n\n".join(filter(None, (item.question, *more)))


def _there(files: Sequence[DocumentRow]) -> str:
    return f"Files given so far: {', '.join(one.name for one in files)}" if files else ""


def _row(item: ItemRow, columns: Sequence[str], files: Sequence[DocumentRow], *, several: bool) -> Row:
    team = f"{TEAM}{item.team_id}" if item.team_id else None
    handed = str(item.handed_to_id) if item.handed_to_id else team
    given = {"answer": item.answer, "mark": item.mark, "ground": item.ground, "hand_to": handed}
    shown = {name: given[name] for name in columns}
    return Row(
        str(item.id),
        f"Request {item.request.number}, item {item.number}" if several else f"Item {item.number}",
        "\n\n".join(filter(None, (asked_of(item), _there(files)))),
        fixed={"item": item.id},
        given=shown,
        hidden={**hidden_of(item.version, *shown.values()), "answer_was": mark_of(item.answer)},
    )
