"""The clocks of a case, derived from its events and the edition: what is stored of them is a cache.

One pass over the events, in the order in which they occurred, starts each clock, meets it and ends it; then each is
counted with the pauses and extensions that fell within its life.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from regulator.deadlines.calendar import Calendar
from regulator.deadlines.london import london_day
from regulator.regime.counting import counted, least_of
from regulator.regime.duties import Action, due_for_system, next_actions, system_turns
from regulator.regime.events import Event, Key, as_they_occurred, effective
from regulator.regime.lives import Lives
from regulator.regime.model import Clock, Kind
from regulator.regime.pausing import Interval, paused, pauses
from regulator.regime.running import Ending, How, Running

__all__ = [
    "Action",
    "CalendarFor",
    "Ending",
    "How",
    "Interval",
    "Running",
    "derive",
    "due_for_system",
    "next_actions",
    "pauses",
    "system_turns",
]

CalendarFor: TypeAlias = Callable[[Clock, Mapping[str, Key]], Calendar]


def derive(
    kind: Kind,
    events: Iterable[Event],
    *,
    calendar_for: CalendarFor,
    as_at: datetime,
    parties: Sequence[int] = (),
    overseen: Collection[int] = (),
) -> list[Running]:
    """Every clock the case has started, ended ones too, in the order in which they started.

    events:       the case’s, in recorded order, as the ledger has them
    calendar_for: the calendar a clock is counted with, given whose it is (party, request, ...); give the same object
                  for the same calendar, and equal counts are made once
    parties:      the bodies’ parts in the case, for a clock they owe that was started by an entry naming none of them
    overseen:     those of them for which an oversight body answers in this case
    Raises:       ValueError for a date its calendar does not cover
    """
    told = as_they_occurred(effective(events))
    lives = Lives(kind, parties, overseen)
    for event in told:
        lives.tell(event)
    intervals = paused(kind, told, london_day(as_at))
    return [
        counted(
            life,
            intervals,
            calendar_for(life.clock, life.keys),
            as_at,
            calendar_for(least, life.keys) if (least := least_of(life)) else None,
        )
        for life in lives.all
    ]
