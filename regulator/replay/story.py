"""A documented case as its file tells it: who took part, what was done on which day, and what is expected then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from regulator.errors import RegulatorError
from regulator.regime.model import Edition, Field, Kind, Role, Step
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
    value: a stage, days, the clocks overdue, or a step
    body:  the one whose clock it is, by its slug; empty for all
    """

    what: What
    about: str
    value: Any
    where: Where
    body: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody answers to one question of a step; rows of a case are still named by their numbers."""

    field: Field
    value: Any
    where: Where


@dataclass(frozen=True)
class Paper:
    """A file that is given with a step: text, or a small PDF of it where the name says so."""

    name: str
    text: str


@dataclass(frozen=True)
class Act:
    """Something that somebody does.

    assumed: why the step, or its day, is not in the sources; empty where it is
    refused: words of the sentence with which it must be refused; empty where it must be taken
    """

    by: str
    step: Step
    answers: Mapping[str, Answer]
    assumed: str
    refused: str = ""
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Turn:
    """One line of a story: on a day or at a moment something is done, or expected, or both.

    case: which case of the story it is about, by its key
    """

    where: Where
    when: date | datetime
    act: Act | None
    expected: tuple[Expected, ...]
    case: str = ""


@dataclass(frozen=True)
class Case:
    """One case of a story, under one edition.

    name:       what the lines of the story call it; empty where it is the only one
    key:        what names it among all that are told: the name, and the edition where it is told under several
    bodies:     the slugs of those it is about
    leads_from: the case of the story, by its name, because of which it was opened; empty where there is none
    because:    why it was opened from there
    """

    name: str
    key: str
    title: str
    edition: Edition
    kind: Kind
    bodies: tuple[str, ...]
    leads_from: str = ""
    because: str = ""


@dataclass(frozen=True)
class Member:
    """Somebody in a story: the roles held, and the body worked for or overseen, by its slug, where the file says one."""

    roles: tuple[str, ...]
    body: str = ""
    oversees: str = ""


@dataclass(frozen=True)
class Story:
    """A whole documented case, which may have become several cases of the regulator.

    number:  its number among the project’s documented cases
    cases:   by key, in the order of the file
    people:  by name
    unsaid:  what the edition could not express
    digest:  sha256 of the file, hex
    """

    file: str
    number: int
    title: str
    about: str
    sources: tuple[str, ...]
    cases: Mapping[str, Case]
    people: Mapping[str, Member]
    turns: tuple[Turn, ...]
    unsaid: tuple[str, ...]
    digest: str

    @property
    def roles(self) -> Mapping[str, Role]:
        """Every role of the editions it is told under."""
        return {name: role for case in self.cases.values() for name, role in case.edition.roles.items()}


class StoryRefused(RegulatorError):
    """A story cannot be told any further; prints as `voice-id.yaml:12: sentence`."""

    def __init__(self, where: Where, sentence: str) -> None:
        super().__init__(f"{where}: {sentence}")
