"""The database roles: one per audience, the engine’s, and the application’s login, which owns nothing.

Roles belong to the whole server, so they are made in set-up and not by a migration, which parallel test databases
would repeat.
"""

from __future__ import annotations

import psycopg
from psycopg import sql
from sqlalchemy import make_url

ROLES = (
    "staff",
    "body",
    "oversight",
    "complainant",
    "public",
    "administration",
    "body_administration",
    "engine",
    "system",
)
LOGIN = "regulator_app"


def set_up(owner_url: str, app_url: str) -> None:
    """Make what is missing of the roles and the login named in `app_url`; safe to repeat.

    Raises: psycopg.Error where the owner may not create roles
    """
    app = make_url(app_url)
    login, password = app.username or LOGIN, app.password
    with psycopg.connect(plain(owner_url), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(7201)")
        for role in ROLES:
            _create(connection, f"regulator_{role}", "nologin")
        _create(connection, login, "login noinherit")
        if password:
            connection.execute(
                sql.SQL("alter role {} password {}").format(sql.Identifier(login), sql.Literal(password))
            )
        for role in ROLES:
            connection.execute(
                sql.SQL("grant {} to {}").format(sql.Identifier(f"regulator_{role}"), sql.Identifier(login))
            )


def _create(connection: psycopg.Connection, role: str, options: str) -> None:
    if not connection.execute("select 1 from pg_roles where rolname = %s", (role,)).fetchone():
        connection.execute(sql.SQL("create role {} " + options).format(sql.Identifier(role)))


def plain(url: str) -> str:
    """A database address as psycopg itself takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
