"""One documented matter as several cases: linked, about several bodies, under two editions, with files and refusals."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from replaying import CASES, STORY, Replay, runner

PROPOSED = """\
  - on: 2026-03-06
    case: notice
    by: Caseworker A
    step: propose
    data:
      instrument: warning
      power: warning
      preconditions:
        - {test: bound, answer: passes}
        - {test: territory, answer: passes}
        - {test: threshold, answer: passes}
        - {test: harm, answer: passes}
        - {test: remedy, answer: passes}
        - {test: lesser, answer: passes}
        - {test: privilege, answer: passes}
      failure: [It may be done again]
      standard: GDPR-35
      is_urgent: no
    expect:
      stage: proposed
"""
TWO = STORY.replace(
    "sources:",
    """cases:
  complaint: {kind: complaint}
  notice: {kind: enforcement, editions: [2026-draft, dpa-2018], leads_from: complaint, because: It may be done again.}
sources:""",
).replace("  - on: ", "  - case: complaint\n    on: ")
TWO = TWO.replace("could_not_express", PROPOSED + "could_not_express")


@pytest.fixture
def replay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Runs `regulator replay` with these arguments."""
    return runner(app, monkeypatch)


def case(name: str) -> Path:
    return next(file for file in CASES if file.stem == name)


def written(folder: Path, text: str) -> Path:
    file = folder / "a.yaml"
    file.write_text(text)
    return file


def test_linked(owner: psycopg.Connection, replay: Replay, tmp_path: Path) -> None:
    """A case opened because of another is linked to it, and both tell it."""
    told = replay(written(tmp_path, TWO))

    assert told.exit_code == 0, told.output
    links = "select o.kind, l.relation, c.edition from case_link l join case_file c on c.id = l.case_id"
    found = owner.execute(f"{links} join case_file o on o.id = l.other_id where c.kind <> o.kind").fetchall()
    assert sorted(found) == [
        ("complaint", "follows", "2026-draft"),
        ("complaint", "follows", "dpa-2018"),
        ("enforcement", "leads_to", "2026-draft"),
        ("enforcement", "leads_to", "2026-draft"),
    ]
    opened = owner.execute("select count(*) from entry where step = 'open_linked'").fetchone()
    assert opened == (2,)
    titles = owner.execute("select title from case_file where kind = 'enforcement' order by id").fetchall()
    assert [title for (title,) in titles] == ["A wrong match (2026-draft)", "A wrong match (dpa-2018)"]


def test_two_editions(owner: psycopg.Connection, replay: Replay) -> None:
    """The same events come to the days of each law, and where the days differ they stand side by side."""
    told = replay(case("voice-id"))

    assert told.exit_code == 0, told.output
    days = owner.execute(
        "select edition, name, last_day from clock join case_file c on c.id = case_id"
        " where kind = 'enforcement' order by edition, name"
    )
    assert days.fetchall() == [
        ("2026-draft", "decide_after_intent", date(2019, 10, 3)),
        ("2026-draft", "representations", date(2019, 5, 1)),
        ("dpa-2018", "appeal", date(2019, 6, 6)),
        ("dpa-2018", "compliance", date(2019, 6, 5)),
        ("dpa-2018", "representations", date(2019, 5, 2)),
    ]
    (line,) = [line for line in told.output.splitlines() if line.startswith("  Make representations")]
    assert " ".join(line.split()) == (
        "Make representations (from 4 April 2019) 1 May 2019 (28 days, A') 2 May 2019 (28 days, B)"
    )


def test_a_whole_notice_under_both(owner: psycopg.Connection, replay: Replay) -> None:
    """The notice on the Gangs Matrix runs its whole course under each edition, and each day says how it was counted."""
    told = replay(case("gangs-matrix"))

    assert told.exit_code == 0, told.output
    days = owner.execute(
        "select distinct name, edition, last_day from clock join case_file c on c.id = case_id"
        " where kind = 'enforcement' order by name, edition"
    )
    assert days.fetchall() == [
        ("appeal", "2026-draft", date(2018, 12, 11)),
        ("appeal", "dpa-2018", date(2018, 12, 11)),
        ("compliance", "2026-draft", date(2019, 5, 13)),
        ("compliance", "dpa-2018", date(2019, 5, 13)),
        ("decide_after_intent", "2026-draft", date(2019, 3, 19)),
        ("representations", "2026-draft", date(2018, 10, 17)),
        ("representations", "dpa-2018", date(2018, 10, 18)),
    ]
    lines = [" ".join(line.split()) for line in told.output.split("notice, the same events")[1].splitlines()]
    assert lines[1:5] == [
        "2026-draft dpa-2018",
        "Decide after notice of intent (from 20 September 2018) 19 March 2019 (6 months, A') no such clock",
        "Make representations (from 20 September 2018) 17 October 2018 (28 days, A') 18 October 2018 (28 days, B)",
        "Do what a step requires (from 13 November 2018) 13 May 2019 (181 days, B) 13 May 2019 (182 days, A)",
    ]


