"""Copying the story: every copy with its own numbers, references and names, and chains hashed anew."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from regulator.accounts.codes import ALPHABET
from regulator.ledger.entry import commitment, hashed
from regulator.loading.story import EACH, FIRST, Copied, Lines, fill, numbered, read, tables, tokens

AT_ONCE = 10
COPIES = 1_000_000_000
"""Rows of copies are numbered from here, after everything else."""
FIRST_NAMES = [
    "Amina",
    "Bethan",
    "Callum",
    "Dilys",
    "Ewan",
    "Farah",
    "Gareth",
    "Hannah",
    "Imran",
    "Jolyon",
    "Kirsty",
    "Leila",
    "Morag",
    "Nadia",
    "Owain",
    "Priya",
    "Rhodri",
    "Saoirse",
    "Tariq",
    "Una",
    "Vikram",
    "Winifred",
    "Yusuf",
    "Zainab",
]
LAST_NAMES = [
    "Abernethy",
    "Bhattacharya",
    "Caddick",
    "Drummond",
    "Eastwood",
    "Farquhar",
    "Gwynne",
    "Hargreaves",
    "Iqbal",
    "Jellicoe",
    "Kirkbride",
    "Lacey",
    "Mahmood",
    "Nkemelu",
    "Oakeshott",
    "Pargeter",
    "Quigley",
    "Rasmussen",
    "Satterthwaite",
    "Tregenza",
    "Underhill",
    "Venables",
    "Wolstenholme",
    "Yarwood",
]
WHO = [f"{first} {last}" for first, last in product(FIRST_NAMES, LAST_NAMES)]
_SEARCHED = sql.SQL(
    "select case_id, audience, body_id, words, names, digest, ts_filter(said, '{b}') || (select"
    " array_to_tsvector(array_agg(lexeme)) from unnest(said) where lexeme like '@%') from search_row order by id"
)
_TO_SEARCH = (
    (
        "create temporary table searched (case_id bigint, audience text, body_id bigint, words text, names text,"
        " digest text, rest tsvector)"
    ),
    (
        "insert into search_row (case_id, audience, body_id, words, names, digest, said) select case_id, audience,"
        " body_id, words, names, digest, setweight(to_tsvector('house', names), 'A') || rest from searched"
    ),
    "drop table searched",
)


@dataclass
class _Entry:
    """An entry of the story: its number, its hash and the parts of the text that was hashed."""

    hash: str
    text: list[str]


@dataclass
class _Words:
    """Words of an entry kept apart: their salt, what the entry says of them, and their parts."""

    salt: str
    commitment: str
    text: list[str]


class Story:
    """The story as it was read, ready to be copied."""

    def __init__(self, owner: psycopg.Connection[Any]) -> None:
        self.owner = owner
        people = owner.execute(
            "select distinct name, email from participant where name is not null"
        ).fetchall()
        self.names = [name for name, _ in people]
        self.mails = [mail for _, mail in people if mail]
        found = owner.execute("select reference from case_file order by id").fetchall()
        self.references = [reference for (reference,) in found]
        plain = [reference.replace("-", "").lower() for reference in self.references]
        lower = [reference.lower() for reference in self.references]
        self.token = tokens([*self.names, *map(str.lower, self.names), *self.mails, *plain, *lower])
        self.lines = [self._lines(copied) for copied in tables()]
        searched = Copied("searched", [], sql.SQL(""))
        self.searched = Lines(searched, self.token, read(owner, _SEARCHED))
        self.entries, self.words = self._chains()
        self.spans = self._spans()
        everything = [parts for lines in [*self.lines, self.searched] for parts in lines.rows]
        self.used = {token for parts in everything for token in parts[1::2]}
        self.numbers = self._numbers()
        self.messages = [token for token in self.used if len(token) == len(str(UUID(int=0)))]

    def _lines(self, copied: Copied) -> Lines:
        query = sql.SQL("select {} from {} where {}").format(
            sql.SQL(", ").join(map(sql.Identifier, copied.columns)),
            sql.Identifier(copied.name),
            copied.of_story,
        )
        return Lines(copied, self.token, read(self.owner, query))

    def _chains(self) -> tuple[list[_Entry], list[_Words]]:
        entries = self.owner.execute(
            "select hash, canonical from entry where case_id is not null order by case_id, seq"
        ).fetchall()
        words = self.owner.execute(
            "select w.salt, w.words from entry_words w join entry e on e.id = w.entry_id where e.case_id is not null"
        ).fetchall()
        return (
            [_Entry(hash_, self.token.split(text)) for hash_, text in entries],
            [_Words(salt, commitment(salt, text), self.token.split(text)) for salt, text in words],
        )

    def _spans(self) -> dict[int, int]:
        """How many numbers one copy takes of each table, by the table’s first number."""
        found = {}
        for name, first in numbered().items():
            query = sql.SQL("select coalesce(max(id), {}) from {} where id < {}").format(
                sql.Literal(first), sql.Identifier(name), sql.Literal(first + EACH)
            )
            row = self.owner.execute(query).fetchone()
            found[first] = (row[0] if row else first) - first + 1
        return found

    def copy(self, number: int) -> dict[str, str]:
        """What stands in the place of every token in one copy, hashes and all."""
        said = self._new_names(number)
        said |= {message: str(uuid4()) for message in self.messages}
        said |= {token: str(COPIES + number * span + place) for token, place, span in self.numbers}
        for words in self.words:
            if len(words.text) > 1:
                said[words.commitment] = commitment(words.salt, fill(words.text, said))
        for entry in self.entries:
            said[entry.hash] = hashed(fill(entry.text, said))
        return said

    def _new_names(self, number: int) -> dict[str, str]:
        said = {}
        for reference in self.references:
            prefix = reference.partition("-")[0]
            letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
            new = f"{prefix}-{letters[:4]}-{letters[4:]}"
            said[reference], said[reference.lower()] = new, new.lower()
            said[reference.replace("-", "").lower()] = new.replace("-", "").lower()
        for place, name in enumerate(self.names):
            new = WHO[(number * 131 + place * 17) % len(WHO)]
            said[name], said[name.lower()] = new, new.lower()
        for place, mail in enumerate(self.mails):
            said[mail] = (
                f"{WHO[(number * 131 + place * 17) % len(WHO)].replace(' ', '.').lower()}@example.test"
            )
        return said

    def _numbers(self) -> list[tuple[str, int, int]]:
        """Every number of the story’s that stands anywhere: as it is written, its place among its table’s, and how
        many of the table one copy takes.
        """
        found = []
        for token in filter(str.isdigit, self.used):
            first, place = divmod(int(token) - FIRST, EACH)
            span = self.spans.get(FIRST + first * EACH, 0)
            if place < span:
                found.append((token, place, span))
        return found


def load(owner: psycopg.Connection[Any], cases: int) -> int:
    """Copy the story until there are `cases` cases or a few more; returns how many there are.

    As the owner of the tables, who is let write rows that are checked by nobody: the record is proved afterwards.
    """
    story = Story(owner)
    owner.execute("set session_replication_role = replica")
    copies = max(0, -(-(cases - len(story.references)) // len(story.references)))
    for start in range(0, copies, AT_ONCE):
        _write(owner, story, [story.copy(number) for number in range(start, min(start + AT_ONCE, copies))])
    owner.execute("reset session_replication_role")
    return len(story.references) * (copies + 1)


def _write(owner: psycopg.Connection[Any], story: Story, copies: Sequence[dict[str, str]]) -> None:
    for lines in story.lines:
        target = sql.SQL("{} ({})").format(
            sql.Identifier(lines.copied.name),
            sql.SQL(", ").join(map(sql.Identifier, lines.copied.columns)),
        )
        _put(owner, target, _all(lines, copies))
    make, keep, drop = _TO_SEARCH
    owner.execute(make)
    _put(owner, sql.Identifier("searched"), _all(story.searched, copies))
    owner.execute(keep)
    owner.execute(drop)


def _all(lines: Lines, copies: Sequence[dict[str, str]]) -> Iterator[str]:
    return (row for said in copies for row in lines.made(said))


def _put(owner: psycopg.Connection[Any], target: sql.Composable, rows: Iterator[str]) -> None:
    with owner.cursor().copy(sql.SQL("copy {} from stdin").format(target)) as into:
        portion: list[str] = []
        for row in rows:
            portion.append(row)
            if len(portion) >= 500:
                into.write("".join(portion))
                portion.clear()
        into.write("".join(portion))


__all__ = ["Story", "load"]
