"""Open cases that nobody looks after: nothing comes next in them, or they have no owner and wait in no queue."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

import click
import sqlalchemy as sa
from flask import current_app

from regulator import ledger, moments
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile
from regulator.casework.queries.worklists import left_alone
from regulator.cli import in_app
from regulator.db import ask_as, db
from regulator.deadlines.london import at_time
from regulator.errors import RegulatorError
from regulator.ledger.models import Entry

STEP, STREAM = "check_cases", "house"
FROM = time(6)
"""The time in London from which the check of the day is made."""
_FOUND = (
    sa.select(
        CaseFile.reference, CaseFile.owner_id.is_(None), CaseFile.waits_for.is_(None), CaseFile.is_restricted
    )
    .where(CaseFile.is_open, left_alone())
    .order_by(CaseFile.id)
)
_MADE = sa.select(Entry.id).where(
    Entry.stream == STREAM, Entry.step == STEP, Entry.recorded >= sa.bindparam("since")
)


class Alone(NamedTuple):
    """A case that nobody looks after, and what it lacks."""

    reference: str
    no_owner: bool
    no_next: bool
    is_restricted: bool

    @property
    def lacks(self) -> str:
        """What it lacks, in words."""
        return " and ".join(
            [*(["no owner"] if self.no_owner else []), *(["no next action"] if self.no_next else [])]
        )


class _MadeToday(RegulatorError):
    """The check of the day stands on the record already."""


def found() -> list[Alone]:
    """The open cases that nobody looks after, oldest first, whoever may see them."""
    ask_as(SYSTEM)
    return [Alone(*row) for row in db.session.execute(_FOUND)]


def look() -> list[str]:
    """Make the check of the day, once, and record what it found; returns the references, none where it was made."""
    begins = at_time(moments.today(), FROM)
    if moments.now() < begins or _was_made():
        return []
    alone = found()
    try:
        with ledger.change(STEP, by=SYSTEM, streams=[STREAM]) as intent:
            _once(begins)
            intent.data["cases"] = len(alone)
            intent.tell("internal", _says(alone))
    except _MadeToday:
        alone = []
    current_app.extensions["cases checked on"] = moments.today()
    return [one.reference for one in alone if not one.is_restricted]


def _once(since: datetime) -> None:
    """Raises: _MadeToday where another worker was quicker"""
    if db.session.scalar(_MADE.limit(1), {"since": since}):
        raise _MadeToday("The cases were checked today.")


def _was_made() -> bool:
    """Whether this process knows that the check of the day was made: it asks the record only once a day."""
    on: date | None = current_app.extensions.get("cases checked on")
    return on == moments.today()


def _says(alone: list[Alone]) -> str:
    if not alone:
        return "The system checked the open cases: each has a next action, and an owner or a queue."
    told = [f"{one.reference} ({one.lacks})" for one in alone if not one.is_restricted]
    if behind := len(alone) - len(told):
        told.append("1 restricted case" if behind == 1 else f"{behind} restricted cases")
    return f"The system checked the open cases. Nobody looks after {', '.join(told)}."


@click.command("check")
@click.pass_context
@in_app
def check_command(ctx: click.Context) -> None:
    """List the open cases that nobody looks after; exit 1 where there is one."""
    alone = found()
    for one in alone:
        click.echo(f"{one.reference} has {one.lacks}.")
    if not alone:
        click.echo("Every open case has a next action, and an owner or a queue.")
    ctx.exit(1 if alone else 0)
