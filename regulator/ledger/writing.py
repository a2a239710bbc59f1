"""Opening an intent, and closing it with one entry and one commit: all or nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from regulator import moments
from regulator.actors import SYSTEM, Actor
from regulator.db import db, engine_role
from regulator.errors import Conflict, UnrecordedWrite
from regulator.ledger.models import Chain, Entry, EntryWords
from regulator.ledger.recording import canonical, plain

BUSY = "Somebody else is working on this at this very moment. Try again."
_LOCK = sa.select(Chain.seq, Chain.hash).where(Chain.stream == sa.bindparam("stream")).with_for_update()
_ENTRY: sa.Table = Entry.__table__  # type: ignore[assignment]
_WORDS: sa.Table = EntryWords.__table__  # type: ignore[assignment]
_CHAIN: sa.Table = Chain.__table__  # type: ignore[assignment]
_WRITTEN = sa.text("coalesce(nullif(current_setting('app.written', true), ''), '0')::int")


@dataclass
class Words:
    """What one audience is told of an entry: a sentence, and the words of the fields meant for it."""

    says: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Place:
    """How a change is told in the chain of another case it concerns: there it is a step of its own."""

    step: str
    stage_from: str | None
    stage_to: str | None
    words: Mapping[str, Words]


@dataclass
class Intent:
    """Who means to do what; the listeners add the facts, `change` writes the entry.

    action:  the step’s or command’s name, one word through step, entry, endpoint and page
    streams: the chains it writes to: one, or two when two cases are joined
    words:   what each audience is told; the audiences with words are those who may see the entry
    places:  by stream, how another case it concerns is told of it
    facts:   before and after of each row, by table and key, as the session’s listeners heard them
    rows:    for each audience, the new words of personal columns, which are kept apart from the facts
    homes:   the streams each of those rows may belong to
    heard:   how many rows the listeners heard written; the database counts them too
    """

    action: str
    by: Actor
    role: str
    streams: list[str]
    occurred: datetime
    is_day: bool
    recorded: datetime
    stage_from: str | None = None
    stage_to: str | None = None
    party_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    words: dict[str, Words] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    homes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    heard: int = 0
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    is_written: bool = False
    entry_ids: dict[str, int] = field(default_factory=dict)

    def tell(self, audience: str, says: str, fields: Mapping[str, Any] | None = None) -> None:
        """Tell `audience` of this entry, in these words."""
        self.words[audience] = Words(says, fields or {})

    def place(self, stream: str) -> Place:
        """The change as the chain of `stream` tells it."""
        own = Place(self.action, self.stage_from, self.stage_to, self.words)
        return self.places.get(stream, own)

    def join(self, stream: str) -> None:
        """Lock one more stream, whose case is opened or joined in this same change."""
        self.streams.append(stream)
        _lock(self, stream)


def case_of(stream: str) -> int | None:
    """The case a stream belongs to; none for people, bodies and the house."""
    kind, _, number = stream.partition(":")
    return int(number) if kind == "case" else None


def next_seq(intent: Intent, stream: str) -> int:
    """The number the entry of this change will have in `stream`."""
    return intent.heads[stream][0] + 1


def _lock(intent: Intent, stream: str) -> None:
    head = db.session.execute(_LOCK, {"stream": stream}).one_or_none()
    if head is None:
        new = insert(_CHAIN).values(stream=stream, case_id=case_of(stream), seq=0, hash="")
        db.session.execute(new.on_conflict_do_nothing())
        head = db.session.execute(_LOCK, {"stream": stream}).one()
    intent.heads[stream] = (head.seq, head.hash)


@contextmanager
def change(
    action: str,
    *,
    by: Actor,
    streams: Sequence[str],
    role: str = "",
    occurred: datetime | None = None,
    is_day: bool = False,
) -> Iterator[Intent]:
    """Open an intent in the engine role, run the block, and close it with one entry a stream and one commit.

    streams: `case:12`, `person:7`, `body:3` or `house`; locked in ascending order, cases by number
    Raises:  Conflict when another change holds the lock too long; anything the block raises, with nothing written
    """
    if "intent" in db.session.info:
        raise RuntimeError(f"“{action}” inside another change: one change is one entry")
    now = moments.now()
    order = sorted(streams, key=lambda stream: (case_of(stream) or 0, stream))
    intent = Intent(action, by, role or _role(by), list(order), occurred or now, is_day, moments.recorded())
    cases = [number for stream in order if (number := case_of(stream))]
    with engine_role(cases, by.person_id):
        db.session.info["intent"] = intent
        try:
            for stream in order:
                _lock(intent, stream)
            yield intent
            db.session.flush()
            _write(intent)
            db.session.commit()
        except OperationalError as error:
            if isinstance(error.orig, (LockNotAvailable, DeadlockDetected)):
                raise Conflict(BUSY) from error
            raise
        finally:
            db.session.info.pop("intent", None)


@contextmanager
def caching(case_id: int) -> Iterator[None]:
    """Write caches of one case again, and nothing else: there is no entry, so a recorded fact is an error.

    Raises: UnrecordedWrite when anything but a cache was changed
    """
    now = moments.recorded()
    intent = Intent("cache", SYSTEM, "system", [f"case:{case_id}"], now, False, now)
    with engine_role([case_id]):
        db.session.info["intent"] = intent
        try:
            _lock(intent, f"case:{case_id}")
            yield
            db.session.flush()
            if intent.facts:
                raise UnrecordedWrite(f"{', '.join(intent.facts)} changed while only caches may")
            db.session.commit()
        finally:
            db.session.info.pop("intent", None)


def _role(by: Actor) -> str:
    return next(iter(sorted(by.roles)), "nobody")


def _write(intent: Intent) -> None:
    for stream in intent.streams:
        _write_entry(intent, stream)
    intent.is_written = True


def _write_entry(intent: Intent, stream: str) -> None:
    kept = _kept_apart(intent, stream)
    commitments = {audience: part["commitment"] for audience, part in kept.items()}
    row = _entry(intent, stream, commitments)
    asked = insert(_ENTRY).values(row).returning(_ENTRY.c.id, _WRITTEN)
    entry_id, written = db.session.execute(asked).one()
    if written != intent.heard:
        raise UnrecordedWrite(
            f"{intent.action}: {written} rows written, and the ledger heard of {intent.heard}"
        )
    intent.entry_ids[stream] = entry_id
    for audience, part in kept.items():
        words = {"entry_id": entry_id, "audience": audience, "salt": part["salt"], "words": part["words"]}
        db.session.execute(insert(_WORDS).values(words))
    head = sa.update(_CHAIN).where(_CHAIN.c.stream == stream).values(seq=row["seq"], hash=row["hash"])
    db.session.execute(head)


def _entry(intent: Intent, stream: str, commitments: Mapping[str, str]) -> dict[str, Any]:
    """The row of an entry: the text that is hashed, and the parts of it that are read apart."""
    content = _content(intent, stream, commitments)
    text = canonical(content)
    return {
        "stream": stream,
        "case_id": case_of(stream),
        "seq": content["seq"],
        "step": content["step"],
        "by_person_id": intent.by.person_id,
        "by_role": intent.role,
        "occurred": intent.occurred,
        "occurred_is_day": intent.is_day,
        "recorded": intent.recorded,
        "stage_from": content["from"],
        "stage_to": content["to"],
        **flags(content["for"]),
        "party_id": intent.party_id,
        "data": json.loads(canonical(intent.data)),
        "keys": intent.keys,
        "canonical": text,
        "hash": hashed(text),
    }


def hashed(text: str) -> str:
    """The hash by which an entry is known to the next."""
    return hashlib.sha256(text.encode()).hexdigest()


def flags(audiences: Collection[str]) -> dict[str, bool]:
    """Who may see an entry that was told to `audiences`; one told to nobody is for staff."""
    return {
        "for_staff": "internal" in audiences or not audiences,
        "for_body": "body" in audiences or "body_only" in audiences,
        "for_complainant": "complainant" in audiences,
        "for_public": "public" in audiences,
    }


def _of(intent: Intent, stream: str, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The rows whose place is in a stream."""
    return {row: what for row, what in rows.items() if _home(intent, row) == stream}


