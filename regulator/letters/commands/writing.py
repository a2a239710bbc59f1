"""Writing a letter within a step: frozen with it, and on its way once the step is committed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from flask import current_app

from config import Config
from regulator import jobs, moments
from regulator.db import db
from regulator.letters.models import Carrier, Delivery, Letter, Outbox


@dataclass(frozen=True)
class Recipient:
    """Who a letter is for, and how they asked to be written to.

    side:     complainant, body or staff
    address:  email addresses with commas between; none for somebody who is written to on paper
    postal:   where it goes by post, line by line, where that is known
    follows_page: they chose to read what is written to them on their own page of the case
    is_discreet:  nothing on the outside of what they are sent may say who writes
    language: the one they asked for; no_post: why nothing may be posted to them, in a sentence for staff
    """

    side: str
    name: str
    address: str | None
    party_id: int | None
    participant_id: int | None
    follows_page: bool = False
    postal: str | None = None
    is_discreet: bool = False
    language: str = "en"
    no_post: str | None = None

    def first_state(self, *, historic: bool) -> Delivery:
        """How the way of a letter to them begins."""
        if historic:
            return Delivery.historic
        if self.follows_page:
            return Delivery.read_there
        return Delivery.queued if self.address else Delivery.on_paper


def write(
    *,
    case_id: int,
    template: str,
    recipient: Recipient,
    subject: str,
    text: str,
    written_at: datetime,
    historic: bool,
    language: str = "en",
) -> Letter:
    """Write a letter in the open change of a step: frozen now, and on its way once the step is committed.

    historic: written by a replay of the past: kept, never sent
    language: the one its words are in, which may not be the one its reader asked for
    """
    letter = Letter(
        case_id=case_id,
        party_id=recipient.party_id,
        participant_id=recipient.participant_id,
        template=template,
        to_side=recipient.side,
        recipient=recipient.name,
        address=recipient.address,
        postal=recipient.postal,
        subject=subject,
        words=text,
        text_hash=text_hash(subject, text),
        written_at=written_at,
        is_historic=historic,
        language=language,
        is_discreet=recipient.is_discreet,
    )
    begin(letter, recipient.first_state(historic=historic), recipient.no_post)
    return letter


def text_hash(subject: str, text: str) -> str:
    """The SHA-256 of a letter’s words: its subject, an empty line, its text; UTF-8 with plain line ends."""
    whole = f"{subject}\n\n{text}".replace("\r\n", "\n")
    return hashlib.sha256(whole.encode()).hexdigest()


def begin(letter: Letter, state: Delivery, no_post: str | None = None) -> None:
    """Add a letter with its delivery, and have the worker send it or set it on paper."""
    config: Config = current_app.extensions["regulator"]
    db.session.add(letter)
    db.session.flush()
    on_paper = state is Delivery.on_paper
    delivery = Outbox(
        letter_id=letter.id,
        case_id=letter.case_id,
        state=state,
        message_id=f"<{uuid4()}@{config.mail_from.rpartition('@')[2]}>",
        changed_at=moments.now(),
        problem=no_post if on_paper else None,
        carrier=Carrier.post if on_paper else None,
    )
    db.session.add(delivery)
    db.session.flush()
    if state is Delivery.queued:
        jobs.defer("deliver", letter=letter.id)
    if on_paper and not no_post:
        jobs.defer("set_on_paper", letter=letter.id)
