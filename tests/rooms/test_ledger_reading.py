"""The reading log: every look at a record is noted in the page’s own transaction, and nothing else is."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from regulator.actors import PUBLIC, SYSTEM, Actor
from regulator.db import ask_as, db, end_read
from regulator.ledger.reading import look
from tests.rooms import bare


@pytest.fixture
def case(in_app: Flask) -> int:
    """A case with a body and a person of each side."""
    number = bare.new_case(bare.new_body())
    for name in ("Carys", "Owen", "Rhys"):
        bare.new_person(name)
    return number


def seen(owner: psycopg.Connection) -> list[tuple]:
    return owner.execute("select side, person_id, case_id, what from reading order by id").fetchall()


def body_of(owner: psycopg.Connection) -> int:
    return owner.execute("select body_id from party").fetchone()[0]


def people(owner: psycopg.Connection) -> list[int]:
    return [number for (number,) in owner.execute("select id from person order by id")]


def test_each_side_is_noted(in_app: Flask, owner: psycopg.Connection, case: int):
    """Staff, a body’s person, a complainant and an administrator each leave their look, in their own name."""
    carys, owen, rhys = people(owner)
    for by, of in (
        (bare.staff(carys), case),
        (bare.officer(body_of(owner), owen), case),
        (bare.complainant(case), case),
        (bare.administrator(rhys), None),
    ):
        ask_as(by)
        look("case" if of else f"person:{carys}", by=by, case_id=of)
        end_read()

    assert seen(owner) == [
        ("staff", carys, case, "case"),
        ("body", owen, case, "case"),
        ("complainant", None, case, "case"),
        ("administration", rhys, None, f"person:{carys}"),
    ]


@pytest.mark.parametrize("by", [PUBLIC, SYSTEM], ids=["public", "system"])
def test_nobody_is_not_noted(in_app: Flask, owner: psycopg.Connection, case: int, by: Actor):
    """The public and the system look at no record, so nothing is noted."""
    ask_as(by)
    look("case", by=by)
    end_read()

    assert seen(owner) == []


def test_look_leaves_no_entry(in_app: Flask, owner: psycopg.Connection, case: int):
    """A look writes to the reading log and nowhere else."""
    before = owner.execute("select count(*) from entry").fetchone()
    by = bare.staff(people(owner)[0])
    ask_as(by)
    look("case", by=by, case_id=case)
    end_read()

    assert owner.execute("select count(*) from entry").fetchone() == before


def test_page_does_not_wait_for_the_disk(in_app: Flask, owner: psycopg.Connection, case: int):
    """A page that notes a look commits without waiting; the next page of the same connection waits again."""
    by = bare.staff(people(owner)[0])
    ask_as(by)
    db.session.execute(sa.text("set session synchronous_commit = on"))
    setting = sa.text("select current_setting('synchronous_commit')")
    look("case", by=by, case_id=case)

    assert db.session.execute(setting).scalar_one() == "off"
    end_read()
    assert db.session.execute(setting).scalar_one() == "on"


def test_step_still_waits(in_app: Flask, owner: psycopg.Connection, case: int):
    """A look noted inside a step does not make the step’s own commit any less safe."""
    from regulator import ledger

    person = people(owner)[0]
    with ledger.change("reveal", by=bare.staff(person), streams=[f"case:{case}"]):
        db.session.execute(sa.text("set local synchronous_commit = on"))
        look("address", by=bare.staff(person), case_id=case)
        found = db.session.execute(sa.text("select current_setting('synchronous_commit')")).scalar_one()

    assert found == "on"
    assert seen(owner) == [("staff", person, case, "address")]


FORGED = {
    "in another name": "insert into reading (at, side, person_id, what) values (now(), 'staff', 0, 'x')",
    "as another side": "insert into reading (at, side, person_id, what) select now(), 'body', {me}, 'x'",
    "of a case out of sight": "insert into reading (at, side, person_id, case_id, what)"
    " select now(), 'staff', {me}, {walled}, 'x'",
}


@pytest.mark.parametrize("statement", FORGED.values(), ids=FORGED.keys())
def test_forged_look(in_app: Flask, owner: psycopg.Connection, case: int, statement: str):
    """Nobody can note a look in another name, as another side, or at a case they may not see."""
    me, other = people(owner)[:2]
    walled = bare.new_case(inside=[other])
    ask_as(bare.staff(me))

    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
        db.session.execute(sa.text(statement.format(me=me, walled=walled)))


@pytest.mark.parametrize("statement", ["update reading set what = 'x'", "delete from reading"])
def test_log_is_kept(in_app: Flask, owner: psycopg.Connection, case: int, statement: str):
    """What was noted stays, even for the owner of the tables."""
    with pytest.raises(psycopg.errors.CheckViolation, match="append-only"):
        owner.execute(statement)
