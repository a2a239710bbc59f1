"""The way of a letter out of the house: claimed, handed over, and what became of it written down.

Each of the three is committed by itself, so a worker that dies leaves the truth behind: before it claimed the letter
it is queued, and goes later; after, nobody knows, a person is shown it, and it is never sent again by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from config import Config
from regulator import jobs, moments
from regulator.actors import SYSTEM
from regulator.db import ask_as, db, end_read, engine_role
from regulator.letters import post
from regulator.letters.models import Delivery, Letter, Outbox
from regulator.letters.post import Mail, Outcome
from regulator.letters.queries import CASE

LONGEST = timedelta(minutes=15)
"""Longer than this no attempt lasts, whatever the mail server does."""
LONGEST_WAIT, DOUBLINGS = timedelta(hours=1), 6
DIED = "The worker ended while it was sending this letter, so it may or may not have arrived."

_OUTBOX: sa.Table = Outbox.__table__  # type: ignore[assignment]
_ONE = (
    sa.select(
        Letter.id,
        Letter.case_id,
        CASE.c.reference,
        Letter.address,
        Letter.subject,
        Letter.words,
        Outbox.message_id,
        Outbox.state,
        Outbox.attempts,
    )
    .join(Outbox, Outbox.letter_id == Letter.id)
    .join(CASE, CASE.c.id == Letter.case_id)
    .where(Letter.id == sa.bindparam("letter"))
)


@dataclass(frozen=True)
class _Post:
    """What the worker needs of a letter."""

    id: int
    case_id: int
    reference: str
    address: str | None
    subject: str
    words: str
    message_id: str
    state: str
    attempts: int

    def mail(self, config: Config) -> Mail:
        """The message; its subject can be read on a locked screen, so it says no more than the reference."""
        subject = f"{self.reference}: a letter from {config.regulator_name}"
        return Mail(self.address or "", subject, f"{self.subject}\n\n{self.words}", self.message_id)


def deliver(number: int) -> None:
    """Send a letter that waits to be sent; one found half sent is shown to a person instead. No two at once."""
    ask_as(SYSTEM)
    row = db.session.execute(_ONE, {"letter": number}).one_or_none()
    if row is None:
        return
    letter = _Post(*row)
    match letter.state:
        case Delivery.attempting:
            _note(letter, letter.attempts, Outcome(Delivery.unknown, DIED))
        case Delivery.queued:
            _send(letter)


def _send(letter: _Post) -> None:
    config: Config = current_app.extensions["regulator"]
    server = config.mail_server
    attempt = _claim(letter)
    if attempt is None:
        return
    if server is None:  # in development alone: production does not start without a mail server
        _note(letter, attempt, Outcome(Delivery.on_page))
    else:
        _note(letter, attempt, post.hand_over(letter.mail(config), config, server))


def _claim(letter: _Post) -> int | None:
    """Say, before anything is sent, that it is being sent; which attempt it is, unless somebody else was quicker."""
    queued = sa.and_(_OUTBOX.c.letter_id == letter.id, _OUTBOX.c.state == Delivery.queued)
    attempting = {
        "state": Delivery.attempting,
        "attempts": _OUTBOX.c.attempts + 1,
        "changed_at": moments.now(),
    }
    with engine_role([letter.case_id]):
        claim = sa.update(_OUTBOX).where(queued).values(attempting).returning(_OUTBOX.c.attempts)
        return db.session.execute(claim).scalar_one_or_none()


def _note(letter: _Post, attempt: int, outcome: Outcome) -> None:
    """Write down what became of an attempt; one believed lost may still say that it was not."""
    same = sa.and_(
        _OUTBOX.c.letter_id == letter.id,
        _OUTBOX.c.attempts == attempt,
        _OUTBOX.c.state.in_([Delivery.attempting, Delivery.unknown]),
    )
    became = {"state": outcome.state, "problem": outcome.problem, "changed_at": moments.now()}
    with engine_role([letter.case_id]):
        db.session.execute(sa.update(_OUTBOX).where(same).values(became))


def look_after() -> None:
    """Queue again each letter whose time has come and which no job is about: nothing is forgotten."""
    ask_as(SYSTEM)
    begun = {job["letter"] for job in jobs.waiting("deliver")}
    open_ = sa.select(Outbox.letter_id, Outbox.state, Outbox.attempts, Outbox.changed_at).where(
        Outbox.state.in_([Delivery.queued, Delivery.attempting])
    )
    now = moments.now()
    for letter_id, state, attempts, changed_at in db.session.execute(open_).all():
        if letter_id not in begun and due(state, attempts, changed_at) <= now:
            jobs.defer("deliver", letter=letter_id)
    end_read()


def due(state: str, attempts: int, changed_at: datetime) -> datetime:
    """When to look at a letter again: one that waits, after 1, 2, 4, ... minutes, at most an hour."""
    if state == Delivery.attempting:
        return changed_at + LONGEST
    doublings = min(max(attempts - 1, 0), DOUBLINGS)
    return changed_at + min(timedelta(minutes=2**doublings), LONGEST_WAIT)
