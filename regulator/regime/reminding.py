"""Which letter is to remind whoever owes a clock next, and from which day: each goes once for each last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
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
    def group(self) -> tuple[str, int, str, date]:
        """What those have in common of which one letter reminds: what is owed, by whom and until when, and which letter."""
        party = self.clock.keys.get("party")
        return self.clock.name, self.chaser.days, str(party or ""), self.clock.last_day


class Letter(NamedTuple):
    """One letter that reminds of everything of a kind that one party owes by one day."""

    reminders: Sequence[Reminder]

    @property
    def first(self) -> Reminder:
        """The reminder that the letter is named after."""
        return self.reminders[0]

    @property
    def data(self) -> dict[str, str | int | date | list[str]]:
        """What the step that sends it is given: by this its entry is known again. Of one clock it names no list."""
        one, refs = self.first, [each.clock.ref for each in self.reminders]
        several: dict[str, list[str]] = {"clocks": refs} if len(refs) > 1 else {}
        return {"clock": one.clock.ref, "chaser": one.chaser.days, "due": one.clock.last_day, **several}


def letters(reminders: Iterable[Reminder]) -> list[Letter]:
    """The letters that remind of all of these: the longest waiting first, and one for what belongs together."""
    by_group = sorted(reminders, key=lambda one: (one.group, one.clock.ref))
    found = [Letter(list(each)) for _, each in groupby(by_group, key=lambda one: one.group)]
    return sorted(
        found, key=lambda letter: (min(one.day for one in letter.reminders), letter.first.clock.ref)
    )


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
    due = clock.last_day.isoformat()
    return {
        int(str(event.data["chaser"])): event.occurred_day
        for event in events
        if event.step == REMIND and event.data.get("due") == due and clock.ref in _named(event)
    }


def _named(event: Event) -> Sequence[object]:
    """The clocks of which a letter reminded: the list it has where there were several, or the one."""
    several = event.data.get("clocks")
    return several if isinstance(several, list) else [event.data.get("clock")]


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
