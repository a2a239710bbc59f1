"""What a replay asks of the database, as the system."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile, ClockRow
from regulator.db import ask_as, db, end_read

_NEXT = sa.select(sa.func.min(ClockRow.next_look)).where(ClockRow.case_id == sa.bindparam("case"))
_ANY = sa.select(CaseFile.id).limit(1)
_TAKEN = sa.select(CaseFile.id).where(CaseFile.reference == sa.bindparam("reference"))


def next_look(case_id: int) -> datetime | None:
    """When the system must look at a case again; none where time alone changes nothing in it."""
    ask_as(SYSTEM)
    found: datetime | None = db.session.execute(_NEXT, {"case": case_id}).scalar_one()
    end_read()
    return found


def is_taken(reference: str) -> bool:
    """Whether a case has this reference."""
    ask_as(SYSTEM)
    found = db.session.execute(_TAKEN, {"reference": reference}).first()
    end_read()
    return found is not None


def is_any_case() -> bool:
    """Whether there is any case at all."""
    ask_as(SYSTEM)
    found = db.session.execute(_ANY).first()
    end_read()
    return found is not None
