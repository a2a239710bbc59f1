"""Reminders of what is owed: a step of the system’s, so that each is on the record and goes once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.registry import effect, need
from regulator.casework.taking import Taking
from regulator.deadlines.london import opening
from regulator.regime.events import Key
from regulator.regime.model import REMIND, LetterUse, Step
from regulator.regime.reminding import Letter, Reminder, letters, next_reminder
from regulator.regime.running import Running


def due(known: Facts) -> list[Letter]:
    """The letters that are to go now, the longest waiting first: one for all that a party owes of a kind by a day."""
    today = moments.today()
    return letters(one for one in _next(known) if one.day <= today)


def next_turn(known: Facts, clock: Running) -> datetime | None:
    """The moment from which the next reminder of a clock goes; none where there is none to come."""
    found = next_reminder(clock, known.events, moments.today()) if _can_be_sent(known) else None
    return opening(found.day) if found else None


def _next(known: Facts) -> list[Reminder]:
    if not _can_be_sent(known):
        return []
    found = [next_reminder(clock, known.events, moments.today()) for clock in known.running]
    return [one for one in found if one is not None]


def _can_be_sent(known: Facts) -> bool:
    return REMIND in known.kind.steps and known.stage in known.kind.steps[REMIND].from_


@need
def reminder_due(known: Facts, _step: Step, _by: Actor) -> str | None:
    """A reminder of that clock is due and has not gone yet."""
    asked = known.answers or {}
    fits = [one for one in due(known) if asked.items() >= one.data.items()] if asked else due(known)
    return None if fits else "No such reminder is due."


@effect
def remind(taking: Taking) -> None:
    """Write the letter that the clock has for that day to whoever owes it."""
    known, asked = taking.facts, taking.data
    letter = next(each for each in due(known) if asked.items() >= each.data.items())
    one, clocks = letter.first, [each.clock for each in letter.reminders]
    use = editions.editions()[known.case.edition].letters[one.chaser.letter]
    taking.letters.append(LetterUse(use.name, use.to))
    taking.words[f"{one.clock.name}.last_day"] = words.day(one.clock.last_day)
    if len(clocks) > 1:
        taking.words["clock"] = f"{one.clock.clock.label} ({len(clocks)} of them)"
    taking.them = one.clock.owed_by
    taking.about(**_about(clocks))


def _about(clocks: Sequence[Running]) -> dict[str, Key | Sequence[int]]:
    """What the clocks are about, each thing once: one where it is the same for all, else all of them."""
    found: dict[str, Key | Sequence[int]] = {}
    for name in clocks[0].keys:
        values = list(dict.fromkeys(clock.keys[name] for clock in clocks))
        found[name] = values[0] if len(values) == 1 else [int(value) for value in values]
    return found
