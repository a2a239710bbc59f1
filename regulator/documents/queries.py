"""Every SELECT on documents; `by` is always an argument, and the database asks again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from regulator.actors import Actor, Side
from regulator.db import ask_as, db
from regulator.documents.models import Document, Scan
from regulator.errors import Missing

_FOR: Mapping[Side, InstrumentedAttribute[bool]] = {
    Side.staff: Document.for_staff,
    Side.body: Document.for_body,
    Side.complainant: Document.for_complainant,
    Side.oversight: Document.for_oversight,
}
_COLUMNS = (
    Document.id,
    Document.case_id,
    Document.party_id,
    Document.step,
    Document.name,
    Document.media_type,
    Document.size,
    Document.sha256,
    Document.given_at,
    Document.scan,
    Document.scan_found,
    Document.given_by,
    Document.item_id,
    Document.replaces_id,
    Document.has_faces,
    Document.for_staff,
    Document.for_body,
    Document.for_complainant,
    Document.for_oversight,
)
CASE = sa.table("case_file", sa.column("id", sa.BigInteger), sa.column("reference", sa.String))


@dataclass(frozen=True)
class DocumentRow:
    """A document as anybody who may have it sees it; size in bytes."""

    id: int
    case_id: int
    party_id: int | None
    step: str
    name: str
    media_type: str
    size: int
    sha256: str
    given_at: datetime
    scan: str
    scan_found: str | None
    given_by: str
    item_id: int | None
    replaces_id: int | None
    has_faces: bool
    for_staff: bool
    for_body: bool
    for_complainant: bool
    for_oversight: bool

    @property
    def can_be_had(self) -> bool:
        """Whether it was scanned and is clean."""
        return self.scan == Scan.clean

    @property
    def seen_by(self) -> list[str]:
        """Who may have it."""
        told = {
            "the regulator": self.for_staff,
            "the organisation": self.for_body,
            "the complainant": self.for_complainant,
            "who oversees the organisation": self.for_oversight,
        }
        return [name for name, may in told.items() if may]


Narrowing: TypeAlias = "Callable[[Sequence[DocumentRow], Actor], Sequence[DocumentRow]]"
NARROWED: dict[str, Narrowing] = {}
"""What a room says of who, among those of one audience, may have a file: `(documents, by) -> those they may have`."""


def get(number: int, *, by: Actor) -> DocumentRow:
    """The document of this number, as `by` may have it.

    Raises: Missing when there is none, or none they may have
    """
    found = _read(by, Document.id == number)
    if not found:
        raise Missing("There is no document of that number that you may see.")
    return found[0]


def of_case(case_id: int, *, by: Actor) -> list[DocumentRow]:
    """The documents of a case that `by` may have, in the order in which they were given."""
    return _read(by, Document.case_id == case_id)


def versions(number: int, case_id: int, *, by: Actor) -> list[DocumentRow]:
    """The document and those given in place of one another, the oldest first; none where it stands alone."""
    given = {one.id: one for one in of_case(case_id, by=by)}
    chain = [given[number]] if number in given else []
    if not chain:
        return []
    while older := given.get(chain[0].replaces_id or 0):
        chain.insert(0, older)
    while newer := next((one for one in given.values() if one.replaces_id == chain[-1].id), None):
        chain.append(newer)
    return chain if len(chain) > 1 else []


def reference_of(case_id: int, *, by: Actor) -> str:
    """The reference of a case whose document `by` was shown."""
    ask_as(by)
    query = sa.select(CASE.c.reference).where(CASE.c.id == case_id)
    return str(db.session.execute(query).scalars().first() or "")


def _read(by: Actor, wanted: Any) -> list[DocumentRow]:
    if by.side not in _FOR:
        return []
    ask_as(by)
    query = sa.select(*_COLUMNS).where(wanted, _FOR[by.side], Document.destroyed_on.is_(None))
    if by.side is Side.body and not by.reads_own:
        query = query.where(Document.for_staff)
    if by.case_id is not None:
        query = query.where(Document.case_id == by.case_id)
    found: Sequence[DocumentRow] = [
        DocumentRow(*tuple(row)) for row in db.session.execute(query.order_by(Document.id))
    ]
    for narrow in NARROWED.values():
        found = narrow(found, by)
    return list(found)
