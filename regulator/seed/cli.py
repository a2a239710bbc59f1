"""`regulator seed`: a story for demonstration and development; nothing of it may be told in production."""

from __future__ import annotations

import click
from flask import current_app

from config import Config
from regulator.accounts.demonstration import refuse_in_production
from regulator.cli import in_app
from regulator.db import in_one_go
from regulator.replay.queries import is_any_case
from regulator.seed import telling


@click.command("seed")
@click.option("--if-empty", is_flag=True, help="Do nothing where there is any case.")
@click.option("--codes", is_flag=True, help="Only print again how to follow its complaints as the public.")
@in_app
def seed_command(if_empty: bool, codes: bool) -> None:
    """Tell the seed story, once: invented people, complaints at every stage, and a few cases of each other kind."""
    refuse_in_production()
    if codes:
        _print_codes()
    elif if_empty and is_any_case():
        click.echo("There are cases here, so the seed story is not told.")
    elif telling.is_told():
        click.echo("The seed story was told before.")
    else:
        with in_one_go():
            steps = telling.tell()
        click.echo(f"The seed story is told, in {steps} steps. Everybody in it is invented.")
        _print_codes()


def _print_codes() -> None:
    config: Config = current_app.extensions["regulator"]
    click.echo(f"\nTo follow a complaint as the person who made it, open {config.public_url}/complaint:")
    for one in telling.to_follow():
        click.echo(f"  {one.reference}  code {one.code}  {one.says}")
