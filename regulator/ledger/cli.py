"""`regulator verify` and `regulator anchor`: the record proved, and its heads kept elsewhere."""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path

import click
import psycopg

from config import Config
from regulator import moments
from regulator.dbroles import plain
from regulator.ledger import anchors
from regulator.ledger.anchors import Anchors
from regulator.ledger.verify import Report, verify

SHOWN = 100
_UNANCHORED = "There is no anchor to compare with, and only an anchor shows a chain rewritten from its start."


@click.command("verify")
@click.option(
    "--anchors",
    "folder",
    envvar="ANCHORS_DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the anchors to compare with.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report for a program.")
def verify_command(folder: Path | None, as_json: bool) -> None:
    """Prove the record: every chain, every row and every anchor."""
    config = Config.from_env(os.environ)
    where = folder or _usual(config)
    found = anchors.read(where) if where.is_dir() else Anchors()
    gc.disable()  # nothing read here refers to itself, and looking for what does takes a third of the time
    report = verify(plain(config.owner_database_url), found)
    gc.enable()
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        _say(report)
    if not report.is_whole:
        sys.exit(1)


def _say(report: Report) -> None:
    for fault in report.faults[:SHOWN]:
        click.echo(fault.sentence)
    if (more := len(report.faults) - SHOWN) > 0:
        click.echo(f"And {more:,} more; “--json” has them all.")
    if not report.anchors:
        click.echo(_UNANCHORED)
    faults = len(report.faults)
    said = "whole" if not faults else "1 thing is broken" if faults == 1 else f"{faults:,} things are broken"
    click.echo(f"{report.chains:,} chains, {report.entries:,} entries: {said}.")


@click.command("anchor")
@click.option(
    "--to",
    "folder",
    envvar="ANCHORS_DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; best on another machine.",
)
def anchor_command(folder: Path | None) -> None:
    """Write down the head of every chain, outside the database."""
    config = Config.from_env(os.environ)
    with psycopg.connect(plain(config.owner_database_url)) as connection:
        heads = anchors.heads(connection)
    path = anchors.write(folder or _usual(config), heads, moments.today())
    click.echo(f"{len(heads):,} heads are anchored in {path}.")


def _usual(config: Config) -> Path:
    """Beside the files, where nothing else was said."""
    return config.files_dir.parent / "anchors"
