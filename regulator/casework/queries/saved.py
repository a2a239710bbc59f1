"""The lists that somebody keeps by a name of their own."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import SavedList
from regulator.db import ask_as, db


@dataclass(frozen=True)
class SavedRow:
    """A list kept: its name, and what its address asks for after the question mark."""

    id: int
    name: str
    asked: str


_SAVED = (
    sa.select(SavedList.id, SavedList.name, SavedList.asked)
    .where(SavedList.person_id == sa.bindparam("person"))
    .order_by(sa.func.lower(SavedList.name), SavedList.id)
)


def saved_lists(*, by: Actor) -> list[SavedRow]:
    """The lists that `by` keeps, by name."""
    ask_as(by)
    return [SavedRow(*row) for row in db.session.execute(_SAVED, {"person": by.person_id})]
