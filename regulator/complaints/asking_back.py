"""Asking for a new code before anybody is known: whoever asks is told nothing, and it takes as long whoever they are."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from regulator import moments
from regulator.accounts import doors
from regulator.actors import SYSTEM
from regulator.casework import queries
from regulator.complaints.commands import send_code_link
from regulator.complaints.links import SPENT, hashed
from regulator.errors import Missing, NotNow

_ASKED = sa.text("select code_asked(:typed, :now)")
_TAKEN = sa.text("select codes_asked()")
_LINK = sa.text("select * from code_link_found(:secret, :purpose, :now)")


@dataclass(frozen=True)
class FoundLink:
    """A link that can still be used, and the case it is about."""

    id: int
    case_id: int


def ask(reference: str) -> None:
    """Write down that somebody lost the code of this reference, known or not."""
    doors.tell(_ASKED, typed=reference[:100], now=moments.now())


def answer_all() -> int:
    """Send a link to a new code to each who asked and may have one; returns how many were sent."""
    return sum(_answer(reference) for reference in doors.tell(_TAKEN))


def _answer(reference: str) -> bool:
    try:
        send_code_link(queries.get(reference, by=SYSTEM).id)
    except (Missing, NotNow):
        return False
    return True


def found(secret: str, purpose: str) -> FoundLink:
    """The link with this secret.

    Raises: Missing, with one sentence for whatever is wrong with it
    """
    row = doors.ask(_LINK, secret=hashed(secret), purpose=purpose, now=moments.now())
    if row is None:
        raise Missing(SPENT)
    return FoundLink(row.id, row.case_id)
