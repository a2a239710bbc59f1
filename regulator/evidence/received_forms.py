"""The forms with which staff look at what a body sent, or record what it sent otherwise, with its answers beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from markupsafe import Markup

from regulator.actors import Actor
from regulator.casework.case_page import Panel, drawn
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField, StepForm, built, form
from regulator.casework.rows import Row
from regulator.evidence import queries
from regulator.evidence.answering import asked_of
from regulator.evidence.asked_rows import FewLines, asked_by, there
from regulator.evidence.differences import differences
from regulator.evidence.queries import ItemRow, SentItemRow
from regulator.forms import Asked
from regulator.regime.model import Step

NO_ANSWER = "Nothing was sent for this item."
HELD = "Held back: only the claim and its ground were sent."


class WithAnswers(StepForm):
    """A step of staff’s about a response, with the answers beside."""

    answers_beside: ClassVar[Sequence[tuple[str, Markup]]] = ()

    @property
    def beside(self) -> Sequence[tuple[str, Markup]]:
        """Each item as it was last sent."""
        return self.answers_beside


@form("accept_response")
def accept_response(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """A response is accepted with its answers beside, item by item, and what changed since it was returned."""
    known = there(known)
    made = built(step, known, by, base=WithAnswers)
    waiting = [one for one in queries.items_of(known.case.id, by=by) if one.request.is_waiting]
    sent = queries.sent_items(known.case.id, by=by) if waiting else []
    last = latest(sent)
    changed = {one.item_id: one for one in reversed(differences(sent))}
    several = len({one.request.id for one in waiting}) > 1
    rows = [
        {
            "label": _label(one, known, several=several),
            "item": one,
            "sent": last.get(one.id),
            "changed": changed.get(one.id),
        }
        for one in waiting
    ]
    panel = Panel("What was sent", "answers_beside", {"rows": rows})
    made.answers_beside = [(panel.title, drawn(panel))] if rows else []
    return made


@form("received_answers")
def received_answers(step: Step, known: Facts | None, by: Actor) -> type[StepForm]:
    """Each item that waits for an answer, with room for what came otherwise."""
    known = there(known)
    left = [one for one in queries.items_of(known.case.id, by=by) if one.request.submitted_on is None]
    several = len({one.request.id for one in left}) > 1
    question = asked_by(step, "received_answers")
    rows: Asked = RowsField(
        question.label,
        rows=[
            Row(str(one.id), _label(one, known, several=several), asked_of(one), {"item": one.id})
            for one in left
        ],
        columns={"answer": FewLines("What came", required=False)},
        skips_empty=True,
        hint=f"{question.hint}. Record one request at a time" if several else question.hint,
        message=question.message,
    )
    return built(step, known, by, without={"request"}, more={"received_answers": rows})


def _label(item: ItemRow, known: Facts, *, several: bool) -> str:
    party = next(one for one in known.parties if one.id == item.request.party_id)
    whose = f"{known.names[party.body_id]}, request {item.request.number}, "
    return f"{whose}item {item.number}" if several else f"Item {item.number}"


def latest(sent: Sequence[SentItemRow]) -> dict[int, SentItemRow]:
    """Each item as it was last sent, by its number in the database."""
    return {one.item_id: one for one in sent}


def said_of(sent: SentItemRow | None) -> str:
    """What was last sent for an item, in words, with the names of its files."""
    if sent is None:
        return NO_ANSWER
    files = ", ".join(one.name for one in sent.files)
    held = HELD if not sent.answer and sent.mark != "none" else NO_ANSWER
    ground = f"Ground: {sent.ground}" if sent.ground else ""
    return "\n".join(filter(None, (sent.answer or held, ground, f"Files: {files}" if files else "")))
