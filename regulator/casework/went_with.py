"""What belongs together on a timeline: letters and files with the entry of their step, entries written down at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from regulator import moments
from regulator.casework.queries import Told
from regulator.documents.queries import DocumentRow
from regulator.letters.queries import LetterRow
from regulator.regime.model import Step

AT_ONCE = 3
"""From so many entries on, the day on which they were written down is not said with each."""


def letters_of(one: Told, step: Step | None, written: Sequence[LetterRow]) -> list[LetterRow]:
    """The letters that were written in the step of an entry."""
    templates = {use.letter for use in step.letters} if step else set()
    return [
        letter
        for letter in written
        if letter.written_at == one.recorded
        or (
            letter.is_historic
            and letter.template in templates
            and _day(letter.written_at) == _day(one.occurred)
        )
    ]


def files_of(one: Told, given: Sequence[DocumentRow]) -> list[DocumentRow]:
    """The files that were given in the step of an entry."""
    return [file for file in given if file.step == one.step and file.given_at == one.recorded]


def written_at_once(told: Sequence[Told]) -> date | None:
    """The day on which many entries were written down together, after they happened; none where that did not happen."""
    days = Counter(_day(one.recorded) for one in told if _day(one.occurred) != _day(one.recorded))
    day, count = max(days.items(), key=lambda found: found[1], default=(None, 0))
    return day if count >= AT_ONCE else None


def _day(occurred: date | datetime) -> date:
    """The London day; a story told afterwards gives days, and its letters bear the moment that was told."""
    return moments.london_day(occurred) if isinstance(occurred, datetime) else occurred
