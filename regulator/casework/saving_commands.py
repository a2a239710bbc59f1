"""Keeping a list by name, and letting it go: each is one change in the chain of whoever keeps it."""

from __future__ import annotations

import sqlalchemy as sa

from regulator import ledger
from regulator.actors import Actor
from regulator.casework.models import SavedList
from regulator.db import db
from regulator.errors import Invalid, Missing, NotNow

MOST = 20
"""More would be a list of lists."""
LONGEST = 60


def save_list(name: str, asked: str, *, by: Actor) -> None:
    """Keep a list by a name; nobody else sees it.

    asked:  what its address asks for, after the question mark
    Raises: Invalid without a name, and for one that another of their lists has; NotNow where they keep many
    """
    tidy = " ".join(name.split())[:LONGEST]
    if not tidy:
        raise Invalid("Enter a name for the list.", "name")
    with ledger.change("save_list", by=by, streams=[f"person:{by.person_id}"]) as intent:
        kept = _of(by)
        if len(kept) >= MOST:
            raise NotNow(f"You keep {MOST} lists. Let one go first.")
        if any(one.name.lower() == tidy.lower() for one in kept):
            raise Invalid("You have a list of that name already.", "name")
        db.session.add(SavedList(person_id=by.person_id, name=tidy, asked=asked))
        intent.tell("internal", f"{by.name} kept a list of work by a name.")


def forget_list(number: int, *, by: Actor) -> None:
    """Let a list of one’s own go; the cases in it stay as they are.

    Raises: Missing for a list that is not theirs
    """
    with ledger.change("forget_list", by=by, streams=[f"person:{by.person_id}"]) as intent:
        found = next((one for one in _of(by) if one.id == number), None)
        if found is None:
            raise Missing("You keep no such list.")
        db.session.delete(found)
        intent.tell("internal", f"{by.name} let a list of work go.")


def _of(by: Actor) -> list[SavedList]:
    return list(db.session.scalars(sa.select(SavedList).where(SavedList.person_id == by.person_id)))
