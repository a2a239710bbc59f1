"""Erasing what a case says of people, so that its chain still verifies and its figures stay; then destroying its files.

What was published stays with the public: it is no longer only ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.actors import SYSTEM
from regulator.casework.models import AccessCode, Disposal
from regulator.db import Base, db
from regulator.documents.models import Document
from regulator.documents.store import store
from regulator.errors import NotNow
from regulator.ledger.models import Entry, EntryWords
from regulator.ledger.recording import Recorded, columns, is_recorded, table_of
from regulator.letters.models import LetterPrint

PUBLIC = "public"
PUBLISHED = frozenset({("publication", "words"), ("publication", "correction"), ("public_comment", "words")})
"""What the register shows of a case, and goes on showing."""
TITLE = "The record was destroyed"
FILE = "A file that was destroyed"
LETTER = "A letter that was destroyed"
SOMEBODY = "somebody whose name was erased"
_STANDS_FOR = {
    "case_file.title": TITLE,
    "document.name": FILE,
    "letter.subject": LETTER,
    "letter.recipient": SOMEBODY,
}

_KEPT = (
    sa.select(Entry.seq, EntryWords.audience)
    .join(EntryWords, EntryWords.entry_id == Entry.id)
    .where(Entry.case_id == sa.bindparam("case"), EntryWords.audience != PUBLIC)
    .order_by(Entry.seq, EntryWords.audience)
)
_ERASE = sa.text("select erase_words(:case)")
_ELSEWHERE = sa.text("select held_elsewhere(:case, :sha256)")
_FILES = sa.select(Document).where(Document.case_id == sa.bindparam("case")).order_by(Document.id)
_PAPERS = sa.select(LetterPrint).where(LetterPrint.case_id == sa.bindparam("case"))
_UNDONE = sa.select(Disposal).where(
    Disposal.case_id == sa.bindparam("case"),
    Disposal.approved_on.is_not(None),
    Disposal.files_gone_on.is_(None),
)


@dataclass(frozen=True)
class Erased:
    """What was erased: the audiences of the words of each entry, by its number, and how much there was."""

    audiences: dict[str, list[str]]
    words: int
    files: int

    @property
    def entries(self) -> int:
        """How many entries lost words."""
        return len(self.audiences)


def erase(case_id: int, on: date) -> Erased:
    """Erase the words of a case in the open change of the step that a second person approved it with.

    Raises: RuntimeError where the database, which asks again for two people and for no hold, erased something else
    """
    kept = defaultdict(list)
    for seq, audience in db.session.execute(_KEPT, {"case": case_id}):
        kept[str(seq)].append(audience)
    meant = sum(len(audiences) for audiences in kept.values())
    gone = db.session.execute(_ERASE, {"case": case_id}).scalar_one()
    if gone != meant:
        raise RuntimeError(f"{gone} words were erased where {meant} were meant")
    files = db.session.scalars(_FILES, {"case": case_id}).all()
    for document in files:
        document.destroyed_on = on
    cells = sum(_empty(row, of) for row, of in _rows(case_id))
    for code in db.session.scalars(sa.select(AccessCode).where(AccessCode.case_id == case_id)):
        db.session.delete(code)
    db.session.flush()
    return Erased(dict(kept), meant + cells, len(files))


def _rows(case_id: int) -> Iterator[tuple[Any, tuple[Recorded, ...]]]:
    """Every row of the case that has words of people, with the columns they stand in."""
    for mapper in sorted(Base.registry.mappers, key=lambda one: table_of(one).name):
        table = table_of(mapper)
        case = table.columns.get("id" if table.name == "case_file" else "case_id")
        of = tuple(one for one in columns(mapper) if one.audience and (table.name, one.name) not in PUBLISHED)
        if case is None or not of or not is_recorded(mapper):
            continue
        for row in db.session.scalars(sa.select(mapper.class_).where(case == case_id)):
            yield row, of


def _empty(row: Any, of: tuple[Recorded, ...]) -> int:
    """Empty the words of a row; how many there were."""
    said = [one for one in of if getattr(row, one.name) not in (None, "")]
    for one in said:
        empty = None if one.column.nullable else _STANDS_FOR.get(str(one.column), "")
        setattr(row, one.name, empty)
    return len(said)


def destroy_files(case_id: int) -> int:
    """Destroy the files and papers of a record that was destroyed, and record that they are gone; returns how many files were.

    A file that another case has as well stays in the store. Safe to repeat: it looks first at what is done.
    """
    try:
        with ledger.change("destroy_files", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
            disposal = _undone(case_id)
            for paper in db.session.scalars(_PAPERS, {"case": case_id}).all():
                store().delete(paper.sha256)
                db.session.delete(paper)
            gone = [one for one in db.session.scalars(_FILES, {"case": case_id}) if _destroy(one)]
            disposal.files_gone_on = moments.today()
            said = {0: "There were no files to destroy", 1: "1 file was destroyed"}
            intent.tell("internal", said.get(len(gone), f"{len(gone)} files were destroyed"))
    except NotNow:
        return 0
    return len(gone)


def _undone(case_id: int) -> Disposal:
    found = db.session.scalars(_UNDONE, {"case": case_id}).first()
    if found is None:
        raise NotNow("The files of this case are gone already.")
    return found


def _destroy(document: Document) -> bool:
    asked = {"case": document.case_id, "sha256": document.sha256}
    if db.session.execute(_ELSEWHERE, asked).scalar_one():
        return False
    store().delete(document.sha256)
    return True
