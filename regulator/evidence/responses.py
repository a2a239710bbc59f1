"""A body’s response: asked for item by item, answered in part, signed as a whole and frozen."""

from __future__ import annotations

from typing import Any

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.documents.commands import release
from regulator.errors import Conflict, Invalid, Refused
from regulator.evidence.facts import of, request_of
from regulator.evidence.issuing import issue
from regulator.evidence.models import EvidenceItem, EvidenceRequest

DRAFTING = "answer_account_item"
CHANGED = "Somebody else saved item {} while you were writing. Their answer is shown; yours is kept below it."


@effect
def request_account(taking: Taking) -> None:
    """Ask a body questions, item by item."""
    party = party_of(taking)
    questions = [str(row["question"]).strip() for row in taking.data["items"] if row.get("question")]
    if not questions:
        raise Invalid("Ask at least one question.", "items")
    number = len(of(taking.facts).requests) + 1
    request = taking.add(
        EvidenceRequest(case_id=taking.case_id, party_id=party.id, number=number, asked_on=taking.on)
    )
    for place, question in enumerate(questions, 1):
        db.session.add(
            EvidenceItem(
                case_id=taking.case_id,
                request_id=request.id,
                party_id=party.id,
                number=place,
                question=question,
            )
        )
    taking.concerns(party)
    taking.intent.keys["request"] = request.id


def party_of(taking: Taking) -> Party:
    """The body that a step concerns: the one chosen, or the only one.

    Raises: Invalid when there are several and none is chosen
    """
    parties = [party for party in taking.facts.parties if party.capacity == "subject"]
    chosen = taking.data.get("party")
    found = [party for party in parties if chosen in (None, "") or party.id == int(chosen)]
    if len(found) != 1:
        raise Invalid("Choose which of the bodies.", "party")
    return found[0]


@effect
def answer_account_item(taking: Taking) -> None:
    """Save answers in part, or hand items to a colleague; a save over somebody else’s is a conflict."""
    items = {item.id: item for item in of(taking.facts).items}
    for row in taking.data["item_answer"]:
        item = items.get(int(row["item"]))
        if item is None or item.party_id != _mine(taking).id:
            raise Invalid("That item is not one of yours.", "item_answer")
        if taking.intent.role == "contributor" and item.handed_to_id != taking.by.person_id:
            raise Refused(f"Item {item.number} was not handed to you.")
        _save(taking, item, row)
    taking.concerns(_mine(taking))


def _mine(taking: Taking) -> Party:
    party = taking.facts.party_of(taking.by)
    if party is None:
        raise Refused("This is for another organisation to do.")
    return party


def _save(taking: Taking, item: EvidenceItem, row: dict[str, Any]) -> None:
    if row.get("version") not in (None, "") and int(row["version"]) != item.version:
        raise Conflict(CHANGED.format(item.number))
    if "answer" in row:
        item.answer, item.answered_by_id = row["answer"], taking.by.person_id
    item.mark = row.get("mark") or item.mark or "none"
    if "hand_to" in row:
        item.handed_to_id = row["hand_to"]
    elif taking.data.get("hand_to"):
        item.handed_to_id = int(taking.data["hand_to"])
    item.version = (item.version or 0) + 1


@effect
def submit_account(taking: Taking) -> None:
    """Freeze the answers as they stand, as a numbered version; an earlier one is never overwritten."""
    request = request_of(taking.facts, taking.by)
    if request is None:
        raise Invalid("No account has been asked for.")
    request.submissions = request.submissions + 1
    request.submitted_on = taking.on
    items = [item for item in of(taking.facts).items if item.request_id == request.id]
    text = "\n\n".join(_as_sent(item) for item in items)
    issue(
        taking,
        "account",
        "body",
        text,
        party_id=request.party_id,
        number=request.submissions,
        request_id=request.id,
    )
    taking.concerns(_mine(taking))
    taking.intent.keys["request"] = request.id
    release(taking.case_id, request.party_id, DRAFTING)


def _as_sent(item: EvidenceItem) -> str:
    mark = {"privileged": " [privilege claimed]", "sensitive": " [sensitive]"}.get(item.mark, "")
    return f"{item.number}. {item.question}\n{item.answer or ''}{mark}"
