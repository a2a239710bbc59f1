"""The people of a story: invented holders of roles, who join for it and leave when it is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from regulator import ledger
from regulator.accounts import roles
from regulator.accounts.authority import OPERATOR
from regulator.accounts.commands import leave
from regulator.accounts.commands.joining import add_person, hold
from regulator.accounts.queries import overseer_of
from regulator.actors import Actor, Side
from regulator.errors import Missing, NotNow
from regulator.regime.model import Role
from regulator.replay.expectations import OF
from regulator.replay.story import Member, Story

SIDES = {
    "regulator": Side.staff,
    "body": Side.body,
    "oversight": Side.oversight,
    "outside": Side.public,
}


@dataclass(frozen=True)
class Cast:
    """Who can act in a story.

    reference: of its first case
    bodies:    by slug, the first being the one that people work for unless their line says otherwise
    on:        the day on which it begins
    """

    story: Story
    reference: str
    bodies: Mapping[str, int]
    on: date

    def join(self) -> dict[str, Actor]:
        """Everybody in the story, by name. Who works for the regulator or a body is written down as a person.

        Raises: Missing where nobody oversees a body
        """
        return {name: self._joined(name, member) for name, member in self.story.people.items()}

    def _joined(self, name: str, member: Member) -> Actor:
        side = self._side(member.roles[0])
        home = self._home(side, member.body or member.oversees)
        number = None if side is Side.public else self._person(name, member.roles, home)
        return Actor(name, frozenset(member.roles), side, number, home)

    def _home(self, side: Side, slug: str) -> int | None:
        """The body somebody works for: the one named, or the one that oversees the one named."""
        if side not in (Side.body, Side.oversight):
            return None
        if slug and slug not in self.bodies:
            raise Missing(f"“{slug}” is none of the bodies of this story.")
        body = self.bodies[slug] if slug else next(iter(self.bodies.values()))
        if side is Side.body:
            return body
        overseer = overseer_of(body, self.on)
        if overseer is None:
            raise Missing(f"nobody oversees “{slug or next(iter(self.bodies))}”.")
        return overseer.id

    def _person(self, name: str, held: tuple[str, ...], home: int | None) -> int:
        email = f"{name.lower().replace(' ', '.')}@{self.reference.lower()}.invalid"
        with ledger.change("add_person", by=OPERATOR, streams=[]) as intent:
            person = add_person(name, email, home, None, self.on)
            intent.join(f"person:{person.id}")
            for role in held:
                hold(person, role, self.on)
            case = f"documented case {self.story.number}"
            intent.tell("internal", f"{name} was made for the replay of {case}: {roles.labels(held)}.")
            return person.id

    def somebody_else(self, called: str, case_id: int) -> Actor:
        """Another holder of a role, who has done nothing in the case: `contact`, or `contact of gwent`."""
        role, _, slug = called.partition(OF)
        side, label = self._side(role), self._roles[role].label.lower()
        if side is Side.public:
            return claimant(Actor(f"The {label}", frozenset({role}), side), case_id)
        return Actor(f"Another {label}", frozenset({role}), side, body_id=self._home(side, slug))

    def _side(self, role: str) -> Side:
        return SIDES[self._roles[role].side]

    @property
    def _roles(self) -> Mapping[str, Role]:
        return self.story.roles


def claimant(by: Actor, case_id: int) -> Actor:
    """Somebody outside, once the case is open: they hold its code."""
    return Actor(by.name, by.roles, Side.complainant, case_id=case_id)


def dismiss(people: Iterable[Actor]) -> None:
    """Let everybody leave who owns no open case: today’s work is not for the people of a story."""
    for person in people:
        if person.person_id is not None:
            with suppress(NotNow):
                leave(person.person_id, by=OPERATOR)
