"""The documented cases that come with the project, told through the steps of their edition with their own dates."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import make
import psycopg
import pytest
from flask import Flask
from replaying import CASES, Replay, counted, is_whole, runner

from config import Environment
from regulator import moments
from regulator.errors import Refused

DRAFT, DPA = "2026-draft", "dpa-2018"
ENDS: dict[str, tuple[int, list[tuple[str, str, str]]]] = {
    "body-worn-video": (1, [("enforcement", DRAFT, "closed")]),
    "child-exploitation": (3, [("inspection", DRAFT, "monitoring")]),
    "gangs-matrix": (
        6,
        [
            ("complaint", DRAFT, "closed"),
            ("enforcement", DRAFT, "closed"),
            ("enforcement", DPA, "closed"),
        ],
    ),
    "gps-tagging": (
        6,
        [
            ("complaint", DRAFT, "closed"),
            ("enforcement", DPA, "in_force"),
            ("enforcement", DRAFT, "closed"),
            ("enforcement", DPA, "closed"),
        ],
    ),
    "scotland-returns": (3, [("audit", DRAFT, "final"), ("audit", DRAFT, "closed")]),
    "south-wales-and-gwent": (6, [("audit", DRAFT, "final")]),
    "staffordshire": (0, [("audit", DRAFT, "final")]),
    "thompson-and-carlo": (1, [("complaint", DRAFT, "closed")]),
    "voice-id": (
        5,
        [
            ("complaint", DRAFT, "closed"),
            ("enforcement", DRAFT, "closed"),
            ("enforcement", DPA, "in_force"),
        ],
    ),
}
"""How many steps of each story are the system’s, and its cases in the order in which they were opened: where they end."""
ROWS = "select kind, edition, stage from case_file order by id"


@pytest.fixture
def replay(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """Runs `regulator replay` with these arguments."""
    return runner(app, monkeypatch)


def case(name: str) -> Path:
    return next(file for file in CASES if file.stem == name)


UNDER_BOTH = (case("gangs-matrix"), case("gps-tagging"), case("voice-id"))
SOME = (case("staffordshire"), case("thompson-and-carlo"), case("voice-id"))


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_kept(app: Flask, owner: psycopg.Connection, replay: Replay, file: Path) -> None:
    """A documented case is told whole: each expectation holds, the record is whole and nothing goes out."""
    by_system, ends = ENDS[file.stem]

    told = replay(file)

    assert told.exit_code == 0, told.output
    assert "broken  " not in told.output
    assert "What the edition could not express:\n- " in told.output
    assert f"and {by_system} by the system" in told.output
    assert owner.execute(ROWS).fetchall() == ends
    assert owner.execute("select distinct is_historic from case_file").fetchall() == [(True,)]
    assert owner.execute("select distinct state from outbox").fetchall() == [("historic",)]
    assert counted(owner)["jobs.procrastinate_jobs"] == 0
    assert is_whole(app)


def test_dates(owner: psycopg.Connection, replay: Replay) -> None:
    """What is told happened on the days of the file, and was recorded today."""
    replay(case("voice-id"))

    entries = owner.execute(
        "select step, (occurred at time zone 'Europe/London')::date, occurred_is_day, recorded from entry"
        " where case_id is not null order by seq"
    ).fetchall()
    told = [entry[:3] for entry in entries]
    assert ("approve_decision", date(2019, 5, 9), True) in told
    assert ("close", date(2019, 6, 8), False) in told
    assert {moments.london_day(entry[3]) for entry in entries} == {moments.today()}


def test_due_dates(owner: psycopg.Connection, replay: Replay) -> None:
    """The dates by which things were due are those of the rules, counted from the days of the file."""
    replay(case("voice-id"))

    clocks = owner.execute(
        "select name, last_day, ended, was_late from clock join case_file c on c.id = case_id"
        " where kind = 'complaint' and name <> 'progress'"
    )
    assert sorted(clocks.fetchall()) == [
        ("acknowledge", date(2018, 7, 9), "met", False),
        ("comments_on_view", date(2019, 5, 2), "expired", False),
        ("comments_on_view", date(2019, 5, 2), "expired", False),
        ("investigate", date(2019, 1, 26), "met", True),
        ("review_window", date(2019, 6, 6), "expired", False),
        ("screen", date(2018, 7, 30), "met", False),
        ("tell_outcome", date(2019, 5, 16), "met", False),
    ]


def test_assumed(owner: psycopg.Connection, replay: Replay) -> None:
    """What the sources do not say is marked on the entry itself, and what they say is not."""
    replay(case("voice-id"))

    said = dict(
        owner.execute(
            "select e.step, w.words::json ->> 'says' from entry e join entry_words w on w.entry_id = e.id"
            " where e.case_id is not null and w.audience = 'internal'"
        ).fetchall()
    )
    assert said["submit"].endswith("(assumed: the sources give 2018 alone, and not how it was made)")
    assert said["approve_decision"] == "Manager A approved the decision"


def test_court_contradicts(owner: psycopg.Connection, replay: Replay) -> None:
    """A court’s ruling supersedes the finding it contradicts, and the finding itself stays."""
    replay(case("thompson-and-carlo"))

    findings = owner.execute("select number, finding, superseded_on from allegation order by number")
    assert findings.fetchall() == [(1, "unable", None), (2, "upheld", date(2026, 4, 21))]


def test_people_leave(owner: psycopg.Connection, replay: Replay) -> None:
    """The people of a story are gone when it is told, so nobody gives them today’s work."""
    replay(case("gangs-matrix"))

    people = owner.execute("select name from person order by name").fetchall()
    assert ("Approving officer A",) in people
    assert ("Amnesty International",) not in people
    stays = owner.execute("select distinct joined_on, left_on from person").fetchall()
    assert stays == [(date(2017, 10, 2), date(2019, 12, 4))]
    held = "select count(*) from role_held where ends_on is null"
    assert owner.execute(held).fetchone() == (0,)


def test_only_its_own(app: Flask, owner: psycopg.Connection, replay: Replay) -> None:
    """While the past of one case is told, nothing is done to any other."""
    with app.app_context(), moments.as_at(make.at("2026-01-05T10:00")):
        other = make.complaint()

    replay(*SOME)

    entries = "select count(*) from entry where case_id = %s"
    assert owner.execute(entries, (other.case_id,)).fetchone() == (1,)


def test_once(owner: psycopg.Connection, replay: Replay) -> None:
    """A file that was told before is left out when asked, and told as a case of its own when not."""
    replay("--once", *SOME)
    first = counted(owner)

    again = replay("--once", *SOME)

    assert again.exit_code == 0
    assert again.output.count("told before, as ") == len(SOME)
    assert counted(owner) == first
    replay(case("thompson-and-carlo"))
    assert counted(owner)["case_file"] == first["case_file"] + 1


def test_dry_run(owner: psycopg.Connection, replay: Replay) -> None:
    """Cases can be told without anything being kept of them: here those that are told under both editions."""
    before = counted(owner)

    told = replay("--dry-run", *UNDER_BOTH)

    assert told.exit_code == 0, told.output
    assert told.output.count("the same events under each edition:") == len(UNDER_BOTH)
    assert "Nothing was kept, as you asked." in told.output
    assert counted(owner) == before


def test_production(app: Flask, owner: psycopg.Connection, replay: Replay) -> None:
    """Invented people are not put among real cases: in production nothing is told that would be kept."""
    config = app.extensions["regulator"]
    app.extensions["regulator"] = dataclasses.replace(config, environment=Environment.PRODUCTION)
    try:
        kept, dry = replay(case("voice-id")), replay("--dry-run", case("voice-id"))
    finally:
        app.extensions["regulator"] = config

    assert isinstance(kept.exception, Refused)
    assert dry.exit_code == 0
    assert counted(owner)["case_file"] == 0
