"""Calendars from the console: loading them, and correcting them when a day is proclaimed late."""

from __future__ import annotations

from datetime import date

import click
import sqlalchemy as sa

from regulator.actors import SYSTEM
from regulator.casework import calendars
from regulator.casework.models import CaseFile
from regulator.casework.tasks import recount
from regulator.cli import in_app
from regulator.db import ask_as, db
from regulator.deadlines.calendar import CalendarName, calendar_name
from regulator.errors import Invalid

_OPEN = sa.select(CaseFile.id).where(CaseFile.is_open).order_by(CaseFile.id)


@click.group("calendars")
def calendars_group() -> None:
    """Load and correct the calendars that deadlines are counted with."""


@calendars_group.command("load")
@in_app
def load_command() -> None:
    """Enter every day off that the package knows and the table lacks."""
    new = calendars.load()
    click.echo(f"{new} days off entered." if new else "The calendars are up to date.")


@calendars_group.command("add")
@click.argument("calendar")
@click.argument("day")
@click.argument("name")
@click.option("--source", required=True, help="The proclamation or order that says so.")
@in_app
def add_command(calendar: str, day: str, name: str, source: str) -> None:
    """Enter a day off, such as one proclaimed late, and count the open clocks again."""
    calendars.add_holiday(_calendar(calendar), _day(day), name, source, by=SYSTEM)
    click.echo(f"Entered; the clocks of {_recount_open()} open cases were counted again.")


@calendars_group.command("withdraw")
@click.argument("calendar")
@click.argument("day")
@in_app
def withdraw_command(calendar: str, day: str) -> None:
    """Take back a day off that was entered wrongly, and count the open clocks again."""
    calendars.withdraw_holiday(_calendar(calendar), _day(day), by=SYSTEM)
    click.echo(f"Withdrawn; the clocks of {_recount_open()} open cases were counted again.")


def _recount_open() -> int:
    ask_as(SYSTEM)
    cases = list(db.session.scalars(_OPEN))
    for case_id in cases:
        recount(case_id)
    return len(cases)


def _calendar(text: str) -> CalendarName:
    try:
        return calendar_name(text)
    except ValueError as error:
        raise Invalid(str(error)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"“{text}” is not a day: write it like 2026-12-25.") from None
