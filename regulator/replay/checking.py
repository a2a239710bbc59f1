"""Whether what a story expects holds in its case now, and what was found where it does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.steps import offers
from regulator.regime.judge import Offer
from regulator.regime.running import How, Running
from regulator.replay.story import Expected, What


@dataclass
class Sight:
    """The case as it is seen now; what each person is offered is asked once.

    person: finds whoever is called so, or another holder of a role
    """

    case_id: int
    person: Callable[[str], Actor]
    by: Actor
    _offers: dict[str, dict[str, Offer]] = field(default_factory=dict)
    _known: Facts | None = None

    @property
    def known(self) -> Facts:
        """The facts of the case."""
        if self._known is None:
            self._known, _ = offers(self.case_id, by=self.by)
        return self._known

    def offer(self, who: str, step: str) -> Offer | None:
        """A step as one person is offered it; none where it is not theirs at all."""
        if who not in self._offers:
            _, found = offers(self.case_id, by=self.person(who), everywhere=True)
            self._offers[who] = {offer.step.name: offer for offer in found}
        return self._offers[who].get(step)

    def running(self, expected: Expected) -> list[Running]:
        """The clocks of the name that is expected, of one body where it says which."""
        parts = self._parts(expected.body) if expected.body else None
        named = [one for one in self.known.running if one.name == expected.about]
        return [one for one in named if parts is None or one.keys.get("party") in parts]

    def _parts(self, body: str) -> set[int]:
        bodies = self.known.bodies
        return {party.id for party in self.known.parties if bodies[party.body_id].slug == body}

    def label(self, clock: str) -> str:
        """A clock as people call it."""
        return f"“{self.known.kind.clocks[clock].label}”"


@dataclass(frozen=True)
class Outcome:
    """An expectation in words, and what was found instead where it is broken."""

    says: str
    instead: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether it holds."""
        return not self.instead


def check(expected: Expected, sight: Sight) -> Outcome:
    """Whether one expectation holds now."""
    return _CHECKS[expected.what](expected, sight)


def _stage(expected: Expected, sight: Sight) -> Outcome:
    stages = sight.known.kind.stages
    says = f"it stands at “{stages[expected.value].label}”"
    stage = sight.known.stage
    return Outcome(says, "" if stage == expected.value else f"it stands at “{stages[stage].label}”")


def _due(expected: Expected, sight: Sight) -> Outcome:
    wanted: list[date] = expected.value
    says = f"{_clock(expected, sight)} is due on {_days(wanted)}"
    running = [one for one in sight.running(expected) if one.is_open]
    last = [one for one in running if one.started == running[-1].started] if len(wanted) == 1 else running
    found = sorted({one.last_day for one in last})
    if not found:
        return Outcome(says, "it does not run")
    return Outcome(says, "" if found == wanted else f"it is due on {_days(found)}")


def _days(days: list[date]) -> str:
    return _and([words.day(day) for day in days])


def _and(named: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(named[:-1]), *named[-1:]]))


def _clock(expected: Expected, sight: Sight) -> str:
    return sight.label(expected.about) + (f" of {expected.body}" if expected.body else "")


def _overdue(expected: Expected, sight: Sight) -> Outcome:
    found = {one.name for one in sight.known.running if one.is_overdue(moments.now())}
    says = _listed(expected.value, sight)
    return Outcome(says, "" if found == expected.value else _listed(found, sight))


def _listed(clocks: frozenset[str] | set[str], sight: Sight) -> str:
    named = [sight.label(clock) for clock in sorted(clocks)]
    if not named:
        return "nothing is overdue"
    return f"{_and(named)} {'is' if len(named) == 1 else 'are'} overdue"


def _met(expected: Expected, sight: Sight) -> Outcome:
    return _ended(expected, sight, late=False)


def _met_late(expected: Expected, sight: Sight) -> Outcome:
    return _ended(expected, sight, late=True)


def _ended(expected: Expected, sight: Sight, *, late: bool) -> Outcome:
    """Whether a clock was met, in time or late, the last time that it was met at all."""
    said = {False: "was met in time", True: "was met late"}
    says = f"{_clock(expected, sight)} {said[late]}"
    met = [one for one in sight.running(expected) if one.ended and one.ended.how is How.met]
    if not met:
        return Outcome(says, "it was not met")
    found = met[-1].is_late_met
    return Outcome(says, "" if found is late else f"it {said[found]}")


def _may(expected: Expected, sight: Sight) -> Outcome:
    offer = sight.offer(expected.about, expected.value)
    says = f"{_who(expected, sight)} may take “{_step(expected, sight)}”"
    if offer is None:
        return Outcome(says, "that is not a step of theirs here")
    return Outcome(says, "" if offer.open else offer.reasons[0])


def _may_not(expected: Expected, sight: Sight) -> Outcome:
    offer = sight.offer(expected.about, expected.value)
    says = f"{_who(expected, sight)} may not take “{_step(expected, sight)}”"
    return Outcome(says, "they may" if offer and offer.open else "")


def _who(expected: Expected, sight: Sight) -> str:
    return sight.person(expected.about).name


def _step(expected: Expected, sight: Sight) -> str:
    return sight.known.kind.steps[expected.value].label


_CHECKS: Mapping[What, Callable[[Expected, Sight], Outcome]] = {
    What.stage: _stage,
    What.due: _due,
    What.overdue: _overdue,
    What.met: _met,
    What.met_late: _met_late,
    What.may: _may,
    What.may_not: _may_not,
}
