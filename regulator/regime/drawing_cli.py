"""`regulator edition draw`: the workflow of one kind of case as an SVG image."""

from __future__ import annotations

from pathlib import Path

import click

from regulator.deadlines.plain_command import PlainCommand
from regulator.regime.drawing import draw
from regulator.regime.loader import shipped
from regulator.regime.model import Edition, Kind


@click.command("draw", cls=PlainCommand)
@click.argument("kind")
@click.option(
    "--edition", "name", metavar="NAME", help="The edition; the one that came into force last if left out."
)
@click.option("-o", "--output", "file", metavar="FILE", help="Where to write it; the terminal if left out.")
def draw_command(kind: str, name: str | None, file: str | None) -> None:
    """Draw the stages of a KIND of case, such as complaint, and the steps between them."""
    picture = draw(_kind(_edition(name), kind))
    if file is None:
        click.echo(picture, nl=False)
        return
    try:
        Path(file).write_text(picture, encoding="utf-8")
    except OSError as error:
        raise ValueError(f"{file} cannot be written: {error.strerror}.") from None
    click.echo(f"The workflow of the kind “{kind}” is in {file}.")


def _edition(name: str | None) -> Edition:
    editions = shipped()
    if name is None:
        return max(editions.values(), key=lambda edition: (edition.in_force_from, edition.name))
    if name not in editions:
        raise ValueError(f"There is no edition “{name}”: there is {' and '.join(editions)}.")
    return editions[name]


def _kind(edition: Edition, name: str) -> Kind:
    if name not in edition.kinds:
        known = ", ".join(edition.kinds)
        raise ValueError(f"The edition {edition.name} has no kind of case “{name}”: it has {known}.")
    return edition.kinds[name]
