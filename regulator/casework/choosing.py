"""What can be chosen where a step asks for somebody, a body, a clock or an entry; asked as the person who will choose.

A room registers the kinds of its own with `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from regulator import words
from regulator.accounts.queries import bodies, teams
from regulator.actors import Actor
from regulator.casework import editions, needs, queries
from regulator.casework import standards as catalogue
from regulator.casework.ahead import NAMES
from regulator.casework.facts import Facts
from regulator.forms import Choice
from regulator.regime.model import Edition, Field, Kind, Step
from regulator.regime.running import Running


@dataclass(frozen=True)
class Asking:
    """One question of a step: who is asked it, and of which case (none for a step that opens one)."""

    field: Field
    step: Step
    by: Actor
    known: Facts | None

    @property
    def edition(self) -> Edition:
        """The rules the case keeps."""
        return editions.editions()[self.known.case.edition] if self.known else editions.of_step(self.step)


Source: TypeAlias = "Callable[[Asking], Sequence[Choice]]"
SOURCES: dict[str, Source] = {}
"""What can be chosen, by kind of field; where a kind of case has its own, by `case/field`."""
AUDIENCES = {"internal": frozenset[str](), "both": frozenset({"body", "complainant"})}
"""Whom an answer tells that is no audience’s name itself."""
NOT_ASKED_OF_ONE = frozenset({"party", "request", "representative"})
"""Kinds that are not asked where there is only one to choose."""


def source(kind: str, *cases: str) -> Callable[[Source], Source]:
    """Register what can be chosen for a kind of field: `(asking) -> choices`, in the order shown.

    cases: the kinds of case on which it is chosen from there; none for all that have nothing of their own
    """

    def register(function: Source) -> Source:
        for name in [f"{case}/{kind}" for case in cases] or [kind]:
            if name in SOURCES:
                raise RuntimeError(f"what is chosen for {name} is registered twice")
            SOURCES[name] = function
        return function

    return register


def source_for(asking: Asking) -> Source:
    """What is chosen from where this is asked.

    Raises: LookupError for a kind of field that nothing is registered for
    """
    kind = asking.field.kind
    found = SOURCES.get(f"{_kind(asking).name}/{kind}") or SOURCES.get(kind)
    if found is None:
        raise LookupError(f"nothing is registered that can be chosen for “{kind}” in “{_kind(asking).name}”")
    return found


def is_chosen(kind: str) -> bool:
    """Whether answers of this kind of field are chosen among rows of the house or of the case."""
    return any(name.rpartition("/")[2] == kind for name in SOURCES)


def coded(asking: Asking) -> list[Choice]:
    """The coded answers of the edition that a field names; of audiences only those who may see a case of the kind."""
    named = asking.edition.choices(asking.field.choices or "")
    if asking.field.name in (asking.step.tells, "document_audience"):
        seen = _kind(asking).seen_by
        named = tuple(one for one in named if seen.keys() >= AUDIENCES.get(one.code, frozenset({one.code})))
    return [Choice(one.code, one.label, one.hint) for one in named]


def _named(people: Iterable[queries.Colleague]) -> list[Choice]:
    return [Choice(str(one.id), one.name, one.held) for one in people]


@source("person")
@source("people")
def people(asking: Asking) -> list[Choice]:
    """Everyone who works on cases for the regulator, by name."""
    return _named(queries.colleagues(None, by=asking.by))


@source("colleague")
def colleagues(asking: Asking) -> list[Choice]:
    """Everyone of the person’s own body who answers items, by name."""
    return _named(queries.answerers(by=asking.by))


@source("team")
def every_team(asking: Asking) -> list[Choice]:
    """The teams of the regulator, by name."""
    return [Choice(str(number), name) for number, name in teams(by=asking.by)]


@source("body")
@source("bodies")
def every_body(asking: Asking) -> list[Choice]:
    """The bodies the regulator oversees, by today’s name."""
    del asking
    return [Choice(str(body.id), body.name) for body in bodies()]


@source("party")
def parties(asking: Asking) -> list[Choice]:
    """The bodies the case is about."""
    known = asking.known
    return [Choice(str(one.id), known.names[one.body_id]) for one in known.subjects] if known else []


@source("representative")
def representatives(asking: Asking) -> list[Choice]:
    """Those who act for the complainant."""
    found = asking.known.participants if asking.known else ()
    acting = (who for who in found if who.capacity == "representative" and who.left_on is None)
    return [Choice(str(who.id), who.name or "A representative") for who in acting]


@source("clock")
def clocks(asking: Asking) -> list[Choice]:
    """The clocks that may be given more time, or for which it was asked."""
    if asking.known is None:
        return []
    found = needs.extensible(asking.known, asking.step, asking.by)
    return [Choice(one.ref, _clock(one, asking.known)) for one in found if _fits(one, asking.step)]


def _fits(clock: Running, step: Step) -> bool:
    rule = clock.clock.extension
    if rule is None or step.name != rule.decided_by:
        return rule is not None
    return clock.pending is not None or rule.asked_by is None


def _clock(clock: Running, known: Facts) -> str:
    party = next((one for one in known.parties if one.id == clock.keys.get("party")), None)
    whose = known.names[party.body_id] if party and clock.owed_by == "body" else NAMES[clock.owed_by]
    return f"{clock.clock.label}, due from {whose} by {words.day(clock.last_day)}"


@source("stage")
def stages(asking: Asking) -> list[Choice]:
    """The stages of the kind, in order."""
    return [Choice(stage.name, stage.label) for stage in _kind(asking).stages.values()]


def _kind(asking: Asking) -> Kind:
    if asking.known:
        return asking.known.kind
    kinds = [kind for kind in asking.edition.kinds.values() if kind.in_service]
    return next((kind for kind in kinds if kind.steps.get(asking.step.name) is asking.step), kinds[0])


@source("standard")
def standards(asking: Asking) -> list[Choice]:
    """The standards in force on the days the case is about; where there is no case yet, all of the edition."""
    if asking.known:
        return catalogue.choices(asking.known)
    return [Choice(one.code, f"{one.code}: {one.title}") for one in asking.edition.standards.values()]


@source("entry")
def entries(asking: Asking) -> list[Choice]:
    """The entries of the timeline that somebody else wrote, the newest first."""
    if asking.known is None:
        return []
    theirs = {event.seq for event in asking.known.events if event.by_person != asking.by.person_id}
    found = queries.timeline(asking.known.case.id, by=asking.by, limit=queries.MANY)
    return [
        Choice(str(one.seq), f"{one.seq}. {one.says} ({words.day(one.occurred)})")
        for one in found
        if one.seq in theirs
    ]
