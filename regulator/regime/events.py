"""What has happened to a case, and the two orders in which that is read.

The stage follows the order in which things were recorded; clocks are counted in the order in which they occurred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Final, TypeAlias, cast

from regulator.deadlines.london import london_day, opening

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
Key: TypeAlias = int | str

day_starts = lru_cache(maxsize=8192)(opening)
CORRECT: Final = "correct_entry"
REVERSE: Final = "reverse"


@dataclass(frozen=True)
class Event:
    """One entry of a case’s ledger, as far as rules are concerned: no words that name anyone.

    occurred: aware, UTC; where only the day is known (`is_day`), any moment of that London day
    from_stage: none for the entry that opened the case
    data:     the step’s coded answers; where they differ from thing to thing, a table by the number of the thing
    keys:     what it was about (party, request, item, act, ...); several of one thing are a list, and an empty list
              says that there are none; a table gives, for each thing, what it belongs to (its party)
    """

    seq: int
    step: str
    occurred: datetime
    is_day: bool
    recorded: datetime
    by_person: int | None
    by_role: str
    from_stage: str | None
    to_stage: str
    data: Mapping[str, Json]
    keys: Mapping[str, int | Sequence[int] | Mapping[str, int]]

    @cached_property
    def occurred_day(self) -> date:
        """The London day on which it occurred."""
        return london_day(self.occurred)

    @property
    def when(self) -> date | datetime:
        """When it occurred, as precisely as is known."""
        return self.occurred_day if self.is_day else self.occurred

    @property
    def earliest(self) -> datetime:
        """The first moment (UTC) at which it may have occurred: nobody is late because the time is not known."""
        return day_starts(self.occurred_day) if self.is_day else self.occurred

    @property
    def moves(self) -> bool:
        """Whether the stage changed, or the case was opened."""
        return self.from_stage != self.to_stage

    def about(self, name: str) -> tuple[Key, ...]:
        """Which of `name` (party, request, item, ...) it was about; empty when it does not say."""
        value = self.keys.get(name, self.data.get(name))
        if value is None:
            return ()
        if isinstance(value, Mapping):
            return tuple(dict.fromkeys(cast("Mapping[str, Key]", value).values()))
        return (value,) if isinstance(value, (int, str)) else tuple(cast("Sequence[Key]", value))

    def about_none(self, name: str) -> bool:
        """Whether it says that there are none of `name`, which is more than not saying."""
        return name in self.keys and not self.about(name)

    def belongs(self, name: str, value: Key, thing: Key) -> bool:
        """Whether it lets that `thing` be of this `value` of `name`: a recommendation, of its own body alone."""
        table = self.keys.get(name)
        return not isinstance(table, Mapping) or table.get(str(thing), value) == value


def effective(events: Iterable[Event]) -> list[Event]:
    """The case as it is now told: entries corrected, mistaken stage moves left out; a reversal moves nothing any more.

    In recorded order; telling it twice changes nothing. A reversal is about the move it took back (`reversed`).
    """
    recorded = list(events)
    corrections: dict[int, list[Event]] = defaultdict(list)
    for event in recorded:
        for entry in _corrects(event):
            corrections[int(entry)].append(event)
    kept: list[Event] = []
    for event in recorded:
        told = _corrected(event, corrections) if corrections else event
        kept.append(_take_back(kept, told) if event.step == REVERSE and event.moves else told)
    return kept


def _corrects(event: Event) -> tuple[Key, ...]:
    """The entries it corrects: the one chosen, or those that its step exists to correct (service of a notice)."""
    return event.about("entry") if event.step == CORRECT else event.about("corrects")


def _take_back(kept: list[Event], reversal: Event) -> Event:
    move = next((event for event in reversed(kept) if event.moves and event.from_stage), None)
    if move is None:
        return reversal
    kept.remove(move)
    return replace(reversal, from_stage=reversal.to_stage, keys={**reversal.keys, "reversed": move.seq})


def _corrected(event: Event, corrections: Mapping[int, list[Event]]) -> Event:
    """The entry with every correction made to it, itself corrected where it was, in recorded order."""
    later = (c for c in corrections.get(event.seq, ()) if c.seq > event.seq)
    for correction in later:
        told = _corrected(correction, corrections).data
        if when := told.get("occurred"):
            occurred, is_day = read_when(str(when))
            event = replace(event, occurred=occurred, is_day=is_day)
        if fields := told.get("fields"):
            event = replace(event, data={**event.data, **cast("Mapping[str, Json]", fields)})
    return event


def read_when(text: str) -> tuple[datetime, bool]:
    """The moment (UTC) that ISO `text` means, and whether it gives the day alone.

    Raises: ValueError for text that is neither a day nor a moment with its zone
    """
    if len(text) == len("2026-03-02"):
        return opening(date.fromisoformat(text)), True
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("A moment must say its time zone.")
    return moment, False


def as_they_occurred(events: Iterable[Event]) -> list[Event]:
    """The events in the order in which they occurred, then in which they were recorded.

    events:  in recorded order
    One of which only the day is known comes after what had been recorded of that day before it.
    """
    latest: dict[date, datetime] = {}
    placed: list[tuple[datetime, int, Event]] = []
    for event in events:
        day, at = event.occurred_day, event.earliest
        before = latest.get(day, at)
        if event.is_day:
            at = max(at, before)
        latest[day] = max(at, before)
        placed.append((at, event.seq, event))
    return [event for _, _, event in sorted(placed, key=lambda place: place[:2])]


def last_move(events: Iterable[Event]) -> Event | None:
    """The stage move that stands: the one a reversal would take back, or the opening."""
    return next((event for event in reversed(effective(events)) if event.moves), None)


def stage_after(events: Iterable[Event]) -> str | None:
    """The stage at which the events leave the case; none before it is opened."""
    move = last_move(events)
    return move.to_stage if move else None


def stage_before_last_move(events: Iterable[Event]) -> str | None:
    """Where the case would stand if its last stage move were taken back; none where only the opening is left."""
    move = last_move(events)
    return move.from_stage if move else None


def visited(events: Iterable[Event]) -> list[str]:
    """The stages the case has stood at, in order, without those taken back."""
    return [event.to_stage for event in effective(events) if event.moves]


def passed(events: Iterable[Event]) -> frozenset[str]:
    """The stages the case has stood at and the steps taken, without those taken back."""
    told = effective(events)
    return frozenset(e.to_stage for e in told if e.moves) | frozenset(event.step for event in told)


def happened(events: Iterable[Event], step: str, since: int = 0) -> bool:
    """Whether `step` was taken after entry `since`, and not taken back."""
    return any(event.step == step and event.seq > since for event in effective(events))


def doers(events: Iterable[Event], steps: Iterable[str]) -> frozenset[int]:
    """The people who did any of `steps` in the whole life of the case, what was taken back included."""
    wanted = frozenset(steps)
    return frozenset(e.by_person for e in events if e.step in wanted and e.by_person is not None)
