"""Answers in a story, read as the question asks them; what is a row of a case is named there by its number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, TypeVar

from regulator.deadlines.london import from_london
from regulator.deadlines.rule import Length
from regulator.regime.model import Edition, Field, Kind
from regulator.regime.reading import Reader, unknown
from regulator.replay.listing import items

Value = TypeVar("Value")


@dataclass(frozen=True)
class Asked:
    """A question of a step, and what the words in its answer are looked up in; `day` reads a day."""

    field: Field
    edition: Edition
    kind: Kind
    people: Iterable[str]
    day: Callable[[str], date]


NUMBER, WORDS = "number", "words"
ROWS: Final[Mapping[str, Mapping[str, str]]] = {
    "remit_answers": {"test": "remit_tests", "answer": "remit_answers", "note": WORDS},
    "items": {"question": WORDS},
    "item_answer": {"item": NUMBER, "answer": WORDS, "mark": "item_marks"},
    "findings": {"allegation": NUMBER, "finding": "findings", "standard": "standard", "reasons": WORDS},
    "comments": {"paragraph": NUMBER, "words": WORDS},
    "disposition": {"comment": NUMBER, "disposition": "dispositions", "reason": WORDS},
}
"""The columns of the answers that are rows: a number, words, a standard, or the name of a set of reason codes."""
FOUND: Final = frozenset({"party", "request", "representative"})
"""What the case itself says where there is only one, as there is in a story."""


def read(asked: Asked, row: Reader) -> Any:
    """The answer written at `row`; what it cannot be is noted, and then it is none."""
    kind = asked.field.kind
    if kind in FOUND:
        row.say(f"“{asked.field.name}” is known from the case: leave it out.")
        return None
    if kind == "files":
        row.say("a story brings no files.")
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
    if kind == WORDS:
        return str(cell.text())
    if kind == "standard":
        return _one_of(asked.edition.standards, cell, str(cell.text()), "standard")
    return _code(asked, cell, kind)


_PERSON = _named(lambda asked: asked.people)
_READERS: Final[Mapping[str, Callable[[Asked, Reader], Any]]] = {
    **dict.fromkeys(("text", "long_text", "email", "phone", "team", "body", "case"), _text),
    "lines": _lines,
    "number": _number,
    "entry": _number,
    "finding": _number,
    "allegations": _numbers,
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
    "standard": _named(lambda asked: asked.edition.standards),
    "rows": _rows,
}
