"""`regulator verify` and `regulator anchor`, as an operator runs them."""

from __future__ import annotations

import json
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from regulator import moments
from regulator.ledger import anchors, cli
from tests.rooms import bare


@pytest.fixture
def run(in_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command in development, over the test’s own database, with anchors beside its files."""
    config = in_app.extensions["regulator"]
    for name, value in {
        "ENVIRONMENT": "development",
        "DATABASE_URL": config.database_url,
        "OWNER_DATABASE_URL": config.owner_database_url,
        "FILES_DIR": str(tmp_path / "files"),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("ANCHORS_DIR", raising=False)

    def run(command: str, *arguments: str) -> Result:
        return CliRunner().invoke(getattr(cli, f"{command}_command"), arguments)

    return run


def test_whole(run):
    """A whole record is said to be whole in one sentence, and the command succeeds."""
    bare.new_case()
    run("anchor")

    result = run("verify")

    assert result.exit_code == 0
    assert result.output.splitlines()[-1].endswith("entries: whole.")
    assert len(result.output.splitlines()) == 1


def test_broken(run, owner: psycopg.Connection):
    """A broken record is told fault by fault, and the command fails."""
    case = bare.new_case()
    run("anchor")
    bare.tamper(owner, "update case_file set stage = 'closed'")

    result = run("verify")

    assert result.exit_code == 1
    first, last = result.output.splitlines()
    assert first == f"case:{case}: case_file:{case}.stage is “closed”, and entry 1 left it “received”."
    assert last.endswith("entries: 1 thing is broken.")


def test_no_anchor(run):
    """Without an anchor the command says what it could not see."""
    result = run("verify")

    assert result.exit_code == 0
    assert "There is no anchor to compare with" in result.output


def test_json(run, owner: psycopg.Connection):
    """A program gets the same findings as JSON."""
    case = bare.new_case()
    bare.tamper(owner, f"update entry set step = 'other' where case_id = {case}")

    result = run("verify", "--json")

    report = json.loads(result.output)
    assert result.exit_code == 1
    assert report["is_whole"] is False
    assert report["faults"] == [
        {
            "kind": "altered",
            "stream": f"case:{case}",
            "entry": 1,
            "says": "its column step is not what was hashed",
            "sentence": f"case:{case}, entry 1: its column step is not what was hashed.",
        }
    ]


def test_anchor_where_it_is_told(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Anchors go to, and are looked for in, the folder that was named."""
    case = bare.new_case()
    folder = tmp_path / "elsewhere"
    monkeypatch.setenv("ANCHORS_DIR", str(folder))
    written = run("anchor")

    lines = (folder / f"{moments.today()}.txt").read_text().splitlines()

    assert written.exit_code == 0
    assert str(folder) in written.output
    assert [line for line in lines[1:] if line.startswith(f"case:{case} 1 ")]
    assert "There is no anchor" not in run("verify").output


def test_anchor_damaged(run, tmp_path: Path):
    """An anchor that somebody wrote in is named."""
    bare.new_case()
    run("anchor")
    path = tmp_path / "anchors" / f"{moments.today()}.txt"
    path.write_text(path.read_text().replace("case:", "case:9"))

    result = run("verify")

    assert result.exit_code == 1
    assert result.output.startswith(f"anchor {path.name}: it is not as it was written.")


def test_no_such_folder(run, tmp_path: Path):
    """A folder of anchors that is not there is an error, never a comparison with nothing."""
    assert run("verify", "--anchors", str(tmp_path / "nowhere")).exit_code == 2


def test_second_anchor_of_a_day(tmp_path: Path):
    """A second anchor on one day stands beside the first, and neither is ever written over."""
    on = moments.today()
    first = anchors.write(tmp_path, [("house", 1, "a")], on)
    second = anchors.write(tmp_path, [("house", 2, "b")], on)

    assert (first.name, second.name) == (f"{on}.txt", f"{on}-2.txt")
    assert [(seen.seq, seen.anchor) for seen in anchors.read(tmp_path).heads["house"]] == [
        (1, first.stem),
        (2, second.stem),
    ]


def test_other_files_are_no_anchors(tmp_path: Path):
    """Other files in the folder of anchors are left alone."""
    (tmp_path / "README.txt").write_text("Anchors.")

    assert anchors.read(tmp_path).names == []
