"""The timeline of a case as staff read it: sentences, what was answered, files, letters, and what was put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from regulator import words
from regulator.actors import Actor
from regulator.casework import answers, editions, queries, went_with
from regulator.casework.facts import Facts
from regulator.casework.queries import Told
from regulator.documents import held
from regulator.documents import queries as documents
from regulator.documents.queries import DocumentRow
from regulator.letters import queries as letters
from regulator.letters.queries import LetterRow
from regulator.letters.standing import Standing, standing
from regulator.regime.events import CORRECT, REVERSE, read_when
from regulator.regime.model import SYSTEM, Field, Step

NAMED_IN_SENTENCE = frozenset({"person", "people", "team", "colleague", "body", "files", "entry", "finding"})
"""Kinds of answer that the sentence says, or that would cost a look-up each."""
LONG, MANY = 280, 6


@dataclass(frozen=True)
class File:
    """A document to open."""

    name: str
    href: str
    note: str


@dataclass(frozen=True)
class Sent:
    """A letter to open, and how far it came."""

    subject: str
    recipient: str
    href: str
    standing: Standing


@dataclass(frozen=True)
class Answer:
    """One thing that was said in a step: the question in short, and the words."""

    label: str
    words: str

    @property
    def is_long(self) -> bool:
        """Whether it is folded away at first."""
        return len(self.words) > LONG or self.words.count("\n") > 5


@dataclass(frozen=True)
class Happening:
    """One entry as the page tells it.

    seen_by: who outside saw it; marks: what later entries did to it
    """

    seq: int
    sentence: str
    occurred: date | datetime
    recorded: datetime
    role: str
    seen_by: str
    moved_to: str
    answers: Sequence[Answer]
    files: Sequence[File]
    letters: Sequence[Sent]
    marks: Sequence[str]
    is_undone: bool = False

    @property
    def is_full(self) -> bool:
        """Whether so much was said that it is folded away at first."""
        return len(self.answers) > MANY


@dataclass(frozen=True)
class Record:
    """What is read of a case to tell its history: entries, documents and letters, each in one statement."""

    told: Sequence[Told]
    given: Sequence[DocumentRow]
    written: Sequence[LetterRow]


@dataclass(frozen=True)
class History:
    """A page of the timeline, the newest first; `following` is the entry the next page begins before.

    together: the day on which many of its entries were written down at once
    """

    rows: Sequence[Happening]
    following: int | None
    letters: Sequence[Sent]
    troubled: Sequence[Sent]
    documents: Sequence[File]
    together: date | None


def record(case_id: int, *, by: Actor, before: int | None = None) -> Record:
    """The record of a case as `by` may read it, from the entry before `before` on."""
    return Record(
        queries.timeline(case_id, by=by, before=before, limit=queries.PAGE + 1),
        documents.of_case(case_id, by=by),
        letters.of_case(case_id, by=by),
    )


def history(read: Record, known: Facts) -> History:
    """What happened to a case, the newest first."""
    page = read.told[: queries.PAGE]
    return History(
        rows=[_happening(one, known, read.given, read.written) for one in page],
        following=page[-1].seq if len(read.told) > queries.PAGE else None,
        letters=[_sent(row) for row in reversed(read.written)],
        troubled=[_sent(row) for row in read.written if row.waits_for_person],
        documents=[_file(one) for one in read.given],
        together=went_with.written_at_once(page),
    )


def _happening(
    one: Told, known: Facts, given: Sequence[DocumentRow], written: Sequence[LetterRow]
) -> Happening:
    step = known.kind.steps.get(one.step)
    undone = list(_undone(one.seq, known))
    return Happening(
        seq=one.seq,
        sentence=words.sentence(one.says) if one.says else _wordless(one, step),
        occurred=one.occurred,
        recorded=one.recorded,
        role=one.by_role.replace("_", " "),
        seen_by=_seen_by(one),
        moved_to=known.kind.stages[one.went_to].label if one.moves and one.went_to else "",
        answers=list(_answers(one.fields, step, known)) if step else [],
        files=[_file(row) for row in went_with.files_of(one, given)],
        letters=[_sent(row) for row in went_with.letters_of(one, step, written)],
        marks=[*undone, *_corrected(one.seq, known)],
        is_undone=bool(undone),
    )


def _wordless(one: Told, step: Step | None) -> str:
    label = step.label if step else one.step.replace("_", " ").capitalize()
    return f"{label}. The words of this entry were erased." if one.is_erased else f"{label}."


def _seen_by(one: Told) -> str:
    told = [
        name for name, is_told in (("complainant", one.for_complainant), ("body", one.for_body)) if is_told
    ]
    return " and ".join(f"the {name}" for name in told)


def _undone(seq: int, known: Facts) -> Iterator[str]:
    for event in known.events:
        if event.step == REVERSE and event.keys.get("entry") == seq:
            yield f"Taken back by entry {event.seq}"


def _corrected(seq: int, known: Facts) -> Iterator[str]:
    for event in known.events:
        if event.step == CORRECT and str(event.data.get("entry")) == str(seq):
            yield f"Corrected by entry {event.seq}"


def _answers(fields: Mapping[str, Any], step: Step, known: Facts) -> Iterator[Answer]:
    """What was answered, question by question; what only the system takes is told whole by its sentence."""
    for asked in step.fields if step.who != (SYSTEM,) else ():
        value = fields.get(asked.name)
        if value in (None, "", []) or asked.kind in NAMED_IN_SENTENCE:
            continue
        if said := _said(asked, value, known):
            yield Answer(asked.label, said)


def _said(asked: Field, value: Any, known: Facts) -> str:
    """An answer as it is read, without asking the database again."""
    if asked.kind in ("day", "moment"):
        occurred, is_day = read_when(str(value))
        return words.day(occurred) if is_day else words.moment(occurred)
    if asked.kind == "rows":
        return _rows(value)
    if asked.choices:
        return _labels(asked, value, known)
    if asked.kind in ("allegations", "several") and not asked.choices:
        return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return answers.read(asked, value, known)


def _labels(asked: Field, value: Any, known: Facts) -> str:
    """The coded answers as whoever chose them read them."""
    choices = editions.editions()[known.case.edition].choices(asked.choices or "")
    labels = {choice.code: choice.label for choice in choices}
    codes = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(code, str(code)) for code in codes)


def _rows(value: Any) -> str:
    """Questions and comments are told; what else stands in rows has a place of its own on the page."""
    told = (
        row.get("question") or row.get("words") or row.get("what") for row in value if isinstance(row, dict)
    )
    return answers.numbered(filter(None, told))


def _sent(row: LetterRow) -> Sent:
    href = url_for("letters.show", number=row.id)
    return Sent(row.subject, row.recipient, href, standing(row.state or "", row.problem))


def _file(row: DocumentRow) -> File:
    size = f"{row.size / 1_000_000:.1f} MB" if row.size >= 1_000_000 else f"{max(1, row.size // 1000)} KB"
    href = url_for("documents.show", number=row.id)
    return File(row.name, href, held.note(row.scan) or size)
