"""Writing what search looks in: with every change to a case, for each audience by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from regulator.casework.models import CaseFile, Party, WallMember
from regulator.casework.searching import reading
from regulator.casework.searching.models import SearchRow
from regulator.db import Identity, db
from regulator.ledger.writing import FOLLOWING

_TABLE: sa.Table = SearchRow.__table__  # type: ignore[assignment]
_OF_CASE = sa.bindparam("case", type_=sa.BigInteger)
_CASE = sa.select(CaseFile.reference, CaseFile.kind, CaseFile.is_open, CaseFile.is_restricted).where(
    CaseFile.id == _OF_CASE
)
_PARTIES = sa.select(Party.body_id, Party.capacity, Party.sees).where(Party.case_id == _OF_CASE)
_INSIDE = sa.select(WallMember.person_id).where(WallMember.case_id == _OF_CASE).limit(1)
_THERE = sa.select(SearchRow.id, SearchRow.audience, SearchRow.body_id, SearchRow.digest).where(
    SearchRow.case_id == _OF_CASE
)
_SAID = sa.text(
    "setweight(to_tsvector('house', :named), 'A') || setweight(to_tsvector('house', :plain), 'B')"
    " || array_to_tsvector(cast(:marks as text[]))"
)
AS = {"subject": "body", "oversight": "oversight"}
"""What a body reads as, by its part in the case."""


@dataclass(frozen=True)
class _Reader:
    """One audience of a case: who it is in the database, and whose row that makes."""

    identity: Identity
    audience: str
    body_id: int | None = None

    @property
    def mark(self) -> str:
        """The word that stands in the rows of this reader and in no other’s; nobody can type it."""
        return f"@{self.audience}{self.body_id or ''}"


def keep(case_id: int) -> None:
    """Keep what each audience may read of a case now, and nothing for those who see it no more.

    In the engine role pinned to the case. Who is outside a wall finds nothing: the search asks that again.
    """
    asked = {"case": case_id}
    case: Any = db.session.execute(_CASE, asked).one_or_none()
    if case is None:
        return
    parties = db.session.execute(_PARTIES, asked).all()
    there = {(row.audience, row.body_id): row for row in db.session.execute(_THERE, asked)}
    for reader in _readers(case_id, case, parties):
        row = _row(case_id, case, parties, reader)
        old = there.pop((reader.audience, reader.body_id), None)
        if old is None:
            db.session.execute(sa.insert(_TABLE).values(**_columns(row)))
        elif old.digest != row.digest:
            db.session.execute(sa.update(_TABLE).where(_TABLE.c.id == old.id).values(**_columns(row)))
    if there:
        gone = [row.id for row in there.values()]
        db.session.execute(sa.delete(_TABLE).where(_TABLE.c.id.in_(gone)))


def erase(case_id: int) -> None:
    """Take away everything that is looked in of a case, for every audience; in the engine role pinned to it."""
    db.session.execute(sa.delete(_TABLE).where(_TABLE.c.case_id == case_id))


def _readers(case_id: int, case: Any, parties: Sequence[Any]) -> Iterator[_Reader]:
    inside = db.session.scalar(_INSIDE, {"case": case_id}) if case.is_restricted else None
    yield _Reader(Identity("staff", person=inside), "staff")
    for party in parties:
        audience = AS[party.capacity]
        if party.sees:
            yield _Reader(Identity(audience, body=party.body_id), audience, party.body_id)


@dataclass(frozen=True)
class _Row:
    case_id: int
    reader: _Reader
    words: str
    named: str
    plain: str
    marks: tuple[str, ...]
    digest: str


def _row(case_id: int, case: Any, parties: Sequence[Any], reader: _Reader) -> _Row:
    said = reading.of(case_id, reader.identity)
    named = [one.words for one in said if one.place in reading.CALLED]
    references = f"{case.reference} {case.reference.replace('-', '')}"
    about = [party.body_id for party in parties if party.capacity == "subject"]
    marks = [reader.mark, f"@kind {case.kind}", "@open" if case.is_open else "@closed"]
    if reader.audience == "staff":
        marks += [f"@about{body}" for body in about]
    words = json.dumps(said, ensure_ascii=False)
    digest = hashlib.sha256(f"{words}\n{references}\n{marks}".encode()).hexdigest()
    return _Row(
        case_id=case_id,
        reader=reader,
        words=words,
        named="\n".join([references, *named]),
        plain="\n".join(one.words for one in said if one.place not in reading.CALLED),
        marks=tuple(marks),
        digest=digest,
    )


def _columns(row: _Row) -> dict[str, Any]:
    """The columns of a row, with what the database makes of its words."""
    made = _SAID.bindparams(named=row.named, plain=row.plain, marks=list(row.marks))
    return {
        "case_id": row.case_id,
        "audience": row.reader.audience,
        "body_id": row.reader.body_id,
        "words": row.words,
        "names": sa.func.lower(sa.func.unaccent(row.named)),
        "digest": row.digest,
        "said": made,
    }


FOLLOWING.append(keep)
