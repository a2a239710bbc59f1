"""The people of a story: invented holders of roles, who join for it and leave when it is told."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from regulator import ledger
from regulator.accounts import roles
from regulator.accounts.authority import OPERATOR
from regulator.accounts.commands import leave
from regulator.accounts.commands.joining import add_person, hold
from regulator.actors import Actor, Side
from regulator.errors import NotNow
from regulator.replay.story import Story

SIDES = {"regulator": Side.staff, "body": Side.body, "outside": Side.public}


@dataclass(frozen=True)
class Cast:
    """Who can act in a story whose case has this reference, and is about this body."""

    story: Story
    reference: str
    body: int

    def join(self, on: date) -> dict[str, Actor]:
        """Everybody in the story, by name. Who works for the regulator or the body is written down as a person."""
        return {name: self._joined(name, held, on) for name, held in self.story.people.items()}

    def _joined(self, name: str, held: tuple[str, ...], on: date) -> Actor:
        side = self._side(held[0])
        home = self.body if side is Side.body else None
        number = None if side is Side.public else self._person(name, held, home, on)
        return Actor(name, frozenset(held), side, number, home)

    def _person(self, name: str, held: tuple[str, ...], home: int | None, on: date) -> int:
        email = f"{name.lower().replace(' ', '.')}@{self.reference.lower()}.invalid"
        with ledger.change("add_person", by=OPERATOR, streams=[]) as intent:
            person = add_person(name, email, home, None, on)
            intent.join(f"person:{person.id}")
            for role in held:
                hold(person, role, on)
            case = f"documented case {self.story.number}"
            intent.tell("internal", f"{name} was made for the replay of {case}: {roles.labels(held)}.")
            return person.id

    def somebody_else(self, role: str, case_id: int) -> Actor:
        """Another holder of a role, who has done nothing in the case."""
        side, label = self._side(role), self.story.edition.roles[role].label.lower()
        if side is Side.public:
            return claimant(Actor(f"The {label}", frozenset({role}), side), case_id)
        home = self.body if side is Side.body else None
        return Actor(f"Another {label}", frozenset({role}), side, body_id=home)

    def _side(self, role: str) -> Side:
        return SIDES[self.story.edition.roles[role].side]


def claimant(by: Actor, case_id: int) -> Actor:
    """Somebody outside, once the case is open: they hold its code."""
    return Actor(by.name, by.roles, Side.complainant, case_id=case_id)


def dismiss(people: Iterable[Actor]) -> None:
    """Let everybody leave who owns no open case: today’s work is not for the people of a story."""
    for person in people:
        if person.person_id is not None:
            with suppress(NotNow):
                leave(person.person_id, by=OPERATOR)
