"""Writing an entry: one text that is hashed and kept, its columns for reading, and words apart from it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from regulator.db import db
from regulator.errors import UnrecordedWrite
from regulator.ledger.intent import Intent, case_of
from regulator.ledger.models import Chain, Entry, EntryWords
from regulator.ledger.recording import canonical, plain

_ENTRY: sa.Table = Entry.__table__  # type: ignore[assignment]
_WORDS: sa.Table = EntryWords.__table__  # type: ignore[assignment]
_CHAIN: sa.Table = Chain.__table__  # type: ignore[assignment]
_WRITTEN = sa.text("coalesce(nullif(current_setting('app.written', true), ''), '0')::int")


def write(intent: Intent, stream: str) -> None:
    """Write the entry of a change into one of its chains, and move the chain’s head.

    Raises: UnrecordedWrite when rows were written that no listener heard of
    """
    kept = _kept_apart(intent, stream)
    row = _row(intent, stream, {audience: part["commitment"] for audience, part in kept.items()})
    asked = insert(_ENTRY).values(row).returning(_ENTRY.c.id, _WRITTEN)
    entry_id, written = db.session.execute(asked).one()
    refuse_unheard(intent, written)
    intent.entry_ids[stream] = entry_id
    for audience, part in kept.items():
        words = {"entry_id": entry_id, "audience": audience, "salt": part["salt"], "words": part["words"]}
        db.session.execute(insert(_WORDS).values(words))
    head = sa.update(_CHAIN).where(_CHAIN.c.stream == stream).values(seq=row["seq"], hash=row["hash"])
    db.session.execute(head)


def written() -> int:
    """How many rows of recorded tables this transaction has written, as the database counted them."""
    return int(db.session.execute(sa.select(_WRITTEN)).scalar_one())


def refuse_unheard(intent: Intent, count: int) -> None:
    """Refuse a change in which SQL wrote what no listener heard."""
    if count != intent.heard:
        raise UnrecordedWrite(
            f"{intent.action}: {count} rows written, and the ledger heard of {intent.heard}"
        )


def _row(intent: Intent, stream: str, commitments: Mapping[str, str]) -> dict[str, Any]:
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
        "party_id": content["party"],
        "data": json.loads(canonical(content["data"])),
        "keys": content["keys"],
        "canonical": text,
        "hash": hashed(text),
    }


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
        "party": place.party_id,
        "data": dict(place.data),
        "keys": dict(place.keys),
        "facts": _of(intent, stream, intent.facts),
        "words": commitments,
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
        "for_oversight": "oversight" in audiences,
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
    """For each audience its words, their salt and the commitment to them."""
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
