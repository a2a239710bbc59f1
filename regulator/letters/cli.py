"""The console’s commands about letters."""

from __future__ import annotations

import sys

import click

from regulator.cli import in_app
from regulator.errors import Invalid


@click.group("letters")
def letters_group() -> None:
    """Letters, and what came back of them."""


@letters_group.command("bounced")
@in_app
def bounced_command() -> None:
    """Read from standard input a message that came back; the letter becomes a task for whoever has its case.

    For the mail server to pipe each message to that comes to the address letters are sent from.
    """
    from regulator.letters import bounces, commands, queries  # noqa: PLC0415 - not before there is an application

    bounce = bounces.read(sys.stdin.buffer.read())
    if bounce is None:
        raise Invalid("This is no report that a letter of ours came back. Nothing was done.")
    found = next((row for number in bounce.message_ids if (row := queries.by_message(number))), None)
    if found is None:
        raise Invalid("It is about no letter that went out from here. Nothing was done.")
    is_news = commands.came_back(found.id, bounce.problem)
    click.echo(
        f"Letter {found.id} of case {found.reference} came back: it waits for somebody now."
        if is_news
        else f"Letter {found.id} of case {found.reference} was seen to already."
    )
