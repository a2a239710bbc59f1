"""Letters, a worker of its own and somebody at a browser, for tests of what lies under the steps."""

from __future__ import annotations

import os
import subprocess
import sys

from flask_login import utils

from config import ROOT
from regulator import ledger, moments
from regulator.access import Visitor
from regulator.actors import SYSTEM
from regulator.letters import commands
from regulator.letters.commands import Recipient


def party_of(owner, case_id: int, body_id: int) -> int:
    """The part that a body has in a case."""
    found = owner.execute("select id from party where case_id = %s and body_id = %s", (case_id, body_id))
    return found.fetchone()[0]


def to_complainant(address: str | None = "ada@example.test", name: str = "Ada Example") -> Recipient:
    """A letter to the complainant."""
    return Recipient("complainant", name, address, None, None)


def to_body(party_id: int, address: str | None = "contact@force.example.test") -> Recipient:
    """A letter to a body."""
    return Recipient("body", "Northshire Police", address, party_id, None)


def letter(
    case_id: int,
    to: Recipient | None = None,
    text: str = "We have your complaint.",
    *,
    subject: str = "We have your complaint",
    historic: bool = False,
) -> int:
    """A letter written in a step on a case; returns its number."""
    with ledger.change("acknowledge", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        intent.stage_from = intent.stage_to = "received"
        written = commands.write(
            case_id=case_id,
            template="acknowledgment",
            recipient=to or to_complainant(),
            subject=subject,
            text=text,
            written_at=moments.now(),
            historic=historic,
        )
        return written.id


def state_of(owner, letter_id: int) -> str:
    """How far a letter has come."""
    return owner.execute("select state from outbox where letter_id = %s", (letter_id,)).fetchone()[0]


def problem_of(owner, letter_id: int) -> str | None:
    """What went wrong with a letter, if anything."""
    return owner.execute("select problem from outbox where letter_id = %s", (letter_id,)).fetchone()[0]


def jobs_of(owner, name: str) -> list[dict[str, int]]:
    """The ids of the jobs of this name that are in the queue, done ones left out."""
    found = owner.execute(
        "select args from jobs.procrastinate_jobs where task_name = %s order by id", (name,)
    )
    return [args for (args,) in found]


def environ_of(app) -> dict[str, str]:
    """What a program of its own is told, to work on this test’s database."""
    config = app.extensions["regulator"]
    told = {
        "ENVIRONMENT": "development",
        "DATABASE_URL": config.database_url,
        "OWNER_DATABASE_URL": config.owner_database_url,
        "FILES_DIR": str(config.files_dir),
    }
    if config.mail_server:
        told["SMTP_URL"] = f"smtp://{config.mail_server.host}:{config.mail_server.port}"
    return {**os.environ, **told}


def start_worker(app, *options: str) -> subprocess.Popen[bytes]:
    """A worker of its own, as an operator would start it."""
    command = [sys.executable, "-m", "regulator.cli", "worker", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environ_of(app), stderr=subprocess.PIPE)


def browser_of(app, monkeypatch, by):
    """A browser at which `by` sits, signed in, before forms that ask for no token."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setattr(utils, "_get_user", lambda: Visitor(by, "person:0"))
    return app.test_client()
