"""Every way known of writing past the ledger, and each of them refused: with no intent open, and with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from regulator import ledger
from regulator.accounts.models import OneUseLink, Team
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile, Party
from regulator.db import db, engine_role, pin
from regulator.errors import UnrecordedWrite
from regulator.ledger import entry, writing
from tests.rooms import bare

TEAM: sa.Table = Team.__table__
CASE: sa.Table = CaseFile.__table__
MANY = [{"name": "North"}, {"name": "South"}]


@pytest.fixture
def in_app(kept_app: Flask) -> Iterator[Flask]:
    """One database for all of them: each escape leaves it as it was."""
    with kept_app.app_context():
        yield kept_app
        db.session.rollback()


@pytest.fixture
def owner(catalogue: psycopg.Connection) -> psycopg.Connection:
    """The owner of that database."""
    return catalogue


HEARD_BY_NOBODY: dict[str, Callable[[], object]] = {
    "bulk_save_objects": lambda: db.session.bulk_save_objects([Team(name="North")]),
    "bulk_insert_mappings": lambda: db.session.bulk_insert_mappings(Team, MANY),
    "bulk_update_mappings": lambda: db.session.bulk_update_mappings(
        CaseFile, [{"id": _case(), "stage": "closed"}]
    ),
    "update of a table": lambda: db.session.execute(sa.update(CASE).values(stage="closed")),
    "update of a class": lambda: db.session.execute(sa.update(CaseFile).values(stage="closed")),
    "query update": lambda: db.session.query(CaseFile).update({"stage": "closed"}),
    "insert into a table": lambda: db.session.execute(sa.insert(TEAM), MANY),
    "insert of a class": lambda: db.session.execute(sa.insert(Team), MANY),
    "delete of a class": lambda: db.session.execute(sa.delete(Party)),
    "text": lambda: db.session.execute(sa.text("update case_file set stage = 'closed'")),
    "text that deletes": lambda: db.session.execute(sa.text("delete from party")),
    "a statement within a select": lambda: db.session.execute(
        sa.select(sa.insert(TEAM).values(name="North").returning(TEAM.c.id).cte())
    ),
    "the connection itself": lambda: db.session.connection().execute(sa.insert(TEAM), MANY),
    "the driver": lambda: db.session.connection().exec_driver_sql("delete from party"),
}
ESCAPES = pytest.mark.parametrize("escape", HEARD_BY_NOBODY.values(), ids=HEARD_BY_NOBODY.keys())
REFUSED = (UnrecordedWrite, sa.exc.IntegrityError)  # by a listener, or by the database’s own trigger


def _body() -> int:
    return db.session.execute(sa.text("select min(id) from body")).scalar_one()


def _case() -> int:
    return db.session.execute(sa.select(CaseFile.id)).scalars().first()


def standing(owner: psycopg.Connection) -> tuple:
    """What the rows say."""
    stages = owner.execute("select stage from case_file").fetchall()
    count = owner.execute("select (select count(*) from team), (select count(*) from party)").fetchone()
    return stages, count


@ESCAPES
def test_with_no_intent(in_app: Flask, owner: psycopg.Connection, escape: Callable[[], object]):
    """With no intent open, no statement writes a recorded row, whatever way it goes."""
    case = bare.new_case(_body())
    before = standing(owner)

    with pytest.raises(REFUSED):
        write_with_no_intent(case, escape)

    assert standing(owner) == before


def write_with_no_intent(case: int, escape: Callable[[], object]) -> None:
    with engine_role([case]):
        escape()
        db.session.commit()


@ESCAPES
def test_inside_an_intent(in_app: Flask, owner: psycopg.Connection, escape: Callable[[], object]):
    """Inside an intent too, a statement no listener hears is refused, and the whole change with it."""
    case = bare.new_case(_body())
    before = standing(owner)

    with pytest.raises(UnrecordedWrite), ledger.change("escape", by=SYSTEM, streams=[f"case:{case}"]):
        escape()

    assert standing(owner) == before


def test_bulk_is_refused_at_once(in_app: Flask):
    """A statement in bulk is refused where it is made, by name, and not only when the change ends."""
    case = bare.new_case()

    with ledger.change("escape", by=SYSTEM, streams=[f"case:{case}"]):
        for statement in (
            sa.update(CASE),
            sa.update(CaseFile),
            sa.delete(Party),
            sa.insert(TEAM).values(name="N"),
        ):
            with pytest.raises(UnrecordedWrite, match="written in bulk"):
                db.session.execute(statement)


@ESCAPES
def test_while_caching(in_app: Flask, owner: psycopg.Connection, escape: Callable[[], object]):
    """While caches are written again, nothing else can be."""
    case = bare.new_case(_body())
    before = standing(owner)

    with pytest.raises(UnrecordedWrite), writing.caching(case):
        escape()

    assert standing(owner) == before


def test_object_with_no_intent(in_app: Flask):
    """An object written in the ordinary way needs an intent."""
    db.session.add(Team(name="North"))

    with pytest.raises(UnrecordedWrite, match="no intent"):
        db.session.commit()


def test_fact_while_caching(in_app: Flask):
    """A column that is a fact cannot be written as if it were a cache."""
    case = bare.new_case()

    with pytest.raises(UnrecordedWrite, match="only caches"), writing.caching(case):
        db.session.get_one(CaseFile, case).stage = "closed"


def test_write_after_the_entry(in_app: Flask, owner: psycopg.Connection):
    """A change made after the entry was written, and before the commit, is refused."""
    case = bare.new_case()

    with pytest.raises(UnrecordedWrite, match="no intent"):
        write_late(case)

    assert owner.execute("select stage from case_file where id = %s", (case,)).fetchone() == ("received",)


def write_late(case: int) -> None:
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]) as intent:
        entry.write(intent, f"case:{case}")
        intent.is_written = True
        db.session.get_one(CaseFile, case).stage = "closed"


def test_row_of_another_case(in_app: Flask):
    """A change writes to no case but those whose chains it holds."""
    one, two = bare.new_case(), bare.new_case()

    with pytest.raises(UnrecordedWrite, match=f"belongs to case:{two}"):
        write_elsewhere(one, two)


def write_elsewhere(one: int, two: int) -> None:
    with ledger.change("move", by=SYSTEM, streams=[f"case:{one}"]):
        pin(two)
        db.session.get_one(CaseFile, two).stage = "closed"


def test_no_chain(in_app: Flask):
    """A change that names no chain is refused."""
    with pytest.raises(UnrecordedWrite, match="no chain"), ledger.change("move", by=SYSTEM, streams=[]):
        db.session.add(Team(name="North"))


UNFIT = {
    "an expression": lambda case: setattr(case, "stage_moves", CaseFile.stage_moves + 1),
    "SQL": lambda case: setattr(case, "stage", sa.func.lower("CLOSED")),
    "another column": lambda case: setattr(case, "stage", CaseFile.kind),
    "a moment for a day": lambda case: setattr(case, "opened_on", datetime(2026, 3, 2, tzinfo=UTC)),
    "a day as text": lambda case: setattr(case, "opened_on", "2026-03-02"),
    "a number for yes or no": lambda case: setattr(case, "is_open", 0),
    "yes or no for a number": lambda case: setattr(case, "stage_moves", True),
}


@pytest.mark.parametrize("change", UNFIT.values(), ids=UNFIT.keys())
def test_value_the_database_would_make(in_app: Flask, change: Callable[[CaseFile], None]):
    """A value that is not yet what the column will hold would be a false fact, and is refused."""
    case = bare.new_case()

    with (
        pytest.raises(UnrecordedWrite, match="give the value itself"),
        ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]),
    ):
        change(db.session.get_one(CaseFile, case))


def test_owner_too(owner: psycopg.Connection):
    """Even the owner of the tables cannot write a recorded row by accident, or rewrite the ledger."""
    with pytest.raises(psycopg.errors.CheckViolation, match="with no intent"):
        owner.execute("update case_file set stage = 'closed'")
    with pytest.raises(psycopg.errors.CheckViolation, match="with no intent"):
        owner.execute("truncate case_file cascade")
    with pytest.raises(psycopg.errors.CheckViolation, match="append-only"):
        owner.execute("update entry set step = 'other'")
    with pytest.raises(psycopg.errors.CheckViolation, match="append-only"):
        owner.execute("delete from entry")
    with pytest.raises(psycopg.errors.CheckViolation, match="append-only"):
        owner.execute("update entry_words set words = ''")


def test_moment_without_a_zone(in_app: Flask):
    """A moment of which nobody knows the zone is refused."""
    person = bare.new_person("Carys")
    naive = datetime(2026, 3, 2)  # noqa: DTZ001 - that is the point
    link = OneUseLink(
        purpose="invitation", secret_hash="x", person_id=person, made_at=naive, expires_at=naive
    )
    with (
        pytest.raises(UnrecordedWrite, match="made_at"),
        ledger.change("invite", by=SYSTEM, streams=[f"person:{person}"]),
    ):
        db.session.add(link)


def test_expression_in_a_new_row(in_app: Flask):
    """A new row is given values too, not expressions."""
    with (
        pytest.raises(UnrecordedWrite, match="give the value itself"),
        ledger.change("add", by=SYSTEM, streams=["house"]),
    ):
        db.session.add(Team(name=sa.func.upper("north")))


def test_failed_savepoint(in_app: Flask, owner: psycopg.Connection):
    """Facts of a savepoint that was rolled back cannot slip into the entry."""
    case = bare.new_case()

    with pytest.raises(UnrecordedWrite, match="0 rows written"):
        write_and_take_back(case)

    opened = owner.execute("select opened_on from case_file where id = %s", (case,)).fetchone()
    assert opened == (bare.OPENED,)


def write_and_take_back(case: int) -> None:
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]):
        row = db.session.get_one(CaseFile, case)
        point = db.session.begin_nested()
        row.opened_on = date(2026, 1, 1)
        db.session.flush()
        point.rollback()
