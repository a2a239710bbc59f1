"""Making again what search looks in, from the record."""

from __future__ import annotations

import click
import sqlalchemy as sa

from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile
from regulator.casework.searching.keeping import keep
from regulator.cli import in_app
from regulator.db import ask_as, db
from regulator.ledger.writing import caching

_CASES = sa.select(CaseFile.id).order_by(CaseFile.id)


@click.group("search")
def search_group() -> None:
    """Look after what is searched."""


@search_group.command("rebuild")
@in_app
def rebuild_command() -> None:
    """Make what search looks in again, of every case: after an upgrade, or when cases are not found."""
    click.echo(f"{rebuild()} cases can be searched.")


def rebuild() -> int:
    """Keep what each audience may read of every case; returns how many cases there are. Safe to repeat."""
    ask_as(SYSTEM)
    cases = list(db.session.scalars(_CASES))
    for case_id in cases:
        with caching(case_id):
            keep(case_id)
    return len(cases)
