"""Opening a case: its reference, its file and the first look at whether this person may."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.models import CaseFile, Party
from regulator.db import db, pin
from regulator.errors import NotNow, Refused
from regulator.ledger.writing import Intent
from regulator.regime.model import GIVEN, Edition, Kind, Step

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NEXT = sa.text("select nextval(pg_get_serial_sequence('case_file', 'id'))")


def new_reference(prefix: str) -> str:
    """A reference that tells nothing and cannot be guessed from another, as in CO-7F3K-92QX; no look-alike letters."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def new_file(kind: Kind, edition: Edition, step: Step, intent: Intent, data: Mapping[str, Any]) -> CaseFile:
    """Open the file of a new case and its chain, inside the change that opens it.

    data: `title` may be given; `body` or `bodies` are the numbers of those it is about; `stage` where a step is given
          one; `is_historic` for a case that is only told again, whose letters are never sent
    """
    number = int(db.session.execute(_NEXT).scalar_one())
    pin(number)
    case = CaseFile(
        id=number,
        reference=str(data.get("reference") or new_reference(kind.prefix)),
        kind=kind.name,
        edition=edition.name,
        edition_digest=edition.digest,
        stage=str(data["stage"]) if step.to == GIVEN else step.to,
        title=str(data.get("title") or kind.label),
        opened_on=moments.london_day(intent.occurred),
        is_historic=bool(data.get("is_historic")),
    )
    db.session.add(case)
    db.session.flush()
    for body in bodies(data):
        db.session.add(Party(case_id=number, body_id=body))
    db.session.flush()
    intent.join(f"case:{number}")
    return case


def bodies(data: Mapping[str, Any]) -> list[int]:
    """The bodies that an answer names, one or several, each once."""
    named = [data.get("body"), *(data.get("bodies") or ())]
    return list(dict.fromkeys(int(body) for body in named if body))


def judge_opening(step: Step, known: Facts, by: Actor, intent: Intent, as_at: datetime) -> None:
    """Whether this person may open a case so.

    Raises: Refused for another part in the work; NotNow for a day still to come, or what the step needs
    """
    if not by.holds(*step.who):
        raise Refused(f"“{step.label}” is not for you to do.")
    if intent.occurred > as_at:
        raise NotNow("It cannot have happened in the future.")
    for need in step.needs:
        if reason := known.unmet(need, step, by):
            raise NotNow(reason)
