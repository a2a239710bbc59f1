"""What happened to a case, as each audience may read it: newest first, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor, Side
from regulator.db import ask_as, db
from regulator.ledger.models import Entry, EntryWords

PAGE = 50
MANY = 200
_AUDIENCES: Mapping[Side, tuple[str, ...]] = {
    Side.staff: ("internal",),
    Side.body: ("body", "body_only"),
    Side.complainant: ("complainant",),
    Side.oversight: ("oversight",),
    Side.public: ("public",),
}


@dataclass(frozen=True)
class Told:
    """One entry, as its reader is told of it.

    says:     the sentence; fields: the answers meant for this reader, by the names of the step’s fields
    occurred: a London day, or a moment where it is known
    is_theirs: the entry is the reader’s own body’s alone
    was_at, went_to: the stage before and after; told to staff alone, with who else saw it
    is_erased: its words were lawfully erased
    """

    seq: int
    step: str
    by_role: str
    occurred: date | datetime
    recorded: datetime
    party_id: int | None
    says: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    is_theirs: bool = False
    was_at: str | None = None
    went_to: str | None = None
    for_body: bool = False
    for_complainant: bool = False
    keys: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    by_person_id: int | None = None
    is_erased: bool = False

    @property
    def moves(self) -> bool:
        """Whether the stage changed, or the case was opened."""
        return self.was_at != self.went_to


_EVERYONE = (
    Entry.seq,
    Entry.step,
    Entry.by_role,
    Entry.occurred,
    Entry.occurred_is_day,
    Entry.recorded,
    Entry.party_id,
    EntryWords.words,
    EntryWords.audience,
)
_STAFF = (
    Entry.stage_from,
    Entry.stage_to,
    Entry.for_body,
    Entry.for_complainant,
    Entry.keys,
    Entry.data,
    Entry.by_person_id,
)
_CASE: sa.BindParameter[int] = sa.bindparam("case")
_BEFORE: sa.BindParameter[int] = sa.bindparam("before")
_AFTER: sa.BindParameter[int] = sa.bindparam("after")
NEWEST = 2**31 - 1


def _asked(side: Side) -> sa.Select[Any]:
    columns = (*_EVERYONE, *_STAFF) if side is Side.staff else _EVERYONE
    words = sa.and_(EntryWords.entry_id == Entry.id, EntryWords.audience.in_(_AUDIENCES[side]))
    return (
        sa.select(*columns)
        .outerjoin(EntryWords, words)
        .where(Entry.case_id == _CASE, Entry.seq < _BEFORE, Entry.seq > _AFTER)
        .order_by(Entry.seq.desc())
        .limit(sa.bindparam("most"))
    )


_QUERIES = {side: _asked(side) for side in _AUDIENCES}


def timeline(
    case_id: int, *, by: Actor, before: int | None = None, after: int = 0, limit: int = PAGE
) -> list[Told]:
    """What happened to a case, as `by` may read it, the newest first.

    before, after: numbers of entries: only those in between
    """
    if by.side not in _QUERIES:
        return []
    ask_as(by)
    asked = {"case": case_id, "before": min(before or NEWEST, NEWEST), "after": after, "most": limit}
    found = [_told(row) for row in db.session.execute(_QUERIES[by.side], asked).mappings()]
    if by.side is Side.body and not by.reads_own:
        return [one for one in found if one.says and not one.is_theirs]
    # An entry told to a body may keep words of rows for the body alone beside its sentence: that is no second line.
    return [one for one in found if one.says or not one.is_theirs]


def sentence_of(case_id: int, seq: int, *, by: Actor) -> str:
    """What `by` is told of one entry; empty when it is not told to them."""
    found = timeline(case_id, by=by, before=seq + 1, after=seq - 1, limit=1)
    return found[0].says if found else ""


def _told(row: sa.RowMapping) -> Told:
    words = json.loads(row["words"]) if row["words"] else {}
    occurred: datetime = row["occurred"]
    told = Told(
        seq=row["seq"],
        step=row["step"],
        by_role=row["by_role"],
        occurred=moments.london_day(occurred) if row["occurred_is_day"] else occurred,
        recorded=row["recorded"],
        party_id=row["party_id"],
        says=words.get("says", ""),
        fields=words.get("fields", {}),
        is_theirs=row["audience"] == "body_only",
        is_erased=row["words"] is None,
    )
    if "stage_to" not in row:
        return told
    return Told(
        **{
            **vars(told),
            "was_at": row["stage_from"],
            "went_to": row["stage_to"],
            "for_body": row["for_body"],
            "for_complainant": row["for_complainant"],
            "keys": row["keys"],
            "data": row["data"],
            "by_person_id": row["by_person_id"],
        }
    )
