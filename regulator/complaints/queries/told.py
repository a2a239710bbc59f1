"""What the complainant was told, for staff who write to them next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor
from regulator.db import ask_as, db
from regulator.ledger.models import Entry, EntryWords


@dataclass(frozen=True)
class Line:
    """One entry as the complainant reads it, with the London day on which it happened."""

    step: str
    on: date
    says: str


_TOLD = (
    sa.select(Entry.step, Entry.occurred, EntryWords.words)
    .join(EntryWords, EntryWords.entry_id == Entry.id)
    .where(
        Entry.case_id == sa.bindparam("case"),
        Entry.seq > sa.bindparam("after"),
        EntryWords.audience == "complainant",
    )
    .order_by(Entry.occurred, Entry.seq)
)


def told_since(case_id: int, after: int, *, by: Actor) -> list[Line]:
    """What the complainant reads of everything after an entry, the oldest first, as far as `by` may read it."""
    ask_as(by)
    rows = db.session.execute(_TOLD, {"case": case_id, "after": after})
    return [
        Line(step, moments.london_day(occurred), json.loads(kept).get("says", ""))
        for step, occurred, kept in rows
    ]
