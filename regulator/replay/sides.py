"""One case told under several editions: the days that came out or were counted differently, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from regulator import words
from regulator.actors import Actor
from regulator.casework.steps import offers
from regulator.regime.running import Running
from regulator.replay.resolving import READER
from regulator.replay.story import Case, Story
from regulator.replay.walk import Say

Started = tuple[str, date, int]
"""A clock by what people call it, the day it started, and which of that name and day it is."""


def side_by_side(story: Story, told: Mapping[str, int], say: Say) -> None:
    """Say, for each case told under several editions, every promise and duty whose last day, or its count, differs.

    told: the cases that were opened, by their keys
    """
    by_name: dict[str, list[Case]] = {}
    for case in story.cases.values():
        if case.key in told:
            by_name.setdefault(case.name, []).append(case)
    for name, cases in by_name.items():
        if len(cases) > 1:
            _say(
                name or story.title, {case.edition.name: _days(told[case.key], READER) for case in cases}, say
            )


def _days(case_id: int, by: Actor) -> dict[Started, Running]:
    """Every clock that ever ran in a case."""
    known, _ = offers(case_id, by=by)
    found: dict[Started, Running] = {}
    for one in known.running:
        nth = sum(label == one.clock.label and day == one.started_on for label, day, _ in found)
        found[one.clock.label, one.started_on, nth] = one
    return found


def _say(name: str, days: Mapping[str, Mapping[Started, Running]], say: Say) -> None:
    rows = list(dict.fromkeys(_differing(days)))  # steps of one notice that were counted alike are said once
    if not rows:
        say(f"\n{name}: every day is the same under each edition, and counted alike.")
        return
    say(f"\n{name}, the same events under each edition:")
    table = [("", *days), *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _differing(days: Mapping[str, Mapping[Started, Running]]) -> Iterator[tuple[str, ...]]:
    """Each clock that did not come to the same day in the same way under every edition, in the order of their starts."""
    started = {one for found in days.values() for one in found}
    for label, day, nth in sorted(started, key=lambda one: (one[1], one[0], one[2])):
        found = [under.get((label, day, nth)) for under in days.values()]
        if len(set(counted := list(map(_counted, found)))) > 1:
            yield f"{label} (from {words.day(day)})", *counted


def _counted(one: Running | None) -> str:
    """The last day of a clock, with the length and the form of words it was counted by."""
    if one is None:
        return "no such clock"
    rule = one.result.derivation.rule
    return f"{words.day(one.last_day)} ({rule.length}, {rule.form})"
