"""Reading the clocks and the pauses of a kind: who owes what to whom, by which words of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import time
from typing import Final, TypeVar

from regulator.deadlines.rule import Form, Length, Rule, Unit
from regulator.regime.model import Clock, ExtensionRule, PauseRule
from regulator.regime.reading import Reader, Table, Word, where_of

T = TypeVar("T")
CLOCK: Final = (
    "label owed starts time",
    "restarts met_by ends_on per paused_by more_time length_in passes on_last_day outlives_end source",
)
STANDARD: Final = "Service standard of the regulator"
"""The source of a clock that names none: where no law gives a number, the number is the regulator’s own."""
ASKED, DECIDED = "ask_more_time", "decide_more_time"
A_DAY: Final = Length(1, Unit.DAYS)


def clocks(table: Table) -> Iterator[Clock]:
    """The clocks of one file."""
    for name, row in table.under("clocks").items():
        yield _clock(name, row.table(*CLOCK, f"the clock “{name}”"))


def _clock(name: str, row: Table) -> Clock:
    by, to = _owed(name, row)
    count = (
        row.rows["time"].table("length form calendar", "rolls cutoff", f"the clock “{name}”")
        if "time" in row
        else None
    )
    return Clock(
        name,
        label=row.text("label"),
        owed_by=by,
        owed_to=to,
        starts=row.words("starts"),
        rule=_rule(name, count, row.text("source", STANDARD)),
        calendar=count.text("calendar") if count else "",
        met_by=row.words("met_by"),
        restarts=row.words("restarts"),
        ends_on=row.words("ends_on"),
        per=row.words("per"),
        paused_by=row.words("paused_by"),
        extension=_extension(name, row),
        length_in=row.name("length_in"),
        passes=row.name("passes"),
        on_last_day=row.name("on_last_day"),
        outlives_end=row.flag("outlives_end"),
        where=where_of(name),
    )


def _owed(name: str, row: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by, arrow, to = row.text("owed").partition(">")
    if "owed" in row and not (by.strip() and arrow and to.strip()):
        row.rows["owed"].say(
            f"the clock “{name}”: write who owes it and to whom, such as regulator > complainant."
        )
    where = row.rows["owed"].where if "owed" in row else row.where
    split = [[part.strip() for part in side.split(",") if part.strip()] for side in (by, to)]
    return tuple(Word.at(part, where) for part in split[0]), tuple(Word.at(part, where) for part in split[1])


def _rule(name: str, count: Table | None, source: str) -> Rule:
    """The form of words in which the clock counts."""
    nothing = Rule(Form.B, A_DAY)
    if count is None or "length" not in count or "form" not in count:
        return nothing
    length = _said(name, count.rows["length"], Length.parse, A_DAY)
    form = _said(name, count.rows["form"], Form.parse, Form.B)
    cutoff = _said(name, count.rows["cutoff"], time.fromisoformat, None) if "cutoff" in count else None
    roll = count.flag("rolls") if "rolls" in count else None
    try:
        return Rule.of(form, length, roll=roll, cutoff=cutoff, source=source)
    except ValueError as error:
        count.rows["form"].say(f"the clock “{name}”: {error}")
        return nothing


def _extension(name: str, row: Table) -> ExtensionRule | None:
    """How more time is asked for and given: by the steps that every kind has for it, unless others are named."""
    if "more_time" not in row:
        return None
    said = row.rows["more_time"].table("", "times up_to asked_by decided_by", f"the clock “{name}”")
    return ExtensionRule(
        asked_by=said.text("asked_by", ASKED),
        decided_by=said.text("decided_by", DECIDED),
        times=_said(name, said.rows["times"], int, 1) if "times" in said else None,
        up_to=_said(name, said.rows["up_to"], Length.parse, A_DAY) if "up_to" in said else None,
    )


def pauses(table: Table) -> Iterator[PauseRule]:
    """The pauses of one file."""
    for name, row in table.under("pauses").items():
        said = row.table("label opened_by ended_by at_most", "renewed_by", f"the pause “{name}”")
        most = _said(name, said.rows["at_most"], _most, A_DAY) if "at_most" in said else A_DAY
        opened, ended, renewed = (said.words(key) for key in ("opened_by", "ended_by", "renewed_by"))
        yield PauseRule(name, said.text("label"), opened, ended, renewed, most, where_of(name))


def _most(text: str) -> Length:
    length = Length.parse(text)
    if length.unit in {Unit.HOURS, Unit.WORKING_DAYS}:
        raise ValueError(f"A pause may last days, weeks or months, not {length}.")
    return length


def _said(name: str, row: Reader, parse: Callable[[str], T], otherwise: T) -> T:
    """What a text means, or `otherwise` where it means nothing, which is noted."""
    try:
        return parse(row.text())
    except ValueError as error:
        row.say(f"“{name}”: {error}")
        return otherwise
