"""What happened to a case and what is owed on it, as somebody outside reads it: their timeline, letters and clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from regulator import moments, words
from regulator.casework import answers, went_with
from regulator.casework.explaining import Explained, Listener, explained
from regulator.casework.facts import Facts
from regulator.casework.queries import Told
from regulator.casework.retelling import retold, titled
from regulator.documents import held
from regulator.documents.queries import DocumentRow
from regulator.language import _, later
from regulator.letters.queries import LetterRow
from regulator.moments import london_day
from regulator.regime.judge import Offer
from regulator.regime.model import SYSTEM, Field, Step
from regulator.regime.running import How, Running


@dataclass(frozen=True)
class File:
    """A document to open."""

    name: str
    href: str
    note: str


@dataclass(frozen=True)
class Happened:
    """One line of the timeline, with what was said, and the letters and files that went with it."""

    sentence: str
    occurred: date | datetime
    recorded: datetime | None
    moves: bool
    detail: str
    files: Sequence[File]
    audience: str = ""


@dataclass(frozen=True)
class Duty:
    """A date that somebody has to keep; `clock` is its name in the edition, `state` as the clock component knows it."""

    clock: str
    name: str
    owed_by: str
    due: date
    state: str
    explained: Explained
    original: date | None = None
    ended_on: date | None = None
    kept: bool | None = None
    paused_since: date | None = None


@dataclass(frozen=True)
class Doing:
    """A step somebody may take, and where; `reason` when it is not open to them yet."""

    label: str
    hint: str
    href: str
    main: bool
    reason: str = ""


KILO = 1024
KINDS = {
    "application/pdf": "PDF",
    "image/png": later("picture"),
    "image/jpeg": later("picture"),
    "text/plain": later("text"),
}
ANY_KIND = later("document")


def files(documents: Sequence[DocumentRow], *, dated: bool = False) -> list[File]:
    """Documents as links, with what each is, how large and, `dated`, on which day it was given."""
    return [
        File(
            one.name,
            url_for("documents.show", number=one.id),
            _note(one) + (f", {words.day(one.given_at)}" if dated else ""),
        )
        for one in documents
    ]


def _note(one: DocumentRow) -> str:
    return _(held.note(one.scan)) or f"{_(KINDS.get(one.media_type, ANY_KIND))}, {_size(one.size)}"


def _size(count: int) -> str:
    return f"{count / KILO / KILO:.1f} MB" if count >= KILO * KILO else f"{max(1, round(count / KILO))} KB"


def history(
    known: Facts,
    told: Sequence[Told],
    letters: Sequence[LetterRow],
    documents: Sequence[DocumentRow],
    *,
    marks_own: bool = False,
    is_brief: bool = False,
) -> list[Happened]:
    """The timeline of somebody outside, the newest first; what a letter says stands in the letter alone.

    marks_own: for a body: say which entries it alone can see, and when each was written down
    is_brief:  for who has only a part of it to answer: what happened, without what was said
    """
    at_once = went_with.written_at_once(told)
    return [
        Happened(
            sentence=retold(one, known) or _("Something happened that has since been erased"),
            occurred=one.occurred,
            recorded=one.recorded if marks_own and london_day(one.recorded) != at_once else None,
            moves=_moves(known, one.step),
            detail="" if sent or is_brief else said(known, one),
            files=[
                *(
                    File(titled(letter.subject, letter.template, known), f"#letter-{letter.id}", _("letter"))
                    for letter in sent
                ),
                *files(went_with.files_of(one, documents)),
            ],
            audience="your own organisation only" if marks_own and one.is_theirs else "",
        )
        for one in told
        for sent in [went_with.letters_of(one, known.kind.steps.get(one.step), letters)]
    ]


def _moves(known: Facts, step: str) -> bool:
    row = known.kind.steps.get(step)
    return row is not None and (row.moves or row.opens)


LEFT_OUT = frozenset(
    {"item_answer", "findings", "comments", "draft_comments", "disposition", "items", "returned_items"}
)
"""Rows, which pages show where they belong and not as lines of a timeline."""
WHOLE = frozenset({"long_text", "lines"})
"""Kinds of answer that can be read without their question."""


def said(known: Facts, one: Told) -> str:
    """What was answered when a step was taken, as far as its reader is told, each answer under its question."""
    step = known.kind.steps.get(one.step)
    if step is None or step.opens or step.who == (SYSTEM,):
        return ""
    asked = {one.name: one for one in step.fields if one.name not in LEFT_OUT and one.kind != "confirm"}
    lines = [
        (asked[name], words)
        for name, value in one.fields.items()
        if name in asked and (words := read(asked[name], value, known))
    ]
    if len(lines) == 1 and lines[0][0].kind in WHOLE:
        return lines[0][1]
    return "\n\n".join(f"{_(field.label)}\n{words}" for field, words in lines)


def read(field: Field, value: Any, known: Facts) -> str:
    """An answer that was kept, in words; days are kept as text."""
    if field.kind in ("day", "moment") and isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return answers.read(field, value, known)


def duty(clock: Running, name: str, owed_by: str, listener: Listener) -> Duty:
    """A clock as its reader is shown it; since when its time stands still, only to who was told of that."""
    how, is_known = explained(clock, listener), not listener.untold(clock)
    return Duty(
        clock=clock.name,
        name=name,
        owed_by=owed_by,
        due=clock.last_day,
        state=state(clock),
        explained=how,
        original=how.first,
        ended_on=moments.london_day(clock.ended.when) if clock.ended else None,
        kept=clock.kept(moments.now()),
        paused_since=clock.paused_since if clock.is_open and is_known else None,
    )


def state(clock: Running) -> str:
    """Running, overdue, paused, met, passed or left."""
    if clock.ended is None:
        if clock.is_overdue(moments.now()):
            return "overdue"
        return "paused" if clock.paused_since else "running"
    return {How.met: "met", How.expired: "passed"}.get(clock.ended.how, "left")


def doings(
    offers: Sequence[Offer], place: str, first: Sequence[str] = (), **at: Any
) -> tuple[list[Doing], list[Doing]]:
    """What somebody outside may do now, and what not yet with the reason why.

    place: the endpoint of a step’s page; first: steps to show as buttons, in this order, beside those that move
    """
    found = [_doing(offer, first, url_for(place, step=offer.step.name, **at)) for offer in offers]
    rank: Mapping[str, int] = {name: at for at, name in enumerate(first)}
    paired = sorted(zip(offers, found, strict=True), key=lambda pair: rank.get(pair[0].step.name, len(rank)))
    ready = [doing for offer, doing in paired if offer.open]
    return ready, [doing for offer, doing in paired if not offer.open]


def _doing(offer: Offer, first: Sequence[str], href: str) -> Doing:
    step: Step = offer.step
    reason = offer.reasons[0] if offer.reasons else ""
    return Doing(
        _(step.label),
        _(step.hint) if step.hint else "",
        href,
        step.name in first,
        _(reason) if reason else "",
    )
