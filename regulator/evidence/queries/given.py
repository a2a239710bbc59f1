"""Which files were given with which items: read from what a body was told of its own entries, where its answers stand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import Party
from regulator.db import ask_as, db
from regulator.documents.queries import DocumentRow
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.queries.requests import in_my_team
from regulator.ledger.models import Entry, EntryWords

DRAFTING = ("answer_account_item", "answer_item")
ASKING = ("request_account", "request_evidence")
COMMENTING = ("comment_on_view", "comment_on_draft")
Moment: TypeAlias = "tuple[str, datetime]"
"""A step and when its entry was recorded, by which its files are known."""

_CASE: sa.BindParameter[int] = sa.bindparam("case")
_WORDS = (
    sa.select(Entry.step, Entry.recorded, EntryWords.words)
    .join(EntryWords, sa.and_(EntryWords.entry_id == Entry.id, EntryWords.audience == "body_only"))
    .where(Entry.case_id == _CASE, Entry.step.in_(DRAFTING))
)
_ASKED = (
    sa.select(Entry.step, Entry.recorded)
    .join(Party, Party.id == Entry.party_id)
    .where(Entry.case_id == _CASE, Entry.step.in_(ASKING))
    .order_by(Entry.seq)
)
_IS_MINE = sa.or_(EvidenceItem.handed_to_id == sa.bindparam("me"), in_my_team())
_REQUESTS = (
    sa.select(EvidenceRequest.id, sa.func.bool_or(_IS_MINE))
    .join(EvidenceItem, EvidenceItem.request_id == EvidenceRequest.id)
    .where(EvidenceRequest.case_id == _CASE)
    .group_by(EvidenceRequest.id)
    .order_by(EvidenceRequest.id)
)
_MINE = sa.select(EvidenceItem.id).where(EvidenceItem.case_id == _CASE, _IS_MINE)


def items_given_with(case_id: int, *, by: Actor) -> Mapping[Moment, frozenset[int]]:
    """The items that each entry of a body’s own answers was about."""
    ask_as(by)
    rows = db.session.execute(_WORDS, {"case": case_id})
    return {(step, recorded): _items(words) for step, recorded, words in rows}


def _items(words: str) -> frozenset[int]:
    answers = json.loads(words).get("fields", {}).get("item_answer") or ()
    return frozenset(int(row["item"]) for row in answers)


def with_items(
    files: Sequence[DocumentRow], given: Mapping[Moment, frozenset[int]]
) -> Mapping[int, Sequence[DocumentRow]]:
    """The files given with each item, by the number of the item."""
    found: dict[int, list[DocumentRow]] = {}
    for file in files:
        own = frozenset({file.item_id}) if file.item_id else frozenset()
        for item in own or given.get((file.step, file.given_at), frozenset()):
            found.setdefault(item, []).append(file)
    return found


def for_contributor(files: Sequence[DocumentRow], by: Actor) -> list[DocumentRow]:
    """Of a body’s files those a contributor may have: of items and requests handed to them, and of comments."""
    kept: list[DocumentRow] = []
    for case in sorted({file.case_id for file in files}):
        moments, mine = _theirs(case, by)
        own = [file for file in files if file.case_id == case]
        kept += [
            file
            for file in own
            if file.step in COMMENTING
            or (file.item_id in mine if file.item_id else (file.step, file.given_at) in moments)
        ]
    return kept


def _theirs(case_id: int, by: Actor) -> tuple[set[Moment], set[int]]:
    """When files were given that they may have, and the items that are theirs, whose own files they may have."""
    asked = {"case": case_id, "me": by.person_id}
    given = items_given_with(case_id, by=by)
    mine = set(db.session.scalars(_MINE, asked))
    moments = {moment for moment, items in given.items() if not mine.isdisjoint(items)}
    requests = db.session.execute(_REQUESTS, asked).all()
    entries = db.session.execute(_ASKED, asked).all()
    for (_, is_mine), (step, recorded) in zip(requests, entries, strict=False):
        if is_mine:
            moments.add((step, recorded))
    return moments, mine
