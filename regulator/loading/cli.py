"""`regulator load`: many cases in little time, for measuring; never in production."""

from __future__ import annotations

import time

import click
import psycopg
from flask import current_app

from config import Config
from regulator.accounts.demonstration import refuse_in_production
from regulator.cli import in_app
from regulator.db import db, in_one_go
from regulator.dbroles import plain
from regulator.loading import copying, story
from regulator.seed import telling


@click.command("load")
@click.option("--cases", default=1_000, type=click.IntRange(1, 1_000_000), show_default=True)
@in_app
def load_command(cases: int) -> None:
    """Fill an empty database with invented cases of every kind, their chains whole, to measure on."""
    refuse_in_production()
    config: Config = current_app.extensions["regulator"]
    began = time.monotonic()
    count = fill(plain(config.owner_database_url), cases)
    click.echo(f"{count:,} cases are there, after {time.monotonic() - began:,.0f} seconds.")


def fill(owner_url: str, cases: int) -> int:
    """Tell the seed story, copy its cases until there are `cases` of them, and let the planner look at them.

    Returns how many there are, a few more than asked for, as the story is copied whole.
    Raises: NotNow where there are cases already
    """
    with psycopg.connect(owner_url, autocommit=True) as owner:
        story.prepare(owner)
        with in_one_go():
            telling.tell()
        db.session.remove()
        count = copying.load(owner, cases)
        owner.execute("vacuum (analyze)")
    return count
