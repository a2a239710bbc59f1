"""What the rows should be by their entries alone, and how the rows as they stand differ from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy.orm import Mapper

import regulator.tables  # noqa: F401 - every class is mapped before rows are folded
from regulator.db import Base
from regulator.ledger.recording import GONE, KEPT_APART, MADE, columns, is_recorded, plain, table_of

ERASED = object()
_EVENTS = (MADE, GONE)

Rows = Mapping[str, Mapping[str, Any]]
Told = tuple[Any, str]


@dataclass(frozen=True)
class Kept:
    """A recorded table as the fold compares it.

    is_of_case: whether its rows belong to cases; then `query` is given their numbers
    query:      selects the case (0 where there is none), the columns of the key, then `names`
    """

    name: str
    names: tuple[str, ...]
    personal: frozenset[str]
    is_of_case: bool
    query: str

    def read(self, row: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
        """A row that `query` gave, under the name the ledger gives it."""
        first = len(row) - len(self.names)
        name = f"{self.name}:{'/'.join(map(str, row[1:first]))}"
        return name, {column: plain(value) for column, value in zip(self.names, row[first:], strict=True)}


@cache
def tables() -> Mapping[str, Kept]:
    """Every table whose rows leave entries, by name."""
    found = (_kept(mapper) for mapper in Base.registry.mappers if is_recorded(mapper))
    return {kept.name: kept for kept in sorted(found, key=lambda kept: kept.name)}


def _kept(mapper: Mapper[Any]) -> Kept:
    table, recorded = table_of(mapper), columns(mapper)
    case = "id" if table.name == "case_file" else "case_id"
    is_of_case = case in table.columns
    key = [column.name for column in table.primary_key.columns]
    asked = ", ".join([case if is_of_case else "0", *key, *(each.column.name for each in recorded)])
    where = f" where {case} = any(%s)" if is_of_case else ""
    return Kept(
        name=table.name,
        names=tuple(each.name for each in recorded),
        personal=frozenset(each.name for each in recorded if each.audience),
        is_of_case=is_of_case,
        query=f"select {asked} from {table.name}{where}",  # noqa: S608 - names of our own tables
    )


@cache
def of_no_case() -> frozenset[str]:
    """The recorded tables whose rows belong to no case: several chains may tell of them."""
    return frozenset(kept.name for kept in tables().values() if not kept.is_of_case)


RENAMED = {
    "account_request": "evidence_request",
    "account_item": "evidence_item",
    "view_paragraph": "paragraph",
    "view_comment": "comment",
}
"""What tables were called in older entries, which stay as they were written."""


def table_name(row: str) -> str:
    """The table of a row, from the name the ledger gives it."""
    return row.partition(":")[0]


def today(row: str) -> str:
    """A row by the name its table has now."""
    table, _, number = row.partition(":")
    return f"{RENAMED[table]}:{number}" if table in RENAMED else row


@dataclass
class Fold:
    """The rows that entries leave behind: for each column its value, and the entry that said so.

    last: for each row the last entry that told of it
    """

    rows: dict[str, dict[str, Told]] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)

    def take(self, entry: str, facts: Rows, words: Rows) -> str | None:
        """Add the facts of an entry; a sentence when they do not follow from the entries before.

        entry: what to call it
        words: for each row the words of its personal columns, as far as they are kept
        """
        for row, changes in facts.items():
            if flaw := self._take_row(entry, today(row), changes, words.get(row, {})):
                return flaw
        return None

    def _take_row(
        self, entry: str, row: str, changes: Mapping[str, Any], words: Mapping[str, Any]
    ) -> str | None:
        if MADE in changes and row in self.rows:
            return f"it makes {row}, which was there already"
        if MADE not in changes and row not in self.rows:
            return f"it changes {row}, which no entry before it made"
        stands = self.rows.setdefault(row, {})
        self.last[row] = entry
        for column, change in changes.items():
            if column in _EVENTS:
                continue
            before, after = (None, words.get(column, ERASED)) if change == KEPT_APART else change
            value, teller = stands.get(column, (before, entry))
            if change != KEPT_APART and value != before:
                return f"it says {row}.{column} was {said(before)}, and {teller} left it {said(value)}"
            stands[column] = (after, entry)
        if GONE in changes:
            del self.rows[row]
        return None

    def differs(self, stands: Rows) -> Iterator[str]:
        """How the rows as they stand differ, a sentence for each difference."""
        for row in sorted(stands.keys() - self.rows.keys()):
            yield f"{row} is there, and no entry made it"
        for row in sorted(self.rows.keys() - stands.keys()):
            if table_name(row) in tables():
                yield f"{row} is not there, and {self.last[row]} left it there"
        for row, told in self.rows.items():
            yield from _unlike(row, told, stands.get(row, {}))


def _unlike(row: str, told: Mapping[str, Told], stands: Mapping[str, Any]) -> Iterator[str]:
    """The columns that differ. One of which no entry tells came after the row was made, and is not compared."""
    for column, (value, teller) in told.items():
        if value is ERASED or column not in stands or stands[column] == value:
            continue
        if column in tables()[table_name(row)].personal:
            yield f"{row}.{column} is not as {teller} left it"
        else:
            yield f"{row}.{column} is {said(stands[column])}, and {teller} left it {said(value)}"


def said(value: Any) -> str:
    """A value in a sentence."""
    match value:
        case None:
            return "empty"
        case bool():
            return "“yes”" if value else "“no”"
        case _:
            return f"“{value}”"
