"""`regulator edition`: check an edition against what must always hold, and draw its workflows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any, Final

import click

from regulator.deadlines.plain_command import PlainCommand
from regulator.errors import Missing
from regulator.regime.drawing_cli import draw_command
from regulator.regime.loader import EditionError, load
from regulator.regime.model import Kind
from regulator.regime.proofs import PROOFS
from regulator.regime.registry import Registry

NINE = len(PROOFS) + 1
WIDTH: Final = 100


class NotProved(click.ClickException):
    """An edition that cannot be used: each thing wrong on a line of its own, exit 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        """Print what is wrong, and nothing else."""
        click.echo(self.message, file=file, err=file is None)


@click.group("edition")
def edition_group() -> None:
    """Check the rules as they are written, and draw them."""


@edition_group.command("check", cls=PlainCommand)
@click.argument("path", type=click.Path(path_type=Path))
@click.pass_context
def check_command(ctx: click.Context, path: Path) -> None:
    """Prove the edition in the folder PATH, or say file by file and line by line why it cannot be used.

    The console gives, as the context’s object, what tells the needs, effects and forms the application has.
    """
    registry: Registry | None = ctx.obj() if callable(ctx.obj) else None
    try:
        edition = load(path, registry)
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from None
    except Missing as error:
        raise ValueError(error.sentence) from None
    except EditionError as error:
        raise NotProved(error.sentence) from None
    for kind in edition.kinds.values():
        click.echo(f"{edition.name}: {_proved(kind)}")
        for paragraph in _awaited(kind):
            click.echo(paragraph)
    if registry is None:
        click.echo("Needs, effects and forms were looked up in the edition alone, not in the application.")


def _proved(kind: Kind) -> str:
    size = f"{len(kind.stages)} stages, {len(kind.steps)} steps, {len(kind.clocks)} clocks"
    return f"{kind.name} proved ({NINE} of {NINE}): {size}; {'' if kind.in_service else 'not '}in service"


def _awaited(kind: Kind) -> Iterator[str]:
    """What the application does not have yet of a kind that is not in service: a paragraph each."""
    for what, names in groupby(kind.awaits, lambda name: name.partition(" ")[0]):
        listed = ", ".join(name.partition(" ")[2].strip("“”") for name in names)
        yield fill(f"  awaits {what}s: {listed}", WIDTH, subsequent_indent="    ", break_on_hyphens=False)


edition_group.add_command(draw_command)
