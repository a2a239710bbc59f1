"""`regulator replay`: documented cases told through the steps, and what the edition could not express."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from flask import current_app

from config import Config
from regulator import moments
from regulator.casework.editions import editions
from regulator.cli import in_app
from regulator.db import in_one_go
from regulator.errors import Refused
from regulator.replay.reading import StoryError, story_in
from regulator.replay.story import Story, StoryRefused
from regulator.replay.telling import tell, told_as
from regulator.replay.walk import Tally

NOT_HERE = (
    "Invented people do not belong among real cases: in production a case is only replayed with --dry-run."
)


@click.command("replay")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Leave out a file that was told before.")
@click.option("--dry-run", is_flag=True, help="Tell the cases, and keep nothing of them.")
@in_app
def replay_command(files: Sequence[Path], once: bool, dry_run: bool) -> None:
    """Tell documented cases through the steps of their edition. All are kept, or, where anything breaks, none."""
    _there(files)
    config: Config = current_app.extensions["regulator"]
    if config.is_production and not dry_run:
        raise Refused(NOT_HERE)
    stories = _read(files)
    try:
        with in_one_go() as whole:
            broken = sum(_told(story, once=once) for story in stories)
            if broken or dry_run:
                whole.rollback()
    except StoryRefused as refused:
        sys.exit(f"{refused.sentence}\nNothing was kept.")
    if broken:
        things = "an expectation is broken" if broken == 1 else f"{broken} expectations are broken"
        sys.exit(f"Nothing was kept, because {things}.")
    if dry_run:
        click.echo("Nothing was kept, as you asked.")


def _there(files: Sequence[Path]) -> None:
    """Whether there is something to tell; where there is not, one sentence and exit 2."""
    missing = [f"There is no file called “{file}”." for file in files if not file.is_file()]
    if not files:
        missing = ["Say which documented cases to tell: the name of one file or of several."]
    if missing:
        click.echo("\n".join(missing), err=True)
        sys.exit(2)


def _read(files: Iterable[Path]) -> list[Story]:
    """Every story; where a file tells none, all that is wrong with all files is said and nothing is told."""
    stories, wrong = [], []
    for file in files:
        try:
            stories.append(story_in(file.read_bytes(), str(file), editions(), moments.today()))
        except StoryError as error:
            wrong.append(error.sentence)
    if wrong:
        sys.exit("\n".join(wrong))
    return stories


def _told(story: Story, *, once: bool) -> int:
    """Tell a story and give its account; returns how many expectations are broken."""
    name = f"Case {story.number}, {story.title}"
    if once and (before := told_as(story)):
        click.echo(f"{name}: told before, as {', '.join(before)}.")
        return 0
    click.echo(f"{name} ({story.file})\n")
    tally = tell(story, click.echo)
    click.echo("\nWhat the edition could not express:")
    for each in story.unsaid or ("Nothing.",):
        click.echo(f"- {each}")
    click.echo(f"\n{_summary(tally)}\n")
    return tally.broken


def _summary(tally: Tally) -> str:
    return (
        f"{tally.steps} steps, {tally.assumed} of them assumed, and {tally.by_system} by the system;"
        f" {tally.kept} expectations kept, {tally.broken} broken."
    )
