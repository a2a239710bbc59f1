"""What a story expects once a line of it is told, as the file writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulator.regime.model import Kind
from regulator.regime.reading import Reader, unknown
from regulator.replay.answers import read_day
from regulator.replay.story import Expected, What

OF = " of "


@dataclass(frozen=True)
class _Known:
    """What the names in an expectation are looked up in.

    people: those of the story, and the roles, for whoever else holds one
    bodies: the slugs of those the case is about
    """

    kind: Kind
    people: Collection[str]
    bodies: Sequence[str]


def read(
    name: str, row: Reader, kind: Kind, people: Collection[str], bodies: Sequence[str] = ()
) -> Iterator[Expected]:
    """What the line `name: …` under `expect` asks for, a thing at a time; what cannot be asked is noted.

    people: those of the story, and the roles, for whoever else holds one
    bodies: the slugs of those the case is about
    """
    if name not in set(What):
        row.say(unknown(name, "expectation", list(What)))
        return
    what = What(name)
    for where, about, value in _READERS[what](row, _Known(kind, people, bodies)):
        thing, _, body = about.partition(OF) if what in _OF_A_BODY else (about, "", "")
        yield Expected(what, thing, value, where.where, body)


_Found = Iterator[tuple[Reader, str, Any]]


def _stage(row: Reader, known: _Known) -> _Found:
    yield row, "", _one_of(row, str(row.text()), "stage", known.kind.stages)


def _due(row: Reader, known: _Known) -> _Found:
    for name, days in row.rows().items():
        _clock(days, name, known)
        yield days, str(name), sorted(filter(None, map(_day, _each(days))))


def _each(days: Reader) -> list[tuple[Reader, str]]:
    return [(days, str(word)) for word in days.words()]


def _day(written: tuple[Reader, str]) -> date | None:
    row, word = written
    try:
        return read_day(word)
    except ValueError as error:
        row.say(str(error))
        return None


def _overdue(row: Reader, known: _Known) -> _Found:
    yield row, "", frozenset(_one_of(row, str(name), "clock", known.kind.clocks) for name in row.words())


def _met(row: Reader, known: _Known) -> _Found:
    for name in row.words():
        yield row, _clock(row, str(name), known), None


def _clock(row: Reader, name: str, known: _Known) -> str:
    """A clock, or one body’s: `agree_terms of gwent`."""
    clock, of, body = name.partition(OF)
    _one_of(row, clock, "clock", known.kind.clocks)
    if of:
        _one_of(row, body, "body of the case", known.bodies)
    return name


def _may(row: Reader, known: _Known) -> _Found:
    for who, steps in row.rows().items():
        role, of, body = who.partition(OF)
        if not (of and role in known.people and body in known.bodies):
            _one_of(steps, who, "person or role", known.people)
        for step in steps.words():
            yield steps, str(who), _one_of(steps, str(step), "step", known.kind.steps)


def _one_of(row: Reader, word: str, what: str, known: Collection[str]) -> str:
    if word not in known:
        row.say(unknown(word, what, known))
    return word


_OF_A_BODY = (What.due, What.met, What.met_late)
_READERS = {
    What.stage: _stage,
    What.due: _due,
    What.overdue: _overdue,
    What.met: _met,
    What.met_late: _met,
    What.may: _may,
    What.may_not: _may,
}
