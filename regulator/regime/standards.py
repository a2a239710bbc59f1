"""Standards as data: what a clause says, in its versions, and on which days each was in force.

A standard that is worded anew is a row of its own that follows the earlier one, so a finding, which keeps the code it
was made under, keeps the wording too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from regulator.regime.parts import Standard
from regulator.regime.reading import Reader, where_of

REQUIRED: Final = "title clause text source in_force_from"
MORE: Final = "in_force_to follows confirmed"
_DAY: Final = re.compile(r"\d{4}(-\d\d-\d\d)?")


def read(rows: Mapping[str, Reader]) -> dict[str, Standard]:
    """The standards of an edition by code, with whatever is wrong with their dates noted."""
    found = {code: _standard(code, row) for code, row in rows.items()}
    for code, one in found.items():
        for sentence in _faults(one, found):
            rows[code].say(f"the standard “{code}”: {sentence}")
    return found


def _standard(code: str, row: Reader) -> Standard:
    said = row.table(REQUIRED, MORE, f"the standard “{code}”")
    return Standard(
        code,
        title=said.text("title"),
        clause=said.text("clause"),
        text=said.text("text"),
        source=said.text("source"),
        in_force_from=said.text("in_force_from"),
        in_force_to=said.text("in_force_to"),
        follows=said.text("follows"),
        is_confirmed=said.flag("confirmed", otherwise=True),
        where=where_of(code),
    )


def _is_dated(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text)) and bool(
            date.fromisoformat(text if "-" in text else f"{text}-01-01")
        )
    except ValueError:
        return False


def _faults(one: Standard, every: Mapping[str, Standard]) -> Sequence[str]:
    """What is wrong with its days, and with what it follows."""
    wrong = [said for said in filter(None, (one.in_force_from, one.in_force_to)) if not _is_dated(said)]
    if wrong or not one.in_force_from:
        return [f"“{said}” is neither a day nor a year: write it like 2026-04-21 or 2026." for said in wrong]
    if one.in_force_to and one.last_day < one.first_day:
        return [f"it ends on {one.in_force_to}, before it begins on {one.in_force_from}."]
    if not one.follows:
        return []
    earlier = every.get(one.follows)
    if earlier is None:
        return [f"it follows “{one.follows}”, and there is no such standard."]
    dated = all(_is_dated(said) for said in (earlier.in_force_from, earlier.in_force_to))
    if not dated or earlier.last_day >= one.first_day:
        return [f"it follows “{one.follows}”, which must say that it ended before {one.in_force_from}."]
    return []


def in_force(every: Mapping[str, Standard], first: date, last: date) -> list[Standard]:
    """The standards in force on any day from `first` to `last`, in the order of the edition."""
    return [one for one in every.values() if one.first_day <= last and one.last_day >= first]
