"""The one place that answers whether somebody may take a step now, and if not, why not.

Permission is about the person (role, whose, not by) and refuses; a fact about the case (stage, time, needs) says not now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol

from regulator.actors import Actor, Side
from regulator.deadlines.london import london_day, spoken, spoken_moment
from regulator.errors import NotNow, Refused
from regulator.language import later
from regulator.regime.events import Event, effective, passed
from regulator.regime.model import Kind, Step
from regulator.regime.telling import done_by_you, to_do, who_may

AUDIENCE: Final = {
    Side.staff: "staff",
    Side.system: "staff",
    Side.body: "body",
    Side.oversight: "oversight",
    Side.complainant: "complainant",
    Side.public: "complainant",
}
NOT_YOURS: Final = {
    "own_case": later("This is somebody else’s case."),
    "own_body": "This is for another organisation to do.",
    "overseen_body": "This is for an organisation that oversees it to do.",
    "own_item": "Nothing on this case has been handed to you to answer.",
}
NOT_HERE: Final = later("This cannot be done at the point the case has reached.")


class Facts(Protocol):
    """What the judge asks about a case; each answer is a fact, whoever acts."""

    @property
    def kind(self) -> Kind:
        """The rules of the case: those of its own edition."""

    @property
    def stage(self) -> str:
        """Where it stands."""

    @property
    def events(self) -> Sequence[Event]:
        """What happened to it, in recorded order."""

    def relations(self, by: Actor) -> frozenset[str]:
        """What the case is to this person: own_case, own_body, own_item."""

    def unmet(self, need: str, step: Step, by: Actor) -> str | None:
        """The sentence to show while `need` does not hold, or None when it does."""


@dataclass(frozen=True)
class Offer:
    """One step for one person: open to them now, or the reasons it is not."""

    step: Step
    open: bool
    reasons: tuple[str, ...] = ()


def judge(
    step: Step,
    facts: Facts,
    by: Actor,
    *,
    occurred: datetime | None = None,
    is_day: bool = False,
    as_at: datetime | None = None,
) -> None:
    """Return if this person may take the step now; otherwise raise the first reason why not.

    occurred: when it is said to have happened (UTC), the day alone if `is_day`; judged against `as_at`, the present
    Raises:   Refused for who is asking, NotNow for how the case stands; the sentence is fit to show
    """
    hearing = _Hearing(facts, by)
    for sentence in hearing.against_person(step):
        raise Refused(sentence)
    for sentence in hearing.against_case(step):
        raise NotNow(sentence)
    if occurred is not None:
        late = untimely(facts.events, occurred, is_day=is_day, as_at=as_at or occurred, moves=step.moves)
        if late is not None:
            raise NotNow(late)


def offered(facts: Facts, by: Actor, *, everywhere: bool = False) -> list[Offer]:
    """What this person may do on the case now and, for the other steps of their roles, why not; in edition order.

    everywhere: with the steps that belong to other stages
    """
    hearing = _Hearing(facts, by)
    offers = []
    for step in facts.kind.steps.values():
        is_near = hearing.stage in step.from_ or (everywhere and not step.opens)
        if is_near and not hearing.seeing.isdisjoint(step.who):
            reasons = (*hearing.against_person(step), *hearing.against_case(step))
            offers.append(Offer(step.read_by(hearing.audience), not reasons, reasons))
    return offers


class _Hearing:
    """One person before one case: what the judge looks up once, however many steps are asked about."""

    def __init__(self, facts: Facts, by: Actor) -> None:
        self.facts, self.by, self.kind, self.stage = facts, by, facts.kind, facts.stage
        self.audience = AUDIENCE.get(by.side, "nobody")
        self.seeing = by.roles if self._sees() else frozenset()

    def _sees(self) -> bool:
        """Whether the case, where it stands, is one that somebody on this side may see."""
        here = self.kind.stages.get(self.stage)
        if here is None or not here.seen_by(self.audience):
            return False
        is_shown = self.kind.shows(self.audience, passed(self.facts.events))
        return self.audience not in self.kind.shown_from or is_shown

    @cached_property
    def relations(self) -> frozenset[str]:
        return self.facts.relations(self.by)

    @cached_property
    def done(self) -> frozenset[str]:
        """What this person did in the whole life of the case, taken back or not."""
        person = self.by.person_id
        return frozenset(e.step for e in self.facts.events if person is not None and e.by_person == person)

    def against_person(self, step: Step) -> Iterator[str]:
        """Why this person may not; one of their roles is enough."""
        held = [role for role in step.who if role in self.by.roles]
        if not held:
            yield f"Only {who_may(step)} can do this."
            return
        if not step.opens:
            yield from self._not_theirs(step, [role for role in held if role in self.seeing])
        if barring := next((name for name in step.not_by if name in self.done), None):
            yield f"You {done_by_you(self.kind, barring)}, so someone else must {to_do(step.read_by(self.audience))}."

    def _not_theirs(self, step: Step, held: Sequence[str]) -> Iterator[str]:
        needed = [step.whose.get(role) for role in held]
        if not needed:
            yield NOT_HERE
        elif not any(relation is None or relation in self.relations for relation in needed):
            yield NOT_YOURS.get(needed[0] or "", NOT_YOURS["own_case"])

    def against_case(self, step: Step) -> Iterator[str]:
        """Why not now: elsewhere first, for what a step needs is told only where it can be taken."""
        if not step.opens and self.stage not in step.from_:
            yield self._elsewhere(step)
            return
        if not step.opens:
            for need in self.kind.always:
                if sentence := self.facts.unmet(need, step, self.by):
                    yield sentence
                    return
        for need in step.needs:
            if sentence := self.facts.unmet(need, step, self.by):
                yield sentence

    def _elsewhere(self, step: Step) -> str:
        """Names of stages are the regulator’s own words; outsiders are not told where else a case might stand."""
        if self.audience != "staff":
            return NOT_HERE
        stages = self.kind.stages
        where = [stages[name].label for name in stages if name in step.from_]
        listed = " or ".join(filter(None, [", ".join(where[:-1]), *where[-1:]]))
        return f"This case is at {stages[self.stage].label}; you can do this only at {listed}."


def untimely(
    events: Sequence[Event], occurred: datetime, *, is_day: bool, as_at: datetime, moves: bool
) -> str | None:
    """Why something cannot have occurred then, or None: not in the future, nor before the case was opened.

    moves: a stage move cannot have occurred before the last one either; anything else can be recorded late
    """
    if _after(occurred, as_at, is_day):
        said = spoken(london_day(occurred)) if is_day else spoken_moment(occurred)
        return f"{said} has not come yet, so this cannot have happened then."
    told = [event for event in effective(events) if event.moves]
    if told and _before(occurred, is_day, told[0]):
        return (
            f"This case was opened on {spoken(told[0].occurred_day)}, so this cannot have happened earlier."
        )
    if moves and told and _before(occurred, is_day, told[-1]):
        since = _said(told[-1])
        return f"The case has stood where it is since {since}, so this cannot have happened earlier."
    return None


def _after(occurred: datetime, as_at: datetime, is_day: bool) -> bool:
    return london_day(occurred) > london_day(as_at) if is_day else occurred > as_at


def _before(occurred: datetime, is_day: bool, event: Event) -> bool:
    """Whether `occurred` comes before the event, by as much as is known of both."""
    if is_day or event.is_day:
        return london_day(occurred) < event.occurred_day
    return occurred < event.occurred


def _said(event: Event) -> str:
    return spoken(event.occurred_day) if event.is_day else spoken_moment(event.occurred)
