"""Which letter is to remind whoever owes a clock next, and from which day: each goes once for each last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from regulator.deadlines.london import day_after
from regulator.regime.events import Event
from regulator.regime.model import REMIND, Chaser
from regulator.regime.running import Running


class Reminder(NamedTuple):
    """A letter that reminds of a clock, and the first day on which it goes."""

    chaser: Chaser
    clock: Running
    day: date

    @property
    def data(self) -> dict[str, str | int | date]:
        """What the step that sends it is given: by this its entry is known again."""
        return {"clock": self.clock.ref, "chaser": self.chaser.days, "due": self.clock.last_day}


def next_reminder(clock: Running, events: Iterable[Event], on: date) -> Reminder | None:
    """The next letter that reminds of a clock, as things stand on a day; it may have been due for some time.

    None while it is paused, or more time is asked for. Of those before the last day only the latest is worth sending;
    of those after it each waits for the one before it, and keeps its distance.
    """
    if not clock.is_open or clock.paused_since or clock.pending:
        return None
    sent = _sent(clock, events)
    left = [one for one in _ahead(clock, sent) if one.chaser.days not in sent]
    come = [one for one in left if one.chaser.days <= 0 and one.day <= on]
    stale = come if on > clock.last_day else come[:-1]
    return next((one for one in left if one not in stale), None)


def _sent(clock: Running, events: Iterable[Event]) -> Mapping[int, date]:
    """The day on which each letter went that reminds of this last day, by how many days from it that was to be."""
    wanted = (clock.ref, clock.last_day.isoformat())
    return {
        int(str(event.data["chaser"])): event.occurred_day
        for event in events
        if event.step == REMIND and (event.data.get("clock"), event.data.get("due")) == wanted
    }


def _ahead(clock: Running, sent: Mapping[int, date]) -> Iterator[Reminder]:
    """Every reminder of a clock that would come after it was started, with the day on which each goes."""
    last: tuple[int, date] | None = None
    for chaser in sorted(clock.clock.chasers, key=lambda chaser: chaser.days):
        day = day_after(clock.last_day, chaser.days)
        if last is not None:
            day = max(day, day_after(last[1], chaser.days - last[0]))
        if chaser.days > 0:
            last = (chaser.days, sent.get(chaser.days, day))
        if day > clock.started_on:
            yield Reminder(chaser, clock, day)
