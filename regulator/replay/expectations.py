"""What a story expects once a line of it is told, as the file writes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from regulator.regime.model import Kind
from regulator.regime.reading import Reader, unknown
from regulator.replay.answers import read_day
from regulator.replay.story import Expected, What


def read(name: str, row: Reader, kind: Kind, people: Iterable[str]) -> Iterator[Expected]:
    """What the line `name: …` under `expect` asks for, a thing at a time; what cannot be asked is noted.

    people: those of the story, and the roles, for whoever else holds one
    """
    if name not in set(What):
        row.say(unknown(name, "expectation", list(What)))
        return
    what = What(name)
    for where, about, value in _READERS[what](row, kind, list(people)):
        yield Expected(what, about, value, where.where)


_Found = Iterator[tuple[Reader, str, Any]]


def _stage(row: Reader, kind: Kind, _people: list[str]) -> _Found:
    yield row, "", _known(row, str(row.text()), "stage", kind.stages)


def _due(row: Reader, kind: Kind, _people: list[str]) -> _Found:
    for name, day in row.rows().items():
        _known(day, name, "clock", kind.clocks)
        try:
            yield day, str(name), read_day(day.text())
        except ValueError as error:
            day.say(str(error))


def _overdue(row: Reader, kind: Kind, _people: list[str]) -> _Found:
    yield row, "", frozenset(_known(row, str(name), "clock", kind.clocks) for name in row.words())


def _met(row: Reader, kind: Kind, _people: list[str]) -> _Found:
    for name in row.words():
        yield row, _known(row, str(name), "clock", kind.clocks), None


def _may(row: Reader, kind: Kind, people: list[str]) -> _Found:
    for who, steps in row.rows().items():
        _known(steps, who, "person or role", people)
        for step in steps.words():
            yield steps, str(who), _known(steps, str(step), "step", kind.steps)


def _known(row: Reader, word: str, what: str, known: Collection[str]) -> str:
    if word not in known:
        row.say(unknown(word, what, known))
    return word


_READERS = {
    What.stage: _stage,
    What.due: _due,
    What.overdue: _overdue,
    What.met: _met,
    What.met_late: _met,
    What.may: _may,
    What.may_not: _may,
}
