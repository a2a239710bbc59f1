"""Setting up and migrating the database, as its owner."""

from __future__ import annotations

import os
from pathlib import Path

import click
import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as Settings
from psycopg import sql

from config import Config
from regulator import dbroles

INI = Path(__file__).resolve().parent.parent / "migrations" / "alembic.ini"


@click.group("db")
def db_group() -> None:
    """Set up and migrate the database."""


@db_group.command("set-up")
def set_up_command() -> None:
    """Make the database, its roles and the application’s login, where they are missing."""
    config = Config.from_env(os.environ)
    owner = config.owner_database_url
    _create(owner)
    dbroles.set_up(owner, config.database_url)
    click.echo("The database and its roles are there.")


@db_group.command("migrate")
def migrate_command() -> None:
    """Bring the tables up to date."""
    migrate(Config.from_env(os.environ).owner_database_url)
    click.echo("The tables are up to date.")


def migrate(owner_url: str, revision: str = "head") -> None:
    """Bring the tables of a database to `revision`."""
    engine = sa.create_engine(
        sa.make_url(owner_url).set(drivername="postgresql+psycopg"), poolclass=sa.NullPool
    )
    settings = Settings(str(INI))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def _create(owner_url: str) -> None:
    url = sa.make_url(owner_url)
    with psycopg.connect(dbroles.plain(str_of(url, "postgres")), autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", (url.database,))
        if not found.fetchone():
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(url.database or "")))


def str_of(url: sa.URL, database: str) -> str:
    """The same server’s address, for another of its databases."""
    return url.set(database=database).render_as_string(hide_password=False)
