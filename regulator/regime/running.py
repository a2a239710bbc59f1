"""One clock that a case started: what it promises, how it went, and whether it is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from regulator.deadlines.count import Result
from regulator.deadlines.london import day_after
from regulator.regime.events import Key, day_starts
from regulator.regime.model import Clock


class How(StrEnum):
    """How a clock came to its end.

    met:        what was owed was done, in time or not
    ended:      it no longer matters: a step said so, or the same clock was started again
    left:       a step left behind the stages where it could be met, and said so
    case_ended: the case reached an end
    expired:    the time ran out, with the consequence the edition names
    """

    met = "met"
    ended = "ended"
    left = "left"
    case_ended = "case_ended"
    expired = "expired"


class Ending(NamedTuple):
    """How a clock ended, by which entry (none when time alone did it), and when (UTC)."""

    how: How
    seq: int | None
    when: datetime


@dataclass(frozen=True)
class Running:
    """One clock of one case, for one party, request or item where there are several.

    started:      the entry that started it
    result:       the date it is due and how that was reached
    held_to:      the last day on which it could not be late because a request for more time, made in time, was open
    pending:      the entry of a request for more time, made in time, that nobody has decided yet
    is_late_met:  it was met, but late
    paused_since: the first day of a pause that is still open
    followed:     the entry of what people did because it was overdue
    """

    clock: Clock
    owed_by: str
    owed_to: tuple[str, ...]
    keys: Mapping[str, Key]
    started: int
    started_on: date
    result: Result
    ended: Ending | None = None
    held_to: date | None = None
    pending: int | None = None
    is_late_met: bool = False
    paused_since: date | None = None
    followed: int | None = None

    @property
    def name(self) -> str:
        """The clock’s name in the edition."""
        return self.clock.name

    @property
    def ref(self) -> str:
        """What names this one among the clocks of its case, in a form or an address: `account/party=3/request=8`."""
        return ref(self.name, self.keys)

    @property
    def is_open(self) -> bool:
        """Whether it still runs; a paused one does, and so does one that is overdue."""
        return self.ended is None

    @property
    def last_day(self) -> date:
        """The last day on which it can be met in time, as things stand."""
        return max(self.result.last_day, self.held_to or self.result.last_day)

    @property
    def late_from(self) -> datetime:
        """The moment (UTC) after which it is late, as things stand."""
        return late_from(self.result, self.held_to)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it is open and late at `at`; never while a request made in time waits for an answer."""
        return self.is_open and self.pending is None and is_late(at, self.result, self.held_to)

    def kept(self, at: datetime) -> bool | None:
        """Whether the promise was kept; None while that is open, and when it ended before it was due."""
        if self.ended is None:
            return False if self.is_overdue(at) else None
        if self.ended.how is How.met:
            return not self.is_late_met
        if self.ended.how is How.expired or not is_late(self.ended.when, self.result, self.held_to):
            return None
        return False


def ref(name: str, keys: Mapping[str, Key]) -> str:
    """What names one clock among those of its case, such as `account/party=3/request=8`."""
    return "/".join([name, *(f"{key}={value}" for key, value in sorted(keys.items()))])


def late_from(result: Result, held_to: date | None) -> datetime:
    """The moment (UTC) after which it is late, where a request for more time held it to the end of a day."""
    if held_to is None:
        return result.late_from
    return max(result.late_from, day_starts(day_after(held_to)))


def is_late(at: datetime, result: Result, held_to: date | None) -> bool:
    """Whether something done at that moment was late."""
    return result.is_late(at) and (held_to is None or at >= day_starts(day_after(held_to)))
