"""Everything the rules look at in one case, loaded once and together in the engine role.

Guards must not depend on what the person asking may see, so they are judged on these facts alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Body, BodyName
from regulator.actors import Actor
from regulator.casework import calendars, editions
from regulator.casework.models import CaseFile, Participant, Party
from regulator.casework.registry import LOADERS, NEEDS, RELATIONS
from regulator.db import db
from regulator.deadlines.calendar import Calendar, CalendarName
from regulator.errors import Missing
from regulator.ledger.models import Entry
from regulator.regime.clocks import Running, derive
from regulator.regime.events import Event, Key
from regulator.regime.model import Clock, Kind, Step

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
_PARTICIPANTS = (
    sa.select(Participant).where(Participant.case_id == sa.bindparam("case")).order_by(Participant.id)
)


@dataclass
class Facts:
    """One case as the rules see it.

    names: what each party’s body is called today, by body
    more:  the rows of the case’s own kind, as its room loads them
    """

    case: CaseFile
    kind: Kind
    events: list[Event]
    parties: Sequence[Party]
    bodies: Mapping[int, Body]
    names: Mapping[int, str]
    participants: Sequence[Participant]
    more: Any

    @property
    def stage(self) -> str:
        """The stage where the case stands."""
        return self.case.stage

    @cached_property
    def running(self) -> list[Running]:
        """Every clock the case started, as things stand now."""
        return derive(self.kind, self.events, calendar_for=self.calendar_for, as_at=moments.now())

    def recount(self) -> None:
        """Count the clocks again, after an event was added."""
        self.__dict__.pop("running", None)

    def calendar_for(self, clock: Clock, keys: Mapping[str, Key]) -> Calendar:
        """The calendar a clock is counted in: the one it names, or that of the body that owes it."""
        if clock.calendar != "body":
            return calendars.calendar(CalendarName(clock.calendar))
        party = next((p for p in self.parties if p.id == keys.get("party")), None) or self.subject
        name = self.bodies[party.body_id].calendar if party else CalendarName.ENGLAND_AND_WALES
        return calendars.calendar(CalendarName(name))

    @property
    def subject(self) -> Party | None:
        """The body complained of, or looked at: the first where there are several."""
        return next((party for party in self.parties if party.capacity == "subject"), None)

    @property
    def complainant(self) -> Participant | None:
        """The person who complains, where they are known."""
        return next((who for who in self.participants if who.capacity == "complainant"), None)

    def party_of(self, by: Actor) -> Party | None:
        """The part in this case of the body whose person this is."""
        return next((party for party in self.parties if party.body_id == by.body_id), None)

    def relations(self, by: Actor) -> frozenset[str]:
        """How a person stands to this case: own_case, own_body, own_item and whatever the rooms add."""
        return frozenset(name for name, holds in RELATIONS.items() if holds(self, by))

    def unmet(self, need: str, step: Step, by: Actor) -> str | None:
        """Why a fact that a step needs does not hold; None when it does."""
        return NEEDS[need](self, step, by)


def load(case_id: int) -> Facts:
    """The facts of a case, in the engine role pinned to it.

    Raises: Missing when the engine is not pinned to it
    """
    asked = {"case": case_id}
    case = db.session.scalars(_CASE, asked).one_or_none()
    if case is None:
        raise Missing("There is no such case.")
    kind = editions.kind_of(case.edition, case.kind)
    rows = db.session.execute(_PARTIES, {**asked, "on": moments.today()}).tuples().all()
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
