"""What each person sees of every table when nothing is filtered: exactly what is theirs, written here by hand.

Two forces, a case of both, a case neither sees yet, a restricted case; in each, a row of every table for every audience
and every party.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count, product
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from psycopg.rows import dict_row, tuple_row
from psycopg.types.json import Jsonb
from sqlalchemy import make_url

from regulator.tables import metadata
from tests.rooms import bare

Row = dict[str, Any]
BARE = {"party", "case_file", "person", "wall_member"}  # made by the world itself
NOT_OF_CASES = {"body", "body_name", "body_oversight", "body_succession", "holiday", "team"}
SIDES = ("body", "complainant")
CHOICES = {
    "audience": ("body", "complainant"),
    "side": SIDES,
    "to_side": SIDES,
    "for_staff": (True, False),
    "for_body": (True, False),
    "for_complainant": (True, False),
    "shares_identity": (True, False),
}
WORDS_FOR = ("internal", "body", "complainant", "public", "body_only")
PLAIN = {
    str: "words",
    int: 1,
    bool: False,
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
}
PLAIN[object] = Jsonb({})


@dataclass
class World:
    """Who and what there is."""

    bodies: dict[str, int]
    people: dict[str, int]
    cases: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def parties(self, case: int) -> list[Row]:
        """The bodies’ parts in a case."""
        return [row for row in self.rows["party"] if row["case_id"] == case]


@pytest.fixture(scope="module")
def world(kept_app: Flask, catalogue: psycopg.Connection) -> World:
    """Everything there is, with a row of each kind for each reader."""
    with kept_app.app_context():
        north, south = bare.new_body("northshire"), bare.new_body("southshire")
        people = {
            "Carys": bare.new_person("Carys"),
            "Gwen": bare.new_person("Gwen"),
            "Owen": bare.new_person("Owen", north),
            "Sian": bare.new_person("Sian", south),
        }
        cases = {
            "north": bare.new_case(north),
            "south": bare.new_case(south),
            "both": bare.new_case(north, south),
            "early": bare.new_case(north),
            "walled": bare.new_case(north, inside=[people["Carys"]]),
        }
    made = World({"north": north, "south": south}, people, cases)
    catalogue.execute("set session_replication_role = replica")
    catalogue.execute("update party set sees = false where case_id = %s", (cases["early"],))
    fill(made, catalogue)
    made.rows = {table: stored(catalogue, table) for table in metadata.tables}
    catalogue.execute("reset session_replication_role")
    return made


def stored(owner: psycopg.Connection, table: str) -> list[Row]:
    """Every row of a table."""
    with owner.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(table))).fetchall()


def fill(world: World, owner: psycopg.Connection) -> None:
    """A row of every table for each case, party and audience; then what hangs on other rows."""
    world.rows["party"] = stored(owner, "party")
    later = {"paragraph", "entry_words"}
    for table in metadata.sorted_tables:
        if table.name in {*BARE, *NOT_OF_CASES, *later, "chain"} or "case_id" not in table.columns:
            continue
        for case in world.cases.values():
            add(owner, table, world, case_id=case)
    hang(world, owner)


def hang(world: World, owner: psycopg.Connection) -> None:
    """What hangs on rows already there: paragraphs of versions, words of entries, what people sign in with."""
    for version in stored(owner, "issued_version"):
        add(
            owner,
            metadata.tables["paragraph"],
            world,
            case_id=version["case_id"],
            version_id=version["id"],
        )
    owner.execute("delete from entry_words")
    for entry, audience in product(stored(owner, "entry"), WORDS_FOR):
        put(owner, "entry_words", {"entry_id": entry["id"], "audience": audience, "salt": "", "words": ""})
    theirs = (
        "role_held",
        "web_session",
        "recovery_code",
        "credential",
        "one_use_link",
        "used_code",
        "reading",
    )
    for person, name in product(world.people.values(), theirs):
        put(owner, name, filled(metadata.tables[name], {"person_id": person}))
    for name in ("throttle", "house_mail", "answered"):
        put(owner, name, filled(metadata.tables[name], {}))


_numbers = count(1000)


def filled(table: sa.Table, given: Row) -> Row:
    """A row with a value for every column that needs one, unlike any before."""
    row = dict(given)
    for column in table.columns:
        if (
            column.name in row
            or column.nullable
            or column.identity is not None
            or column.server_default is not None
        ):
            continue
        value = PLAIN[column.type.python_type]
        number = next(_numbers)
        row[column.name] = number if value == 1 and not isinstance(value, bool) else value
        if value == "words":
            row[column.name] = "queued" if column.name == "state" else f"words {number}"
    return row


def add(owner: psycopg.Connection, table: sa.Table, world: World, **given: Any) -> None:
    """A row for each party, or for none, and for each audience a table tells apart."""
    choices = {name: found for name, found in CHOICES.items() if name in table.columns}
    if "party_id" in table.columns:
        parties = [row["id"] for row in world.parties(given["case_id"])]
        choices["party_id"] = (*parties, *([None] if table.columns["party_id"].nullable else []))
    if "other_id" in table.columns:
        choices["other_id"] = tuple(world.cases.values())
    for chosen in product(*choices.values()):
        if table.name == "complaint" and chosen:
            continue
        put(owner, table.name, filled(table, given | dict(zip(choices, chosen, strict=True))))


def put(owner: psycopg.Connection, table: str, row: Row) -> None:
    """Write a row, past every lock."""
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    query = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(table), names, sql.SQL(", ").join([sql.Placeholder()] * len(row))
    )
    owner.execute(query, list(row.values()))


# What each may see, by hand. A table that is not named is not theirs at all.
Sees = Callable[[World, Row], bool]


def of_case(*names: str) -> Sees:
    """Rows of some cases."""
    return lambda world, row: row["case_id"] in {world.cases[name] for name in names}


def every(*conditions: Sees) -> Sees:
    """Rows for which all of this holds."""
    return lambda world, row: all(holds(world, row) for holds in conditions)


def says(column: str, *values: Any) -> Sees:
    """Rows of which a column says one of these."""
    return lambda _world, row: row[column] in values


def of_party(body: str) -> Sees:
    """Rows of one body’s own part, or of every body in the case."""

    def holds(world: World, row: Row) -> bool:
        mine = {each["id"] for each in world.rows["party"] if each["body_id"] == world.bodies[body]}
        return row["party_id"] is None or row["party_id"] in mine

    return holds


def of_row(table: str, column: str, sees: Sees) -> Sees:
    """Rows that hang on a row of another table that is seen."""
    return lambda world, row: any(
        each["id"] == row[column] and sees(world, each) for each in world.rows[table]
    )


def anything(_world: World, _row: Row) -> bool:
    return True


def staff(person: str, *cases: str) -> dict[str, Sees]:
    """A caseworker sees all of every case but the restricted, and of those only where they are inside."""
    seen = of_case(*cases)
    entries = every(seen, says("for_staff", True))
    return {
        "case_file": lambda world, row: row["id"] in {world.cases[name] for name in cases},
        **dict.fromkeys(
            (
                "party",
                "participant",
                "clock",
                "issued_version",
                "complaint",
                "allegation",
                "remit_answer",
                "evidence_request",
                "evidence_item",
                "paragraph",
                "comment",
                "letter",
                "outbox",
                "reading",
            ),
            seen,
        ),
        "document": every(seen, says("for_staff", True)),
        "case_link": every(seen, lambda world, row: row["other_id"] in {world.cases[name] for name in cases}),
        "wall_member": every(seen, lambda world, row: row["person_id"] == world.people[person]),
        "entry": entries,
        "entry_words": every(
            of_row("entry", "entry_id", entries),
            says("audience", "internal", "body", "complainant", "public"),
        ),
        "person": anything,
        "role_held": anything,
        "web_session": lambda world, row: row["person_id"] == world.people[person],
        "recovery_code": lambda world, row: row["person_id"] == world.people[person],
    }


def officer(person: str, body: str, *cases: str) -> dict[str, Sees]:
    """A force’s person sees its own part of its own cases, from the day it sees them, and its own people."""
    case, mine = of_case(*cases), of_party(body)
    versions = every(case, mine, says("audience", "body"))
    entries = every(case, mine, says("for_body", True))
    return {
        "case_file": lambda world, row: row["id"] in {world.cases[name] for name in cases},
        "party": every(case, lambda world, row: row["body_id"] == world.bodies[body]),
        "participant": every(case, says("shares_identity", True)),
        "clock": every(case, mine, says("for_body", True)),
        "issued_version": versions,
        "allegation": case,
        "evidence_request": every(case, mine),
        "evidence_item": every(case, mine),
        "paragraph": of_row("issued_version", "version_id", versions),
        "comment": every(case, mine, says("side", "body")),
        "document": every(case, mine, says("for_body", True)),
        "letter": every(case, mine, says("to_side", "body")),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "body", "body_only")),
        **people_of(body),
        "web_session": lambda world, row: row["person_id"] == world.people[person],
        "recovery_code": lambda world, row: row["person_id"] == world.people[person],
    }


def people_of(body: str) -> dict[str, Sees]:
    """The people of one body and the roles they hold."""

    def colleague(world: World, row: Row) -> bool:
        return row["body_id"] == world.bodies[body]

    return {"person": colleague, "role_held": of_row("person", "person_id", colleague)}


def complainant(name: str) -> dict[str, Sees]:
    """Whoever opened a case with its code sees what was told to them in it."""
    case = of_case(name)
    versions = every(case, says("audience", "complainant"))
    entries = every(case, says("for_complainant", True))
    return {
        "case_file": lambda world, row: row["id"] == world.cases[name],
        "participant": case,
        "clock": every(case, says("for_complainant", True)),
        "issued_version": versions,
        "complaint": case,
        "allegation": case,
        "paragraph": of_row("issued_version", "version_id", versions),
        "comment": every(case, says("side", "complainant")),
        "document": every(case, says("for_complainant", True)),
        "letter": every(case, says("to_side", "complainant")),
        "entry": entries,
        "entry_words": every(of_row("entry", "entry_id", entries), says("audience", "complainant")),
    }


def no_case(_world: World, row: Row) -> bool:
    return row["case_id"] is None


ADMINISTRATOR = {
    "person": anything,
    "role_held": anything,
    "entry": no_case,
    "entry_words": of_row("entry", "entry_id", no_case),
    "credential": anything,
    "web_session": anything,
    "recovery_code": lambda world, row: row["person_id"] == world.people["Gwen"],
}
BODY_ADMINISTRATOR = {
    **people_of("north"),
    **dict.fromkeys(
        ("credential", "web_session"), of_row("person", "person_id", people_of("north")["person"])
    ),
    "recovery_code": lambda world, row: row["person_id"] == world.people["Owen"],
}

OPEN = ("north", "south", "both", "early")
# who -> (role, person, body, case, what they see)
READERS: dict[str, tuple[str, str, str, str, dict[str, Sees]]] = {
    "caseworker outside the wall": ("staff", "Gwen", "", "", staff("Gwen", *OPEN)),
    "caseworker inside the wall": ("staff", "Carys", "", "", staff("Carys", *OPEN, "walled")),
    "officer of the north": (
        "body",
        "Owen",
        "north",
        "",
        officer("Owen", "north", "north", "both", "walled"),
    ),
    "officer of the south": ("body", "Sian", "south", "", officer("Sian", "south", "south", "both")),
    "complainant": ("complainant", "", "", "north", complainant("north")),
    "complainant of the case of both": ("complainant", "", "", "both", complainant("both")),
    "administrator": ("administration", "Gwen", "", "", ADMINISTRATOR),
    "administrator of the north": ("body_administration", "Owen", "north", "", BODY_ADMINISTRATOR),
    "public": ("public", "", "", "", {}),
}


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
    for _ in range(2):
        with login.transaction():
            settings = ("role", "app.person", "app.body", "app.case")
            login.execute(
                "select set_config(s, v, true) from unnest(%s::text[], %s::text[]) t(s, v) order by s <> 'role'",
                (list(settings), claim),
            )
            for name, table in metadata.tables.items():
                if name in NOT_OF_CASES:
                    continue
                theirs = {
                    tuple(row[column] for column in key_of(table))
                    for row in world.rows[name]
                    if name in sees and sees[name](world, row)
                }

                assert seen(login, table) == theirs, name


def test_world_is_full(world: World):
    """The world these tests look at has rows in every table there is."""
    assert [name for name, rows in world.rows.items() if not rows and name not in NOT_OF_CASES] == []


def test_nothing_is_told_of_a_table_that_is_not_there(world: World):
    """What is written by hand names only tables there are."""
    told = {name for *_, sees in READERS.values() for name in sees}

    assert told <= set(metadata.tables)


# Columns kept from somebody who sees the row.
KEPT_FROM = {
    "staff": ("evidence_item.answer", "evidence_item.mark", "web_session.data", "recovery_code.code_hash"),
    "body": (
        *(f"case_file.{column}" for column in ("title", "owner_id", "team_id", "is_restricted", "due_on")),
        *(f"participant.{column}" for column in ("email", "phone", "address", "safe_contact", "needs")),
        *(f"entry.{column}" for column in ("canonical", "data", "by_person_id", "stage_to", "for_staff")),
        *(f"entry_words.{column}" for column in ("salt",)),
    ),
    "complainant": (
        *(f"case_file.{column}" for column in ("title", "owner_id", "team_id", "is_restricted", "due_on")),
        *(f"allegation.{column}" for column in ("finding", "reasons")),
        *(f"entry.{column}" for column in ("canonical", "data", "by_person_id", "stage_to", "for_staff")),
    ),
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
    with login.transaction():
        login.execute("select set_config('role', %s, true)", (f"regulator_{role}",))
        login.execute(query)
