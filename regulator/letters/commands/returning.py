"""What came back: a letter that could not be delivered becomes a task for a person, and an entry in the case."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.actors import SYSTEM
from regulator.db import db
from regulator.errors import NotNow
from regulator.letters import queries
from regulator.letters.commands.deciding import tell
from regulator.letters.models import Delivery, Outbox

_OUTBOX: sa.Table = Outbox.__table__  # type: ignore[assignment]
GONE_OUT = (Delivery.attempting, Delivery.sent, Delivery.delivered, Delivery.unknown)
"""States in which a letter that is said to have come back can have been."""


def came_back(number: int, problem: str) -> bool:
    """Note that a letter was taken and came back later; whether that is news: twice told, it is one task.

    problem: why, in a sentence that names no address
    """
    return _returned(number, "letter_came_back", Delivery.bounced, problem, GONE_OUT)


def refused(number: int, problem: str, attempt: int) -> bool:
    """Note that a letter was refused when it was handed over; whether that is news."""
    states = (Delivery.attempting, Delivery.unknown)
    return _returned(number, "letter_refused", Delivery.failed, problem, states, attempt)


def _returned(  # noqa: PLR0917 - one update, said in the order of the story
    number: int,
    action: str,
    state: Delivery,
    problem: str,
    was: Collection[Delivery],
    attempt: int | None = None,
) -> bool:
    letter = queries.get(number, by=SYSTEM)
    same = sa.and_(_OUTBOX.c.letter_id == number, _OUTBOX.c.state.in_(list(was)))
    if attempt is not None:
        same = sa.and_(same, _OUTBOX.c.attempts == attempt)
    became = {"state": state, "problem": problem, "changed_at": moments.now()}
    moved = sa.update(_OUTBOX).where(same).values(became).returning(_OUTBOX.c.letter_id)
    try:
        with ledger.change(action, by=SYSTEM, streams=[f"case:{letter.case_id}"]) as intent:
            _move(moved)
            how = "came back" if state is Delivery.bounced else "was refused"
            tell(intent, letter, f"The letter “{letter.subject}” to {letter.recipient} {how}", problem)
    except NotNow:
        return False
    return True


def _move(change: sa.Executable) -> None:
    if db.session.execute(change).first() is None:
        raise NotNow("That is known already.")
