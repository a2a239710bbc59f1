"""A case as the judge sees it, and the people before it."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from regulator.actors import Actor, Side
from regulator.errors import NotNow, Refused
from regulator.regime.judge import judge, offered
from tests.rules.small_kind import KIND, Told, accepted, person

CASEWORKER = person(2, "caseworker")
MANAGER = person(5, "manager")
CONTACT = person(7, "contact", side=Side.body)
COMPLAINANT = Actor("Ada", frozenset({"complainant"}), Side.complainant)
ADMINISTRATOR = person(9, "administrator", side=Side.administration)


@dataclass
class Case:
    """A case as the judge sees it: told events, what it is to each person, and the needs that do not hold."""

    told: Told
    kind: object = KIND
    mine: dict = field(default_factory=dict)
    lacks: dict = field(default_factory=dict)

    @property
    def events(self):
        return self.told.events

    @property
    def stage(self):
        return self.events[-1].to_stage if self.events else ""

    def relations(self, by):
        return frozenset(self.mine.get(by.name, ()))

    def unmet(self, need, _step, _by):
        return self.lacks.get(need)


def received(**more):
    """A complaint just received."""
    return Case(Told()("submit", "2026-03-02"), **more)


def declining():
    """A complaint that person 5 proposed to decline."""
    return Case(
        Told()("submit", "2026-03-02")("acknowledge", "2026-03-03")("propose_decline", "2026-03-04", by=5)
    )


def looking(**more):
    """An accepted complaint, the complainant’s and the force’s own."""
    return Case(accepted(), mine={"Ada": {"own_case"}, "Person 7": {"own_body"}}, **more)


def refusal(step, case, by, **when):
    """The error and its sentence."""
    with pytest.raises((Refused, NotNow)) as raised:
        judge(KIND.steps[step], case, by, **when)
    return type(raised.value), raised.value.sentence


def opened(case, by):
    """The steps open to somebody now."""
    return [offer.step.name for offer in offered(case, by) if offer.open]
