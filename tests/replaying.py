"""The command `replay` run over the test’s own database, and what it leaves there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from regulator.cli import main
from regulator.dbroles import plain
from regulator.ledger.anchors import Anchors
from regulator.ledger.verify import verify

CASES = sorted((Path(__file__).resolve().parents[1] / "regulator" / "cases").glob("*.yaml"))
COUNTED = ("entry", "case_file", "person", "letter", "outbox", "jobs.procrastinate_jobs")

Replay = Callable[..., Result]


def runner(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Replay:
    """What runs `regulator replay` with some arguments over an application’s database."""
    monkeypatch.setenv("ENVIRONMENT", "development")
    monkeypatch.setattr("regulator.create_app", lambda _config: app)
    return lambda *given: CliRunner().invoke(main, ["replay", *map(str, given)])


def counted(owner: psycopg.Connection) -> dict[str, int]:
    """How many rows there are of everything a step could leave behind."""
    return {table: owner.execute(f"select count(*) from {table}").fetchone()[0] for table in COUNTED}


def is_whole(app: Flask) -> bool:
    """Whether `verify` finds every chain and every row as it was recorded."""
    return verify(plain(app.extensions["regulator"].owner_database_url), Anchors()).is_whole


STORY = """\
case: 7
title: A wrong match
body: metropolitan
sources: ["[P] a page"]
people:
  Somebody: complainant
  Officer A: intake_officer
  Caseworker A: caseworker
  Manager A: manager
steps:
  - on: 2026-03-02
    by: Somebody
    step: submit
    data:
      technology: lfr
      what_happened: I was stopped.
      allegations: [I was wrongly matched]
      when_known: unknown
      own_data: yes
      force_first: no
      proceedings: none
      contact_by: page
      shares_identity: no
      is_vulnerable: no
    expect:
      stage: received
  - on: 2026-03-04
    by: Officer A
    step: acknowledge
    expect:
      stage: screening
      due: {screen: 2026-03-30}
      overdue: []
      met: [acknowledge]
      may: {Caseworker A: propose_decline}
      may_not: {Manager A: decline}
  - on: 2026-03-10
    by: Caseworker A
    step: propose_decline
    data: {decline_reason: better_forum, right_forum: ico, decline_words: It is about your data.}
  - on: 2026-03-12
    by: Manager A
    step: decline
could_not_express:
  - How it felt
"""
