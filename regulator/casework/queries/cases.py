"""Every SELECT on cases of any kind; `by` is always an argument, and the database asks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import CaseFile
from regulator.db import ask_as, db
from regulator.errors import Missing


@dataclass(frozen=True)
class CaseRow:
    """A case as anybody who may see it sees it."""

    id: int
    reference: str
    kind: str
    edition: str
    stage: str
    stage_moves: int
    is_open: bool
    opened_on: date
    is_historic: bool


_COLUMNS = (
    CaseFile.id,
    CaseFile.reference,
    CaseFile.kind,
    CaseFile.edition,
    CaseFile.stage,
    CaseFile.stage_moves,
    CaseFile.is_open,
    CaseFile.opened_on,
    CaseFile.is_historic,
)
_ONE = sa.select(*_COLUMNS).where(CaseFile.reference == sa.bindparam("reference"))


def get(reference: str, *, by: Actor) -> CaseRow:
    """The case with this reference, as `by` may see it.

    Raises: Missing when there is none, or none they may see
    """
    ask_as(by)
    row = db.session.execute(_ONE, {"reference": reference}).one_or_none()
    if row is None:
        raise Missing("There is no case with that reference that you may see.")
    return CaseRow(*row)
