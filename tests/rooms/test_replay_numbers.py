"""What a story calls by its number or its name is the row of the case that is meant."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from flask import Flask
from replaying import Replay, is_whole, runner
from told_in_full import AUDIT, NOTICE


@pytest.fixture
def replay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Runs `regulator replay` with these arguments."""
    return runner(app, monkeypatch)


def written(folder: Path, text: str) -> Path:
    file = folder / "a.yaml"
    file.write_text(text)
    return file


def test_notice(app: Flask, owner: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """Points, steps and acts of a notice are named by number: each appeal is against the act that is meant."""
    told = replay(written(tmp_path, NOTICE))

    assert told.exit_code == 0, told.output
    acts = "select e.step, a.grounds from appeal a join entry e on e.case_id = a.case_id and e.seq = a.act"
    assert owner.execute(f"{acts} order by a.id").fetchall() == [
        ("record_service", "fact"),
        ("vary", "law"),
        ("refuse_certificate", "step"),
    ]
    points = owner.execute("select number, answer, reason from representation_point order by number")
    assert points.fetchall() == [(1, "not_accepted", "It is owed"), (2, "accepted", "In part")]
    assert owner.execute("select number, prohibits from notice_step order by 1").fetchall() == [
        (1, False),
        (2, True),
    ]
    assert is_whole(app)


def test_audit(app: Flask, owner: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """Items, paragraphs, comments and recommendations are those of the body whose person speaks."""
    told = replay(written(tmp_path, AUDIT))

    assert told.exit_code == 0, told.output
    items = owner.execute(
        "select b.slug, i.mark, i.missing from evidence_item i join party p on p.id = i.party_id"
        " join body b on b.id = p.body_id order by 1"
    )
    assert items.fetchall() == [("gwent", "sensitive", "The list"), ("south-wales", "withheld", None)]
    comments = owner.execute(
        "select b.slug, c.words, c.accepted from comment c join party p on p.id = c.party_id"
        " join body b on b.id = p.body_id"
    )
    assert comments.fetchall() == [("gwent", "It is not", True)]
    recommended = owner.execute(
        "select b.slug, r.answer, r.verdict from recommendation r join party p on p.id = r.party_id"
        " join body b on b.id = p.body_id order by r.number"
    )
    assert recommended.fetchall() == [("gwent", "accepted", "met"), ("south-wales", None, None)]
    assert is_whole(app)


NOT_THERE = [
    (NOTICE, "notice_step: 1, done_by: 2026-07-31", "notice_step: 3, done_by: 2026-07-31", "there is no number 3"),
    (NOTICE, "act: variation 1", "act: variation 2", "there is no number 2"),
    (NOTICE, "notice_steps: [1, 2]", "notice_steps: [1, 4]", "there is no number 4"),
    (NOTICE, "point: 2", "point: 5", "there is no number 5"),
    (AUDIT, "ratings: [{area: Watchlists", "ratings: [{area: Faces", "there is no “Faces” here; there is Watchlists."),
    (AUDIT, "recommendation: 1, verdict", "recommendation: 7, verdict", "there is no number 7"),
    (AUDIT, "comment: 1", "comment: 2", "there is no number 2"),
    (AUDIT, "draft_item: 1", "draft_item: 2", "there is no number 2"),
    (AUDIT, "party: gwent, items", "party: kent, items", "there is no answer to “party” called “kent”"),
    (AUDIT, "paragraph: 1", "paragraph: 99", "there is no number 99"),
]  # fmt: skip


@pytest.mark.parametrize("change", NOT_THERE, ids=lambda change: change[2])
def test_not_there(replay: Replay, tmp_path: Path, change: tuple[str, str, str, str]) -> None:
    """A number or a name of nothing in the case is refused with the line of the answer."""
    story, right, wrong, sentence = change
    assert right in story

    told = replay("--dry-run", written(tmp_path, story.replace(right, wrong, 1)))

    assert told.exit_code == 1
    (refused,) = [line for line in told.output.splitlines() if ".yaml:" in line and "(" not in line]
    assert refused.partition(".yaml:")[2].split(":", 1)[1].strip().startswith(sentence)
