"""Several people at once: nobody’s entry is lost, nothing is written twice, and every chain stays whole."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from regulator import ledger
from regulator.accounts.models import Person
from regulator.actors import PUBLIC, SYSTEM
from regulator.casework.models import CaseLink
from regulator.casework.steps import offers, open_case, stage_token, take
from regulator.db import db, pin
from regulator.errors import Conflict, NotNow
from tests import make
from tests.rooms import bare

SIX = 6


def at_once(app: Flask, act: Callable[[int], object], people: int = SIX) -> Counter[str]:
    """What becomes of several people who act at the same moment, each in a request of their own."""
    start = threading.Barrier(people)

    def one(number: int) -> str:
        with app.app_context():
            start.wait()
            try:
                act(number)
            except (Conflict, NotNow) as refusal:
                return type(refusal).__name__
            return "done"

    with ThreadPoolExecutor(people) as pool:
        return Counter(pool.map(one, range(people)))


def steps(owner: psycopg.Connection, stream: str) -> list[tuple[int, str]]:
    query = "select seq, step from entry where stream = %s order by seq"
    return owner.execute(query, (stream,)).fetchall()


def test_notes(in_app: Flask, owner: psycopg.Connection):
    """Six notes at once on one case are six entries, each linked to the one before."""
    case = bare.new_case()

    results = at_once(in_app, lambda number: bare.note(case, f"Note {number}."))

    assert results == {"done": SIX}
    assert steps(owner, f"case:{case}") == [(1, "open"), *((seq, "note") for seq in range(2, SIX + 2))]
    assert bare.sentences(bare.proved(in_app)) == []


def test_moves(in_app: Flask, owner: psycopg.Connection):
    """Six moves at once each see the one before: no fact is told from a stage that had gone."""
    case = bare.new_case()

    at_once(in_app, lambda number: bare.move(case, f"stage {number}"))

    assert owner.execute("select stage_moves from case_file").fetchone() == (SIX,)
    assert bare.sentences(bare.proved(in_app)) == []


def test_new_chain(in_app: Flask, owner: psycopg.Connection):
    """Six first entries of one new chain begin it once."""

    def invite(number: int) -> None:
        with ledger.change("invite", by=SYSTEM, streams=["body:7777"]) as intent:
            intent.tell("internal", f"Invitation {number}.")

    results = at_once(in_app, invite)

    assert results == {"done": SIX}
    assert [seq for seq, _ in steps(owner, "body:7777")] == list(range(1, SIX + 1))
    assert bare.sentences(bare.proved(in_app)) == []


def test_row_in_two_chains(in_app: Flask, owner: psycopg.Connection):
    """A person changed at once from their own chain and from the house’s is told in the order it happened."""
    person = bare.new_person("Carys")

    def rename(number: int) -> None:
        with ledger.change("move", by=SYSTEM, streams=["house" if number % 2 else f"person:{person}"]):
            row = db.session.get_one(Person, person, with_for_update=True)
            row.joined_on = row.joined_on.replace(day=row.joined_on.day + 1)

    results = at_once(in_app, rename)

    assert results == {"done": SIX}
    assert bare.sentences(bare.proved(in_app)) == []


def test_row_overwritten_unseen(in_app: Flask):
    """A row read before its lock, changed meanwhile from another chain, is found by verify: the facts do not follow."""
    person = bare.new_person("Carys")
    read, written = threading.Event(), threading.Event()

    def slow() -> None:
        with in_app.app_context(), ledger.change("slow", by=SYSTEM, streams=["house"]):
            row = db.session.get_one(Person, person)
            read.set()
            written.wait()
            row.left_on = row.joined_on

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(slow)
        read.wait()
        with ledger.change("quick", by=SYSTEM, streams=[f"person:{person}"]):
            row = db.session.get_one(Person, person)
            row.left_on = row.joined_on.replace(day=20)
        written.set()
        waiting.result()

    found = bare.sentences(bare.proved(in_app))
    assert f"it says person:{person}.left_on was empty, and entry 2 of person:{person} left it" in found[0]


@pytest.mark.parametrize("attempt", range(3))
def test_links_in_both_directions(in_app: Flask, owner: psycopg.Connection, attempt: int):
    """Two cases linked at once from either end, three people at each: nobody waits for ever, and both chains tell it."""
    one, two = bare.new_case(), bare.new_case()

    def link(number: int) -> None:
        here, there = (one, two) if number % 2 else (two, one)
        with ledger.change("link", by=SYSTEM, streams=[f"case:{here}", f"case:{there}"]):
            for case, other in ((here, there), (there, here)):
                relation = f"same {number} of {attempt}"
                db.session.add(CaseLink(case_id=case, other_id=other, relation=relation))

    results = at_once(in_app, link)

    assert results == {"done": SIX}
    assert len(steps(owner, f"case:{one}")) == len(steps(owner, f"case:{two}")) == SIX + 1
    assert owner.execute("select count(*) from case_link").fetchone() == (2 * SIX,)
    assert bare.sentences(bare.proved(in_app)) == []


def test_crossed_locks(in_app: Flask):
    """Two changes that each hold what the other wants: one is told to try again, the other goes through."""
    one, two = bare.new_case(), bare.new_case()
    held = threading.Barrier(2)

    def cross(number: int) -> None:
        here, there = (one, two) if number % 2 else (two, one)
        with ledger.change("merge", by=SYSTEM, streams=[f"case:{here}"]) as intent:
            held.wait()
            pin(there)
            intent.join(f"case:{there}")

    results = at_once(in_app, cross, people=2)

    assert results == {"done": 1, "Conflict": 1}
    assert bare.sentences(bare.proved(in_app)) == []


def test_lock_held_too_long(in_app: Flask, owner: psycopg.Connection):
    """A chain held too long is a conflict that a person is told of, not an error, and leaves nothing."""
    case = bare.new_case()
    db.session.execute(sa.text("set lock_timeout = '50ms'"))
    db.session.commit()
    with owner.transaction():
        owner.execute("select 1 from chain where stream = %s for update", (f"case:{case}",))

        with pytest.raises(Conflict, match="at this very moment"):
            bare.move(case, "closed")

    assert owner.execute("select stage from case_file").fetchone() == ("received",)


def test_same_step(in_app: Flask, owner: psycopg.Connection):
    """Six people take the same step at once: one wins, with one entry, one letter and one job."""
    case, people = make.complaint_at("received")
    known, _ = offers(case.case_id, by=people.intake_officer)
    token = stage_token(known)
    before = jobs(owner)

    results = at_once(
        in_app, lambda _: take("acknowledge", case.case_id, by=people.intake_officer, token=token)
    )

    assert results["done"] == 1
    assert [step for _, step in steps(owner, f"case:{case.case_id}")] == ["submit", "acknowledge"]
    assert owner.execute("select count(*) from letter where template = 'acknowledgment'").fetchone() == (1,)
    assert jobs(owner) == before + 1
    assert bare.sentences(bare.proved(in_app)) == []


def test_same_key(in_app: Flask, owner: psycopg.Connection):
    """The same form sent six times at once acts once, and the other five get its answer."""
    case, people = make.complaint_at("screening")
    key = str(uuid4())
    taken = []

    def send(_: int) -> None:
        data = {"note": "Rang the force."}
        taken.append(take("add_note", case.case_id, by=people.caseworker, data=data, key=key))

    results = at_once(in_app, send)

    assert results == {"done": SIX}
    assert sorted(one.seq for one in taken) == [0] * (SIX - 1) + [3]
    assert {one.reference for one in taken} == {case.reference}
    assert [step for _, step in steps(owner, f"case:{case.case_id}")].count("add_note") == 1
    assert bare.sentences(bare.proved(in_app)) == []


def test_same_public_form(in_app: Flask, owner: psycopg.Connection):
    """A complaint sent six times at once opens one case."""
    key, data, opened = str(uuid4()), make.answers(), []

    results = at_once(
        in_app, lambda _: opened.append(open_case("submit", "complaint", by=PUBLIC, data=data, key=key))
    )

    assert results == {"done": SIX}
    assert len({one.reference for one in opened}) == 1
    assert owner.execute("select count(*) from case_file").fetchone() == (1,)
    assert bare.sentences(bare.proved(in_app)) == []


def jobs(owner: psycopg.Connection) -> int:
    """How many jobs wait."""
    query = "select count(*) from jobs.procrastinate_jobs where status = 'todo'"
    return owner.execute(query).fetchone()[0]
