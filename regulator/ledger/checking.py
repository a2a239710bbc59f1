"""One entry by itself: its hash, its link to the one before, and that its columns say what was hashed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from regulator.ledger.entry import commitment, flags, hashed
from regulator.ledger.fold import Rows
from regulator.ledger.intent import case_of
from regulator.ledger.recording import canonical

ALGORITHM = "sha256-1"
FLAGS = tuple(flags(()))


class Broken(Exception):
    """An entry is not as it was recorded; `kind` is that of the report’s fault."""

    def __init__(self, kind: str, says: str) -> None:
        super().__init__(says)
        self.kind, self.says = kind, says


class Stored(NamedTuple):
    """An entry as its row has it; the fields are the columns’ own names, and `stream` to `data` are hashed."""

    id: int
    stream: str
    seq: int
    case_id: int | None
    step: str
    by_person_id: int | None
    by_role: str
    occurred: datetime
    occurred_is_day: bool
    recorded: datetime
    stage_from: str | None
    stage_to: str | None
    for_staff: bool
    for_body: bool
    for_complainant: bool
    for_public: bool
    party_id: int | None
    keys: dict[str, int]
    data: dict[str, Any]
    algorithm: str
    canonical: str
    hash: str


HASHED = slice(Stored._fields.index("stream"), Stored._fields.index("algorithm"))


@dataclass(frozen=True)
class KeptWords:
    """The words of an entry for one audience, as they are kept apart from it."""

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
    if stands != told or not _is_same(entry.data, content["data"]):
        names = zip(Stored._fields[HASHED], stands, told, strict=True)
        wrong = next((name for name, column, said in names if column != said), "data")
        raise Broken("altered", f"its column {wrong} is not what was hashed")
    return content


def _columns(content: Mapping[str, Any]) -> tuple[Any, ...]:
    """The hashed columns of an entry, in their order, as its text has them."""
    told = flags(content["for"])
    return (
        content["stream"],
        content["seq"],
        case_of(content["stream"]),
        content["step"],
        content["person"],
        content["role"],
        datetime.fromisoformat(content["occurred"]),
        content["is_day"],
        datetime.fromisoformat(content["recorded"]),
        content["from"],
        content["to"],
        *(told[name] for name in FLAGS),
        content["party"],
        content["keys"],
        content["data"],
    )


def _is_same(stored: Any, said: Any) -> bool:
    """Whether two JSON values are the same; to Python alone, true is 1."""
    return not said or canonical(stored) == canonical(said)


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
