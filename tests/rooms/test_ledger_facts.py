"""What an entry says: before and after of every row, in full, once, and never a personal word."""

from __future__ import annotations

import json
from datetime import date

import psycopg
import pytest
from flask import Flask

from regulator import ledger
from regulator.accounts.models import Body, BodyName, Person, Team
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile, Party
from regulator.db import db
from regulator.errors import UnrecordedWrite
from tests.rooms import bare

CANARY = "Zebediah Quillfeather"


def content(owner: psycopg.Connection, stream: str) -> dict:
    """What the last entry of a stream says."""
    query = "select canonical from entry where stream = %s order by seq desc limit 1"
    return json.loads(owner.execute(query, (stream,)).fetchone()[0])


def test_new_row_in_full(in_app: Flask, owner: psycopg.Connection):
    """A new row is told in full, with the values it was given by default."""
    case = bare.new_case()

    told = content(owner, f"case:{case}")["facts"][f"case_file:{case}"]

    assert told["made"] == [False, True]
    assert told["stage_moves"] == [None, 0]
    assert told["is_open"] == [None, True]
    assert told["owner_id"] == [None, None]


def test_first_before_is_kept(in_app: Flask, owner: psycopg.Connection):
    """A row changed in two flushes of one step is told from its first value to its last."""
    case = bare.new_case()
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]):
        row = db.session.get_one(CaseFile, case)
        row.stage = "screening"
        db.session.flush()
        row.stage = "investigating"

    told = content(owner, f"case:{case}")["facts"]

    assert told == {f"case_file:{case}": {"stage": ["received", "investigating"]}}


def test_before_of_an_unread_column(in_app: Flask, owner: psycopg.Connection):
    """The value before is told even of a column that nobody had read."""
    case = bare.new_case()
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]):
        row = db.session.get_one(CaseFile, case)
        db.session.expire(row)
        row.stage = "investigating"

    told = content(owner, f"case:{case}")["facts"]

    assert told == {f"case_file:{case}": {"stage": ["received", "investigating"]}}


def test_row_gone(in_app: Flask, owner: psycopg.Connection):
    """A row that is removed is told with everything it said, even if nobody had read it."""
    case = bare.new_case(bare.new_body())
    with ledger.change("remove", by=SYSTEM, streams=[f"case:{case}"]):
        party = db.session.query(Party).filter_by(case_id=case).one()
        name = f"party:{party.id}"
        db.session.delete(party)
        db.session.expire(party)

    told = content(owner, f"case:{case}")["facts"][name]

    assert told["gone"] == [False, True]
    assert told["sees"] == [True, None]
    assert told["capacity"] == ["subject", None]


def test_made_and_gone_leaves_nothing(in_app: Flask, owner: psycopg.Connection):
    """A row made and removed in one step was never there."""
    with ledger.change("think", by=SYSTEM, streams=["house"]):
        team = Team(name="North")
        db.session.add(team)
        db.session.flush()
        db.session.delete(team)

    assert content(owner, "house")["facts"] == {}
    assert bare.sentences(bare.proved(in_app)) == []


def test_gone_and_made_again_is_a_change(in_app: Flask, owner: psycopg.Connection):
    """A row removed and written again in one step was changed."""
    body = bare.new_body()
    with ledger.change("correct", by=SYSTEM, streams=[f"body:{body}"]):
        row = db.session.get_one(Body, body)
        db.session.delete(row)
        db.session.flush()
        db.session.add(
            Body(id=body, slug="southshire", kind="force", nation="England", calendar="england-and-wales")
        )

    told = content(owner, f"body:{body}")["facts"][f"body:{body}"]

    assert told["slug"] == ["northshire", "southshire"]
    assert "made" not in told
    assert bare.sentences(bare.proved(in_app)) == []


def test_same_value_is_no_change(in_app: Flask, owner: psycopg.Connection):
    """A value written over itself is not told."""
    case = bare.new_case()
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).stage = "received"

    assert content(owner, f"case:{case}")["facts"] == {}


def test_cache_is_no_fact(in_app: Flask, owner: psycopg.Connection):
    """A date kept only for sorting is written and not told."""
    case = bare.new_case()
    with ledger.change("count", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).due_on = date(2026, 4, 1)

    assert content(owner, f"case:{case}")["facts"] == {}


