"""Everything there is, for tests of what each person sees: rows of every table, for every audience and every party.

Two forces, the body that oversees the north, a case of both forces, a case nobody outside sees yet, a restricted case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import count, product
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb

from regulator.tables import metadata
from tests.rooms import bare

Row = dict[str, Any]
DAY = date(2026, 3, 2)
BARE = {"party", "case_file", "person", "wall_member"}  # made by the world itself
NOT_OF_CASES = {"body", "body_name", "body_oversight", "body_succession", "holiday", "team"}
HANGING = {
    "paragraph",
    "entry_words",
    "variation_step",
    "outbox",
    "letter_print",
}  # one for each row they hang on
PUBLISHED, SERVED = ("both", "early", "walled"), ("north", "early", "walled")
SIDES = ("body", "complainant", "oversight")
WORDS_FOR = ("internal", "body", "complainant", "oversight", "public", "body_only")
CHOICES: dict[str, tuple[Any, ...]] = {
    "audience": SIDES,
    "to_side": SIDES,
    "shares_identity": (True, False),
}
FLAGS = ("for_staff", "for_body", "for_complainant", "for_oversight", "for_public")
DATED = {
    "area_rating": ("issued_on",),
    "report_finding": ("issued_on",),
    "recommendation": ("issued_on",),
    "concern": ("sent_on",),
    "notice_step": ("served_on",),
    "variation": ("made_on",),
    "certificate": ("applied_on", "answered_on"),
    "visit": ("starts_on",),
    "comment": ("signed_on",),
}
"""Days that decide whether somebody outside sees the row: each is there once, and once it is not."""
KINDS = {
    "comment": {"side": ("body", "complainant")},
    "public_comment": {"side": ("body", "oversight")},
    "visit": {"what": ("visit", "interview", "observation", "revisit")},
    "search_row": {"audience": ("staff", "body", "oversight")},
}
"""What else tells the rows of one table apart."""
PLAIN: dict[type, Any] = {
    str: "words",
    int: 1,
    bool: False,
    list: ["words"],
    date: DAY,
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
    object: Jsonb({}),
}


@dataclass
class World:
    """Who and what there is."""

    bodies: dict[str, int]
    people: dict[str, int]
    cases: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def parties(self, case: int) -> list[Row]:
        """The bodies’ parts in a case, and those of who oversees them."""
        return [row for row in self.rows["party"] if row["case_id"] == case]

    @cached_property
    def by_id(self) -> dict[str, dict[int, Row]]:
        """The rows of each table that has numbers, by number."""
        return {name: {row["id"]: row for row in rows if "id" in row} for name, rows in self.rows.items()}


def made(owner: psycopg.Connection) -> World:
    """The world, in an application context."""
    bodies = {name: bare.new_body(f"{name}shire") for name in ("north", "south", "watch")}
    north, south = bodies["north"], bodies["south"]
    people = {
        "Carys": bare.new_person("Carys"),
        "Gwen": bare.new_person("Gwen"),
        "Owen": bare.new_person("Owen", north),
        "Sian": bare.new_person("Sian", south),
        "Olwen": bare.new_person("Olwen", bodies["watch"]),
    }
    cases = {
        "north": bare.new_case(north),
        "south": bare.new_case(south),
        "both": bare.new_case(north, south),
        "early": bare.new_case(north),
        "walled": bare.new_case(north, inside=[people["Carys"]]),
    }
    world = World(bodies, people, cases)
    owner.execute("set session_replication_role = replica")
    owner.execute("update party set sees = false where case_id = %s", (cases["early"],))
    for name in ("north", "both", "early"):
        oversee(owner, world, cases[name], sees=name == "both")
    for (name, body), person in zip(bodies.items(), ("Owen", "Sian", "Olwen"), strict=True):
        bare_team(owner, name, body, people[person])
    fill(world, owner)
    world.rows = {table: stored(owner, table) for table in metadata.tables}
    owner.execute("reset session_replication_role")
    return world


def oversee(owner: psycopg.Connection, world: World, case: int, *, sees: bool) -> None:
    """Give whoever oversees the north a part in a case of it."""
    part = {"case_id": case, "body_id": world.bodies["watch"], "capacity": "oversight", "sees": sees}
    put(owner, "party", part)
    owner.execute(
        "update party set overseen_by_id = o.id from party o where o.case_id = party.case_id"
        " and o.capacity = 'oversight' and party.case_id = %s and party.body_id = %s",
        (case, world.bodies["north"]),
    )


def bare_team(owner: psycopg.Connection, name: str, body: int, person: int) -> None:
    """A team of a body, with one of its people in it."""
    put(owner, "body_team", {"body_id": body, "name": f"{name} analysts"})
    team = owner.execute("select max(id) from body_team").fetchone()[0]
    put(owner, "body_team_member", {"team_id": team, "person_id": person, "body_id": body})


def stored(owner: psycopg.Connection, table: str) -> list[Row]:
    """Every row of a table."""
    with owner.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(sql.SQL("select * from {}").format(sql.Identifier(table))).fetchall()


def fill(world: World, owner: psycopg.Connection) -> None:
    """A row of every table for each case, party and audience; then what hangs on other rows."""
    world.rows["party"] = stored(owner, "party")
    for table in metadata.sorted_tables:
        if table.name in {*BARE, *NOT_OF_CASES, *HANGING, "chain"} or "case_id" not in table.columns:
            continue
        for name, case in world.cases.items():
            if table.name != "publication" or name in PUBLISHED:
                add(owner, table, world, case_id=case, **_served(table.name, name))
    hang(world, owner)


def _served(table: str, case: str) -> Row:
    return {"served_on": DAY if case in SERVED else None} if table == "notice" else {}


def hang(world: World, owner: psycopg.Connection) -> None:
    """What hangs on rows already there: paragraphs, words of entries, steps varied, what people sign in with."""
    for table, on, column in (
        ("paragraph", "issued_version", "version_id"),
        ("variation_step", "variation", "variation_id"),
        ("outbox", "letter", "letter_id"),
        ("letter_print", "letter", "letter_id"),
    ):
        for row in stored(owner, on):
            add(owner, metadata.tables[table], world, case_id=row["case_id"], **{column: row["id"]})
    owner.execute("delete from entry_words")
    for entry, audience in product(stored(owner, "entry"), WORDS_FOR):
        put(owner, "entry_words", {"entry_id": entry["id"], "audience": audience, "salt": "", "words": ""})
    theirs = (
        "role_held",
        "saved_list",
        "web_session",
        "recovery_code",
        "credential",
        "one_use_link",
        "used_code",
        "reading",
    )
    for person, name in product(world.people.values(), theirs):
        put(owner, name, filled(metadata.tables[name], {"person_id": person}))
    notices = metadata.tables["notice_to_staff"]
    for person, case in product(world.people.values(), world.cases.values()):
        put(owner, notices.name, filled(notices, {"person_id": person, "case_id": case}))
    for name in ("throttle", "house_mail", "answered", "draft", "code_request"):
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
    choices |= dict.fromkeys(DATED.get(table.name, ()), (None, DAY))
    choices |= KINDS.get(table.name, {})
    if "party_id" in table.columns:
        parties = [row["id"] for row in world.parties(given["case_id"])]
        choices["party_id"] = (*parties, *([None] if table.columns["party_id"].nullable else []))
    if table.name == "search_row":
        choices["body_id"] = (None, *world.bodies.values())
    if "other_id" in table.columns:
        choices["other_id"] = tuple(world.cases.values())
    for flags, chosen in product(_flags(table), product(*choices.values())):
        put(owner, table.name, filled(table, given | flags | dict(zip(choices, chosen, strict=True))))


def _flags(table: sa.Table) -> list[Row]:
    """Told to nobody, to everybody, and to each alone."""
    names = [name for name in FLAGS if name in table.columns]
    alone = [{name: name == one for name in names} for one in names]
    return [dict.fromkeys(names, False), dict.fromkeys(names, True), *alone] if names else [{}]


def put(owner: psycopg.Connection, table: str, row: Row) -> None:
    """Write a row, past every lock."""
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    query = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(table), names, sql.SQL(", ").join([sql.Placeholder()] * len(row))
    )
    owner.execute(query, list(row.values()))
