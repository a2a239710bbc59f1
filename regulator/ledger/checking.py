"""One entry by itself: its hash, its link to the one before, and that its columns say what was hashed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from regulator.ledger.entry import commitment, flags, hashed
from regulator.ledger.fold import Rows
from regulator.ledger.intent import case_of

ALGORITHM = "sha256-1"


class Broken(Exception):
    """An entry is not as it was recorded; `kind` is that of the report’s fault."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind, self.says = kind, says


class Stored(NamedTuple):
    """An entry as `ENTRIES` selects it; the columns of `stream` to `data` are hashed with it.

    Moments and JSON come as text: moments as they are hashed, whatever the session’s time zone.
    """

    id: int
    stream: str
    seq: int
    case_id: int | None
    step: str
    by_person_id: int | None
    by_role: str
    occurred: str
    occurred_is_day: bool
    recorded: str
    stage_from: str | None
    stage_to: str | None
    for_staff: bool
    for_body: bool
    for_complainant: bool
    for_public: bool
    for_oversight: bool
    party_id: int | None
    keys: str
    data: str
    algorithm: str
    canonical: str
    hash: str


_MOMENT = """to_char({} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
_SELECTED = {
    **{name: _MOMENT.format(name) for name in ("occurred", "recorded")},
    **{name: f"{name}::text" for name in ("keys", "data")},
}
ENTRIES = (
    f"select {', '.join(_SELECTED.get(name, name) for name in Stored._fields)}"  # noqa: S608 - our own names
    " from entry where stream = any(%s) order by stream, seq"
)
WORDS = "select entry_id, audience, salt, words from entry_words where entry_id = any(%s)"
HASHED = slice(Stored._fields.index("stream"), Stored._fields.index("keys"))


class KeptWords(NamedTuple):
    """Some words of an entry, as they are kept apart from it."""

    entry_id: int
    audience: str
    salt: str
    words: str


def content_of(entry: Stored, before: str) -> dict[str, Any]:
    """What an entry says, once it is known to be as it was recorded.

    before: the hash of the entry before it in its chain
    Raises: Broken
    """
    if entry.algorithm != ALGORITHM:
        raise Broken("altered", f"it is hashed by “{entry.algorithm}”, which is not known here")
    if hashed(entry.canonical) != entry.hash:
        raise Broken("altered", "its hash is not that of its text")
    content: dict[str, Any] = json.loads(entry.canonical)
    if content["before"] != before:
        raise Broken("altered", "it does not follow from the entry before it")
    stands: tuple[Any, ...] = tuple(entry)[HASHED]
    told = _columns(content)
    if stands != told:
        names = zip(Stored._fields[HASHED], stands, told, strict=True)
        wrong = next(name for name, column, said in names if column != said)
        raise Broken("altered", f"its column {wrong} is not what was hashed")
    for name, column in (("keys", entry.keys), ("data", entry.data)):
        said = content[name]
        if (said or column != "{}") and not is_same(json.loads(column), said):
            raise Broken("altered", f"its column {name} is not what was hashed")
    return content


def _columns(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """The columns of an entry from `stream` to `party_id`, as its text has them."""
    return (
        content["stream"],
        content["seq"],
        case_of(content["stream"]),
        content["step"],
        content["person"],
        content["role"],
        content["occurred"],
        content["is_day"],
        content["recorded"],
        content["from"],
        content["to"],
        *_flags(tuple(content["for"])),
        content["party"],
    )


@cache
def _flags(told: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(flags(told).values())


def is_same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; to Python alone, true is 1."""
    match one:
        case dict():
            return (
                isinstance(other, dict)
                and one.keys() == other.keys()
                and all(is_same(one[key], other[key]) for key in one)
            )
        case list():
            return isinstance(other, list) and len(one) == len(other) and all(map(is_same, one, other))
        case _:
            return type(one) is type(other) and one == other


def check_words(promised: Mapping[str, str], kept: Sequence[KeptWords]) -> None:
    """Check the words kept apart from an entry against its commitments; those missing are not looked for here.

    Raises: Broken
    """
    for each in kept:
        if each.audience not in promised:
            raise Broken("words", f"there are words for “{each.audience}”, and it had none")
        if commitment(each.salt, each.words) != promised[each.audience]:
            raise Broken("words", f"its words for “{each.audience}” are not those it was written with")


def row_words(kept: Sequence[KeptWords]) -> Rows:
    """The words of personal columns that an entry’s kept words hold, by row and column."""
    found: dict[str, dict[str, Any]] = {}
    for each in kept:
        if '"rows":' in each.words:
            for row, words in json.loads(each.words).get("rows", {}).items():
                found.setdefault(row, {}).update(words)
    return found
