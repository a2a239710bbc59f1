"""The cases that are copied: told through steps with numbers that tell by themselves what they number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from regulator.errors import NotNow
from regulator.tables import metadata

FIRST, EACH = 700_000_000, 1_000_000
"""Rows of the first table are numbered from FIRST, those of the next from EACH more: no other number is like them."""
LEFT = {
    "reading": "looks at cases that nobody had",
    "search_row": "copied by itself, for its words are broken down by the database",
}
"""Tables of cases that are not copied, and why."""
CODE = r"[0-9A-Z]{4}"
MESSAGE = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=@)"
"""What names a message to mail servers, before the at sign."""


@dataclass(frozen=True)
class Copied:
    """A table as it is copied: its columns, and which rows are those of the story."""

    name: str
    columns: Sequence[str]
    of_story: sql.Composable


def tables() -> list[Copied]:
    """The tables that are copied, one before those that refer to it."""
    found = []
    for table in metadata.sorted_tables:
        if table.name in LEFT or not (is_of_cases(table) or table.name == "entry_words"):
            continue
        column = {"case_file": "id", "entry_words": "entry_id"}.get(table.name, "case_id")
        rows = sql.SQL("{} >= {}").format(sql.Identifier(column), sql.Literal(FIRST))
        found.append(Copied(table.name, [one.name for one in table.columns], rows))
    return found


def is_of_cases(table: sa.Table) -> bool:
    """Whether the rows of a table belong to cases."""
    return table.name == "case_file" or "case_id" in table.columns


def numbered() -> dict[str, int]:
    """The tables whose rows have numbers of their own, each with the first number of the story’s."""
    named = [
        table.name
        for table in metadata.sorted_tables
        if is_of_cases(table) and "id" in table.primary_key.columns
    ]
    return {name: FIRST + place * EACH for place, name in enumerate(named)}


def prepare(owner: psycopg.Connection[Any]) -> None:
    """Let what is told next be numbered as the story’s.

    Raises: NotNow where there are cases already
    """
    row = owner.execute("select exists (select 1 from case_file)").fetchone()
    if row and row[0]:
        raise NotNow("There are cases here. Load into a database that has none.")
    for name, first in numbered().items():
        owner.execute(
            sql.SQL("alter table {} alter column id restart with {}").format(
                sql.Identifier(name), sql.Literal(first)
            )
        )


class Lines:
    """Rows of one table as COPY writes them, cut where something differs from copy to copy."""

    def __init__(self, copied: Copied, token: re.Pattern[str], lines: Sequence[str]) -> None:
        self.copied = copied
        self.rows = [token.split(line) for line in lines]

    def made(self, said: dict[str, str]) -> Iterator[str]:
        """The rows of one copy; `said` is what stands in place of each token."""
        return (fill(parts, said) for parts in self.rows)


def fill(parts: Sequence[str], said: dict[str, str]) -> str:
    """One text with its tokens put in."""
    if len(parts) == 1:
        return parts[0]
    out = list(parts)
    out[1::2] = [said.get(token, token) for token in parts[1::2]]
    return "".join(out)


def read(owner: psycopg.Connection[Any], query: sql.Composable) -> list[str]:
    """The lines that COPY gives for a query, each with its line end."""
    with owner.cursor().copy(sql.SQL("copy ({}) to stdout").format(query)) as lines:
        text = b"".join(bytes(piece) for piece in lines).decode()
    return [f"{line}\n" for line in text.split("\n")[:-1]]


def tokens(names: Sequence[str]) -> re.Pattern[str]:
    """What differs from copy to copy: numbers, references with hyphens and without, hashes, names of messages, and these names."""
    spelt = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(
        rf"({MESSAGE}|(?<![0-9a-f])[0-9a-f]{{64}}(?![0-9a-f])|(?<![0-9a-f])7\d{{8}}(?![0-9a-f])"
        rf"|(?<![0-9A-Za-z])[A-Z]{{1,2}}-{CODE}-{CODE}(?![0-9A-Za-z])" + (rf"|{spelt}" if spelt else "") + ")"
    )
