"""A body’s people at work on its answers: in part, handed on, marked; a draft is their own until it is signed for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.errors import Conflict, Invalid, Refused
from regulator.evidence.asking import party_of
from regulator.evidence.facts import UNSENT, handed_to, is_answered, of
from regulator.evidence.handing import hand
from regulator.evidence.models import EvidenceItem

__all__ = ["own_part", "party_of"]

CHANGED = "Somebody else saved item {} while you were writing. Their answer is shown; yours is kept below it."
NO_GROUND = "Say on what ground item {} is held back."


@effect
def answer_account_item(taking: Taking) -> None:
    """Save answers in part, or hand items to a colleague; a save over somebody else’s is a conflict."""
    for row in taking.data["item_answer"]:
        _save(taking, _workable(taking, row["item"], "item_answer"), row)
    _touched(taking, [int(row["item"]) for row in taking.data["item_answer"]])


@effect
def answer_item(taking: Taking) -> None:
    """Save answers in part, each with what is claimed of it and on what ground, or hand items to a colleague."""
    answer_account_item(taking)
    for row in taking.data["item_answer"]:
        _grounded(_workable(taking, row["item"], "item_answer"), "item_answer")


@effect
def assign_item(taking: Taking) -> None:
    """Hand one item to a colleague."""
    item = _workable(taking, taking.data["draft_item"], "draft_item")
    _save(taking, item, {"hand_to": taking.data["hand_to"]})
    _touched(taking, [item.id])


@effect
def mark_item_privileged(taking: Taking) -> None:
    """Say of one item what is claimed: that it is privileged, sensitive, or cannot be given, and on what ground."""
    item = _workable(taking, taking.data["draft_item"], "draft_item")
    _save(taking, item, {"mark": taking.data["evidence_mark"], "ground": taking.data.get("mark_ground")})
    _grounded(item, "mark_ground")
    _touched(taking, [item.id])


def own_part(taking: Taking) -> Party:
    """The part in the case of the body whose person takes the step.

    Raises: Refused where it has none
    """
    party = taking.facts.party_of(taking.by)
    if party is None:
        raise Refused("This is for another organisation to do.")
    return party


def _workable(taking: Taking, number: Any, field: str) -> EvidenceItem:
    """An item this person may work on: one of their body’s and, for a contributor, one handed to them."""
    item = next((one for one in of(taking.facts).items if one.id == int(number)), None)
    if item is None or item.party_id != own_part(taking).id:
        raise Invalid("That item is not one of yours.", field)
    if taking.intent.role == "contributor" and not handed_to([item], taking.by.person_id or 0):
        raise Refused(f"Item {item.number} was not handed to you.")
    return item


def _touched(taking: Taking, items: list[int]) -> None:
    taking.concerns(own_part(taking))
    taking.about(item=items)


def _save(taking: Taking, item: EvidenceItem, row: Mapping[str, Any]) -> None:
    if row.get("version") not in (None, "") and int(row["version"]) != item.version:
        raise Conflict(CHANGED.format(item.number))
    waits, said = not is_answered(item), (item.answer, item.mark, item.ground)
    if "answer" in row:
        item.answer = row["answer"]
    item.mark = row.get("mark") or item.mark or "none"
    if "ground" in row or item.mark == "none":
        item.ground = row.get("ground") or None
    if "hand_to" in row:
        hand(item, row["hand_to"], taking.by)
    elif taking.data.get("hand_to"):
        hand(item, taking.data["hand_to"], taking.by)
    if "answer" in row or said != (item.answer, item.mark, item.ground):
        item.answered_by_id = taking.by.person_id
    item.version = (item.version or 0) + 1
    if waits and said == (item.answer, item.mark, item.ground):
        _still_waits(item)


def _still_waits(item: EvidenceItem) -> None:
    """What was returned or sent back and only handed on since is not answered anew."""
    if item.returned_version is not None:
        item.returned_version = item.version
    if item.sent_back_version is not None:
        item.sent_back_version = item.version


def _grounded(item: EvidenceItem, field: str) -> None:
    if item.mark in UNSENT and not item.ground:
        raise Invalid(NO_GROUND.format(item.number), field)
