"""A case, its letters and a worker, for tests of what lies under the steps."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import sqlalchemy as sa

from config import ROOT
from regulator import ledger, moments
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile, Participant, Party
from regulator.db import db, pin
from regulator.letters import commands
from regulator.letters.commands import Recipient
from tests import make

NEXT = sa.text("select nextval(pg_get_serial_sequence('case_file', 'id'))")


def case(*bodies: str, sees: bool = True) -> int:
    """An open case about these forces, the Metropolitan Police unless others are named, with one complainant."""
    with ledger.change("submit", by=SYSTEM, streams=[]) as intent:
        number = db.session.execute(NEXT).scalar_one()
        pin(number)
        row = CaseFile(id=number, reference=f"CO-TEST-{number:04}", kind="complaint", edition="2026-draft")
        row.edition_digest, row.stage, row.title = "", "received", "A complaint"
        row.opened_on = date(2026, 11, 23)
        db.session.add(row)
        db.session.flush()
        intent.join(f"case:{number}")
        for slug in bodies or ("metropolitan",):
            db.session.add(Party(case_id=number, body_id=make.body_id(slug), sees=sees))
        db.session.add(
            Participant(case_id=number, capacity="complainant", name="Ada Example", contact_by="email")
        )
        intent.stage_to = "received"
        intent.tell("internal", "A complaint came")
    return number


def party_of(owner, case_id: int, slug: str) -> int:
    """The part that a force has in a case."""
    found = owner.execute(
        "select p.id from party p join body b on b.id = p.body_id where p.case_id = %s and b.slug = %s",
        (case_id, slug),
    )
    return found.fetchone()[0]


def to_complainant(address: str | None = "ada@example.test") -> Recipient:
    """A letter to the complainant."""
    return Recipient("complainant", "Ada Example", address, None, None)


def to_body(party_id: int, address: str | None = "contact@force.example.test") -> Recipient:
    """A letter to a force."""
    return Recipient("body", "Metropolitan Police Service", address, party_id, None)


def letter(
    case_id: int,
    to: Recipient | None = None,
    text: str = "We have your complaint.",
    *,
    historic: bool = False,
) -> int:
    """A letter written in a step on a case; returns its number."""
    with ledger.change("acknowledge", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        intent.stage_from = intent.stage_to = "received"
        written = commands.write(
            case_id=case_id,
            template="acknowledgment",
            recipient=to or to_complainant(),
            subject="We have your complaint",
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
