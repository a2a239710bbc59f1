"""One case told under several editions: the days that came out differently, side by side."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Say, for each case told under several editions, every promise and duty whose last day differs.

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
    everything = sorted(
        {key for found in days.values() for key in found}, key=lambda key: (key[1], key[0], key[2])
    )
    lines = []
    for key in everything:
        last = [_last(found.get(key)) for found in days.values()]
        if len(set(last)) > 1:
            lines.append((f"{key[0]} (from {words.day(key[1])})", *last))
    say(f"\n{name}, the same events under two editions:" if lines else f"\n{name}: every day is the same.")
    if lines:
        table = [("", *days), *lines]
        widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
        for row in table:
            say("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _last(one: Running | None) -> str:
    return words.day(one.last_day) if one else "no such clock"