def _home(intent: Intent, row: str) -> str:
    """The stream that tells of a row: its case’s, its own or its owner’s, else the first that is of no case."""
    homes = intent.homes[row]
    if found := next((home for home in homes if home in intent.streams), None):
        return found
    if case_of(homes[0]):
        raise UnrecordedWrite(f"{row} belongs to {homes[0]}, whose chain this change does not write to")
    return next((stream for stream in intent.streams if not case_of(stream)), intent.streams[0])


def _kept_apart(intent: Intent, stream: str) -> dict[str, dict[str, str]]:
    parts: dict[str, dict[str, Any]] = {
        name: {"says": w.says, "fields": dict(w.fields)} for name, w in intent.place(stream).words.items()
    }
    for audience, rows in intent.rows.items():
        if ours := _of(intent, stream, rows):
            parts.setdefault(audience, {"says": "", "fields": {}})["rows"] = ours
    return {name: _sealed(canonical(part)) for name, part in parts.items()}


def _sealed(words: str) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"salt": salt, "words": words, "commitment": commitment(salt, words)}


def commitment(salt: str, words: str) -> str:
    """The salted hash by which an entry commits to words kept apart."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def _content(intent: Intent, stream: str, commitments: Mapping[str, str]) -> dict[str, Any]:
    seq, before = intent.heads[stream]
    place = intent.place(stream)
    return {
        "stream": stream,
        "seq": seq + 1,
        "before": before,
        "step": place.step,
        "person": intent.by.person_id,
        "role": intent.role,
        "occurred": plain(intent.occurred),
        "is_day": intent.is_day,
        "recorded": plain(intent.recorded),
        "from": place.stage_from,
        "to": place.stage_to,
        "for": sorted(place.words),
        "party": intent.party_id,
        "data": intent.data,
        "keys": intent.keys,
        "facts": _of(intent, stream, intent.facts),
        "words": commitments,
    }
