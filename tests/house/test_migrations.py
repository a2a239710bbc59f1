"""The migrations: one chain, equal to the models, there and back again with rows in the tables."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as Settings
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import make_url

from regulator import dbroles
from regulator.dbcli import INI

STRUCTURE = {
    "tables": "select table_name::text, column_name::text, data_type::text, is_nullable::text, column_default::text"
    " from information_schema.columns where table_schema in ('public', 'jobs')",
    "constraints": "select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace::regnamespace::text in ('public', 'jobs')",
    "indexes": "select indexdef from pg_indexes where schemaname in ('public', 'jobs')",
    "policies": "select tablename::text, policyname::text, roles::text, cmd, qual, with_check from pg_policies",
    "triggers": "select tgrelid::regclass::text, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "grants": "select table_name::text, grantee::text, privilege_type::text"
    " from information_schema.table_privileges where table_schema in ('public', 'jobs')",
    "columns": "select table_name::text, column_name::text, grantee::text, privilege_type::text"
    " from information_schema.column_privileges where table_schema in ('public', 'jobs')",
    "functions": "select p.oid::regprocedure::text, prosrc, prosecdef, proconfig::text, proacl::text from pg_proc p"
    " where pronamespace::regnamespace::text in ('public', 'jobs')",
}


@pytest.fixture
def migrate(app: Flask) -> Iterator[object]:
    """Runs one of Alembic’s commands on the test’s own database, as its owner."""
    url = make_url(app.extensions["regulator"].owner_database_url).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    settings = Settings(str(INI))

    @sa.event.listens_for(engine, "before_cursor_execute", retval=True)
    def hurry(_connection, _cursor, statement, parameters, _context, _many):
        return statement.replace("lock_timeout = '5s'", "lock_timeout = '50ms'"), parameters

    def run(what: str, *arguments: str) -> None:
        with engine.begin() as connection:
            settings.attributes["connection"] = connection
            getattr(command, what)(settings, *arguments)

    yield run
    engine.dispose()


def structure(owner: psycopg.Connection) -> dict[str, set[tuple]]:
    """Everything a migration can make, as the catalogue has it."""
    return {name: set(owner.execute(query).fetchall()) for name, query in STRUCTURE.items()}


def test_one_head():
    """The migrations are one chain with one end, numbered in order."""
    script = ScriptDirectory.from_config(Settings(str(INI)))
    revisions = [revision.revision for revision in script.walk_revisions()][::-1]

    assert len(script.get_heads()) == 1
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]


def test_models_equal_tables(migrate):
    """The tables are what the models say."""
    migrate("check")


def test_there_and_back(migrate, owner: psycopg.Connection):
    """Each migration can be undone with rows in the tables, and the whole chain done again makes the same."""
    before = structure(owner)
    assert owner.execute("select count(*) from body").fetchone() != (0,)

    migrate("downgrade", "base")
    left = structure(owner)
    migrate("upgrade", "head")

    assert {table for table, *_ in left["tables"]} == {"alembic_version"}
    assert left["policies"] == left["triggers"] == set()
    after = structure(owner)
    assert {name for name in before if before[name] != after[name]} == set()


def test_step_by_step(migrate, owner: psycopg.Connection):
    """Each migration alone, undone and done again over rows, leaves what it found."""
    revisions = list(ScriptDirectory.from_config(Settings(str(INI))).walk_revisions())[:-1]
    counts = owner.execute("select (select count(*) from body), (select count(*) from entry)").fetchone()
    for revision in revisions:
        before = structure(owner)
        migrate("downgrade", revision.down_revision)
        migrate("upgrade", revision.revision)
        assert {name for name, found in structure(owner).items() if found != before[name]} == set()
        migrate("downgrade", revision.down_revision)
    migrate("upgrade", "head")

    assert (
        owner.execute("select (select count(*) from body), (select count(*) from entry)").fetchone() == counts
    )


def test_lock_is_not_waited_for(migrate, owner: psycopg.Connection, app: Flask):
    """A migration that cannot have its lock fails rather than stop the service, and changes nothing."""
    url = app.extensions["regulator"].owner_database_url
    with psycopg.connect(url) as reader:
        reader.execute("select 1 from case_file")

        with pytest.raises(sa.exc.OperationalError, match="lock timeout"):
            migrate("downgrade", "base")

    assert owner.execute("select version_num from alembic_version").fetchone() is not None
    assert owner.execute("select to_regclass('case_file')").fetchone() == ("case_file",)


def test_roles_are_made_once(app: Flask, owner: psycopg.Connection):
    """Set-up can be repeated on a server that has the roles already."""
    config = app.extensions["regulator"]
    dbroles.set_up(config.owner_database_url, config.database_url)

    found = owner.execute("select count(*) from pg_roles where rolname like 'regulator\\_%'").fetchone()
    assert found == (len(dbroles.ROLES) + 1,)
