"""A real PostgreSQL for every test that asks for one: migrated once, copied afresh for each test."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from psycopg import sql
from sqlalchemy import make_url

from config import Config
from regulator.devpg import DevPg

# How quick a machine is says nothing about the rules.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
PG = DevPg(ROOT / ".local" / "test", port=55433, fast=True)


def _template() -> str:
    """The name of the migrated database, which changes with whatever it is made from."""
    made_from = [
        *sorted((ROOT / "migrations").rglob("*.py")),
        *sorted((ROOT / "regulator" / "reference").glob("*.csv")),
        ROOT / "regulator" / "dbroles.py",
        *sorted((ROOT / "regulator" / "ledger").glob("*.py")),
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in made_from)).hexdigest()
    return f"template_{digest[:12]}"


def _build(name: str) -> None:
    from regulator import dbcli, dbroles

    with psycopg.connect(PG.url(), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier("building")))
        server.execute("create database building")
        owner, app = PG.url("building"), PG.url("building", user="regulator_app")
        dbroles.set_up(owner, app)
        dbcli.migrate(owner)
        _load(app, owner)
        server.execute(sql.SQL("alter database building rename to {}").format(sql.Identifier(name)))


def _load(app_url: str, owner_url: str) -> None:
    from regulator import create_app
    from regulator.accounts import commands
    from regulator.casework import calendars
    from regulator.db import db

    app = create_app(_config(app_url, owner_url))
    with app.app_context():
        commands.load_bodies()
        calendars.load()
        db.session.remove()
        db.engine.dispose()


def _config(app_url: str, owner_url: str, **more: str) -> Config:
    return Config.development(
        ROOT / ".local" / "test",
        DATABASE_URL=app_url,
        OWNER_DATABASE_URL=owner_url,
        ARGON2_MEMORY_KIB="8192",
        ARGON2_TIME="1",
        ARGON2_PARALLELISM="1",
        **more,
    )


@pytest.fixture(scope="session")
def template() -> str:
    """The name of a migrated database with bodies and calendars loaded; made once, whoever asks first."""
    PG.start()
    name = _template()
    with psycopg.connect(PG.url(), autocommit=True) as server:
        server.execute("select pg_advisory_lock(4711)")
        if not server.execute("select 1 from pg_database where datname = %s", (name,)).fetchone():
            _build(name)
        server.execute("select pg_advisory_unlock(4711)")
    return name


@pytest.fixture(scope="session")
def database(template: str) -> Iterator[str]:
    """The name of this process’s own database, so that two runs at once do not meet; gone when the run ends."""
    name = f"test_{os.getpid()}"
    yield name
    with psycopg.connect(PG.url(), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def whole_app(template: str, database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over this process’s database; its pool is emptied between tests."""
    from regulator import create_app
    from regulator.db import db

    _renew(template, database)
    files = tmp_path_factory.mktemp("files")
    config = _config(PG.url(database, user="regulator_app"), PG.url(database), FILES_DIR=str(files))
    app = create_app(config)
    app.config["TESTING"] = True
    yield app
    with app.app_context():
        db.engine.dispose()


def _renew(template: str, database: str) -> None:
    with psycopg.connect(PG.url(), autocommit=True) as server:
        server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(database)))
        server.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(database), sql.Identifier(template)
            )
        )


@pytest.fixture
def app(whole_app: Flask, template: str, database: str) -> Iterator[Flask]:
    """The application over a database as fresh as set-up left it. No application context is open."""
    from regulator.db import db

    yield whole_app
    with whole_app.app_context():
        db.session.remove()
        db.engine.dispose()
    _renew(template, database)


@pytest.fixture(scope="module")
def kept_app(whole_app: Flask, template: str, database: str) -> Iterator[Flask]:
    """The application over one database for a whole module, whose tests only look; use no `app` beside it."""
    from regulator.db import db

    yield whole_app
    with whole_app.app_context():
        db.session.remove()
        db.engine.dispose()
    _renew(template, database)


@pytest.fixture(scope="module")
def catalogue(kept_app: Flask) -> Iterator[psycopg.Connection]:
    """A connection as the owner for a module whose tests only look."""
    url = kept_app.extensions["regulator"].owner_database_url
    with psycopg.connect(make_url(url).render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """The application with a context open, for tests that call queries, steps and commands themselves."""
    from regulator.db import db

    with app.app_context():
        yield app
        db.session.rollback()


@pytest.fixture
def owner(app: Flask) -> Iterator[psycopg.Connection]:
    """A connection as the owner of the tables, who passes every policy: to look, and to tamper."""
    url = app.extensions["regulator"].owner_database_url
    with psycopg.connect(make_url(url).render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


@pytest.fixture
def login(app: Flask) -> Iterator[psycopg.Connection]:
    """A connection as the application’s login, which owns nothing and is nobody until it says who."""
    url = app.extensions["regulator"].database_url
    with psycopg.connect(make_url(url).render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection
