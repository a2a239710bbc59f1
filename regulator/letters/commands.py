"""Writing a letter within a step, and what a person may do about one that did not arrive."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask import current_app

from config import Config
from regulator import jobs, ledger, moments
from regulator.access import STAFF
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import NotNow, Refused
from regulator.ledger import Intent
from regulator.ledger.models import Entry
from regulator.letters import queries
from regulator.letters.models import Delivery, Letter, Outbox
from regulator.letters.queries import LetterRow, contacts_of, holders_of

__all__ = ["Recipient", "contacts_of", "holders_of", "send_again", "settle", "write"]

_OUTBOX: sa.Table = Outbox.__table__  # type: ignore[assignment]
_STAGE = (
    sa.select(Entry.stage_to)
    .where(Entry.case_id == sa.bindparam("case"), Entry.stage_to.is_not(None))
    .order_by(Entry.seq.desc())
    .limit(1)
)


@dataclass(frozen=True)
class Recipient:
    """Who a letter is for.

    side:    complainant, body or staff
    address: email addresses with commas between; none for somebody who is written to on paper
    follows_page: they chose to read what is written to them on their own page of the case
    """

    side: str
    name: str
    address: str | None
    party_id: int | None
    participant_id: int | None
    follows_page: bool = False


def write(
    *,
    case_id: int,
    template: str,
    recipient: Recipient,
    subject: str,
    text: str,
    written_at: datetime,
    historic: bool,
) -> Letter:
    """Write a letter in the open change of a step: frozen now, and on its way once the step is committed.

    historic: written by a replay of the past: kept, never sent
    """
    letter = Letter(
        case_id=case_id,
        party_id=recipient.party_id,
        participant_id=recipient.participant_id,
        template=template,
        to_side=recipient.side,
        recipient=recipient.name,
        address=recipient.address,
        subject=subject,
        words=text,
        text_hash=text_hash(subject, text),
        written_at=written_at,
        is_historic=historic,
    )
    db.session.add(letter)
    db.session.flush()
    _post(letter, _first_state(recipient, historic=historic))
    return letter


def text_hash(subject: str, text: str) -> str:
    """The SHA-256 of a letter’s words: its subject, an empty line, its text; UTF-8 with plain line ends."""
    whole = f"{subject}\n\n{text}".replace("\r\n", "\n")
    return hashlib.sha256(whole.encode()).hexdigest()


def _first_state(recipient: Recipient, *, historic: bool) -> Delivery:
    if historic:
        return Delivery.historic
    if recipient.follows_page:
        return Delivery.read_there
    return Delivery.queued if recipient.address else Delivery.on_paper


def _post(letter: Letter, state: Delivery) -> None:
    config: Config = current_app.extensions["regulator"]
    number = f"<{uuid4()}@{config.mail_from.rpartition('@')[2]}>"
    now = moments.now()
    db.session.add(
        Outbox(letter_id=letter.id, case_id=letter.case_id, state=state, message_id=number, changed_at=now)
    )
    db.session.flush()
    if state is Delivery.queued:
        jobs.defer("deliver", letter=letter.id)


def send_again(number: int, *, by: Actor, reason: str) -> None:
    """Send a letter again that failed, or of which nobody knows whether it arrived, because a person decided so.

    Raises: Missing, Refused for anyone but staff, NotNow for a letter that needs it not
    """
    letter = _troubled(number, by)
    with ledger.change("send_again", by=by, streams=[f"case:{letter.case_id}"]) as intent:
        if not letter.may_go_again or not _moved(letter, Delivery.queued):
            raise NotNow("This letter need not be sent again.")
        _tell(intent, letter, f"{by.name} had the letter “{letter.subject}” sent again", reason)
        jobs.defer("deliver", letter=letter.id)


def settle(number: int, *, by: Actor, reason: str) -> None:
    """Put aside a letter that was seen to in another way: posted, handed over, read out.

    Raises: Missing, Refused for anyone but staff, NotNow for a letter that waits for nobody
    """
    letter = _troubled(number, by)
    with ledger.change("settle_letter", by=by, streams=[f"case:{letter.case_id}"]) as intent:
        if not letter.waits_for_person or not _moved(letter, Delivery.settled):
            raise NotNow("Nothing is left to do about this letter.")
        _tell(intent, letter, f"{by.name} saw to the letter “{letter.subject}” in another way", reason)


def _troubled(number: int, by: Actor) -> LetterRow:
    letter = queries.get(number, by=by)
    if not by.holds(*STAFF):
        raise Refused("Only those who work cases decide about a letter’s delivery.")
    return letter


def _moved(letter: LetterRow, to: Delivery) -> bool:
    """Whether it was still as the person saw it, and now is as they decided."""
    same = sa.and_(
        _OUTBOX.c.letter_id == letter.id,
        _OUTBOX.c.state == letter.state,
        _OUTBOX.c.changed_at == letter.changed_at,
    )
    change = sa.update(_OUTBOX).where(same).values(state=to, problem=None, changed_at=moments.now())
    return db.session.execute(change.returning(_OUTBOX.c.letter_id)).first() is not None


def _tell(intent: Intent, letter: LetterRow, says: str, reason: str) -> None:
    """Record it for staff in the case’s own chain, at the stage where the case stands."""
    stage = db.session.execute(_STAGE, {"case": letter.case_id}).scalar_one_or_none()
    intent.stage_from = intent.stage_to = stage
    intent.keys["letter"] = letter.id
    intent.tell("internal", says, {"reason": reason})
