"""Opening an intent, and closing it with one entry and one commit: all or nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError

from regulator import moments
from regulator.actors import Actor
from regulator.db import db, engine_role, pin
from regulator.errors import Conflict
from regulator.ledger.models import Chain, Entry, EntryWords
from regulator.ledger.recording import canonical, plain

BUSY = "Somebody else is working on this at this very moment. Try again."
_LOCK = sa.select(Chain.seq, Chain.hash).where(Chain.stream == sa.bindparam("stream")).with_for_update()
_ENTRY: sa.Table = Entry.__table__  # type: ignore[assignment]
_WORDS: sa.Table = EntryWords.__table__  # type: ignore[assignment]
_CHAIN: sa.Table = Chain.__table__  # type: ignore[assignment]


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
    cases:   the case each of those rows belongs to
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
    cases: dict[str, int | None] = field(default_factory=dict)
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


def _role(by: Actor) -> str:
    return next(iter(sorted(by.roles)), "nobody")


def _write(intent: Intent) -> None:
    for stream in intent.streams:
        _write_entry(intent, stream)
    intent.is_written = True


def _write_entry(intent: Intent, stream: str) -> None:
    seq, before = intent.heads[stream]
    place = intent.place(stream)
    kept = _kept_apart(intent, stream)
    text = canonical(_content(intent, stream, seq + 1, before, {a: w["hash"] for a, w in kept.items()}))
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = {
        "stream": stream,
        "case_id": case_of(stream),
        "seq": seq + 1,
        "step": place.step,
        "by_person_id": intent.by.person_id,
        "by_role": intent.role,
        "occurred": intent.occurred,
        "occurred_is_day": intent.is_day,
        "recorded": intent.recorded,
        "stage_from": place.stage_from,
        "stage_to": place.stage_to,
        "for_staff": "internal" in place.words or not place.words,
        "for_body": bool({"body", "body_only"} & place.words.keys()),
        "for_complainant": "complainant" in place.words,
        "for_public": "public" in place.words,
        "party_id": intent.party_id,
        "data": json.loads(canonical(intent.data)),
        "keys": intent.keys,
        "canonical": text,
        "hash": digest,
    }
    entry_id = db.session.execute(insert(_ENTRY).values(row).returning(_ENTRY.c.id)).scalar_one()
    intent.entry_ids[stream] = entry_id
    for audience, part in kept.items():
        db.session.execute(
            insert(_WORDS).values(
                entry_id=entry_id, audience=audience, salt=part["salt"], words=part["words"]
            )
        )
    db.session.execute(sa.update(_CHAIN).where(_CHAIN.c.stream == stream).values(seq=seq + 1, hash=digest))


def _of(intent: Intent, stream: str, rows: Mapping[str, Any]) -> dict[str, Any]:
    """The rows that belong to a stream: those of its case, and with the first stream those of no case here."""
    cases = {case_of(other): other for other in intent.streams}
    return {row: what for row, what in rows.items() if cases.get(intent.cases[row], intent.streams[0]) == stream}


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
    return {"salt": salt, "words": words, "hash": commitment(salt, words)}


def commitment(salt: str, words: str) -> str:
    """The salted hash by which an entry commits to words kept apart."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()


def _content(
    intent: Intent, stream: str, seq: int, before: str, words: Mapping[str, str]
) -> Mapping[str, Any]:
    place = intent.place(stream)
    return {
        "stream": stream,
        "seq": seq,
        "before": before,
        "step": place.step,
        "person": intent.by.person_id,
        "role": intent.role,
        "occurred": plain(intent.occurred),
        "is_day": intent.is_day,
        "recorded": plain(intent.recorded),
        "from": place.stage_from,
        "to": place.stage_to,
        "party": intent.party_id,
        "data": intent.data,
        "keys": intent.keys,
        "facts": _of(intent, stream, intent.facts),
        "words": words,
    }


def open_stream(intent: Intent, case_id: int) -> str:
    """Begin the chain of a case that this change opens, and let the engine see it."""
    pin(case_id)
    stream = f"case:{case_id}"
    intent.join(stream)
    return stream
