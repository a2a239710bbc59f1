"""An intent: who means to do what, and what the listeners heard of it until its entry is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from regulator import moments
from regulator.actors import Actor
from regulator.db import db
from regulator.ledger.models import Chain

_LOCK = sa.select(Chain.seq, Chain.hash).where(Chain.stream == sa.bindparam("stream")).with_for_update()


@dataclass
class Words:
    """What one audience is told of an entry: a sentence, and the words of the fields meant for it."""

    says: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Place:
    """How a change is told in the chain of another case it concerns: there it is a step of its own.

    party_id, data, keys: of that case; the parts and answers of the first say nothing there
    """

    step: str
    stage_from: str | None
    stage_to: str | None
    words: Mapping[str, Words]
    party_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)


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
    heads:   for each stream the length of its chain and the hash of its last entry, as they were locked
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

    @property
    def present(self) -> datetime:
        """The moment that whatever is written in this change bears: that of recording, or the one a replay tells."""
        return moments.now() if moments.is_replayed() else self.recorded

    def tell(self, audience: str, says: str, fields: Mapping[str, Any] | None = None) -> None:
        """Tell `audience` of this entry, in these words."""
        self.words[audience] = Words(says, fields or {})

    def place(self, stream: str) -> Place:
        """The change as the chain of `stream` tells it."""
        own = Place(
            self.action, self.stage_from, self.stage_to, self.words, self.party_id, self.data, self.keys
        )
        return self.places.get(stream, own)

    def join(self, stream: str) -> None:
        """Lock one more stream, whose case is opened or joined in this same change."""
        self.streams.append(stream)
        self.lock(stream)

    def lock(self, stream: str) -> None:
        """Hold the head of a stream until the end of the transaction, beginning its chain where there is none."""
        head = db.session.execute(_LOCK, {"stream": stream}).one_or_none()
        if head is None:
            table: sa.Table = Chain.__table__  # type: ignore[assignment]
            new = insert(table).values(stream=stream, case_id=case_of(stream), seq=0, hash="")
            db.session.execute(new.on_conflict_do_nothing())
            head = db.session.execute(_LOCK, {"stream": stream}).one()
        self.heads[stream] = (head.seq, head.hash)


def case_of(stream: str) -> int | None:
    """The case a stream belongs to; none for people, bodies and the house."""
    kind, _, number = stream.partition(":")
    return int(number) if kind == "case" else None