def test_personal_words_stay_apart(in_app: Flask, owner: psycopg.Connection):
    """A personal word is in the words kept apart for their audience, and nowhere else in the ledger."""
    case = bare.new_case(title=CANARY)
    with ledger.change("rename", by=SYSTEM, streams=[f"case:{case}"]) as intent:
        db.session.get_one(CaseFile, case).title = f"{CANARY} again"
        intent.tell("internal", f"The case of {CANARY} has a new name.")

    count = "select count(*) from {} t where t::text like '%%' || %s || '%%'"
    assert owner.execute(count.format("entry"), (CANARY,)).fetchone() == (0,)
    assert owner.execute(count.format("entry_words"), (CANARY,)).fetchone() == (2,)
    assert content(owner, f"case:{case}")["facts"] == {f"case_file:{case}": {"title": "personal"}}


def test_words_of_a_body_alone(in_app: Flask, owner: psycopg.Connection):
    """An entry told to a body alone is seen by that body and not by staff."""
    case = bare.new_case(bare.new_body())
    with ledger.change("note", by=SYSTEM, streams=[f"case:{case}"]) as intent:
        intent.tell("body_only", "Ask the custody suite.")

    seen = owner.execute("select for_staff, for_body, for_complainant from entry order by id desc limit 1")

    assert seen.fetchone() == (False, True, False)
    assert content(owner, f"case:{case}")["for"] == ["body_only"]


def test_rows_go_to_their_own_chains(in_app: Flask, owner: psycopg.Connection):
    """In a step on two cases, each chain tells of the rows of its own case."""
    body = bare.new_body()
    one, two = bare.new_case(body), bare.new_case(body)
    with ledger.change("move_both", by=SYSTEM, streams=[f"case:{two}", f"case:{one}"]):
        for case in (one, two):
            db.session.get_one(CaseFile, case).stage = "linked"

    assert list(content(owner, f"case:{one}")["facts"]) == [f"case_file:{one}"]
    assert list(content(owner, f"case:{two}")["facts"]) == [f"case_file:{two}"]


def test_rows_of_no_case_go_to_their_own_chains(in_app: Flask, owner: psycopg.Connection):
    """In a step on a person and a body, each chain tells of what is theirs."""
    body, person = bare.new_body(), bare.new_person("Carys")
    with ledger.change("transfer", by=SYSTEM, streams=[f"person:{person}", f"body:{body}"]):
        db.session.get_one(Person, person).body_id = body
        db.session.add(BodyName(body_id=body, name="Northshire Police", starts_on=bare.OPENED))

    assert list(content(owner, f"person:{person}")["facts"]) == [f"person:{person}"]
    assert [name.partition(":")[0] for name in content(owner, f"body:{body}")["facts"]] == ["body_name"]


def test_change_within_a_change(in_app: Flask):
    """One change is one entry: a second cannot be opened inside the first."""
    with (
        pytest.raises(RuntimeError, match="inside another change"),
        ledger.change("one", by=SYSTEM, streams=["house"]),
        ledger.change("two", by=SYSTEM, streams=["house"]),
    ):
        pass


def test_refusal_writes_nothing(in_app: Flask, owner: psycopg.Connection):
    """A step that fails half-way leaves neither rows nor an entry, and the next one works."""
    case = bare.new_case()
    with pytest.raises(ValueError, match="half-way"):
        fail_half_way(case)

    assert owner.execute("select stage from case_file").fetchall() == [("received",)]
    bare.move(case, "screening")
    assert bare.sentences(bare.proved(in_app)) == []


def fail_half_way(case: int) -> None:
    with ledger.change("move", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).stage = "investigating"
        db.session.flush()
        raise ValueError("half-way")


def test_cascade_in_the_database(in_app: Flask, owner: psycopg.Connection):
    """Rows the database removes by itself, with a row they hang on, are counted and the change refused."""
    case = bare.new_case(bare.new_body())
    owner.execute("alter table party drop constraint fk_party_case_id_case_file")
    owner.execute("alter table party add foreign key (case_id) references case_file on delete cascade")
    owner.execute("alter table chain drop constraint fk_chain_case_id_case_file")
    owner.execute("alter table entry drop constraint fk_entry_case_id_case_file")
    owner.execute("alter table participant drop constraint fk_participant_case_id_case_file")
    owner.execute("alter table search_row drop constraint fk_search_row_case_id_case_file")

    with (
        pytest.raises(UnrecordedWrite, match="2 rows written, and the ledger heard of 1"),
        ledger.change("remove", by=SYSTEM, streams=[f"case:{case}"]),
    ):
        db.session.delete(db.session.get_one(CaseFile, case))
