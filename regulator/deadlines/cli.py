"""`regulator deadline`: count one deadline at the command line and see how it was reached."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time

import click

from regulator.deadlines.calendar import Calendar, CalendarName, calendar_name, packaged
from regulator.deadlines.changes import Absence, Away, Extension, Pause
from regulator.deadlines.count import Result, count
from regulator.deadlines.london import from_london, spoken, spoken_moment
from regulator.deadlines.plain_command import PlainCommand, Written
from regulator.deadlines.rule import Form, Length, Rule


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(f"“{text}” is not a date: write it like 2026-04-01.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"“{text}” is not a date: there is no such day.") from None


def _trigger(text: str) -> date | datetime:
    if "T" not in text:
        return _day(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"“{text}” is not a moment: write it like 2026-04-01T15:30, in London time."
        ) from None
    if moment.tzinfo is None:
        return from_london(moment)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"“{text}” is too far away to count from.") from None


def _days(text: str) -> tuple[date, date]:
    start, dots, end = text.partition("..")
    if not dots:
        raise ValueError(
            f"“{text}” is not an interval: write its first and last day like 2026-04-01..2026-04-10."
        )
    return _day(start), _day(end)


def _pause(text: str) -> Pause:
    return Pause(*_days(text), cause="")


def _absence(text: str) -> Absence:
    away, _, days = text.rpartition(":")
    if away not in {"", *Away}:
        raise ValueError(f"“{away}” is not how Parliament can be away: use {', '.join(Away)}.")
    return Absence(*_days(days), Away(away or Away.RECESS))


def _time(text: str) -> time:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text, re.ASCII):
        raise ValueError(f"“{text}” is not a time of day: write it like 17:00.")
    return time.fromisoformat(text)


@click.command("deadline", cls=PlainCommand)
@click.option("--form", required=True, metavar="FORM", type=Written(Form.parse), help=", ".join(Form))
@click.option(
    "--length",
    required=True,
    metavar="LENGTH",
    type=Written(Length.parse),
    help="28 days, 20 wd, 6 months",
)
@click.option(
    "--from",
    "trigger",
    required=True,
    metavar="DAY",
    type=Written(_trigger),
    help="or 2026-04-01T15:30",
)
@click.option(
    "--calendar",
    required=True,
    metavar="NAME",
    type=Written(lambda text: packaged(calendar_name(text))),
    help=", ".join(CalendarName),
)
@click.option("--roll", is_flag=True, help="End on the next working day; forms C and G always do.")
@click.option("--cutoff", metavar="TIME", type=Written(_time), help="London time; form C has 17:00.")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="A..B",
    type=Written(_pause),
    help="Both days left out.",
)
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="A..B",
    type=Written(_absence),
    help="Form I: a recess, both days; or dissolution:A..B, prorogation:A..B.",
)
@click.option(
    "--extend",
    "extensions",
    multiple=True,
    metavar="LENGTH",
    type=Written(lambda text: Extension(Length.parse(text))),
    help="More time, from the paused end.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def deadline_command(
    *,
    form: Form,
    length: Length,
    trigger: date | datetime,
    calendar: Calendar,
    roll: bool,
    cutoff: time | None,
    pauses: tuple[Pause, ...],
    ignored: tuple[Absence, ...],
    extensions: tuple[Extension, ...],
    as_json: bool,
) -> None:
    """Count a deadline and show how it was reached."""
    rule = Rule.of(form, length, roll=roll or None, cutoff=cutoff)
    result = count(rule, trigger, calendar, pauses=pauses, ignored=ignored, extensions=extensions)
    click.echo(_json(result) if as_json else _text(result))


def _text(result: Result) -> str:
    if result.last_moment is None:
        last = f"Last day: {result.last_day:%A} {spoken(result.last_day)}"
    else:
        last = f"Last moment: {spoken_moment(result.last_moment)}, London time"
    return "\n".join([last, "", *result.derivation.sentences()])


def _json(result: Result) -> str:
    derivation = json.loads(result.derivation.to_json())
    told = {name: derivation[name] for name in ("last_day", "last_moment", "original_last_day")}
    return json.dumps({**told, "derivation": derivation}, indent=2, ensure_ascii=False)
