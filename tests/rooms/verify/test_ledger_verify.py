"""`regulator verify`: what is whole is said to be whole, and every tampering with entries and chains is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from regulator.ledger import anchors
from tests.rooms import bare
from tests.rooms.verify_ground import reseal


def test_whole(in_app: Flask, case: int):
    """A record nobody tampered with is whole."""
    report = bare.proved(in_app)

    assert bare.sentences(report) == []
    assert report.is_whole
    assert report.entries >= 5


ALTERED = {
    "canonical = replace(canonical, 'screening', 'closed')": "its hash is not that of its text",
    "hash = repeat('0', 64)": "its hash is not that of its text",
    "stage_to = 'closed'": "its column stage_to is not what was hashed",
    "occurred = occurred - interval '1 day'": "its column occurred is not what was hashed",
    "by_role = 'manager'": "its column by_role is not what was hashed",
    "for_public = true": "its column for_public is not what was hashed",
    'data = \'{"finding": "upheld"}\'': "its column data is not what was hashed",
    "keys = '{\"party\": 1}'": "its column keys is not what was hashed",
    "algorithm = 'none'": "it is hashed by “none”, which is not known here",
    "canonical = 'x', hash = encode(sha256('x'), 'hex')": "its text is not in the ledger’s form",
}


@pytest.mark.parametrize(("change", "says"), ALTERED.items(), ids=ALTERED.keys())
def test_entry_altered(in_app: Flask, owner: psycopg.Connection, case: int, change: str, says: str):
    """An entry that was altered is named, whatever part of it was."""
    bare.tamper(owner, f"update entry set {change} where case_id = {case} and seq = 2")

    found = bare.sentences(bare.proved(in_app))

    assert found == [f"case:{case}, entry 2: {says}."]


def test_entry_rehashed_alone(in_app: Flask, owner: psycopg.Connection, case: int):
    """An entry altered and hashed again breaks the link of the next one."""
    bare.tamper(
        owner,
        f"update entry set canonical = replace(canonical, 'Rang', 'Wrote') where case_id = {case}",
        f"update entry set canonical = replace(canonical, 'screening', 'closed'), stage_to = null"
        f" where case_id = {case} and seq = 2",
        f"update entry set hash = encode(sha256(convert_to(canonical, 'UTF8')), 'hex')"
        f" where case_id = {case} and seq = 2",
    )

    found = bare.sentences(bare.proved(in_app))

    assert found == [f"case:{case}, entry 3: it does not follow from the entry before it."]


def test_entry_removed(in_app: Flask, owner: psycopg.Connection, case: int):
    """An entry taken out of the middle is named."""
    bare.tamper(owner, f"delete from entry where case_id = {case} and seq = 3")

    found = bare.sentences(bare.proved(in_app))

    assert found == [f"case:{case}, entry 3: it is missing."]


def test_tail_cut(in_app: Flask, owner: psycopg.Connection, case: int):
    """A tail cut off is noticed by the chain’s own head, and by the rows."""
    bare.tamper(owner, f"delete from entry where case_id = {case} and seq = 4")

    found = bare.sentences(bare.proved(in_app))

    assert found[0] == f"case:{case}: its head counts 4 entries, and 3 entries are there: its tail is cut."
    assert f"case_file:{case}.stage is “investigating”, and entry 2 left it “screening”" in found[1]


def test_tail_and_head_cut(in_app: Flask, owner: psycopg.Connection, case: int, tmp_path: Path):
    """A tail cut off with the head moved back is noticed by an anchor, even if the rows were set back too."""
    anchors.write(tmp_path, anchors.heads(owner), date(2026, 3, 3))
    bare.tamper(
        owner,
        f"delete from entry where case_id = {case} and seq = 4",
        f"update case_file set stage = 'screening', stage_moves = 1 where id = {case}",
    )
    reseal(owner, case)

    assert bare.proved(in_app).is_whole
    found = bare.sentences(bare.proved(in_app, tmp_path))
    assert found == [f"case:{case}: the anchor 2026-03-03 saw 4 entries, and 3 entries are there."]


def test_chain_rewritten(in_app: Flask, owner: psycopg.Connection, case: int, tmp_path: Path):
    """A chain rewritten from an entry on, hashes and head included, is named by the anchor that saw another."""
    anchors.write(tmp_path, anchors.heads(owner), date(2026, 3, 3))
    bare.tamper(
        owner,
        f"update entry set canonical = replace(canonical, 'screening', 'triage') where case_id = {case}",
    )
    reseal(owner, case)
    bare.note(case, "A later note, honestly made.")

    assert bare.proved(in_app).is_whole
    found = bare.sentences(bare.proved(in_app, tmp_path))
    assert found == [
        f"case:{case}, entry 4: the anchor 2026-03-03 saw another: the chain was rewritten since."
    ]


def test_chain_gone(in_app: Flask, owner: psycopg.Connection, case: int, tmp_path: Path):
    """A case removed with everything of it is named by the anchor that saw it."""
    anchors.write(tmp_path, anchors.heads(owner), date(2026, 3, 3))
    gone = (
        "entry_words where entry_id in (select id from entry where case_id = {0})",
        "entry where case_id = {0}",
    )
    rows = ("party where case_id = {0}", "participant where case_id = {0}", "case_file where id = {0}")
    statements = [f"delete from {each}".format(case) for each in (*gone, "chain where case_id = {0}", *rows)]
    bare.tamper(owner, *statements)

    assert bare.proved(in_app).is_whole
    found = bare.sentences(bare.proved(in_app, tmp_path))
    assert found == [f"case:{case}: the anchor 2026-03-03 saw this chain, and it is gone."]


def test_later_anchor_agrees(in_app: Flask, owner: psycopg.Connection, case: int, tmp_path: Path):
    """Anchors of several days are met by a chain that only grew."""
    anchors.write(tmp_path, anchors.heads(owner), date(2026, 3, 3))
    bare.note(case, "Another day.")
    anchors.write(tmp_path, anchors.heads(owner), date(2026, 3, 4))
    bare.note(case, "And another.")

    report = bare.proved(in_app, tmp_path)

    assert report.is_whole
    assert report.anchors == 2


def test_head_altered(in_app: Flask, owner: psycopg.Connection, case: int):
    """A chain’s head that is not the hash of its last entry is named."""
    bare.tamper(owner, f"update chain set hash = repeat('0', 64) where case_id = {case}")

    assert bare.sentences(bare.proved(in_app)) == [
        f"case:{case}: its head is not that of the 4 entries there."
    ]
