"""What each person sees of every table when nothing is filtered: exactly what is theirs, written by hand in sight_told.

Beside the rows: the columns kept even from those who see the row.
"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from psycopg.rows import tuple_row
from sqlalchemy import make_url

from regulator.tables import metadata
from tests.rooms import sight_world
from tests.rooms.sight_told import READERS
from tests.rooms.sight_world import NOT_OF_CASES, World


@pytest.fixture(scope="module")
def world(kept_app: Flask, catalogue: psycopg.Connection) -> World:
    """Everything there is, with a row of each kind for each reader."""
    with kept_app.app_context():
        return sight_world.made(catalogue)


@pytest.fixture
def login(kept_app: Flask) -> Iterator[psycopg.Connection]:
    """A connection of the application’s login."""
    url = make_url(kept_app.extensions["regulator"].database_url).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


# What tells rows apart where their key may not be read.
KEYS = {"web_session": ("person_id",)}


def key_of(table: sa.Table) -> tuple[str, ...]:
    """The columns that tell the rows of a table apart."""
    return KEYS.get(table.name) or tuple(column.name for column in table.primary_key)


def seen(login: psycopg.Connection, table: sa.Table) -> set[tuple]:
    """The keys of every row of a table that is seen with no filter at all."""
    key = sql.SQL(", ").join(map(sql.Identifier, key_of(table)))
    query = sql.SQL("select {} from {}").format(key, sql.Identifier(table.name))
    try:
        with login.transaction(), login.cursor(row_factory=tuple_row) as cursor:
            return set(cursor.execute(query).fetchall())
    except psycopg.errors.InsufficientPrivilege:
        return set()


@pytest.mark.parametrize("who", READERS)
def test_sight(login: psycopg.Connection, world: World, who: str):
    """With every filter taken away, each person sees of every table exactly what is theirs, twice over."""
    role, person, body, case, sees = READERS[who]
    claim = [
        f"regulator_{role}",
        str(world.people.get(person, "")),
        str(world.bodies.get(body, "")),
        str(world.cases.get(case, "")),
    ]
    theirs = {
        name: {
            tuple(row[column] for column in key_of(table))
            for row in world.rows[name]
            if name in sees and sees[name](world, row)
        }
        for name, table in metadata.tables.items()
    }
    for _ in range(2):
        with login.transaction():
            settings = ("role", "app.person", "app.body", "app.case")
            login.execute(
                "select set_config(s, v, true) from unnest(%s::text[], %s::text[]) t(s, v) order by s <> 'role'",
                (list(settings), claim),
            )
            for name, table in metadata.tables.items():
                if name not in NOT_OF_CASES:
                    assert seen(login, table) == theirs[name], name


def test_each_table_shows_something_to_somebody(world: World):
    """Of every table that somebody may read there are rows that they see and rows of the same table that they do not."""
    for who in ("officer of the north", "overseer of the north"):
        for name, sees in READERS[who][-1].items():
            told = {sees(world, row) for row in world.rows[name]}

            assert told == {True, False}, (who, name)


def test_world_is_full(world: World):
    """The world these tests look at has rows in every table there is."""
    assert [name for name, rows in world.rows.items() if not rows and name not in NOT_OF_CASES] == []


def test_nothing_is_told_of_a_table_that_is_not_there(world: World):
    """What is written by hand names only tables there are."""
    told = {name for *_, sees in READERS.values() for name in sees}

    assert told <= set(metadata.tables)


OF_CASES = tuple(
    f"case_file.{column}" for column in ("title", "owner_id", "team_id", "is_restricted", "due_on")
)
OF_ENTRIES = tuple(
    f"entry.{column}" for column in ("canonical", "data", "by_person_id", "stage_to", "for_staff")
)
# Columns kept from somebody who sees the row.
KEPT_FROM = {
    "staff": (
        *(f"evidence_item.{column}" for column in ("answer", "mark", "ground")),
        "comment.draft",
        "web_session.data",
        "recovery_code.code_hash",
        "way_back.answer_hash",
        "code_link.secret_hash",
    ),
    "body": (
        *OF_CASES,
        *OF_ENTRIES,
        *(f"participant.{column}" for column in ("email", "phone", "address", "safe_contact", "needs")),
        "entry_words.salt",
        *(f"visit.{column}" for column in ("people_present", "interviewed", "observations")),
        *(f"report_finding.{column}" for column in ("evidence", "superseded_by")),
        "audit.reason",
        *(f"inspection.{column}" for column in ("unannounced", "reason")),
        "service.proof",
        *(f"certificate.{column}" for column in ("recommended_as", "recommended_on", "recommended_done_on")),
    ),
    "oversight": (
        *OF_CASES,
        *OF_ENTRIES,
        "entry_words.salt",
        *(f"report_finding.{column}" for column in ("evidence", "superseded_by")),
        *(f"inspection.{column}" for column in ("unannounced", "reason")),
    ),
    "complainant": (
        *OF_CASES,
        *OF_ENTRIES,
        *(f"allegation.{column}" for column in ("finding", "reasons")),
        "comment.draft",
    ),
    "public": (*OF_CASES, *OF_ENTRIES, "party.due_on", "party.overseen_by_id", "entry_words.salt"),
    "administration": ("credential.password_hash", "credential.totp_secret", "web_session.secret_hash"),
    "body_administration": ("credential.password_hash", "credential.totp_secret", "web_session.secret_hash"),
}


@pytest.mark.parametrize("role", KEPT_FROM)
def test_columns_kept(login: psycopg.Connection, role: str):
    """Some columns are kept even from those who see the row."""
    for column in KEPT_FROM[role]:
        table = column.partition(".")[0]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            read_as(login, role, f"select {column} from {table}")


def read_as(login: psycopg.Connection, role: str, query: str) -> None:
    """Ask as a role."""
    with login.transaction():
        login.execute("select set_config('role', %s, true)", (f"regulator_{role}",))
        login.execute(query)
