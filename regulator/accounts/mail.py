"""Mail of no case: invitations and new passwords, posted in the change that makes their link, delivered by the worker.

Who asks for a new password is not told whether the address is known: the request is only written down, and the
worker finds out whose it is. The words hold a secret, so they are in no ledger and go once they are sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from config import Config
from regulator import ledger, moments, words
from regulator.accounts import doors, links
from regulator.accounts.models import HouseMail
from regulator.actors import SYSTEM
from regulator.db import ask_as, db

TRIES = 5
LOST_AFTER = timedelta(minutes=10)
KEPT_FOR = timedelta(days=30)
_MAIL: sa.Table = HouseMail.__table__  # type: ignore[assignment]

RESET_SUBJECT = "Choose a new password"
RESET_WORDS = """Hello {name}

Somebody, probably you, asked for a new password for your account. Choose one here:

{link}

The link works once, and for {time}. If you did not ask, do nothing: your password stays as it is.
"""
INVITATION_SUBJECT = "Your account with the {house}"
INVITATION_WORDS = """Hello {name}

{by} has made an account for you with the {house}. Set your password here:

{link}

The link works once, and for {time}. You will need a telephone with an authenticator app.
"""
CHANGED_SUBJECT = "Your password was changed"
CHANGED_WORDS = """Hello {name}

The password of your account was changed on {when}. If this was not you, tell an administrator at once.
"""


@dataclass(frozen=True)
class Mail:
    """One message. `state` is asked, queued, attempting, sent, failed, unknown or on_page."""

    id: int
    recipient: str
    subject: str
    words: str
    state: str
    message_id: str
    attempts: int
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Handed:
    """What became of a message handed over: sent, queued (to be tried again), failed or unknown, and why."""

    state: str
    problem: str | None = None


_COLUMNS = (
    _MAIL.c.id,
    _MAIL.c.recipient,
    _MAIL.c.subject,
    _MAIL.c.words,
    _MAIL.c.state,
    _MAIL.c.message_id,
    _MAIL.c.attempts,
    _MAIL.c.made_at,
    _MAIL.c.changed_at,
)


def _message_id() -> str:
    config: Config = current_app.extensions["regulator"]
    return f"<{uuid4()}@{config.mail_from.rpartition('@')[2]}>"


def post(to: str, subject: str, text: str) -> None:
    """Have a message delivered, if the change it is posted in holds; inside a change."""
    now = moments.now()
    db.session.execute(
        insert(_MAIL).values(
            recipient=to,
            subject=subject,
            words=text,
            state="queued",
            message_id=_message_id(),
            attempts=0,
            made_at=now,
            changed_at=now,
        )
    )


def ask_for_reset(email: str) -> None:
    """Write down that somebody wants a new password for this address. It takes as long whoever they are."""
    doors.reset_asked(email.strip().lower(), _message_id(), moments.now())


def deliver(send: Callable[[Mail], Handed] | None) -> int:
    """Do what waits: look into requests for a new password, then deliver; returns how many were delivered.

    send: hands one message to the mail server and says what became of it; none in development, where a page shows it
    A message that was being handed over when the worker died is marked unknown and never sent again by itself.
    """
    _forget()
    for request in _those("asked"):
        _answer(request)
    for lost in _those("attempting"):
        if lost.changed_at < moments.now() - LOST_AFTER:
            _mark(lost, Handed("unknown", "The worker stopped while it was handed over."))
    return sum(_deliver(message, send) for message in _those("queued"))


def posted(limit: int = 50) -> list[Mail]:
    """The latest messages with their words: for the page that stands in for a mail server in development."""
    ask_as(SYSTEM)
    asked = sa.select(*_COLUMNS).where(_MAIL.c.state != "asked").order_by(_MAIL.c.id.desc()).limit(limit)
    return [Mail(*row) for row in db.session.execute(asked)]


def _those(state: str) -> list[Mail]:
    ask_as(SYSTEM)
    asked = sa.select(*_COLUMNS).where(_MAIL.c.state == state).order_by(_MAIL.c.id)
    return [Mail(*row) for row in db.session.execute(asked)]


def _forget() -> None:
    """Clear away what went out, or failed to, a month ago: it names an address and is of no more use."""
    ask_as(SYSTEM)
    is_over = _MAIL.c.state.in_(["sent", "failed", "unknown", "on_page"])
    old = _MAIL.c.changed_at < moments.now() - KEPT_FOR
    db.session.execute(sa.delete(_MAIL).where(is_over, old))
    db.session.commit()


def _deliver(message: Mail, send: Callable[[Mail], Handed] | None) -> bool:
    if send is None:
        return _mark(message, Handed("on_page"), keep=True)
    if not _mark(message, Handed("attempting"), keep=True):
        return False
    handed = send(message)
    if handed.state == "queued" and message.attempts + 1 >= TRIES:
        handed = Handed("failed", handed.problem)
    _mark(replace(message, state="attempting"), handed, keep=handed.state == "queued")
    return handed.state == "sent"


def _mark(message: Mail, handed: Handed, *, keep: bool = False) -> bool:
    """Note what became of a message, at once, unless another worker was quicker; its words go with the end of its way."""
    ask_as(SYSTEM)
    changed: dict[str, object] = {
        "state": handed.state,
        "changed_at": moments.now(),
        "problem": handed.problem,
    }
    if handed.state == "attempting":
        changed["attempts"] = message.attempts + 1
    if not keep:
        changed["words"] = ""
    marked = sa.update(_MAIL).where(_MAIL.c.id == message.id, _MAIL.c.state == message.state).values(changed)
    found = db.session.execute(marked.returning(_MAIL.c.id)).one_or_none()
    db.session.commit()
    return found is not None


def _answer(request: Mail) -> None:
    """Turn a request into a letter with a link, if the address is somebody’s who can sign in; forget it if not."""
    credential = doors.credential_found(request.recipient, moments.today())
    if credential is None or credential.password_hash is None:
        ask_as(SYSTEM)
        db.session.execute(sa.delete(_MAIL).where(_MAIL.c.id == request.id))
        db.session.commit()
        return
    person = doors.person_found(credential.person_id, moments.today())
    name = person.name if person else ""
    with ledger.change("ask_new_password", by=SYSTEM, streams=[f"person:{credential.person_id}"]) as intent:
        link = links.new_link(links.Purpose.reset, credential.person_id)
        text = RESET_WORDS.format(name=name, link=link, time=links.FOR_WORDS[links.Purpose.reset])
        db.session.execute(
            sa.update(_MAIL)
            .where(_MAIL.c.id == request.id, _MAIL.c.state == "asked")
            .values(subject=RESET_SUBJECT, words=text, state="queued", changed_at=moments.now())
        )
        intent.tell("internal", f"A new password was asked for {name}.")


def tell_of_change(name: str, email: str) -> None:
    """Tell somebody that their password was changed; inside a change."""
    post(email, CHANGED_SUBJECT, CHANGED_WORDS.format(name=name, when=words.moment(moments.now())))
