"""A documented case as its file tells it: who took part, what was done on which day, and what is expected then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from regulator.errors import RegulatorError
from regulator.regime.model import Edition, Field, Kind, Step
from regulator.regime.parts import Where


class What(StrEnum):
    """What a line of a story may expect; each is written in the file by its own name."""

    stage = "stage"
    due = "due"
    overdue = "overdue"
    met = "met"
    met_late = "met_late"
    may = "may"
    may_not = "may_not"


@dataclass(frozen=True)
class Expected:
    """One thing that must hold once a line of the story has been told.

    about: the clock, or who may (not) take the step
    value: a stage, a day, the clocks overdue, or a step
    """

    what: What
    about: str
    value: Any
    where: Where


@dataclass(frozen=True)
class Answer:
    """What somebody answers to one question of a step; rows of a case are still named by their numbers."""

    field: Field
    value: Any
    where: Where


@dataclass(frozen=True)
class Act:
    """Something that somebody does.

    assumed: why the step, or its day, is not in the sources; empty where it is
    """

    by: str
    step: Step
    answers: Mapping[str, Answer]
    assumed: str


@dataclass(frozen=True)
class Turn:
    """One line of a story: on a day or at a moment something is done, or expected, or both."""

    where: Where
    when: date | datetime
    act: Act | None
    expected: tuple[Expected, ...]


@dataclass(frozen=True)
class Story:
    """A whole documented case.

    number:  its number among the project’s documented cases
    people:  roles by the name of whoever holds them
    unsaid:  what the edition could not express
    digest:  sha256 of the file, hex
    """

    file: str
    number: int
    title: str
    about: str
    sources: tuple[str, ...]
    edition: Edition
    kind: Kind
    body: str
    people: Mapping[str, tuple[str, ...]]
    turns: tuple[Turn, ...]
    unsaid: tuple[str, ...]
    digest: str


class StoryRefused(RegulatorError):
    """A story cannot be told any further; prints as `voice-id.yaml:12: sentence`."""

    def __init__(self, where: Where, sentence: str) -> None:
        super().__init__(f"{where}: {sentence}")
