"""The reading log: who looked at what. Append-only, with no chain, in the page’s own transaction."""

from __future__ import annotations

import sqlalchemy as sa

from regulator import moments
from regulator.actors import Actor, Side
from regulator.db import db

# A look that is lost when the machine stops costs nobody anything, so the page need not wait for the disk.
_UNHURRIED = sa.text("set local synchronous_commit = off")
_LOOK = sa.text(
    "insert into reading (at, side, person_id, case_id, what) values (:at, :side, :person, :case, :what)"
)
_NEVER_LOGGED = (Side.public, Side.system)


def look(what: str, *, by: Actor, case_id: int | None = None) -> None:
    """Note that `by` looked at something; the page’s commit keeps it.

    what: what was looked at, by kind and number and never by name: `case`, `document:31`, `person:7`
    """
    if by.side in _NEVER_LOGGED:
        return
    if "intent" not in db.session.info:
        db.session.execute(_UNHURRIED)
    seen = {"at": moments.recorded(), "side": by.side.value, "person": by.person_id}
    db.session.execute(_LOOK, {**seen, "case": case_id, "what": what})
