"""What an edition says of time: what starts a clock, how long it runs, what stops it and what follows from it.

Frozen, with the file and line each part came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regulator.deadlines.calendar import CalendarName
from regulator.deadlines.rule import Length, Rule
from regulator.regime.parts import NOWHERE, Condition, Where

Only = Mapping[tuple[str, str], Condition]
"""The answer that a step must have been given to count: by the use made of it (starts, met_by, ...) and its name."""


@dataclass(frozen=True)
class ExtensionRule:
    """How more time is asked for and given.

    asked_by: none where nobody asks us: a tribunal gives it, or it is agreed
    times:    how many extensions; up_to: the most each may add, if there is a most
    """

    asked_by: str | None
    decided_by: str
    times: int | None = 1
    up_to: Length | None = None


@dataclass(frozen=True)
class PauseRule:
    """An interval in which the clocks that name it do not run; both its days are left out.

    It ends by a step of `ended_by`, or by itself `at_most` after it began or was last renewed. One that is about some
    of several things (steps of a notice) stops the clocks of those alone.
    """

    name: str
    label: str
    opened_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    renewed_by: tuple[str, ...]
    at_most: Length
    where: Where = NOWHERE
    only: Only = field(default_factory=dict)

    def hears(self, use: str, step: str, data: Mapping[str, object]) -> bool:
        """Whether a step with these answers opens, ends or renews it: `use` is opened_by, ended_by or renewed_by."""
        return step in getattr(self, use) and _holds(self.only, use, step, data)


@dataclass(frozen=True)
class Chaser:
    """A letter to whoever owes a clock, some days before its last day, or after it while it still runs.

    days: negative before the last day, positive after it
    """

    letter: str
    days: int
    where: Where = NOWHERE


@dataclass(frozen=True)
class Clock:
    """A promise or a duty with a date, derived from events.

    owed_by:    regulator, body, oversight, complainant (several: one instance each); owed_to likewise
    owed_by_first: only the first of `owed_by` that there is owes it, body by body: its overseer, or else itself
    starts:     steps that start it; for each instance key of `per` found in the event (party, request, item, act)
    restarts:   steps that meet it and start it again (progress)
    met_by:     steps that meet it; ends_on: steps that end it without meeting or missing it
    asks:       the steps it asks of whoever owes it, where they are others than those that meet it
    undone_by:  steps after which it was not met after all, and runs on from its old date
    only:       answers without which such a step does not count
    counts_from: name of the event’s field with the day it is counted from, where that is not the day of the event
    met_on:     name of the meeting event’s field with the day it was really done
    length_in:  name of the event’s field that sets its own length or last day, if a step may
    lengths:    the length for each coded answer of that field, where it is a code
    least_in:   name of the event’s field that says how soon it may end at the earliest
    least:      for each coded answer of that field, the period before which it never ends, whatever was set
    calendar:   a calendar’s name, or `body` for the calendar of the body that owes it
    paused_by:  names of pauses; empty is never
    passes:     what happens when it runs out: None (it becomes overdue), `goes_on` (the case may go on), or a step: one
                the system then takes, or, where it is for people, one they may take while it is overdue
    on_last_day: a step the system takes on the last day when nobody has (acknowledge)
    outlives_end: still runs at an end stage (review_window)
    chasers:    the letters that remind whoever owes it, the earliest first
    """

    name: str
    label: str
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    starts: tuple[str, ...]
    rule: Rule
    calendar: CalendarName | str
    met_by: tuple[str, ...]
    restarts: tuple[str, ...] = ()
    ends_on: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    paused_by: tuple[str, ...] = ()
    extension: ExtensionRule | None = None
    length_in: str | None = None
    passes: str | None = None
    on_last_day: str | None = None
    outlives_end: bool = False
    where: Where = NOWHERE
    owed_by_first: bool = False
    asks: tuple[str, ...] = ()
    undone_by: tuple[str, ...] = ()
    only: Only = field(default_factory=dict)
    counts_from: str | None = None
    met_on: str | None = None
    lengths: Mapping[str, Length] = field(default_factory=dict)
    least_in: str | None = None
    least: Mapping[str, Clock] = field(default_factory=dict)
    chasers: tuple[Chaser, ...] = ()

    def hears(self, use: str, step: str, data: Mapping[str, object]) -> bool:
        """Whether a step with these answers counts for it: `use` is starts, met_by, restarts, ends_on or undone_by."""
        return step in getattr(self, use) and _holds(self.only, use, step, data)

    def may_hear(self, use: str, step: str) -> bool:
        """Whether the step counts for it with some answers and not with others."""
        return step in getattr(self, use) and (use, step) in self.only


def _holds(only: Only, use: str, step: str, data: Mapping[str, object]) -> bool:
    condition = only.get((use, step))
    return condition is None or condition.holds(data)
