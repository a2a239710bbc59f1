"""A case of any kind of a shipped edition, told step by step, and its clocks as at a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regulator.deadlines.calendar import Calendar, packaged
from regulator.regime.clocks import Running, derive
from regulator.regime.events import Event
from regulator.regime.loader import shipped
from regulator.regime.model import SAME, Clock
from tests.rules.small_kind import on

EDITIONS = shipped()
EDITION = EDITIONS["2026-draft"]
CALENDARS = {name: packaged(name) for name in ("england-and-wales", "act-1971")}


def calendar(clock: Clock, _keys: object) -> Calendar:
    """The calendar a clock names; that of England and Wales for every body."""
    return CALENDARS.get(str(clock.calendar), CALENDARS["england-and-wales"])


class Case:
    """A case of one kind; the stage follows from the steps.

    parties: the bodies’ parts in it; overseen: those of them that have an oversight body in it
    """

    def __init__(
        self,
        kind: str,
        parties: tuple[int, ...] = (3,),
        overseen: tuple[int, ...] = (),
        edition: str = EDITION.name,
    ) -> None:
        self.kind = EDITIONS[edition].kinds[kind]
        self.parties, self.overseen = parties, overseen
        self.events: list[Event] = []

    def __call__(
        self, name: str, when: str, *, role: str = "", data: Mapping[str, Any] | None = None, **keys: Any
    ) -> Case:
        """Take a step on a day (`2026-03-02`) or at a moment in UTC (`2026-03-02T10:00`)."""
        step, before = self.kind.steps[name], self.events[-1].to_stage if self.events else None
        after = str(before) if step.to == SAME else step.to
        seq, occurred = len(self.events) + 1, on(when)
        self.events.append(
            Event(seq, name, occurred, len(when) == 10, occurred, None, role, before, after, data or {}, keys)
        )
        return self

    def clocks(self, at: str, name: str) -> list[Running]:
        """The clocks of that name, as at a day."""
        derived = derive(
            self.kind,
            self.events,
            calendar_for=calendar,
            as_at=on(at),
            parties=self.parties,
            overseen=self.overseen,
        )
        return [clock for clock in derived if clock.name == name]

    def due(self, at: str, name: str) -> dict[str, str]:
        """The last day of each clock of that name, by what it is about."""
        return {clock.ref: clock.last_day.isoformat() for clock in self.clocks(at, name)}

    def one(self, at: str, name: str) -> Running:
        """The clock of that name last started."""
        return self.clocks(at, name)[-1]
