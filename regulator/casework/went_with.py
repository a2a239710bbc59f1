"""Which letters and files belong to an entry of the timeline: what was written and given in the same step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from regulator import moments
from regulator.casework.queries import Told
from regulator.documents.queries import DocumentRow
from regulator.letters.queries import LetterRow
from regulator.regime.model import Step


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


def _day(occurred: date | datetime) -> date:
    """The London day; a story told afterwards gives days, and its letters bear the moment that was told."""
    return moments.london_day(occurred) if isinstance(occurred, datetime) else occurred
