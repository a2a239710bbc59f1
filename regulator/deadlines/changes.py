"""What changes a period once it runs: pauses, extensions, and time when Parliament is away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from regulator.deadlines.london import day_after, spoken
from regulator.deadlines.rule import Length


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days on end, from the first to the last, both included."""

    start: date
    end: date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval left out of the count, both days included; with no end while it is still open."""

    start: date
    end: date | None
    cause: str

    def __post_init__(self) -> None:
        if self.end is not None:
            _in_order("pause", self.start, self.end)


class Away(StrEnum):
    """How Parliament can be away."""

    DISSOLUTION = "dissolution"
    PROROGATION = "prorogation"
    RECESS = "recess"


@dataclass(frozen=True, slots=True)
class Absence:
    """An interval in which Parliament is away, both days included; for form I."""

    start: date
    end: date
    away: Away

    def __post_init__(self) -> None:
        _in_order(self.away, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: either a further length, or a date until which it now runs."""

    length: Length | None = None
    granted_on: date | None = None
    reason: str = ""
    source: str = ""
    until: date | None = None

    def __post_init__(self) -> None:
        if (self.length is None) == (self.until is None):
            raise ValueError("An extension is either a length or a date, and not both.")


def _in_order(what: str, start: date, end: date) -> None:
    if end < start:
        raise ValueError(f"A {what} cannot end on {spoken(end)}, before it starts on {spoken(start)}.")


def paused_days(pauses: Iterable[Pause], as_at: date | None) -> list[Span]:
    """The days left out by pauses; an open one is taken to last to the end of `as_at`.

    Raises: ValueError when a pause is open and no `as_at` is given
    """
    spans = []
    for pause in pauses:
        end = pause.end or as_at
        if end is None:
            raise ValueError(
                f"The pause from {spoken(pause.start)} is still open: say up to which day to count it."
            )
        if pause.start <= end:
            spans.append(Span(pause.start, end))
    return spans


def days_away(absences: Iterable[Absence]) -> list[Span]:
    """The days form I leaves out: dissolution, prorogation, and recess of more than four days.

    Recesses that meet or overlap are one recess.
    Source: DPA 2018 s.161(6); SBC Act 2020 s.11(3)
    """
    absences = list(absences)
    recess = merged(Span(a.start, a.end) for a in absences if a.away is Away.RECESS)
    other = [Span(a.start, a.end) for a in absences if a.away is not Away.RECESS]
    return other + [span for span in recess if span.length > 4]


def merged(spans: Iterable[Span]) -> Sequence[Span]:
    """The same days as spans that neither meet nor overlap, earliest first."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= day_after(joined[-1].end):
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined
