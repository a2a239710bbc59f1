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
from regulator.letters import commands, notify, post, queries
from regulator.letters.models import Carrier, Delivery, Letter, Outbox
from regulator.letters.post import Mail, Outcome
from regulator.letters.queries import CASE
from regulator.pdf import CannotSet

LONGEST = timedelta(minutes=15)
"""Longer than this no attempt lasts, whatever the mail server does."""
LONGEST_WAIT, DOUBLINGS = timedelta(hours=1), 6
DISCREET = "A letter for you"
"""The subject of a message that must not say, where others may read it, who writes and about what."""
GIVEN_UP = timedelta(days=4)
"""After so long GOV.UK Notify has nothing new to say of a message."""
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
        Letter.is_discreet,
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
    is_discreet: bool
    message_id: str
    state: str
    attempts: int

    def mail(self, config: Config) -> Mail:
        """The message; its subject can be read on a locked screen, so it says no more than the reference."""
        subject = f"{self.reference}: a letter from {config.regulator_name}"
        return Mail(
            to=self.address or "",
            subject=DISCREET if self.is_discreet else subject,
            text=f"{self.subject}\n\n{self.words}",
            message_id=self.message_id,
            is_discreet=self.is_discreet,
            tried=self.attempts > 0,
        )


def deliver(number: int) -> None:
    """Send a letter that waits to be sent; one found half sent is shown to a person instead. No two at once.

    What GOV.UK Notify was given it can be asked about, so of that it is known whether it was taken.
    """
    letter = _found(number)
    config: Config = current_app.extensions["regulator"]
    match letter.state if letter else None:
        case Delivery.attempting if letter and config.notify:
            found = notify.became(letter.mail(config), config.notify)
            _note(letter, letter.attempts, found or Outcome(Delivery.unknown, DIED))
        case Delivery.attempting if letter:
            _note(letter, letter.attempts, Outcome(Delivery.unknown, DIED))
        case Delivery.queued if letter:
            _send(letter, config)


def _found(number: int) -> _Post | None:
    ask_as(SYSTEM)
    row = db.session.execute(_ONE, {"letter": number}).one_or_none()
    return _Post(*row) if row else None


def _send(letter: _Post, config: Config) -> None:
    carrier = Carrier.notify if config.notify else Carrier.email
    attempt = _claim(letter, carrier)
    if attempt is not None:
        _note(letter, attempt, carry(letter.mail(config), config))


def carry(mail: Mail, config: Config) -> Outcome:
    """Hand a message to whoever carries it here: GOV.UK Notify, else the mail server, else a page for development."""
    if config.notify:
        return notify.hand_over(mail, config.notify)
    if config.mail_server:
        return post.hand_over(mail, config, config.mail_server)
    return Outcome(Delivery.on_page)  # in development alone: production does not start with neither


def _claim(letter: _Post, carrier: Carrier) -> int | None:
    """Say, before anything is sent, that it is being sent; which attempt it is, unless somebody else was quicker."""
    queued = sa.and_(_OUTBOX.c.letter_id == letter.id, _OUTBOX.c.state == Delivery.queued)
    attempting = {
        "state": Delivery.attempting,
        "attempts": _OUTBOX.c.attempts + 1,
        "carrier": carrier,
        "changed_at": moments.now(),
    }
    with engine_role([letter.case_id]):
        claim = sa.update(_OUTBOX).where(queued).values(attempting).returning(_OUTBOX.c.attempts)
        return db.session.execute(claim).scalar_one_or_none()


def _note(letter: _Post, attempt: int, outcome: Outcome) -> None:
    """Write down what became of an attempt; one believed lost may still say that it was not.

    A refusal is an entry of the case as well, for a person must do something about it.
    """
    if outcome.state is Delivery.failed:
        commands.refused(letter.id, outcome.problem or "", attempt)
        return
    same = sa.and_(
        _OUTBOX.c.letter_id == letter.id,
        _OUTBOX.c.attempts == attempt,
        _OUTBOX.c.state.in_([Delivery.attempting, Delivery.unknown]),
    )
    now = moments.now()
    became = {"state": outcome.state, "problem": outcome.problem, "changed_at": now}
    went = outcome.state in (Delivery.sent, Delivery.delivered)
    _write(letter, sa.update(_OUTBOX).where(same).values(became | ({"sent_at": now} if went else {})))


def _write(letter: _Post, change: sa.Update) -> None:
    with engine_role([letter.case_id]):
        db.session.execute(change)


def ask_about(number: int) -> None:
    """Ask GOV.UK Notify what became of a letter, and write down what it says; what came back is a person’s to see to."""
    letter = _found(number)
    config: Config = current_app.extensions["regulator"]
    if letter is None or config.notify is None or letter.state not in (Delivery.sent, Delivery.unknown):
        return
    asked = sa.update(_OUTBOX).where(_OUTBOX.c.letter_id == number).values(asked_at=moments.now())
    _write(letter, asked)
    outcome = notify.became(letter.mail(config), config.notify)
    if outcome is None or (outcome.state, outcome.problem) == (letter.state, None):
        return
    if outcome.state is Delivery.bounced:
        commands.came_back(number, outcome.problem or "")
        return
    same = sa.and_(_OUTBOX.c.letter_id == number, _OUTBOX.c.state == letter.state)
    became = {"state": outcome.state, "problem": outcome.problem, "changed_at": moments.now()}
    sent_at = sa.func.coalesce(_OUTBOX.c.sent_at, moments.now())
    _write(letter, sa.update(_OUTBOX).where(same).values(**became, sent_at=sent_at))


def ask_after() -> None:
    """Have Notify asked about each letter of which it may know more by now: soon after it went, then less and less often."""
    ask_as(SYSTEM)
    now = moments.now()
    begun = {job["letter"] for job in jobs.waiting("ask_about")}
    for number, changed_at, asked_at in queries.to_ask_about(now - GIVEN_UP):
        pause = max((now - changed_at) / 4, timedelta(minutes=1))
        if number not in begun and now - (asked_at or changed_at) >= pause:
            jobs.defer("ask_about", letter=number)
    end_read()


def set_on_paper(number: int) -> None:
    """Make the paper of a letter; where that cannot be, a person is told why."""
    letter = _found(number)
    if letter is None or letter.state != Delivery.on_paper:
        return
    try:
        commands.print_letter(number)
    except CannotSet as why:
        _write(letter, sa.update(_OUTBOX).where(_OUTBOX.c.letter_id == number).values(problem=why.sentence))


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
    setting = {job["letter"] for job in jobs.waiting("set_on_paper")}
    for letter_id in queries.unprinted():
        if letter_id not in setting:
            jobs.defer("set_on_paper", letter=letter_id)
    end_read()


def due(state: str, attempts: int, changed_at: datetime) -> datetime:
    """When to look at a letter again: one that waits, after 1, 2, 4, ... minutes, at most an hour."""
    if state == Delivery.attempting:
        return changed_at + LONGEST
    doublings = min(max(attempts - 1, 0), DOUBLINGS)
    return changed_at + min(timedelta(minutes=2**doublings), LONGEST_WAIT)
