"""Answers in a story, read as the question asks them; what is a row of a case is named there by its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from regulator.deadlines.london import from_london
from regulator.deadlines.rule import Length
from regulator.regime.model import Edition, Field, Kind
from regulator.regime.reading import Reader, unknown
from regulator.replay.columns import AREA, DAY, NUMBER, PARTY, ROWS, STANDARD, WORDS, YES_NO
from regulator.replay.listing import items

Value = TypeVar("Value")


@dataclass(frozen=True)
class Asked:
    """A question of a step, and what the words in its answer are looked up in; `day` reads a day.

    bodies: the slugs of those that the case is about, where the file says them
    """

    field: Field
    edition: Edition
    kind: Kind
    people: Iterable[str]
    day: Callable[[str], date]
    bodies: Sequence[str] = ()


COUNTED: Final = (
    "number",
    "entry",
    "finding",
    "request",
    "item",
    "visit",
    "recommendation",
    "concern",
    "notice_step",
)
"""Kinds of question answered with a number that counts within the case."""
ACTS: Final = ("service", "variation", "refusal")
FOUND: Final = frozenset({"representative"})
"""What the case itself says where there is only one, as there is in a story."""


def read(asked: Asked, row: Reader) -> Any:
    """The answer written at `row`; what it cannot be is noted, and then it is none."""
    kind = asked.field.kind
    if kind in FOUND:
        row.say(f"“{asked.field.name}” is known from the case: leave it out.")
        return None
    if kind == "files":
        row.say("files stand beside the answers: “files”, each with its name and its text.")
        return None
    return _READERS[kind](asked, row)


def _text(_asked: Asked, row: Reader) -> str:
    return str(row.text())


def _lines(_asked: Asked, row: Reader) -> list[str]:
    return [str(each.text()) for each in items(row)]


def _number(_asked: Asked, row: Reader) -> int | None:
    text = row.text()
    if not text.isdecimal():
        row.say(f"“{text}” is not a number.")
        return None
    return int(text)


def _numbers(asked: Asked, row: Reader) -> list[int | None]:
    return [_number(asked, each) for each in items(row)]


def _slugs(_asked: Asked, row: Reader) -> list[str]:
    return [str(word) for word in row.words()]


def read_day(text: str) -> date:
    """The day written as 2026-03-02.

    Raises: ValueError with a sentence
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a day like 2026-03-02.") from None


def read_moment(text: str) -> date | datetime:
    """The day written as 2026-03-02, or the London moment written as 2026-03-02T15:30.

    Raises: ValueError with a sentence
    """
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        wall = datetime.min.replace(tzinfo=UTC)
    if wall.tzinfo is not None:
        raise ValueError(
            f"“{text}” is neither a day like 2026-03-02 nor a London moment like 2026-03-02T15:30."
        )
    return wall.date() if len(text) == len("2026-03-02") else from_london(wall)


def _day(asked: Asked, row: Reader) -> date | None:
    return _or_say(row, asked.day)


def _moment(asked: Asked, row: Reader) -> date | datetime | None:
    return _or_say(row, read_moment if "T" in row.text() else asked.day)


def _or_say(row: Reader, reads: Callable[[str], Value]) -> Value | None:
    try:
        return reads(row.text())
    except ValueError as error:
        row.say(str(error))
        return None


def _length(_asked: Asked, row: Reader) -> str:
    return str(_or_say(row, Length.parse) or "")


def _yes_no(_asked: Asked, row: Reader) -> bool:
    return row.flag()


def _confirm(asked: Asked, row: Reader) -> bool:
    if not row.flag():
        row.say(f"“{asked.field.name}” can only be confirmed: write yes, or leave it out.")
    return True


def _choice(asked: Asked, row: Reader) -> str:
    return _code(asked, row, asked.field.choices or "")


def _several(asked: Asked, row: Reader) -> list[str]:
    known = [choice.code for choice in asked.edition.choices(asked.field.choices or "")]
    return [_one_of(known, row, str(word), asked.field.name) for word in row.words()]


def _code(asked: Asked, row: Reader, choices: str) -> str:
    known = [choice.code for choice in asked.edition.choices(choices)]
    return _one_of(known, row, str(row.text()), asked.field.name)


def _one_of(known: Iterable[str], row: Reader, word: str, question: str) -> str:
    if word not in known:
        row.say(unknown(word, f"answer to “{question}”", known))
    return word


def _named(among: Callable[[Asked], Iterable[str]]) -> Callable[[Asked, Reader], str]:
    return lambda asked, row: _one_of(list(among(asked)), row, str(row.text()), asked.field.name)


def _people(asked: Asked, row: Reader) -> list[str]:
    return [_one_of(asked.people, row, str(word), asked.field.name) for word in row.words()]


def _rows(asked: Asked, row: Reader) -> list[dict[str, Any]]:
    columns = ROWS.get(asked.field.name)
    if columns is None:
        row.say(f"the rows of “{asked.field.name}” cannot be told in a story.")
        return []
    found = []
    for each in items(row):
        cells = each.table("", " ".join(columns), f"a row of “{asked.field.name}”").rows
        found.append({str(n): _cell(asked, columns[n], cell) for n, cell in cells.items() if n in columns})
    return found


def _cell(asked: Asked, kind: str, cell: Reader) -> Any:
    if kind == NUMBER:
        return _number(asked, cell)
    if kind in _CELLS:
        return _CELLS[kind](asked, cell)
    return _code(asked, cell, kind)


def _party(asked: Asked, row: Reader) -> str:
    """The slug of one of the bodies of the case; where the file does not say them it is looked up later."""
    return _one_of(asked.bodies or [row.text()], row, str(row.text()), asked.field.name)


def _area(_asked: Asked, row: Reader) -> str:
    return str(row.text())


def _act(_asked: Asked, row: Reader) -> str:
    """What can be appealed against, as `service`, `variation 1` or `refusal 1`."""
    what, _, number = row.text().partition(" ")
    if what not in ACTS or not (number or "1").isdecimal():
        row.say(f"“{row.text()}” is no act: write {', '.join(ACTS)}, and its number where there are several.")
    return str(row.text())


_PERSON = _named(lambda asked: asked.people)
_STANDARD = _named(lambda asked: asked.edition.standards)
_CELLS: Final[Mapping[str, Callable[[Asked, Reader], Any]]] = {
    NUMBER: _number,
    WORDS: _text,
    DAY: _day,
    YES_NO: _yes_no,
    STANDARD: _STANDARD,
    PARTY: _party,
    AREA: _area,
}
_READERS: Final[Mapping[str, Callable[[Asked, Reader], Any]]] = {
    **dict.fromkeys(("text", "long_text", "email", "phone", "team", "body", "case"), _text),
    **dict.fromkeys(COUNTED, _number),
    "lines": _lines,
    "allegations": _numbers,
    "notice_steps": _numbers,
    "bodies": _slugs,
    "party": _party,
    "act": _act,
    "day": _day,
    "moment": _moment,
    "length": _length,
    "yes_no": _yes_no,
    "confirm": _confirm,
    "choice": _choice,
    "several": _several,
    "person": _PERSON,
    "colleague": _PERSON,
    "people": _people,
    "stage": _named(lambda asked: asked.kind.stages),
    "clock": _named(lambda asked: asked.kind.clocks),
    "standard": _STANDARD,
    "rows": _rows,
}
