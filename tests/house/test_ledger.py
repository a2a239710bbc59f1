"""Every class that is mapped leaves an entry when it is written, or stands in a list with its reason."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapper, configure_mappers

import regulator.tables  # noqa: F401 - every class is mapped
from regulator import ledger
from regulator.actors import SYSTEM
from regulator.db import Base, db, engine_role
from regulator.ledger.recording import GONE, MADE, UNRECORDED, columns, is_recorded, table_of

configure_mappers()
MAPPERS: list[Mapper[Any]] = sorted(Base.registry.mappers, key=lambda mapper: table_of(mapper).name)
RECORDED = [mapper for mapper in MAPPERS if is_recorded(mapper)]
AUDIENCES = {"internal", "body", "complainant", "public", "body_only"}
VALUES = {
    str: "some words",
    int: 100_001,
    bool: True,
    date: date(2026, 3, 2),
    datetime: datetime(2026, 3, 2, tzinfo=UTC),
}
OTHERS = {
    str: "others",
    int: 100_002,
    bool: False,
    date: date(2026, 3, 3),
    datetime: datetime(2026, 3, 3, tzinfo=UTC),
}


def name(mapper: Mapper[Any]) -> str:
    return table_of(mapper).name


def test_exceptions_exist():
    """Every exception from recording is a table there is, with a reason that says something."""
    missing = set(UNRECORDED) - {name(mapper) for mapper in MAPPERS} - {"search_row"}

    assert missing == set()
    assert all(len(reason) > 10 for reason in UNRECORDED.values())


@pytest.mark.parametrize("mapper", RECORDED, ids=name)
def test_columns_can_be_told(mapper: Mapper[Any]):
    """A recorded column holds a plain value, given by the program: nothing in it changes unheard."""
    for each in columns(mapper):
        told = (name(mapper), each.name)

        assert not isinstance(each.column.type, JSONB | sa.ARRAY | sa.LargeBinary), told
        assert each.column.server_default is None, told
        assert each.column.onupdate is None, told
        assert each.column.computed is None, told
        assert each.name not in (MADE, GONE), told
        assert each.audience in {"", *AUDIENCES}, told


@pytest.mark.parametrize("mapper", RECORDED, ids=name)
def test_nothing_is_written_behind_a_row(mapper: Mapper[Any]):
    """No recorded row takes others with it: no cascade, and no table of pairs written by itself."""
    actions = {(key.ondelete, key.onupdate) for key in table_of(mapper).foreign_keys}

    assert actions <= {(None, None)}
    assert [link for link in mapper.relationships if link.secondary is not None] == []


@pytest.mark.parametrize("mapper", RECORDED, ids=name)
def test_key_never_changes(mapper: Mapper[Any]):
    """A row’s key is its name in the ledger: a number of its own, or of what it belongs to."""
    kinds = {column.type.python_type for column in table_of(mapper).primary_key}

    assert kinds <= {int}


def test_writes_leave_entries(in_app: Flask, owner: psycopg.Connection):
    """A row of any recorded class leaves an entry when it is made, changed and removed, each told in full."""
    stand_alone(owner)
    for mapper in RECORDED:
        told = {each.name for each in columns(mapper)}
        case = new_case_number() if belongs_to_case(mapper) else None
        facts = {verb: write(mapper, verb, case, owner) for verb in ("insert", "update", "delete")}

        assert facts["insert"] is not None, name(mapper)
        assert facts["insert"].keys() == {MADE, *told}, name(mapper)
        assert facts["update"] is None or facts["update"].keys() == told - {"case_id"}, name(mapper)
        assert facts["delete"] is None or facts["delete"].keys() == {GONE, *told}, name(mapper)


def stand_alone(owner: psycopg.Connection) -> None:
    """Let each row be written without the rows it refers to."""
    keys = owner.execute(
        "select conrelid::regclass::text, conname from pg_constraint where contype = 'f'"
        " and connamespace = 'public'::regnamespace"
    ).fetchall()
    for table, key in keys:
        owner.execute(f"alter table {table} drop constraint {key}")


def new_case_number() -> int:
    with engine_role([]):
        return db.session.execute(sa.text("select nextval('case_file_id_seq')")).scalar_one()


def belongs_to_case(mapper: Mapper[Any]) -> bool:
    return name(mapper) == "case_file" or "case_id" in table_of(mapper).columns


def write(
    mapper: Mapper[Any], verb: str, case: int | None, owner: psycopg.Connection
) -> dict[str, Any] | None:
    """The facts of one write; none where even the engine may not do it."""
    allowed = owner.execute("select has_table_privilege('regulator_engine', %s, %s)", (name(mapper), verb))
    if not allowed.fetchone()[0]:
        return None
    stream = f"case:{case}" if case else "house"
    with ledger.change(f"try_{verb}", by=SYSTEM, streams=[stream]):
        if verb == "insert":
            db.session.add(mapper.class_(**filled(mapper, VALUES, case)))
        else:
            row = db.session.scalars(
                sa.select(mapper.class_).order_by(sa.desc(mapper.primary_key[0]))
            ).first()
            if verb == "delete":
                db.session.delete(row)
            for column, value in filled(mapper, OTHERS, case).items():
                if verb == "update" and not mapper.columns[column].primary_key:
                    setattr(row, column, value)
    query = "select canonical from entry where stream = %s order by seq desc limit 1"
    (facts,) = json.loads(owner.execute(query, (stream,)).fetchone()[0])["facts"].values()
    return facts


def filled(mapper: Mapper[Any], values: dict[type, Any], case: int | None) -> dict[str, Any]:
    """A value for every column of a row but a number it is given."""
    row = {
        column.key: values[column.type.python_type]
        for column in table_of(mapper).columns
        if column.identity is None and not column.info.get("cache")
    }
    secret = {
        column.key: values[column.type.python_type]
        for column in table_of(mapper).columns
        if column.info.get("cache") and not column.nullable and column.server_default is None
    }
    ours = {"id" if name(mapper) == "case_file" else "case_id": case} if case else {}
    return row | secret | ours
