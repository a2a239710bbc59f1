"""What is found by words, as whoever asks may see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.casework.models import CaseFile
from regulator.casework.searching.models import SearchRow
from regulator.db import ask_as, db

ROWS = 25
MOST = 101
"""So many are ranked at most: one more than is counted."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for. is_open: none for open and closed cases alike; body: of which body, for staff."""

    words: str
    kind: str = ""
    is_open: bool | None = None
    body: int | None = None
    start: int = 0


@dataclass(frozen=True)
class Hit:
    """A case that was found. said: where its words stand, and the words, as this audience may read them.

    title:   none for who is not shown what staff call it
    by_name: found by a name alone, perhaps one only nearly right
    """

    reference: str
    kind: str
    edition: str
    stage: str
    is_open: bool
    opened_on: date
    title: str | None
    owner: str | None
    said: list[tuple[str, str]]
    by_name: bool


@dataclass(frozen=True)
class Hits:
    """A page of what was found; `many` is exact up to a hundred, and one more beyond."""

    rows: list[Hit]
    many: int


_FOUND = (
    sa.func.search_cases(
        sa.bindparam("words", type_=sa.Text),
        sa.bindparam("words", type_=sa.Text),
        sa.bindparam("kind", type_=sa.Text),
        sa.bindparam("is_open", type_=sa.Boolean),
        sa.bindparam("body", type_=sa.BigInteger),
        sa.bindparam("most", type_=sa.Integer),
    )
    .table_valued("row_id", "case_id", "score", "by_name", "many")
    .alias("found")
)
_COLUMNS = (
    CaseFile.reference,
    CaseFile.kind,
    CaseFile.edition,
    CaseFile.stage,
    CaseFile.is_open,
    CaseFile.opened_on,
    SearchRow.words,
    _FOUND.c.by_name,
    _FOUND.c.many,
)


def _page(*columns: Any) -> sa.Select[Any]:
    return (
        sa.select(*_COLUMNS, *columns)
        .select_from(_FOUND)
        .join(SearchRow, SearchRow.id == _FOUND.c.row_id)
        .join(CaseFile, CaseFile.id == _FOUND.c.case_id)
        .order_by(_FOUND.c.score.desc(), _FOUND.c.case_id.desc())
        .limit(ROWS)
        .offset(sa.bindparam("start"))
    )


_FOR_STAFF = _page(CaseFile.title, Person.name).outerjoin(Person, Person.id == CaseFile.owner_id)
_FOR_OTHERS = _page(sa.null(), sa.null())


def search(wanted: Wanted, *, by: Actor) -> Hits:
    """The cases in which the words stand that `by` may read, the best first: at most MOST of them, a page at a time."""
    ask_as(by)
    asked = {
        "words": wanted.words,
        "kind": wanted.kind or None,
        "is_open": wanted.is_open,
        "body": wanted.body,
        "most": MOST,
        "start": wanted.start,
    }
    rows: list[Any] = list(db.session.execute(_FOR_OTHERS if by.body_id else _FOR_STAFF, asked))
    return Hits([_hit(row) for row in rows], rows[0].many if rows else 0)


def _hit(row: Any) -> Hit:
    reference, kind, edition, stage, is_open, opened, words, by_name, _, title, owner = row
    said = [(place, text) for place, text in json.loads(words)]
    return Hit(reference, kind, edition, stage, is_open, opened, title, owner, said, by_name)
