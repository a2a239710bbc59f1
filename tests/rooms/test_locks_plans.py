"""How the database finds its rows among ten thousand cases: by an index, under every policy, for every query."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from regulator.actors import Actor
from regulator.casework.queries import Asked, Which, Whose, worklist
from regulator.casework.searching.queries import Wanted, search
from regulator.db import ask_as, db
from regulator.desk.queries import desk
from regulator.tables import metadata
from tests.rooms import bare
from tests.rooms.test_locks_filters import QUERIES, World, arguments

CASES, ENTRIES, BODIES = 10_000, 10, 100
CASE = 4_242
PLAIN = {
    "str": "'words ' || n",
    "int": "n",
    "bool": "n % 2 = 0",
    "date": "date '2026-01-01' + (n % 300)::int",
    "datetime": "timestamptz '2026-03-02 12:00:00Z' + n * interval '1 minute'",
    "object": "'{}'",
}
OF_CASES: dict[str, dict[str, str]] = {
    "case_file": {
        "kind": "'complaint'",
        "stage": "case when n % 5 > 0 then 'closed'"
        " else (array['received', 'screening', 'investigating', 'decided', 'told'])[1 + n % 25 / 5] end",
        "is_open": "n % 5 = 0",
        "is_restricted": "n % 50 = 0",
        "owner_id": "1 + n % 39",
        "team_id": "1 + n % 7",
        "reference": "'CO-' || n",
        "waits_for": "case when n % 5 > 0 then null when n % 3 = 0 then 'body' else 'regulator' end",
        "due_on": "case when n % 5 > 0 then date '9999-12-31' else date '2026-01-01' + (n % 300)::int end",
    },
    "party": {
        "body_id": f"1 + n % {BODIES}",
        "capacity": "'subject'",
        "sees": "true",
        "due_on": "date '2026-01-01' + (n % 300)::int",
    },
    "chain": {"stream": "'case:' || n"},
    "outbox": {"letter_id": "n", "state": "case n % 1000 when 0 then 'failed' else 'sent' end"},
    "participant": {"capacity": "'complainant'"},
    "reading": {"side": "'staff'", "person_id": "null"},
    "search_row": {
        "audience": "case n % 2 when 0 then 'staff' else 'body' end",
        "body_id": f"case n % 2 when 1 then 1 + n % {BODIES} end",
        "words": "'[]'",
        "digest": "repeat(md5(n::text), 50)",
        "names": "'co-' || n || ' ada example ' || md5(n::text)",
        "said": "to_tsvector('house', 'co-' || n || ' ' || md5(n::text)) || array_to_tsvector(array[case n % 2 when 0 then '@staff'"
        f" else '@body' || 1 + n % {BODIES} end])",
    },
}
# A query, or a room’s, may begin to read a table from its start, for the reason given.
FROM_THE_START = {
    "regulator.casework.queries.worklists.counts": "it stops when it has counted a hundred and one",
    "regulator.reports.": "a report counts over all there is",
}


def expression(table: sa.Table, column: sa.Column[Any]) -> str | None:
    """The SQL that makes a column of row `n`; none where it is left to its default."""
    made = OF_CASES.get(table.name, {})
    if column.name in made:
        return made[column.name]
    if column.name in ("id", "case_id", "party_id"):
        return "n"
    if column.nullable:
        return None
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return "n" if "case_id" in key.column.table.columns else "1"
    return PLAIN[column.type.python_type.__name__]


def load(owner: psycopg.Connection) -> None:
    """Ten thousand cases with a row of every table, ten entries each, and people: in bulk, past every lock."""
    owner.execute("set session_replication_role = replica")
    for table in metadata.sorted_tables:
        if "case_id" in table.columns or table.name == "case_file":
            rows = CASES * ENTRIES if table.name == "entry" else CASES
            made = {column.name: expression(table, column) for column in table.columns}
            if table.name == "entry":
                of = f"1 + (n - 1) / {ENTRIES}"
                made |= {"case_id": of, "stream": f"'case:' || ({of})", "seq": f"1 + (n - 1) % {ENTRIES}"}
                made |= dict.fromkeys(("for_staff", "for_body", "for_complainant"), "true")
                made |= {"id": "1000000 + n", "party_id": None}
            fill(owner, table.name, made, rows)
    words = "insert into entry_words select id, a, '', '{}' from entry, unnest(array['internal', 'body']) a on conflict do nothing"
    owner.execute(words)
    owner.execute("vacuum analyze")
    owner.execute("reset session_replication_role")


def fill(owner: psycopg.Connection, table: str, made: dict[str, str | None], rows: int) -> None:
    given = {column: what for column, what in made.items() if what is not None}
    owner.execute(
        f"insert into {table} ({', '.join(given)}) select {', '.join(given.values())}"
        f" from generate_series(1, {rows}) n on conflict do nothing"
    )


@pytest.fixture(scope="module")
def readers(kept_app: Flask, catalogue: psycopg.Connection) -> dict[str, Actor]:
    """A caseworker, a force’s officer and a complainant, among ten thousand cases."""
    load(catalogue)
    return {
        "staff": bare.staff(1),
        "body": bare.officer(1 + CASE % BODIES, 1),
        "complainant": bare.complainant(CASE),
        "administration": bare.administrator(1),
    }


@pytest.fixture
def plans(kept_app: Flask) -> Iterator[list[str]]:
    """How the database means to answer each select of a test."""
    found: list[str] = []

    def explain(
        connection: sa.Connection, _cursor: object, statement: str, parameters: Any, *_: object
    ) -> None:
        if statement.lstrip().lower().startswith("select") and "set_config" not in statement:
            with connection.connection.cursor() as cursor:
                cursor.execute(f"explain {statement}", parameters)
                found.append("\n".join(line for (line,) in cursor.fetchall()))

    with kept_app.app_context():
        event.listen(db.engine, "after_cursor_execute", explain)
        yield found
        event.remove(db.engine, "after_cursor_execute", explain)


BIG = {name for name, table in metadata.tables.items() if name == "case_file" or "case_id" in table.columns}


def faults(plan: str) -> list[str]:
    """What a plan does that grows with the number of cases."""
    scanned = [f"reads all of {name}" for name in re.findall(r"Seq Scan on (\w+)", plan) if name in BIG]
    hashed = [
        f"hashes {name}"
        for number in re.findall(r"hashed SubPlan (\d+)", plan)
        for name in re.findall(r" on (\w+)", under(plan, f"SubPlan {number}"))
        if name in BIG
    ]
    return [*scanned, *hashed]


def under(plan: str, node: str) -> str:
    """The part of a plan below a node."""
    lines = plan.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip() == node)
    depth = len(lines[start]) - len(lines[start].lstrip())
    below = takewhile(lambda line: len(line) - len(line.lstrip()) > depth, lines[start + 1 :])
    return "\n".join(below)


def shown(plans: list[str]) -> str:
    """The plans that grow, to be read when a test fails."""
    return "\n\n".join(f"{', '.join(faults(plan))}\n{plan}" for plan in plans if faults(plan))


LISTS: dict[str, Callable[[Actor], object]] = {
    f"{whose.value}, {which.value}": lambda by, whose=whose, which=which: worklist(Asked(whose, which), by=by)
    for whose in Whose
    for which in Which
}
AFTER = (date(2026, 1, 1) + timedelta(days=100), CASE)


@pytest.mark.parametrize("asked", LISTS)
def test_worklist(readers: dict[str, Actor], plans: list[str], asked: str):
    """A worklist reads no table from end to end, whosever it is."""
    LISTS[asked](readers["staff"])

    assert plans
    assert not shown(plans), shown(plans)


def test_worklist_next_page(readers: dict[str, Actor], plans: list[str]):
    """A later page of a worklist begins where the one before ended, by the index."""
    worklist(Asked(Whose.everything, after=AFTER), by=readers["staff"])

    assert not shown(plans), shown(plans)
    assert "Sort" not in plans[-1]


@pytest.mark.parametrize("after", [None, AFTER], ids=["first page", "next page"])
def test_desk(readers: dict[str, Actor], plans: list[str], after: tuple[date, int] | None):
    """A force’s desk begins with its own part in the cases, the soonest due first."""
    page = desk(by=readers["body"], after=after)

    assert page.rows
    assert not shown(plans), shown(plans)
    assert re.search(r"Index (Only )?Scan using ix_party_desk on party", plans[0])


@pytest.mark.parametrize("who", ["staff", "body", "complainant", "administration"])
def test_every_query(readers: dict[str, Actor], plans: list[str], who: str):
    """No query of any room reads a table of cases from end to end, asked by whom it is for."""
    world = World({"one": CASE}, {"one": f"CO-{CASE}"}, {})
    growing = {}
    for name, query in QUERIES.items():
        plans.clear()
        with suppress(Exception):  # a table that is not theirs, or a row nobody would have made
            query(**arguments(query, world, "one"), by=readers[who])
        db.session.rollback()
        if not name.startswith(tuple(FROM_THE_START)) and (found := shown(plans)):
            growing[name] = found

    assert growing == {}, "\n\n".join(f"{name}: {found}" for name, found in growing.items())


READ_WHOLE = sa.text(
    "select relname, seq_scan from pg_stat_xact_user_tables where schemaname = 'public' and relname = any(:big)"
)


@pytest.mark.parametrize("who", ["staff", "body"])
@pytest.mark.parametrize("typed", ["nowhere", "CO-424", "somewhere nobody", "example"])
def test_search(readers: dict[str, Actor], kept_app: Flask, who: str, typed: str):
    """A search reads no table of cases from its start, inside its function either, whatever is typed."""
    outside = {"staff": bare.staff(2), "body": readers["body"]}
    with kept_app.app_context():
        ask_as(outside[who])
        before = whole_reads()
        search(Wanted(typed), by=outside[who])

        assert whole_reads() == before


def whole_reads() -> dict[str, int]:
    """How often each big table was read from its start, counted by the database."""
    big = sorted(BIG - {"wall_member"})  # of which all are one person’s here
    return {name: count for name, count in db.session.execute(READ_WHOLE, {"big": big}) if count}
