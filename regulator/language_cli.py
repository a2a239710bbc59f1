"""The command `regulator language`: what has no Welsh yet."""

from __future__ import annotations

import sys

import click

from regulator import translating
from regulator.language import NAMES, WELSH, catalogue
from regulator.regime.loader import shipped


@click.group("language")
def language_group() -> None:
    """Look after the languages that the public reads in."""


@language_group.command("check")
@click.pass_obj
def check_command(registry: object) -> None:
    """List every text of a public page that has no Welsh; say how much awaits a translator’s check. Exit 1 if any is missing."""
    found = translating.texts(shipped(registry()))  # type: ignore[operator]  # the console gives it
    wanting = translating.missing(found, WELSH)
    for text in wanting:
        click.echo(f"{text.where}: {text.words}")
    for words in translating.gaps_that_differ(WELSH):
        click.echo(f"The gaps differ: {words}")
    share = translating.share_awaiting(catalogue(WELSH))
    click.echo(
        f"{NAMES[WELSH]}: {len(found) - len(wanting)} of {len(found)} texts; {share}% await a translator’s check."
    )
    click.echo(f"English: read with ease at the age of {translating.reading_age(found):.1f}.")
    sys.exit(1 if wanting or translating.gaps_that_differ(WELSH) else 0)
