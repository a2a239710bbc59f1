"""What each signed version held: its items with their answers and hashes, and its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import IssuedVersion
from regulator.db import ask_as, db
from regulator.evidence.models import EvidenceItem
from regulator.evidence.sent_models import SentFile, SentItem


@dataclass(frozen=True)
class SentFileRow:
    """A file of a signed version, by its hash; size in bytes, `item_id` none where it goes with the whole."""

    version_id: int
    item_id: int | None
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class SentItemRow:
    """One item as a signed version answers it; `missing` is what the regulator said of that version."""

    version_id: int
    version: int
    request_id: int
    issued_on: date
    item_id: int
    number: int
    question: str
    answer: str
    mark: str
    ground: str | None
    answer_hash: str
    missing: str | None
    returned_on: date | None
    files: Sequence[SentFileRow] = ()


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_ITEMS = (
    sa.select(
        SentItem.version_id,
        IssuedVersion.number,
        IssuedVersion.request_id,
        IssuedVersion.issued_on,
        SentItem.item_id,
        EvidenceItem.number,
        EvidenceItem.question,
        SentItem.answer,
        SentItem.mark,
        SentItem.ground,
        SentItem.answer_hash,
        SentItem.missing,
        SentItem.returned_on,
    )
    .join(IssuedVersion, IssuedVersion.id == SentItem.version_id)
    .join(EvidenceItem, EvidenceItem.id == SentItem.item_id)
    .where(SentItem.case_id == _CASE)
    .order_by(SentItem.version_id, EvidenceItem.number)
)
_FILES = (
    sa.select(SentFile.version_id, SentFile.item_id, SentFile.name, SentFile.size, SentFile.sha256)
    .where(SentFile.case_id == _CASE)
    .order_by(SentFile.id)
)


def sent_items(case_id: int, *, by: Actor) -> list[SentItemRow]:
    """Every item of every signed version that `by` may see, the first version first, each with its files."""
    ask_as(by)
    files = sent_files(case_id, by=by)
    rows = db.session.execute(_ITEMS, {"case": case_id})
    return [_item(tuple(row), files) for row in rows]


def _item(row: tuple[Any, ...], files: Sequence[SentFileRow]) -> SentItemRow:
    version, item = row[0], row[4]
    theirs = [one for one in files if (one.version_id, one.item_id) == (version, item)]
    return replace(SentItemRow(*row), files=theirs)


def sent_files(case_id: int, *, by: Actor) -> list[SentFileRow]:
    """The files of every signed version that `by` may see, in the order in which they were kept."""
    ask_as(by)
    return [SentFileRow(*row) for row in db.session.execute(_FILES, {"case": case_id})]
