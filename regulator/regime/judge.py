"""The one place that answers whether somebody may take a step now, and if not, why not.

Permission is about the person (role, whose, not by) and refuses; a fact about the case (stage, time, needs) says not now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from regulator.actors import Actor, Side
from regulator.deadlines.london import london_day, spoken, spoken_moment
from regulator.errors import NotNow, Refused
from regulator.regime.events import Event, effective, visited
from regulator.regime.model import Kind, Step
from regulator.regime.telling import done_by_you, to_do, who_may

AUDIENCE: Final = {
    Side.staff: "staff",
    Side.system: "staff",
    Side.body: "body",
    Side.complainant: "complainant",
    Side.public: "complainant",
}
NOT_YOURS: Final = {
    "own_case": "This is somebody else’s case.",
    "own_body": "This is for another organisation to do.",
    "own_item": "Nothing on this case has been handed to you to answer.",
}
NOT_HERE: Final = "This cannot be done at the point the case has reached."


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
    for sentence in _against_person(step, facts, by):
        raise Refused(sentence)
    for sentence in _against_case(step, facts, by):
        raise NotNow(sentence)
    if occurred is not None:
        late = untimely(facts.events, occurred, is_day=is_day, as_at=as_at or occurred, moves=step.moves)
        if late is not None:
            raise NotNow(late)


def offered(facts: Facts, by: Actor, *, everywhere: bool = False) -> list[Offer]:
    """What this person may do on the case now and, for the other steps of their roles, why not; in edition order.

    everywhere: with the steps that belong to other stages
    """
    offers = []
    for step in facts.kind.steps.values():
        if step.opens or not by.holds(*step.who):
            continue
        here = facts.stage in step.from_
        if not (here or everywhere) or not _sees(step, facts, by):
            continue
        reasons = (*_against_person(step, facts, by), *_against_case(step, facts, by))
        offers.append(Offer(step, not reasons, reasons))
    return offers


def _against_person(step: Step, facts: Facts, by: Actor) -> Iterator[str]:
    held = [role for role in step.who if role in by.roles]
    if not held:
        yield f"Only {who_may(step)} can do this."
        return
    if not step.opens:
        if not _sees(step, facts, by):
            yield NOT_HERE
            return
        yield from _not_theirs(step, held, facts, by)
    yield from _not_by(step, facts, by)


def _not_theirs(step: Step, held: Sequence[str], facts: Facts, by: Actor) -> Iterator[str]:
    """One of the roles held is enough."""
    missing = [step.whose.get(role) for role in held if _sees_as(role, facts, by)]
    if None in missing:
        return
    relations = facts.relations(by)
    if not any(relation in relations for relation in missing):
        yield next(
            (NOT_YOURS.get(relation, NOT_YOURS["own_case"]) for relation in missing if relation), NOT_HERE
        )


def _not_by(step: Step, facts: Facts, by: Actor) -> Iterator[str]:
    if by.person_id is None:
        return
    done = {event.step for event in facts.events if event.by_person == by.person_id} if step.not_by else set()
    if barring := next((name for name in step.not_by if name in done), None):
        yield f"You {done_by_you(facts.kind, barring)}, so someone else must {to_do(step)}."


def _against_case(step: Step, facts: Facts, by: Actor) -> Iterator[str]:
    if not step.opens and facts.stage not in step.from_:
        yield _elsewhere(step, facts, by)
        return
    for need in step.needs:
        if sentence := facts.unmet(need, step, by):
            yield sentence


def _elsewhere(step: Step, facts: Facts, by: Actor) -> str:
    """Names of stages are the regulator’s own words; outsiders are not told where else the case might stand."""
    if AUDIENCE.get(by.side) != "staff":
        return NOT_HERE
    stages = facts.kind.stages
    where = [stages[name].label for name in stages if name in step.from_]
    listed = " or ".join(filter(None, [", ".join(where[:-1]), *where[-1:]]))
    return f"This case is at {stages[facts.stage].label}; you can do this only at {listed}."


def _sees(step: Step, facts: Facts, by: Actor) -> bool:
    return any(_sees_as(role, facts, by) for role in step.who if role in by.roles)


def _sees_as(role: str, facts: Facts, by: Actor) -> bool:
    audience = "oversight" if role == "oversight_contact" else AUDIENCE.get(by.side, "nobody")
    if not facts.kind.stages[facts.stage].seen_by(audience):
        return False
    return audience not in facts.kind.shown_from or facts.kind.shows(audience, visited(facts.events))


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
