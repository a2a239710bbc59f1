"""Everything the rules look at in one case, loaded once and together in the engine role.

Guards must not depend on what the person asking may see, so they are judged on these facts alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Body, BodyName
from regulator.actors import Actor, Side
from regulator.casework import calendars, editions
from regulator.casework.models import CaseFile, Participant, Party
from regulator.casework.registry import LOADERS, NEEDS, RELATIONS, found_for, names_for
from regulator.db import db
from regulator.deadlines.calendar import Calendar, CalendarName
from regulator.errors import Missing
from regulator.ledger.models import Entry, EntryWords
from regulator.regime.clocks import Interval, Running, derive, pauses
from regulator.regime.events import Event, Key, effective, passed
from regulator.regime.model import Clock, Kind, Step

SUBJECT, OVERSIGHT = "subject", "oversight"
_CASE = sa.select(CaseFile).where(CaseFile.id == sa.bindparam("case"))
_ENTRIES = (
    sa.select(
        Entry.seq,
        Entry.step,
        Entry.occurred,
        Entry.occurred_is_day,
        Entry.recorded,
        Entry.by_person_id,
        Entry.by_role,
        Entry.stage_from,
        Entry.stage_to,
        Entry.data,
        Entry.keys,
    )
    .where(Entry.case_id == sa.bindparam("case"))
    .order_by(Entry.seq)
)
_NAMED = sa.and_(
    BodyName.body_id == Party.body_id,
    BodyName.starts_on <= sa.bindparam("on"),
    sa.func.coalesce(BodyName.ends_on, sa.bindparam("on")) >= sa.bindparam("on"),
)
_PARTIES = (
    sa.select(Party, Body, BodyName.name)
    .join(Body, Body.id == Party.body_id)
    .outerjoin(BodyName, _NAMED)
    .where(Party.case_id == sa.bindparam("case"))
    .order_by(Party.id)
)
_WORDS = (
    sa.select(Entry.step, EntryWords.words, Entry.party_id)
    .join(EntryWords, EntryWords.entry_id == Entry.id)
    .where(Entry.case_id == sa.bindparam("case"), EntryWords.audience == "internal")
    .order_by(Entry.seq)
)
_PARTICIPANTS = (
    sa.select(Participant).where(Participant.case_id == sa.bindparam("case")).order_by(Participant.id)
)


NUMBERED = {"recommendation": "recommendation", "concern": "concern", "notice_step": "step"}
"""What a clock may be counted for that people know by its number, and what they call it."""


@dataclass(frozen=True)
class Earlier:
    """What was answered when a step was taken, and the one body’s part it concerned, if it was one."""

    step: str
    fields: Mapping[str, Any]
    party_id: int | None


@dataclass
class Facts:
    """One case as the rules see it.

    names: what each party’s body is called today, by body
    more:  the rows of the case’s own kind, as its room loads them
    answers: what the step being taken was given; none while it is only asked which steps are offered
    """

    case: CaseFile
    kind: Kind
    events: list[Event]
    parties: list[Party]
    bodies: dict[int, Body]
    names: dict[int, str]
    participants: Sequence[Participant]
    more: Any
    answers: Mapping[str, Any] | None = None

    @property
    def stage(self) -> str:
        """The stage where the case stands."""
        return self.case.stage

    @cached_property
    def running(self) -> list[Running]:
        """Every clock the case started, as things stand now."""
        return derive(
            self.kind,
            self.events,
            calendar_for=self.calendar_for,
            as_at=moments.now(),
            parties=[party.id for party in self.subjects],
            overseen=[party.id for party in self.subjects if party.overseen_by_id],
        )

    @cached_property
    def intervals(self) -> list[Interval]:
        """Every pause the case has had, as things stand now."""
        return pauses(self.kind, self.events, moments.now())

    @cached_property
    def told(self) -> list[Event]:
        """The events as they now stand: corrected, with what was reversed left out."""
        return effective(self.events)

    @cached_property
    def words_so_far(self) -> list[Earlier]:
        """What was answered at each step so far, in recorded order, as staff may read it."""
        rows = db.session.execute(_WORDS, {"case": self.case.id})
        return [Earlier(step, json.loads(text).get("fields", {}), party) for step, text, party in rows]

    @cached_property
    def numbers(self) -> Mapping[str, Mapping[int, int]]:
        """What the things that clocks are counted for are numbered: by what they are, from row to number."""
        counted = {key for clock in self.running for key in clock.keys}
        return {key: self.more.numbered(key) for key in NUMBERED if self.more and key in counted}

    def called(self, clock: Running) -> str:
        """What a clock asks, and of which thing where there are several: “Carry out a recommendation: recommendation 2”."""
        named = [
            f"{noun} {self.numbers[key][row]}"
            for key, noun in NUMBERED.items()
            if isinstance(row := clock.keys.get(key), int) and row in self.numbers.get(key, {})
        ]
        return ": ".join([clock.clock.label, *named])

    def happened(self, step: str, since: int = 0) -> bool:
        """Whether a step was taken after entry `since`, and not taken back."""
        return self.last(step, since) is not None

    def last(self, step: str, since: int = 0) -> Event | None:
        """The last time a step was taken after entry `since`, and not taken back."""
        return next((e for e in reversed(self.told) if e.step == step and e.seq > since), None)

    def clock(self, name: str) -> Running | None:
        """The clock of this name last started."""
        return next((clock for clock in reversed(self.running) if clock.name == name), None)

    def recount(self) -> None:
        """Count the clocks again and read the kind’s own rows again, after a step wrote some and was added."""
        if self.kind.name in LOADERS:
            self.more = LOADERS[self.kind.name](self.case.id)
        for derived in ("running", "intervals", "told", "numbers"):
            self.__dict__.pop(derived, None)

    @cached_property
    def _calendars(self) -> Mapping[CalendarName, Calendar]:
        """The calendars, asked for once however many clocks there are."""
        return calendars.every()

    def calendar_for(self, clock: Clock, keys: Mapping[str, Key]) -> Calendar:
        """The calendar a clock is counted in: the one it names, or that of the body that owes it."""
        if clock.calendar != "body":
            return self.calendar(CalendarName(clock.calendar))
        party = next((p for p in self.parties if p.id == keys.get("party")), None) or self.subject
        name = self.bodies[party.body_id].calendar if party else CalendarName.ENGLAND_AND_WALES
        return self.calendar(CalendarName(name))

    def calendar(self, name: CalendarName) -> Calendar:
        """A calendar by its name, with the holidays entered since."""
        return self._calendars[name]

    @property
    def subjects(self) -> list[Party]:
        """The bodies’ parts in the case: those complained of, or looked at."""
        return [party for party in self.parties if party.capacity == SUBJECT]

    @property
    def subject(self) -> Party | None:
        """The body complained of, or looked at: the first where there are several."""
        return next(iter(self.subjects), None)

    def overseer_of(self, party: Party) -> Party | None:
        """The part in this case of the body that oversees another’s."""
        return next((one for one in self.parties if one.id == party.overseen_by_id), None)

    def overseen_by(self, overseer: Party) -> list[Party]:
        """The bodies’ parts in this case that one body oversees."""
        return [party for party in self.subjects if party.overseen_by_id == overseer.id]

    @property
    def complainant(self) -> Participant | None:
        """The person who complains, where they are known."""
        return next((who for who in self.participants if who.capacity == "complainant"), None)

    def party_of(self, by: Actor) -> Party | None:
        """The part in this case of the body whose person this is, on the side on which they act."""
        capacity = OVERSIGHT if by.side is Side.oversight else SUBJECT
        return next((p for p in self.parties if p.body_id == by.body_id and p.capacity == capacity), None)

    def relations(self, by: Actor) -> frozenset[str]:
        """How a person stands to this case: own_case, own_body, own_item and whatever the rooms add."""
        names = names_for(RELATIONS, self.kind.name)
        return frozenset(name for name in names if found_for(RELATIONS, self.kind.name, name)(self, by))

    def is_public(self, *also: str) -> bool:
        """Whether the public may know of the case, with the stages it was at and the steps taken, and `also`."""
        shown = self.kind.shows("public", {*passed(self.events), *also})
        return "public" in self.kind.seen_by and shown

    def unmet(self, need: str, step: Step, by: Actor) -> str | None:
        """Why a fact that a step needs does not hold; None when it does."""
        return found_for(NEEDS, self.kind.name, need)(self, step, by)


def load(case_id: int) -> Facts:
    """The facts of a case, in the engine role pinned to it.

    Raises: Missing when the engine is not pinned to it
    """
    asked = {"case": case_id}
    case = db.session.scalars(_CASE, asked).one_or_none()
    if case is None:
        raise Missing("There is no such case.")
    kind = editions.kind_of(case.edition, case.kind)
    rows = db.session.execute(_PARTIES, {**asked, "on": moments.today()}).all()
    return Facts(
        case=case,
        kind=kind,
        events=[Event(**_event(row)) for row in db.session.execute(_ENTRIES, asked).mappings()],
        parties=[party for party, _, _ in rows],
        bodies={body.id: body for _, body, _ in rows},
        names={body.id: name or body.slug for _, body, name in rows},
        participants=db.session.scalars(_PARTICIPANTS, asked).all(),
        more=LOADERS[kind.name](case_id) if kind.name in LOADERS else None,
    )


def _event(row: sa.RowMapping) -> dict[str, Any]:
    return {
        "seq": row["seq"],
        "step": row["step"],
        "occurred": row["occurred"],
        "is_day": row["occurred_is_day"],
        "recorded": row["recorded"],
        "by_person": row["by_person_id"],
        "by_role": row["by_role"],
        "from_stage": row["stage_from"],
        "to_stage": row["stage_to"] or "",
        "data": row["data"],
        "keys": row["keys"],
    }
