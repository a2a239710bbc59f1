"""The words of a case as one audience may read them: read in that audience’s own role, so that no others are there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, array

from regulator.accounts.models import BodyName
from regulator.casework.models import Party
from regulator.db import Base, Identity, db, reading_as
from regulator.ledger.models import Entry, EntryWords
from regulator.ledger.recording import UNRECORDED

CALLED = ("case_file.title", "participant.name", "body_name.name")
"""Where the names stand by which a case is looked for though they are not spelt right."""
LEFT_OUT = {
    "letter": "what letters say is said in many cases alike",
    "service": "addresses",
    "participant.address": "an address is looked up in the case",
    "participant.safe_contact": "how to reach somebody safely is read in the case alone",
    "participant.needs": "health and other needs are read in the case alone",
    "notice.final_text": "put together from words that are found where they stand",
}
"""Tables and columns whose words nobody looks for, and why."""
FIELDS = "entry"
MOST = 200_000
"""So many characters of a case are looked in at most, the newest left out."""


class Said(NamedTuple):
    """Some words and where they stand: a table and column, or `entry` and the name of the question."""

    place: str
    words: str


class _Source(NamedTuple):
    table: sa.Table
    columns: tuple[sa.Column[Any], ...]


@cache
def sources() -> tuple[_Source, ...]:
    """The tables of cases with words in them, with the columns that hold them."""
    found = []
    for table in Base.metadata.sorted_tables:
        is_of_case = table.name == "case_file" or "case_id" in table.columns
        if not is_of_case or table.name in UNRECORDED or table.name in LEFT_OUT:
            continue
        columns = tuple(
            column
            for column in table.columns
            if column.info.get("personal") and f"{table.name}.{column.name}" not in LEFT_OUT
        )
        if columns:
            found.append(_Source(table, columns))
    return tuple(found)


_MAY = sa.text(
    "select t || '.' || c from unnest(cast(:tables as text[]), cast(:columns as text[])) as named(t, c)"
    " where has_column_privilege(:role, t, c, 'select')"
)


def of(case_id: int, who: Identity) -> list[Said]:
    """All the words of a case that `who` may read, each once, in a settled order.

    Inside a change, in the engine role; read in the role of `who`, whose policies say what there is.
    """
    with reading_as(who):
        rows = db.session.execute(_asked(who.role), {"case": case_id}).all()
    found: dict[str, Said] = {}
    for place, _, words in sorted(rows, key=_order):
        for said in _read(place, words):
            found.setdefault(said.words, said)
    return list(_bounded(found.values()))


def _order(row: Any) -> tuple[bool, str, int]:
    """What stands in the case comes before what was answered, which may say the same again."""
    return row[0] == FIELDS, row[0], row[1]


def _bounded(found: Any) -> Iterator[Said]:
    left = MOST
    for said in found:
        left -= len(said.words)
        if left >= 0:
            yield said


_asked_by_role: dict[str, sa.CompoundSelect[Any]] = {}


def _asked(role: str) -> sa.CompoundSelect[Any]:
    """The one statement that reads every word a role may read; each role has its own, so each keeps its plan."""
    if role not in _asked_by_role:
        _asked_by_role[role] = _statement(_readable(role))
    return _asked_by_role[role]


def _readable(role: str) -> frozenset[str]:
    pairs = [(source.table.name, column.name) for source in sources() for column in source.columns]
    asked = {
        "role": f"regulator_{role}",
        "tables": [table for table, _ in pairs],
        "columns": [column for _, column in pairs],
    }
    return frozenset(db.session.scalars(_MAY, asked))


def _statement(readable: frozenset[str]) -> sa.CompoundSelect[Any]:
    case = sa.bindparam("case", type_=sa.BigInteger)
    parts = [_of_entries(case), _of_bodies(case)]
    for source in sources():
        columns = [one for one in source.columns if f"{source.table.name}.{one.name}" in readable]
        if columns:
            parts.append(_of_table(source.table, columns, case))
    return sa.union_all(*parts)


def _of_table(
    table: sa.Table, columns: Sequence[sa.Column[Any]], case: sa.BindParameter[int]
) -> sa.SelectBase:
    whose = table.c.id if table.name == "case_file" else table.c.case_id
    names = ",".join(column.name for column in columns)
    (number, *_) = table.primary_key.columns
    words = sa.cast(sa.func.array_to_json(sa.cast(array(columns), ARRAY(sa.String))), sa.String)
    return sa.select(sa.literal(f"{table.name}:{names}"), number, words).where(whose == case)


def _of_entries(case: sa.BindParameter[int]) -> sa.SelectBase:
    return (
        sa.select(sa.literal(FIELDS), EntryWords.entry_id, EntryWords.words)
        .join(Entry, Entry.id == EntryWords.entry_id)
        .where(Entry.case_id == case)
    )


def _of_bodies(case: sa.BindParameter[int]) -> sa.SelectBase:
    """What the bodies in the case are called, and were called before."""
    return (
        sa.select(
            sa.literal("body_name:name"),
            BodyName.id,
            sa.cast(sa.func.json_build_array(BodyName.name), sa.String),
        )
        .join(Party, Party.body_id == BodyName.body_id)
        .where(Party.case_id == case)
    )


def _read(place: str, text: str) -> Iterator[Said]:
    if place == FIELDS:
        fields: Mapping[str, Any] = json.loads(text).get("fields", {})
        for name, value in fields.items():
            yield from _spoken(f"{FIELDS}.{name}", value)
        return
    table, _, names = place.partition(":")
    for name, value in zip(names.split(","), json.loads(text), strict=True):
        yield from _spoken(f"{table}.{name}", value)


def _spoken(place: str, value: Any) -> Iterator[Said]:
    """The words in an answer, however it is made up; codes and numbers are none."""
    match value:
        case str() if words := " ".join(value.split()):
            if place in CALLED or not _is_code(words):
                yield Said(place, words)
        case dict():
            for each in value.values():
                yield from _spoken(place, each)
        case list():
            for each in value:
                yield from _spoken(place, each)


def _is_code(words: str) -> bool:
    """Whether an answer is one of the edition’s codes or a day, not something somebody wrote."""
    return words == words.lower() and (words.replace("_", "").isalpha() or words.replace("-", "").isdigit())
