"""The forms of words in which the law, or a standard, gives time, and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """Which form of words starts and ends a period; the same length means another day under another form."""

    A = "A"  # beginning with the day
    A_GIVEN = "A'"  # beginning when given
    B = "B"  # starting with the day after
    C = "C"  # within so long of the date sent, received by a time of day
    D = "D"  # the Nth working day following receipt
    E = "E"  # beginning with the first working day after receipt
    F = "F"  # within so long of the previous update
    G = "G"  # starting with the day after receipt, the end rolling to a working day
    H = "H"  # from the moment of giving, by the clock
    I = "I"  # beginning with the day, Parliament’s absence ignored  # noqa: E741 - the law’s own letter

    @classmethod
    def parse(cls, text: str) -> Form:
        """The form named by its letter, in either case; A’ with either apostrophe.

        Raises: ValueError with the letters there are
        """
        try:
            return cls(text.strip().upper().replace("’", "'"))
        except ValueError:
            raise ValueError(f"“{text}” is not a form of words: use {', '.join(cls)}.") from None

    @property
    def counts_its_day(self) -> bool:
        """Whether the day of the trigger is itself day 1."""
        return self in {Form.A, Form.A_GIVEN, Form.I}


class Unit(StrEnum):
    """What a length is measured in; the value is its singular name."""

    DAYS = "day"
    WORKING_DAYS = "working day"
    WEEKS = "week"
    HOURS = "hour"
    MONTHS = "month"


_SHORT: Final = {
    "wd": Unit.WORKING_DAYS,
    **{name: unit for unit in Unit for name in (unit.value, f"{unit}s")},
}
_LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Length:
    """How long: a whole number of one unit, as in 28 days."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if not 1 <= self.amount <= _LONGEST:
            raise ValueError(f"A length must be between 1 and {_LONGEST:,} {self.unit}s.")

    @classmethod
    def parse(cls, text: str) -> Length:
        """The length a person wrote: “28 days”, “20 wd”, “20 working days”, “4 weeks”, “24 hours”, “6 months”.

        Raises: ValueError with the ways it may be written
        """
        words = re.fullmatch(r"([0-9]{1,9}) ?([a-z ]+)", " ".join(text.lower().split()))
        if words is None or words[2] not in _SHORT:
            raise ValueError(
                f"“{text}” is not a length: write it like 28 days, 20 working days, 4 weeks, 24 hours or 6 months."
            )
        return cls(int(words[1]), _SHORT[words[2]])

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"

    @property
    def days(self) -> int:
        """Calendar days in a length of days or weeks."""
        return self.amount * (7 if self.unit is Unit.WEEKS else 1)

    @property
    def elapsed(self) -> timedelta:
        """Time by the clock: a day is 24 hours and a week 168, whatever the clocks do in between."""
        return timedelta(hours=self.amount) if self.unit is Unit.HOURS else timedelta(self.days)


FIVE_O_CLOCK: Final = time(17)
_ROLLS: Final = frozenset({Form.C, Form.G})


@dataclass(frozen=True, slots=True)
class Rule:
    """What a deadline’s words say: form, length, what happens at the end, and where the words stand.

    roll:   an end that is not a working day moves to the next that is
    cutoff: time of day in London by which it must be done on the last day; none means the whole day
    source: the provision or standard, for people to look up
    """

    form: Form
    length: Length
    roll: bool = False
    cutoff: time | None = None
    source: str = ""

    @classmethod
    def of(
        cls,
        form: Form,
        length: Length,
        *,
        roll: bool | None = None,
        cutoff: time | None = None,
        source: str = "",
    ) -> Rule:
        """A rule with what its form implies: C ends at 5pm and rolls, G rolls; what is given here wins."""
        return cls(
            form,
            length,
            roll=form in _ROLLS if roll is None else roll,
            cutoff=FIVE_O_CLOCK if cutoff is None and form is Form.C else cutoff,
            source=source,
        )

    def __post_init__(self) -> None:
        unit, by_clock = self.length.unit, self.form is Form.H
        if self.form in {Form.D, Form.E} and unit is not Unit.WORKING_DAYS:
            raise ValueError(
                f"Form {self.form} counts working days: give the length as, say, 20 working days."
            )
        if by_clock and unit in {Unit.WORKING_DAYS, Unit.MONTHS}:
            raise ValueError("Form H runs by the clock: give the length in hours, days or weeks.")
        if not by_clock and unit is Unit.HOURS:
            raise ValueError(f"Form {self.form} counts days: only form H counts hours.")
        if by_clock and (self.roll or self.cutoff):
            raise ValueError(
                "Form H ends at a moment of its own: it takes no cut-off time and does not roll."
            )
        if self.cutoff and self.cutoff.tzinfo:
            raise ValueError("A cut-off is a London time of day: give it without a time zone.")

    @property
    def words(self) -> str:
        """The form of words with this rule’s length, to follow “The time allowed is”."""
        return _WORDS[self.form].format(length=self.length, ordinal=_ordinal(self.length.amount))


def _ordinal(number: int) -> str:
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_WORDS: Final = {
    Form.A: "{length}, beginning with the day itself, which is day 1",
    Form.A_GIVEN: "{length}, beginning when it was given; that day is counted as day 1, to be safe",
    Form.B: "{length}, starting with the day after",
    Form.C: "{length} from the date it was sent, counted from the day after",
    Form.D: "until the {ordinal} working day following receipt",
    Form.E: "{length}, beginning with the first working day after receipt",
    Form.F: "{length} from the previous update, counted from the day after",
    Form.G: "{length}, starting with the day after receipt, whether or not that is a working day",
    Form.H: "{length} by the clock, from the moment it was given",
    Form.I: "{length}, beginning with the day itself, leaving out time when Parliament is away",
}
