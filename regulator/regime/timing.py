"""Reading the clocks and the pauses of a kind: who owes what to whom, by which words of the law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import Final, TypeVar

from regulator.deadlines.rule import Form, Length, Rule, Unit
from regulator.regime.conditions import told_apart
from regulator.regime.model import Chaser, Clock, Condition, ExtensionRule, PauseRule
from regulator.regime.reading import Reader, Table, Word, where_of

T = TypeVar("T")
NEEDED: Final = "label owed starts time"
ALLOWED: Final = (
    "restarts met_by ends_on undone_by asks met_on per paused_by more_time length_in lengths least_in least passes "
    "on_last_day outlives_end chasers source"
)
TIME: Final = "length form calendar", "rolls cutoff from"
HEARD: Final = ("starts", "met_by", "restarts", "ends_on", "undone_by")
FIRST_OF: Final = " or "
_CHASER: Final = re.compile(r"(\d{1,3}) days? (before|after)")
STANDARD: Final = "Service standard of the regulator"
"""The source of a clock that names none: where no law gives a number, the number is the regulator’s own."""
ASKED, DECIDED = "ask_more_time", "decide_more_time"
A_DAY: Final = Length(1, Unit.DAYS)


def clocks(table: Table, alike: Mapping[str, Reader]) -> Iterator[Clock]:
    """The clocks of one file; one may be like a clock of that name that several kinds share."""
    for name, row in table.under("clocks").items():
        yield _clock(name, row.table(NEEDED, ALLOWED, f"the clock “{name}”", alike))


def _clock(name: str, row: Table) -> Clock:
    by, to = _owed(name, row)
    count = row.rows["time"].table(*TIME, f"the clock “{name}”") if "time" in row else None
    heard, only = _heard(row, HEARD)
    source = row.text("source", STANDARD)
    clock = Clock(
        name,
        label=row.text("label"),
        owed_by=by,
        owed_to=to,
        starts=heard["starts"],
        rule=_rule(name, count, source),
        calendar=count.text("calendar") if count else "",
        met_by=heard["met_by"],
        restarts=heard["restarts"],
        ends_on=heard["ends_on"],
        undone_by=heard["undone_by"],
        asks=row.words("asks"),
        only=only,
        per=row.words("per"),
        paused_by=row.words("paused_by"),
        extension=_extension(name, row),
        length_in=row.name("length_in"),
        lengths={code: _said(name, said, Length.parse, A_DAY) for code, said in row.under("lengths").items()},
        counts_from=count.name("from") if count else None,
        met_on=row.name("met_on"),
        least_in=row.name("least_in"),
        passes=row.name("passes"),
        on_last_day=row.name("on_last_day"),
        outlives_end=row.flag("outlives_end"),
        owed_by_first=FIRST_OF in row.text("owed").partition(">")[0],
        chasers=tuple(_chasers(name, row)),
        where=where_of(name),
    )
    return replace(
        clock, least={code: _least(clock, said, source) for code, said in row.under("least").items()}
    )


def _least(clock: Clock, said: Reader, source: str) -> Clock:
    """The clock as it would count the least time there must be."""
    count = said.table(*TIME, f"the clock “{clock.name}”")
    return replace(
        clock,
        rule=_rule(clock.name, count, source),
        calendar=count.text("calendar"),
        counts_from=count.name("from"),
    )


def _heard(
    row: Table, uses: tuple[str, ...]
) -> tuple[dict[str, tuple[str, ...]], dict[tuple[str, str], Condition]]:
    """The steps under each of the keys, and the answers without which some of them do not count."""
    heard: dict[str, tuple[str, ...]] = {}
    only: dict[tuple[str, str], Condition] = {}
    for use in uses:
        found = [told_apart(word) for word in row.words(use)]
        heard[use] = tuple(name for name, _ in found)
        only |= {(use, name): condition for name, condition in found if condition}
    return heard, only


def _chasers(name: str, row: Table) -> Iterator[Chaser]:
    """The letters that chase, each said to go so many days before the last day or after it."""
    for when, letter in row.texts("chasers").items():
        said = _CHASER.fullmatch(when)
        if said is None:
            text = f"the clock “{name}”: write “{when}” like 14 days before or 1 day after."
            row.reader.problems.say(where_of(when), text)
        else:
            days = int(said[1])
            yield Chaser(letter, -days if said[2] == "before" else days, where_of(letter))


def _owed(name: str, row: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by, arrow, to = row.text("owed").replace(FIRST_OF, ",").partition(">")
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
    """How more time is asked for and given: by the steps that kinds have for it, unless others are named.

    Where only the step that gives it is named, nobody asks us for it.
    """
    if "more_time" not in row:
        return None
    said = row.rows["more_time"].table("", "times up_to asked_by decided_by", f"the clock “{name}”")
    return ExtensionRule(
        asked_by=said.name("asked_by") or (None if "decided_by" in said else ASKED),
        decided_by=said.text("decided_by", DECIDED),
        times=_said(name, said.rows["times"], int, 1) if "times" in said else None,
        up_to=_said(name, said.rows["up_to"], Length.parse, A_DAY) if "up_to" in said else None,
    )


def pauses(table: Table) -> Iterator[PauseRule]:
    """The pauses of one file."""
    for name, row in table.under("pauses").items():
        said = row.table("label opened_by ended_by at_most", "renewed_by", f"the pause “{name}”")
        most = _said(name, said.rows["at_most"], _most, A_DAY) if "at_most" in said else A_DAY
        heard, only = _heard(said, ("opened_by", "ended_by", "renewed_by"))
        yield PauseRule(name, said.text("label"), **heard, at_most=most, where=where_of(name), only=only)


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
