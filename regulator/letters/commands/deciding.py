"""What a person may do about a letter that did not simply arrive: each of it in the record of the case, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator import jobs, ledger, moments, words
from regulator.access import STAFF
from regulator.actors import Actor
from regulator.db import db
from regulator.deadlines.london import opening
from regulator.errors import Invalid, NotNow, Refused
from regulator.ledger import Intent
from regulator.ledger.models import Entry
from regulator.letters import queries
from regulator.letters.addresses import Address
from regulator.letters.commands.writing import begin
from regulator.letters.models import Carrier, Delivery, Letter, Outbox
from regulator.letters.queries import LetterRow

_OUTBOX: sa.Table = Outbox.__table__  # type: ignore[assignment]
_STAGE = (
    sa.select(Entry.stage_to)
    .where(Entry.case_id == sa.bindparam("case"), Entry.stage_to.is_not(None))
    .order_by(Entry.seq.desc())
    .limit(1)
)


KEEPERS: list[Callable[[Letter, Address], None]] = []
"""What keeps a person’s new address for the next letter, within the same change; registered by whoever has the people."""


def send_again(number: int, *, by: Actor, reason: str) -> None:
    """Send a letter again that failed, came back, or of which nobody knows whether it arrived: a person decided so.

    Raises: Missing, Refused for anyone but staff, NotNow for a letter that needs it not
    """
    letter = _troubled(number, by)
    with ledger.change("send_again", by=by, streams=[f"case:{letter.case_id}"]) as intent:
        if not letter.may_go_again or not _moved(letter, Delivery.queued):
            raise NotNow("This letter need not be sent again.")
        tell(intent, letter, f"{by.name} had the letter “{letter.subject}” sent again", reason)
        jobs.defer("deliver", letter=letter.id)


def settle(number: int, *, by: Actor, reason: str) -> None:
    """Put aside a letter that was seen to in another way: handed over, read out on the telephone.

    Raises: Missing, Refused for anyone but staff, NotNow for a letter that waits for nobody
    """
    letter = _troubled(number, by)
    with ledger.change("settle_letter", by=by, streams=[f"case:{letter.case_id}"]) as intent:
        if not letter.waits_for_person or not _moved(letter, Delivery.settled):
            raise NotNow("Nothing is left to do about this letter.")
        tell(intent, letter, f"{by.name} saw to the letter “{letter.subject}” in another way", reason)


def readdress(number: int, *, by: Actor, to: Address, reason: str) -> int:
    """Send the words of a letter that did not arrive to another address, as a letter of its own; returns its number.

    The first stays as it was sent, and waits for nobody any more. A person’s new address is kept for the next letter.
    Raises: Missing, Refused for anyone but staff, NotNow for a letter that waits for nobody
    """
    if not (to.email or to.postal):
        raise Invalid("Enter the address it should go to.")
    letter = _troubled(number, by)
    with ledger.change("readdress_letter", by=by, streams=[f"case:{letter.case_id}"]) as intent:
        if not letter.waits_for_person or not _moved(letter, Delivery.settled):
            raise NotNow("Nothing is left to do about this letter.")
        again = _copy(db.session.get_one(Letter, letter.id), to, intent)
        for keep in KEEPERS:
            keep(again, to)
        how = "by post" if to.postal else "to another email address"
        tell(intent, letter, f"{by.name} sent the letter “{letter.subject}” again {how}", reason)
        return again.id


def _copy(letter: Letter, to: Address, intent: Intent) -> Letter:
    same = ("case_id", "party_id", "participant_id", "template", "to_side", "recipient", "subject", "words")
    again = Letter(
        **{name: getattr(letter, name) for name in (*same, "text_hash", "language", "is_discreet")},
        address=to.email,
        postal=to.postal,
        written_at=intent.present,
        is_historic=False,
        again_of_id=letter.id,
    )
    begin(again, Delivery.queued if to.email else Delivery.on_paper)
    return again


def post_on(number: int, *, by: Actor, day: date) -> None:
    """Say on which day a letter was posted.

    Raises: Missing, Refused for anyone but staff, NotNow for a letter that is not to be posted, Invalid for a day that
            cannot be
    """
    letter = _troubled(number, by)
    if not moments.london_day(letter.written_at) <= day <= moments.today():
        raise Invalid("Enter a day from the one on which the letter was written up to today.", "posted_on")
    occurred = None if day == moments.today() else opening(day)
    stream = f"case:{letter.case_id}"
    with ledger.change("post_letter", by=by, streams=[stream], occurred=occurred, is_day=True) as intent:
        went = {"carrier": Carrier.post, "sent_at": intent.occurred}
        if letter.state != Delivery.on_paper or not _moved(letter, Delivery.posted, **went):
            raise NotNow("This letter does not wait to be posted.")
        tell(intent, letter, f"{by.name} posted the letter “{letter.subject}” on {words.day(day)}")


def _troubled(number: int, by: Actor) -> LetterRow:
    letter = queries.get(number, by=by)
    if not by.holds(*STAFF):
        raise Refused("Only those who work cases decide about a letter’s delivery.")
    return letter


def _moved(letter: LetterRow, to: Delivery, **more: Any) -> bool:
    """Whether it was still as the person saw it, and now is as they decided."""
    same = sa.and_(
        _OUTBOX.c.letter_id == letter.id,
        _OUTBOX.c.state == letter.state,
        _OUTBOX.c.changed_at == letter.changed_at,
    )
    became = {"state": to, "problem": None, "changed_at": moments.now(), **more}
    change = sa.update(_OUTBOX).where(same).values(became)
    return db.session.execute(change.returning(_OUTBOX.c.letter_id)).first() is not None


def tell(intent: Intent, letter: LetterRow, says: str, reason: str = "") -> None:
    """Record it for staff in the case’s own chain, at the stage where the case stands."""
    stage = db.session.execute(_STAGE, {"case": letter.case_id}).scalar_one_or_none()
    intent.stage_from = intent.stage_to = stage
    intent.keys["letter"] = letter.id
    intent.tell("internal", says, {"reason": reason} if reason else {})
