"""Keeping what was signed item by item and file by file, each with its hash, so that versions can be told apart later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa

from regulator.casework.models import IssuedVersion
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.documents.models import Document
from regulator.errors import Conflict
from regulator.evidence.facts import UNSENT
from regulator.evidence.models import EvidenceItem
from regulator.evidence.sent_models import SentFile, SentItem

DRAFTING = ("answer_account_item", "answer_item")
"""Steps with which a body gives what it has not signed for yet."""
ACCOUNT = "account"
"""What a response is called whose marked answers are sent all the same: the claim goes with the answer."""

READ = "read_items"
"""Under which name a form of signing says which versions of the items were read."""
MOVED = "A colleague saved {} while you were reading. It is shown as it stands now: read it, then sign."


class Versioned(Protocol):
    """An item with its number in the database and the token of its answer."""

    @property
    def id(self) -> int:
        """Its number in the database."""

    @property
    def version(self) -> int:
        """The token of its answer."""


def reading_of(items: Sequence[Versioned]) -> str:
    """Which versions of items somebody reads, in a line that travels with the form."""
    return " ".join(f"{one.id}:{one.version}" for one in items)


def as_read(taking: Taking, saved: Mapping[str, Versioned]) -> None:
    """Refuse to sign what changed since it was read; where nothing says what was read, it is as it stands.

    saved: what several people work on, by what each is called
    Raises: Conflict naming what a colleague saved meanwhile
    """
    said = taking.data.get(READ)
    if not said:
        return
    read = set(str(said).split())
    for name, one in saved.items():
        if f"{one.id}:{one.version}" not in read:
            raise Conflict(MOVED.format(name))


def keep(
    taking: Taking,
    version: IssuedVersion,
    items: Sequence[EvidenceItem],
    only: Mapping[int, str] | None = None,
) -> None:
    """Freeze what a version holds: each answer, what is claimed of it, and the files that go with it.

    only: the answers, by item, where staff record what came otherwise: nothing that the body keeps here goes with it
    """
    for item in items:
        answer = _answer(item, version) if only is None else only.get(item.id, "")
        db.session.add(
            SentItem(
                **_of(version),
                item_id=item.id,
                answer=answer,
                mark=item.mark if only is None else "none",
                ground=item.ground if only is None else None,
                answer_hash=hashlib.sha256(answer.encode()).hexdigest(),
            )
        )
    for file, item_id in _files(taking, items) if only is None else ():
        db.session.add(
            SentFile(**_of(version), item_id=item_id, name=file.name, size=file.size, sha256=file.sha256)
        )
    for stored in taking.files:
        db.session.add(SentFile(**_of(version), name=stored.name, size=stored.size, sha256=stored.sha256))


def _answer(item: EvidenceItem, version: IssuedVersion) -> str:
    is_held = item.mark in UNSENT and version.what != ACCOUNT
    return "" if is_held else item.answer or ""


def _of(version: IssuedVersion) -> dict[str, int | None]:
    return {"case_id": version.case_id, "party_id": version.party_id, "version_id": version.id}


def _files(taking: Taking, items: Sequence[EvidenceItem]) -> list[tuple[Document, int]]:
    """The files given with each of these items, but for those of an item that is held back."""
    sent = {one.id for one in items if one.mark not in UNSENT}
    held = {one.id for one in items if one.mark in UNSENT}
    about = {
        (event.step, event.recorded): set(event.about("item"))
        for event in taking.facts.events
        if event.step in DRAFTING
    }
    found: list[tuple[Document, int]] = []
    for document in db.session.scalars(_given(taking, items)):
        own = {document.item_id} if document.item_id else None
        of = own or about.get((document.step, document.given_at), set())
        if not of & held:
            found += [(document, int(number)) for number in sorted(of & sent)]
    return found


def _given(taking: Taking, items: Sequence[EvidenceItem]) -> sa.Select[Any]:
    party = items[0].party_id if items else None
    return (
        sa.select(Document)
        .where(Document.case_id == taking.case_id, Document.party_id == party, Document.step.in_(DRAFTING))
        .order_by(Document.id)
    )


def say_missing(item: EvidenceItem) -> None:
    """Say of the version that was returned what was missing of it, beside that version."""
    last = (
        sa.select(SentItem)
        .where(SentItem.case_id == item.case_id, SentItem.item_id == item.id)
        .order_by(SentItem.id.desc())
        .limit(1)
    )
    if sent := db.session.scalars(last).first():
        sent.missing, sent.returned_on = item.missing, item.returned_on
