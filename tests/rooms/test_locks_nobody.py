"""Who has not said who they are sees nothing, on a fresh connection and on one that served somebody before."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.orm.exc import DetachedInstanceError

from regulator.actors import Side
from regulator.casework.models import CaseFile
from regulator.db import ask_as, asking, db, end_read, engine_role, pin
from regulator.dbroles import ROLES
from regulator.tables import metadata
from tests.rooms import bare

TABLES = sorted(metadata.tables)
SEEN_BY_ALL = {"body", "body_name", "body_oversight", "body_succession", "holiday", "team"}
HIDDEN = sorted(set(TABLES) - SEEN_BY_ALL)
SETTINGS = "select set_config('role', %s, true), set_config('app.person', %s, true), set_config('app.body', %s, true), set_config('app.case', %s, true)"
# Roles whose sight needs no claim: what they see without one is said by the tests of sight.
BY_ROLE_ALONE = {"staff", "administration", "system"}


@pytest.fixture(scope="module")
def case(kept_app: Flask) -> int:
    """A case with a body, people and all that belongs to them."""
    with kept_app.app_context():
        body = bare.new_body()
        carys = bare.new_person("Carys")
        bare.new_person("Owen", body)
        bare.new_case(body, inside=[carys])
        return bare.new_case(body)


@pytest.fixture
def login(kept_app: Flask, case: int) -> Iterator[psycopg.Connection]:
    """A connection of the application’s pool, as it comes from it."""
    url = make_url(kept_app.extensions["regulator"].database_url).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def seen(connection: psycopg.Connection, table: str) -> int:
    """How many rows of a table are seen; none where it may not be read at all."""
    try:
        with connection.transaction():
            query = sql.SQL("select 1 from {}").format(sql.Identifier(table))
            return len(connection.execute(query).fetchall())
    except psycopg.errors.InsufficientPrivilege:
        return 0


def test_login_itself(login: psycopg.Connection):
    """The application’s login has entered no role, and may not read a single table."""
    for table in TABLES:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            login.execute(sql.SQL("select 1 from {}").format(sql.Identifier(table)))


def test_nobody(login: psycopg.Connection):
    """The public, who said nothing, sees no row but the names of bodies, teams and holidays; nor the second time."""
    for _ in range(2):
        with login.transaction():
            login.execute(SETTINGS, ("regulator_public", "", "", ""))
            found = {table: seen(login, table) for table in HIDDEN}

        assert {table for table, count in found.items() if count} == set()


@pytest.mark.parametrize("role", sorted(set(ROLES) - BY_ROLE_ALONE))
def test_no_claim(login: psycopg.Connection, case: int, role: str):
    """A role entered without a claim sees no case and nobody, before and after somebody’s request on the connection."""
    of_cases = [
        table for table in HIDDEN if table == "case_file" or "case_id" in metadata.tables[table].columns
    ]
    for person, body, cases in (("", "", ""), ("1", "1", str(case)), ("", "", "")):
        with login.transaction():
            login.execute(SETTINGS, (f"regulator_{role}", person, body, cases))
            if (person, body, cases) == ("", "", ""):
                counts = {table: seen(login, table) for table in of_cases if table not in ("chain", "entry")}
                counts |= {"entry": of_a_case(login, "entry"), "chain": of_a_case(login, "chain")}

                assert {table for table, count in counts.items() if count} == set()


def of_a_case(connection: psycopg.Connection, table: str) -> int:
    """How many rows of some case are seen: the engine may see those of no case."""
    try:
        with connection.transaction():
            query = sql.SQL("select 1 from {} where case_id is not null").format(sql.Identifier(table))
            return len(connection.execute(query).fetchall())
    except psycopg.errors.InsufficientPrivilege:
        return 0


@pytest.mark.parametrize("role", ["body", "complainant", "engine", "body_administration"])
def test_setting_never_set(login: psycopg.Connection, role: str):
    """A connection on which nothing was ever said gives an empty answer too, not an error."""
    with login.transaction():
        login.execute("select set_config('role', %s, true)", (f"regulator_{role}",))

        assert seen(login, "case_file") == 0


def test_identity_ends_with_the_transaction(login: psycopg.Connection, case: int):
    """Whoever was told to one transaction is forgotten in the next."""
    with login.transaction():
        login.execute(SETTINGS, ("regulator_complainant", "", "", str(case)))
        assert seen(login, "case_file") == 1

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        login.execute("select 1 from case_file")


def cases() -> list[int]:
    return list(db.session.scalars(sa.select(CaseFile.id).order_by(CaseFile.id)))


def test_session_begins_as_nobody(kept_app: Flask, case: int):
    """A request that never says who asks is nobody; a case is not there."""
    with kept_app.app_context():
        assert asking().role == "public"
        assert cases() == []


def test_next_request_is_nobody_again(kept_app: Flask, case: int):
    """A request on the connection of the one before does not inherit who asked."""
    with kept_app.app_context():
        ask_as(bare.complainant(case))
        assert cases() == [case]
        end_read()
        first = db.session.execute(sa.text("select pg_backend_pid()")).scalar_one()
        db.session.remove()

        second = db.session.execute(sa.text("select pg_backend_pid()")).scalar_one()
        assert first == second
        assert cases() == []


def test_connection_goes_back_as_nobody(kept_app: Flask, case: int):
    """A connection goes back to the pool as the login that may read nothing."""
    with kept_app.app_context():
        ask_as(bare.staff(1))
        assert case in cases()
        db.session.remove()

        with db.engine.connect() as connection:
            assert connection.execute(sa.text("select current_user")).scalar_one() == "regulator_app"


def test_rows_of_another_are_forgotten(kept_app: Flask, case: int):
    """A row loaded as one person does not serve another from memory, and is not loaded again as them."""
    with kept_app.app_context():
        ask_as(bare.staff(1))
        row = db.session.get_one(CaseFile, case)
        ask_as(bare.complainant(case - 1))

        with pytest.raises(DetachedInstanceError):
            assert row.title


def test_engine_sees_the_case_it_is_pinned_to(kept_app: Flask, case: int):
    """The engine sees all of the case it works on, nothing of another, and is left when the block ends."""
    with kept_app.app_context():
        ask_as(bare.staff(1))
        with engine_role([case]):
            assert cases() == [case]
            pin(case - 1)
            assert cases() == [case - 1, case]

        assert asking().role == Side.staff


def test_engine_is_left_after_a_failure(kept_app: Flask, case: int):
    """The engine role does not outlive what fails inside it."""
    with kept_app.app_context():
        ask_as(bare.complainant(case - 1))
        with pytest.raises(ValueError, match="no"), engine_role([case]):
            raise ValueError("no")

        assert cases() == [case - 1]


@pytest.mark.parametrize("role", sorted({side.value for side in Side}))
def test_nobody_else_writes(login: psycopg.Connection, case: int, role: str):
    """No audience can write a case, an entry or a head, however much it may read."""
    for statement in (
        "update case_file set stage = 'closed'",
        "delete from party",
        "update chain set seq = 0",
        "insert into entry (stream) values ('house')",
        "delete from entry_words",
        "truncate reading",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            write_as(login, role, case, statement)


def write_as(login: psycopg.Connection, role: str, case: int, statement: str) -> None:
    with login.transaction():
        login.execute(SETTINGS, (f"regulator_{role}", "1", "1", str(case)))
        login.execute("select set_config('app.intent', 'try', true)")
        login.execute(statement)


def test_engine_cannot_rewrite(login: psycopg.Connection, case: int):
    """Not even the engine can change or remove what is in the ledger, or write to a case it is not pinned to."""
    for statement in (
        "update entry set step = 'x'",
        "delete from entry",
        "delete from entry_words",
        "delete from chain",
        f"insert into party (case_id, body_id, capacity, sees) select {case - 1}, min(id), 'subject', true from body",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            write_as(login, "engine", case, statement)
