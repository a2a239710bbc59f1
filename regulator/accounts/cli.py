"""The console’s commands about people and bodies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from regulator.cli import in_app

NOW = "ENVIRONMENT=development .venv/bin/regulator people code EMAIL"


@click.group("bodies")
def bodies_group() -> None:
    """The bodies that the regulator oversees."""


@bodies_group.command("load")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="The day from which the list holds.")
@in_app
def load_command(file: Path | None, since: datetime | None) -> None:
    """Bring the bodies up to the list in FILE, or to the one that comes with the regulator."""
    from regulator.accounts.commands import load_bodies  # noqa: PLC0415 - not before there is an application
    from regulator.accounts.commands.loading import SHIPPED  # noqa: PLC0415

    done = load_bodies(file or SHIPPED, since=since.date() if since else None)
    what = "nothing had changed" if not done.written else f"{done.written} changes were recorded"
    click.echo(f"The list names {done.listed} bodies; {what}.")


@bodies_group.command("list")
@in_app
def list_command() -> None:
    """Name every body there is today."""
    from regulator.accounts import queries  # noqa: PLC0415

    for body in queries.bodies(regulated=None):
        click.echo(f"{body.slug:45} {body.name}")


@bodies_group.command("rename")
@click.argument("slug")
@click.argument("name")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day of the new name.")
@in_app
def rename_command(slug: str, name: str, on: datetime) -> None:
    """Record that the body SLUG is called NAME from a day on."""
    from regulator.accounts.authority import OPERATOR  # noqa: PLC0415
    from regulator.accounts.commands import rename_body  # noqa: PLC0415

    rename_body(slug, name, on.date(), by=OPERATOR)
    click.echo("The new name is recorded.")


@bodies_group.command("merge")
@click.argument("slugs", nargs=-1, required=True)
@click.option("--into", required=True, help="The body that takes their place, or the name of a new one.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Its first day.")
@in_app
def merge_command(slugs: tuple[str, ...], into: str, on: datetime) -> None:
    """Record that the bodies SLUGS give way to another."""
    from regulator.accounts.authority import OPERATOR  # noqa: PLC0415
    from regulator.accounts.commands import merge_bodies  # noqa: PLC0415

    slug = merge_bodies(slugs, into, on.date(), by=OPERATOR)
    click.echo(f"The merger into {slug} is recorded.")


@click.group("people")
def people_group() -> None:
    """The people who sign in."""


@people_group.command("invite")
@click.argument("email")
@click.argument("name")
@click.option("--role", "held", multiple=True, required=True, help="A role; may be given more than once.")
@click.option("--body", help="The body they work for; the regulator unless told.")
@in_app
def invite_command(email: str, name: str, held: tuple[str, ...], body: str | None) -> None:
    """Invite NAME at EMAIL, as the first administrator must be, and print the link that works once."""
    from regulator.accounts import queries  # noqa: PLC0415
    from regulator.accounts.authority import OPERATOR  # noqa: PLC0415
    from regulator.accounts.commands import invite_person  # noqa: PLC0415

    body_id = queries.body_named(body).id if body else None
    invited = invite_person(name, email, held, by=OPERATOR, body_id=body_id)
    click.echo(f"{name} is invited. This link works once, and for 7 days:\n{invited.link}")


@people_group.command("sign-ins")
@in_app
def sign_ins_command() -> None:
    """Print what to sign in with, one person for each role; in demonstration and development only."""
    from regulator.accounts import demonstration  # noqa: PLC0415

    rows = demonstration.sign_ins()
    if not rows:
        click.echo("Nobody is here to sign in. Tell the seed story first.")
        return
    click.echo(f"Everybody’s password is: {demonstration.PASSWORD}\n")
    wide = max(len("Email address"), *(len(row.email) for row in rows))
    click.echo(f"{'Role':24} {'Name':20} {'Email address':{wide}} {'Code':8} Secret for an app")
    for row in rows:
        click.echo(f"{row.role:24} {row.name:20} {row.email:{wide}} {row.code:8} {row.secret}")
    click.echo("\nA code changes every 30 seconds. For the one of now:\n" + NOW)


@people_group.command("code")
@click.argument("email")
@in_app
def code_command(email: str) -> None:
    """Print the code that somebody of the demonstration enters now."""
    from regulator.accounts import demonstration  # noqa: PLC0415

    click.echo(demonstration.code_of(email))