def test_oversight_and_its_date(owner: psycopg.Connection, replay: Replay) -> None:
    """Who oversees a force acts for the body that does, and comments by the end of 56 days."""
    told = replay(case("child-exploitation"))

    assert told.exit_code == 0, told.output
    overseer = owner.execute(
        "select n.name from person p join body_name n on n.body_id = p.body_id where p.name = 'Oversight contact A'"
    )
    assert overseer.fetchall() == [("Mayor’s Office for Policing and Crime (MOPAC)",)]
    last = owner.execute("select last_day, ended, was_late from clock where name = 's55_comments'")
    assert last.fetchall() == [(date(2024, 4, 4), "met", False)]


def test_bodies_and_files(owner: psycopg.Connection, replay: Replay) -> None:
    """People of two bodies work each for their own, and a file goes with the step of the body that gives it."""
    told = replay(case("south-wales-and-gwent"))

    assert told.exit_code == 0, told.output
    given = owner.execute(
        "select b.slug, d.name, d.media_type, d.for_staff from document d join party p on p.id = d.party_id"
        " join body b on b.id = p.body_id order by b.slug"
    )
    assert given.fetchall() == [
        ("gwent", "retention-schedule.pdf", "application/pdf", True),
        ("south-wales", "retention-schedule.txt", "text/plain", True),
    ]
    homes = owner.execute(
        "select b.slug, count(*) from person p join body b on b.id = p.body_id group by 1 order by 1"
    )
    assert homes.fetchall() == [("gwent", 2), ("south-wales", 2)]


@pytest.mark.parametrize(
    ("wanted", "instead"),
    [
        ("cannot be given a notice", ""),
        ("must be signed", "the words “must be signed” are not in it"),
    ],
)
def test_refused(replay: Replay, tmp_path: Path, wanted: str, instead: str) -> None:
    """A step that must be refused is tried, and the words of its refusal are looked for."""
    notice = TWO.replace("body: metropolitan", "body: hmrc").replace(": warning", ": compliance")
    notice = notice.replace("editions: [2026-draft, dpa-2018]", "edition: 2026-draft")
    notice = notice.replace(
        "      is_urgent: no\n",
        "      notice_steps_asked: [{words: Stop., done_by: 2026-09-30}]\n      is_urgent: no\n",
    )
    notice = notice.replace("    step: propose\n", f"    step: propose\n    refused: {wanted}\n")
    told = replay("--dry-run", written(tmp_path, notice.replace("    expect:\n      stage: proposed\n", "")))

    assert "is a Crown body, and a Crown body cannot be given a notice under these rules." in told.output
    assert told.exit_code == (1 if instead else 0), told.output
    assert instead in told.output


def test_not_refused(replay: Replay, tmp_path: Path) -> None:
    """A step that must be refused and is taken is broken."""
    told = replay(
        written(tmp_path, TWO.replace("    step: propose\n", "    step: propose\n    refused: Crown\n"))
    )

    assert told.exit_code == 1
    assert "broken      it is refused: Crown: it was taken" in told.output


def test_nobody_oversees(replay: Replay, tmp_path: Path) -> None:
    """Somebody who oversees a body that nobody oversees is refused with the line of the story."""
    text = STORY.replace("body: metropolitan", "body: hmrc").replace(
        "  Manager A: manager", "  Manager A: manager\n  Overseer A: oversight_contact"
    )
    told = replay(written(tmp_path, text))

    assert told.exit_code == 1
    assert "a.yaml:2: nobody oversees “hmrc”." in told.output


def test_told_before(replay: Replay, tmp_path: Path) -> None:
    """What it was told as stands at the end of the account, by reference and by what the story calls it."""
    told = replay("--dry-run", written(tmp_path, TWO))

    (line,) = [line for line in told.output.splitlines() if line.startswith("Told as C-")]
    assert "(complaint), E-" in line
    assert line.endswith("(notice under dpa-2018).")
