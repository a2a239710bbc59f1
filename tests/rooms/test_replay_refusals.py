"""A story that cannot be told, or does not hold: where it breaks is said, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from flask import Flask
from replaying import CASES, STORY, Replay, counted, is_whole, runner


@pytest.fixture
def replay(kept_app: Flask, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Runs `regulator replay` with these arguments; one database serves them all, for nothing is kept."""
    return runner(kept_app, monkeypatch)


REFUSED = [
    ("step: acknowledge", "step: acept", "29: there is no step of a complaint called “acept”"),
    (
        "by: Officer A\n    step: acknowledge",
        "by: Manager A\n    step: decline",
        "27: This case is at Received",
    ),
    ("on: 2026-03-12", "on: 2026-03-09", "41: The case has stood where it is since 10 March 2026"),
    ("on: 2026-03-04", "on: 2026-02-04", "27: This case was opened on 2 March 2026"),
    ("by: Officer A", "by: Manager A", "27: Only"),
    ("by: Manager A\n    step: decline", "by: Caseworker A\n    step: decline", "41: Only"),
    ("      when_known: unknown\n", "", "11: Say whether you know when"),
    ("body: metropolitan", "body: metropolis", "3: there is no body called “metropolis”."),
    ("case: 7", "case: [", "3: this cannot be read as YAML"),
]


def altered(folder: Path, right: str, wrong: str) -> Path:
    """The story with one thing changed."""
    assert right in STORY
    file = folder / "a.yaml"
    file.write_text(STORY.replace(right, wrong, 1))
    return file


@pytest.mark.parametrize("change", REFUSED, ids=lambda change: change[1])
def test_refused(
    kept_app: Flask,
    catalogue: psycopg.Connection,
    replay: Replay,
    tmp_path: Path,
    change: tuple[str, str, str],
) -> None:
    """A story that cannot be told says file, line and why, and leaves nothing behind."""
    file = altered(tmp_path, *change[:2])
    before = counted(catalogue)

    told = replay(file)

    assert told.exit_code == 1
    assert f"{file}:{change[2]}" in told.output
    assert counted(catalogue) == before
    assert is_whole(kept_app)


def test_four_eyes(catalogue: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """Who proposed to decline cannot decide it, in a story as anywhere else."""
    both = STORY.replace("Caseworker A: caseworker", "Caseworker A: caseworker, manager")
    file = tmp_path / "a.yaml"
    file.write_text(both.replace("by: Manager A\n    step: decline", "by: Caseworker A\n    step: decline"))

    before = counted(catalogue)

    told = replay(file)

    assert told.exit_code == 1
    assert f"{file}:41: You proposed" in told.output
    assert counted(catalogue) == before


def test_answer_at_fault(replay: Replay, tmp_path: Path) -> None:
    """Where a rule refuses an answer, the line of the answer is named rather than that of the step."""
    file = altered(tmp_path, "[I was wrongly matched]", "[]")

    told = replay(file)

    assert told.exit_code == 1
    assert f"{file}:17: Write at least one thing for us to look at" in told.output


BROKEN = [
    ("stage: screening", "stage: declining", "it stands at “Declining”: it stands at “Screening” ({}:31)"),
    ("screen: 2026-03-30", "screen: 2026-03-31", "is due on 31 March 2026: it is due on 30 March 2026 ({}:32)"),
    ("screen: 2026-03-30", "progress: 2026-03-30", "is due on 30 March 2026: it does not run ({}:32)"),
    ("overdue: []", "overdue: [screen]", "is overdue: nothing is overdue ({}:33)"),
    ("met: [acknowledge]", "met_late: [acknowledge]", "was met late: it was met in time ({}:34)"),
    ("met: [acknowledge]", "met: [screen]", "was met in time: it was not met ({}:34)"),
    ("propose_decline}", "decline}", "may take “Decline the complaint”: that is not a step of theirs here ({}:35)"),
    ("Manager A: decline}", "Caseworker A: accept}", "may not take “Accept the complaint”: they may ({}:36)"),
]  # fmt: skip


@pytest.mark.parametrize("change", BROKEN, ids=lambda change: change[1])
def test_broken(
    catalogue: psycopg.Connection, replay: Replay, tmp_path: Path, change: tuple[str, str, str]
) -> None:
    """An expectation that does not hold is shown beside what was found, and the case is not kept."""
    file = altered(tmp_path, *change[:2])
    before = counted(catalogue)

    told = replay(file)

    assert told.exit_code == 1
    line = next(line for line in told.output.splitlines() if line.startswith("broken"))
    assert line.endswith(change[2].format(file))
    assert "Nothing was kept, because an expectation is broken." in told.output
    assert counted(catalogue) == before


def test_sound(catalogue: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """The story these tests break holds as it stands."""
    file = tmp_path / "a.yaml"
    file.write_text(STORY)

    told = replay(file)

    assert told.exit_code == 0, told.output
    assert catalogue.execute("select stage from case_file").fetchall() == [("not_accepted",)]


def test_all_or_none(catalogue: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """Of several files none is kept where one cannot be told."""
    file = altered(tmp_path, "on: 2026-03-12", "on: 2026-03-09")
    before = counted(catalogue)

    told = replay(CASES[0], file)

    assert told.exit_code == 1
    assert counted(catalogue) == before


def test_no_file(replay: Replay, tmp_path: Path) -> None:
    """A command that names no file, or one there is not, is answered with a sentence and exit 2."""
    none, missing = replay(), replay(tmp_path / "none.yaml")

    assert (none.exit_code, missing.exit_code) == (2, 2)
    assert none.output == "Say which documented cases to tell: the name of one file or of several.\n"
    assert missing.output == f"There is no file called “{tmp_path / 'none.yaml'}”.\n"
