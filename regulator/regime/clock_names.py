"""The part of the proof that every name resolves which is about time: clocks, their periods, their chasers, pauses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from regulator.deadlines.calendar import CalendarName
from regulator.regime.looking import Look
from regulator.regime.model import GOES_ON, REMIND, Clock, Field, Step
from regulator.regime.time_rules import Only

OWERS: Final = ("regulator", "body", "complainant", "oversight", "tribunal", "public")
DAYS: Final = frozenset({"day", "moment"})


def clocks(look: Look) -> None:
    """Look up what each clock of the kind names."""
    for clock in look.kind.clocks.values():
        owner = f"the clock “{clock.name}”"
        _steps_and_sides(look, clock, owner)
        _answers(look, clock, owner)
        _only(look, clock.only, owner)
        _chasers(look, clock, owner)


def _chasers(look: Look, clock: Clock, owner: str) -> None:
    """Look up the letters that chase, each written to one who owes it, and the step by which they go."""
    for chaser in clock.chasers:
        look.up([chaser.letter], "letter", look.edition.letters, owner, chaser.where)
        look.up([REMIND], "step", look.kind.steps, owner, chaser.where)
        letter = look.edition.letters.get(chaser.letter)
        if letter is not None and letter.to not in clock.owed_by:
            owers = " or the ".join(clock.owed_by)
            text = (
                f"{owner}: the letter “{letter.name}” is written to the {letter.to}, and the {owers} owes it."
            )
            look.say(chaser.where, text)


def _steps_and_sides(look: Look, clock: Clock, owner: str) -> None:
    more = clock.extension
    named = [
        *clock.starts,
        *clock.restarts,
        *clock.met_by,
        *clock.ends_on,
        *clock.undone_by,
        *clock.asks,
        clock.on_last_day,
    ]
    named += [more.asked_by, more.decided_by] if more else []
    named += [clock.passes] if clock.passes != GOES_ON else []
    look.up(named, "step", look.kind.steps, owner, clock.where)
    look.up(clock.paused_by, "pause", look.kind.pauses, owner, clock.where)
    look.up([*clock.owed_by, *clock.owed_to], "side that owes or is owed", OWERS, owner, clock.where)
    calendars = [clock.calendar, *(least.calendar for least in clock.least.values())]
    look.up(calendars, "calendar", [*CalendarName, "body"], owner, clock.where)


def _answers(look: Look, clock: Clock, owner: str) -> None:
    """Look up the answers that its days and lengths are taken from, and every code that has a length of its own."""
    starting, meeting = _of(look, clock.starts), _of(look, clock.met_by)
    days = {name for name, field in starting.items() if field.kind in DAYS}
    done = {name for name, field in meeting.items() if field.kind in DAYS}
    at = clock.where
    look.up([clock.length_in, clock.least_in], "field of a step that starts it", starting, owner, at)
    counted = [clock.counts_from, *(least.counts_from for least in clock.least.values())]
    look.up(counted, "day that a step which starts it gives", days, owner, at)
    look.up([clock.met_on], "day that a step which meets it gives", done, owner, at)
    for field, given in ((clock.length_in, clock.lengths), (clock.least_in, clock.least)):
        if field in starting and given:
            codes = look.codes(starting[field])
            look.up(given, f"answer to “{field}”", codes, owner, at)
            for code in set(codes) - set(given):
                look.say(
                    at, f"{owner}: no period is given for “{code}”, which may be the answer to “{field}”."
                )


def _of(look: Look, names: tuple[str, ...]) -> dict[str, Field]:
    """What the entries of these steps say, by name."""
    return {field.name: field for step in _steps(look, names) for field in step.answers}


def _steps(look: Look, names: tuple[str, ...]) -> Iterator[Step]:
    return (look.kind.steps[name] for name in names if name in look.kind.steps)


def _only(look: Look, only: Only, owner: str) -> None:
    for (_, name), condition in only.items():
        for step in _steps(look, (name,)):
            look.condition(condition, step.answers, owner)


def pauses(look: Look) -> None:
    """Look up what each pause of the kind names."""
    for pause in look.kind.pauses.values():
        owner = f"the pause “{pause.name}”"
        named = [*pause.opened_by, *pause.ended_by, *pause.renewed_by]
        look.up(named, "step", look.kind.steps, owner, pause.where)
        _only(look, pause.only, owner)
