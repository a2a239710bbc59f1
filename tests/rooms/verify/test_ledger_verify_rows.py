"""`regulator verify` compares words and rows with what the record says of them, and stands erasure, restoring and other time zones."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from psycopg import sql
from sqlalchemy import make_url

from regulator import ledger, moments
from regulator.accounts.models import Body
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile
from regulator.db import db
from regulator.dbroles import plain
from regulator.devpg import programs
from regulator.ledger.anchors import Anchors
from regulator.ledger.verify import verify
from tests.rooms import bare
from tests.rooms.verify_ground import reseal

TAMPERED = {
    "update case_file set stage = 'closed'": "case_file:{c}.stage is “closed”, and entry 4 left it “investigating”",
    "update case_file set title = 'Other'": "case_file:{c}.title is not as entry 1 left it",
    "update case_file set is_open = false": "case_file:{c}.is_open is “no”, and entry 1 left it “yes”",
    "update case_file set disposal_on = '2026-01-01'": "case_file:{c}.disposal_on is “2026-01-01”, and entry 1 left it empty",
    "delete from participant": "participant:{p} is not there, and entry 1 left it there",
    "insert into case_link (case_id, other_id, relation) select id, id, 'same' from case_file": "case_link:1 is there, and no entry made it",
}


@pytest.mark.parametrize(("statement", "says"), TAMPERED.items(), ids=TAMPERED.keys())
def test_row_altered(in_app: Flask, owner: psycopg.Connection, case: int, statement: str, says: str):
    """A row that is not as its entries left it is named, with the entry it contradicts."""
    participant = owner.execute("select max(id) from participant").fetchone()[0]
    bare.tamper(owner, statement)

    found = bare.sentences(bare.proved(in_app))

    assert found == [f"case:{case}: {says.format(c=case, p=participant)}."]


def test_words_altered(in_app: Flask, owner: psycopg.Connection, case: int):
    """Words that are not those the entry committed to are named."""
    bare.tamper(owner, "update entry_words set words = replace(words, 'Rang', 'Wrote to')")

    assert bare.sentences(bare.proved(in_app)) == [
        f"case:{case}, entry 3: its words for “internal” are not those it was written with."
    ]


def test_words_removed(in_app: Flask, owner: psycopg.Connection, case: int):
    """Words that are missing are named, unless an entry says that they were erased."""
    third = f"select id from entry where case_id = {case} and seq = 3"
    bare.tamper(owner, f"delete from entry_words where audience = 'internal' and entry_id = ({third})")

    assert bare.sentences(bare.proved(in_app)) == [
        f"case:{case}, entry 3: its words for “internal” are missing, and no entry says they were erased."
    ]
    erase(case, 3, "internal")
    assert bare.proved(in_app).is_whole


def erase(case: int, seq: int, audience: str) -> None:
    with ledger.change("erase", by=SYSTEM, streams=[f"case:{case}"]) as intent:
        intent.data["erased"] = {str(seq): [audience]}


def test_row_after_erasure(in_app: Flask, owner: psycopg.Connection, case: int):
    """Where the words of a row were erased, its personal columns are compared only with what came later."""
    ours = f"select id from entry where case_id = {case}"
    bare.tamper(owner, f"delete from entry_words where audience = 'internal' and entry_id in ({ours})")
    for seq in (1, 2, 3, 4):
        erase(case, seq, "internal")

    assert bare.proved(in_app).is_whole
    with ledger.change("rename", by=SYSTEM, streams=[f"case:{case}"]):
        db.session.get_one(CaseFile, case).title = "Removed"
    bare.tamper(owner, f"update case_file set title = 'Other' where id = {case}")
    assert bare.sentences(bare.proved(in_app)) == [
        f"case:{case}: case_file:{case}.title is not as entry 9 left it."
    ]


def test_words_put_back(in_app: Flask, owner: psycopg.Connection, case: int):
    """Words that an entry says were erased, and that stand again, are named."""
    erase(case, 3, "internal")

    assert bare.sentences(bare.proved(in_app)) == [
        f"case:{case}, entry 3: its words for “internal” were erased, and stand again."
    ]


def test_case_with_no_chain(in_app: Flask, owner: psycopg.Connection, case: int):
    """A case that somebody put in by hand is named."""
    bare.tamper(
        owner,
        "insert into case_file select 999, 'CO-0', kind, edition, edition_digest, stage, stage_moves, is_open,"
        " title, opened_on, owner_id, team_id, is_restricted, is_historic, legal_hold from case_file",
    )

    assert bare.sentences(bare.proved(in_app)) == ["case:999: case_file:999 is there, and no entry made it."]


def test_row_of_no_case(in_app: Flask, owner: psycopg.Connection):
    """Rows of no case are folded together, whichever chain told of them."""
    body = bare.new_body("westshire")
    with ledger.change("rename", by=SYSTEM, streams=[f"body:{body}"]):
        db.session.get_one(Body, body).nation = "Wales"
    assert bare.proved(in_app).is_whole

    bare.tamper(owner, f"update body set nation = 'England' where id = {body}")

    assert bare.sentences(bare.proved(in_app)) == [
        f"house: body:{body}.nation is “England”, and entry 1 of body:{body} left it “Wales”."
    ]


def test_fact_rewritten(in_app: Flask, owner: psycopg.Connection, case: int):
    """A fact rewritten with all the hashes after it no longer follows from the facts before."""
    bare.tamper(
        owner,
        'update entry set canonical = replace(canonical, \'"stage":["received",\', \'"stage":["closed",\')'
        f" where case_id = {case} and seq = 2",
    )
    reseal(owner, case)

    found = bare.sentences(bare.proved(in_app))

    assert found == [
        f"case:{case}, entry 2: it says case_file:{case}.stage was “closed”, and entry 1 left it “received”."
    ]


def test_other_chains_still_checked(in_app: Flask, owner: psycopg.Connection, case: int):
    """One broken chain hides no other."""
    other = bare.new_case()
    bare.tamper(owner, "update entry set step = 'other' where seq = 1 and case_id is not null")

    found = bare.sentences(bare.proved(in_app))

    assert [line.partition(":")[2].partition(",")[0] for line in found] == [str(case), str(other)]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Chatham"])
def test_other_time_zone(
    in_app: Flask, owner: psycopg.Connection, case: int, zone: str, monkeypatch: pytest.MonkeyPatch
):
    """A record of a London evening in summer is whole when it is read in another time zone."""
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=moments.LONDON)
    with ledger.change("note", by=SYSTEM, streams=[f"case:{case}"], occurred=summer) as intent:
        intent.tell("internal", "Late one evening.")
    monkeypatch.setenv("PGTZ", zone)

    assert bare.sentences(bare.proved(in_app)) == []


def test_after_dump_and_restore(in_app: Flask, owner: psycopg.Connection, case: int, tmp_path: Path):
    """A record restored from a dump is whole, and its locks are restored with it."""
    url = plain(in_app.extensions["regulator"].owner_database_url)
    restored = make_url(url).database + "_restored"
    other = make_url(url).set(database=restored).render_as_string(hide_password=False)
    dump = tmp_path / "dump"
    with dump.open("wb") as file:
        subprocess.run([programs() / "pg_dump", "-Fc", url], stdout=file, check=True)
    owner.execute(sql.SQL("create database {}").format(sql.Identifier(restored)))
    try:
        subprocess.run([programs() / "pg_restore", "--exit-on-error", "-d", other, dump], check=True)
        report = verify(other, Anchors())
        with psycopg.connect(other) as connection, pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("update case_file set stage = 'closed'")
    finally:
        owner.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(restored)))

    assert bare.sentences(report) == []
    assert report.entries >= 5


def test_portions(in_app: Flask, case: int, monkeypatch: pytest.MonkeyPatch):
    """However few entries are read at a time, the same is found."""
    bare.new_case()
    whole = bare.proved(in_app)
    monkeypatch.setattr("regulator.ledger.verify.AT_ONCE", 1)

    assert bare.proved(in_app) == whole
