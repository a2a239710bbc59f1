"""What becomes of a record once its case has come to an end: read from the edition, and counted from the day it ended."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from regulator.deadlines.rule import Length, Unit
from regulator.regime.conditions import told_apart
from regulator.regime.parts import NOWHERE, Where
from regulator.regime.reading import Reader, Word

OUTCOME: Final = "outcome"
"""What a row may depend on: the outcomes of the case, as its kind tells them."""
_ROW: Final = re.compile(r"(\w+)(?: after (.+))?")


@dataclass(frozen=True)
class Keeping:
    """One row of an end’s `retention`: “review after 72 months if outcome is upheld or partly_upheld”.

    disposal: review, destroy or keep
    after:    how long after the end; none while that is not known, or for what is kept for good
    outcomes: the outcomes of the case of which one is needed; none for the row that every other case has
    """

    disposal: str
    after: Length | None = None
    outcomes: tuple[str, ...] = ()
    where: Where = NOWHERE

    def applies(self, outcomes: Collection[str]) -> bool:
        """Whether the row is that of a case with these outcomes."""
        return not self.outcomes or not set(self.outcomes).isdisjoint(outcomes)

    def falls_on(self, ended: date) -> date | None:
        """The day on which it is due, for a case that ended on a day."""
        if self.after is None:
            return None
        if self.after.unit is not Unit.MONTHS:
            return ended + timedelta(self.after.days)
        months = ended.month - 1 + self.after.amount
        year, month = ended.year + months // 12, months % 12 + 1
        return date(year, month, min(ended.day, monthrange(year, month)[1]))


def keeping(reader: Reader) -> tuple[Keeping, ...]:
    """The rows written under `retention`, the one that applies to every case last; what is wrong is noted."""
    found = [row for word in reader.words() if (row := _row(word, reader))]
    if found and (found[-1].outcomes or any(not row.outcomes for row in found[:-1])):
        reader.say("retention: the last row, and no other, is the one without an “if”.")
    return tuple(found)


def chosen(rows: Iterable[Keeping], outcomes: Collection[str]) -> Keeping | None:
    """The first row that applies; none where the edition says nothing."""
    return next((row for row in rows if row.applies(outcomes)), None)


def _row(word: Word, reader: Reader) -> Keeping | None:
    said, only = told_apart(word)
    parts = _ROW.fullmatch(said)
    if parts is None:
        reader.say(f"retention: “{said}” is not a row: write it like “review after 72 months”.")
        return None
    if only is not None and only.field != OUTCOME:
        reader.say(f"retention: “{only.field}” is not known of a case that ended; only “{OUTCOME}” is.")
    try:
        after = Length.parse(parts[2]) if parts[2] else None
    except ValueError as error:
        reader.say(f"retention: {error}")
        return None
    if after is not None and after.unit not in {Unit.DAYS, Unit.WEEKS, Unit.MONTHS}:
        reader.say("retention: a record is kept for days, weeks or months.")
    return Keeping(Word.at(parts[1], word.where), after, only.codes if only else (), word.where)
