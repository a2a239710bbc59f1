"""Opening an intent, and closing it with one entry and one commit: all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy.exc import OperationalError

from regulator import moments
from regulator.actors import SYSTEM, Actor
from regulator.db import db, engine_role
from regulator.errors import Conflict, UnrecordedWrite
from regulator.language import ENGLISH, speaking
from regulator.ledger import entry
from regulator.ledger.intent import Intent, Place, Words, case_of

FOLLOWING: list[Callable[[int], None]] = []
"""What keeps caches of a case and is told its number when all of a change is written, before the commit."""
BUSY = "Somebody else is working on this at this very moment. Try again."


def next_seq(intent: Intent, stream: str) -> int:
    """The number the entry of this change will have in `stream`."""
    return intent.heads[stream][0] + 1


@contextmanager
def change(
    action: str,
    *,
    by: Actor,
    streams: Sequence[str],
    role: str = "",
    occurred: datetime | None = None,
    is_day: bool = False,
) -> Iterator[Intent]:
    """Open an intent in the engine role, run the block, and close it with one entry a stream and one commit.

    streams: `case:12`, `person:7`, `body:3` or `house`; locked in ascending order, cases by number
    Raises:  Conflict when another change holds the lock too long; anything the block raises, with nothing written
    """
    now = moments.now()
    order = sorted(set(streams), key=lambda stream: (case_of(stream) or 0, stream))
    intent = Intent(action, by, role or _role(by), order, occurred or now, is_day, moments.recorded())
    with speaking(ENGLISH), _open(intent):  # the record is kept in English, whatever its writer reads
        yield intent
        db.session.flush()
        if not intent.streams:
            raise UnrecordedWrite(f"{action} writes to no chain")
        for stream in intent.streams:
            entry.write(intent, stream)
        intent.is_written = True
        follow(intent)
        db.session.commit()


def follow(intent: Intent) -> None:
    """Keep what is cached of the cases that a change wrote to."""
    for case in {number for stream in intent.streams if (number := case_of(stream))}:
        for keep in FOLLOWING:
            keep(case)


@contextmanager
def caching(case_id: int) -> Iterator[None]:
    """Write caches of one case again, and nothing else: there is no entry, so a recorded fact is an error.

    Raises: UnrecordedWrite when anything but a cache was changed; Conflict as for a change
    """
    now = moments.recorded()
    intent = Intent("cache", SYSTEM, "system", [f"case:{case_id}"], now, False, now)
    with _open(intent):
        yield
        db.session.flush()
        entry.refuse_unheard(intent, entry.written())
        if intent.facts:
            raise UnrecordedWrite(f"{', '.join(intent.facts)} changed while only caches may")
        db.session.commit()


@contextmanager
def _open(intent: Intent) -> Iterator[None]:
    """The engine role pinned to the intent’s cases, with its streams locked."""
    if "intent" in db.session.info:
        raise RuntimeError(f"“{intent.action}” inside another change: one change is one entry")
    cases = [number for stream in intent.streams if (number := case_of(stream))]
    with engine_role(cases, intent.by.person_id):
        db.session.info["intent"] = intent
        try:
            for stream in intent.streams:
                intent.lock(stream)
            yield
        except OperationalError as error:
            if isinstance(error.orig, (LockNotAvailable, DeadlockDetected)):
                raise Conflict(BUSY) from error
            raise
        finally:
            db.session.info.pop("intent", None)


def _role(by: Actor) -> str:
    return next(iter(sorted(by.roles)), "nobody")


__all__ = ["Intent", "Place", "Words", "caching", "change", "next_seq"]
