"""Reminders of what is owed: a step of the system’s, so that each is on the record and goes once."""

from __future__ import annotations

from datetime import datetime

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.registry import effect, need
from regulator.casework.taking import Taking
from regulator.deadlines.london import opening
from regulator.regime.model import REMIND, LetterUse, Step
from regulator.regime.reminding import Reminder, next_reminder
from regulator.regime.running import Running


def due(known: Facts) -> list[Reminder]:
    """The reminders that are to go now, the longest waiting first."""
    today = moments.today()
    return sorted((one for one in _next(known) if one.day <= today), key=lambda one: (one.day, one.clock.ref))


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
    one = next(each for each in due(known) if asked.items() >= each.data.items())
    letter = editions.editions()[known.case.edition].letters[one.chaser.letter]
    taking.letters.append(LetterUse(letter.name, letter.to))
    taking.words[f"{one.clock.name}.last_day"] = words.day(one.clock.last_day)
    taking.them = one.clock.owed_by
    taking.about(**one.clock.keys)
