"""A step being taken: what its effect is given, and what it may say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast

from regulator import moments
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.db import Base, db
from regulator.documents.store import Stored
from regulator.ledger import Intent
from regulator.regime.events import Event, Key
from regulator.regime.model import LetterUse, Step

Row = TypeVar("Row", bound=Base)


@dataclass
class Taking:
    """One step on one case, inside its transaction: an effect reads `data` and writes rows.

    data:  the answers, typed, by the names of the step’s fields
    files: what was given with it, already in the store
    words: more words for its sentences and letters
    them:  whom it answers, body or complainant, where that is not plain from who takes it
    files_for: who may have its files, where those are others than are told of it
    letters: what it sends beside the letters of its row
    """

    step: Step
    facts: Facts
    by: Actor
    intent: Intent
    data: dict[str, Any]
    files: Sequence[Stored] = ()
    words: dict[str, str] = field(default_factory=dict)
    them: str | None = None
    files_for: Collection[str] = ()
    letters: list[LetterUse] = field(default_factory=list)
    seq: int = 0

    @property
    def case_id(self) -> int:
        """The case’s number."""
        return self.facts.case.id

    @property
    def on(self) -> date:
        """The London day on which it occurred."""
        return moments.london_day(self.intent.occurred)

    def label(self, field: str) -> str:
        """An answer by code, in the words of the edition."""
        asked = next(one for one in self.step.fields if one.name == field)
        choices = editions.editions()[self.facts.case.edition].choices(asked.choices or "")
        return next((choice.label for choice in choices if choice.code == self.data.get(field)), "")

    def add(self, row: Row) -> Row:
        """Write a new row, and give it its number."""
        db.session.add(row)
        db.session.flush()
        return row

    def concerns(self, party: Party) -> None:
        """Say which body’s part in the case this is about: no other body is told."""
        self.intent.party_id = party.id
        self.intent.keys["party"] = party.id

    def about(self, **things: Key | Sequence[int] | Mapping[str, int]) -> None:
        """Say which things it is about (request, recommendation, step of a notice), for the clocks counted by them.

        Several are a list, an empty list says that there are none, and a table gives for each the part it belongs to.
        """
        cast("dict[str, Any]", self.intent.keys).update(things)

    @property
    def concerned(self) -> list[Party]:
        """The bodies’ parts in the case that it is about: those it names, or all of them.

        A table, which says of each thing whose it is, names nobody: a report goes to all, whoever is recommended what.
        """
        named = cast("int | Sequence[int] | Mapping[str, int] | None", self.intent.keys.get("party"))
        several = () if named is None or isinstance(named, int | Mapping) else named
        numbers = {named} if isinstance(named, int) else set(several)
        return [party for party in self.facts.subjects if party.id in numbers or not numbers]

    def event(self, data: Mapping[str, Any]) -> Event:
        """The step as the clocks see it."""
        intent = self.intent
        return Event(
            seq=self.seq,
            step=self.step.name,
            occurred=intent.occurred,
            is_day=intent.is_day,
            recorded=intent.recorded,
            by_person=self.by.person_id,
            by_role=intent.role,
            from_stage=intent.stage_from,
            to_stage=intent.stage_to or "",
            data=data,
            keys=dict(intent.keys),
        )
