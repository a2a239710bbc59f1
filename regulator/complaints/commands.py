"""What is done by a link that was sent: nobody is signed in, so whoever holds the link acts, and the case tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.accounts import mail
from regulator.actors import SYSTEM
from regulator.casework import editions
from regulator.casework.models import CaseFile
from regulator.complaints.links import CONFIRM, NEW_CODE, SPENT, post_link, replace_code
from regulator.complaints.models import CodeLink, WayBack
from regulator.db import db
from regulator.errors import NotNow

REPLACED_SUBJECT = "Your code was replaced"
REPLACED_WORDS = """Hello

A new code was taken by the link that we sent to this address. The code before it opens nothing any more.
If it was not you, write to us at once.
"""
NO_WAY = "No address for a new code has been confirmed."


@contextmanager
def _change(action: str, case_id: int, staff: str, told: str) -> Iterator[CaseFile]:
    """A change to a case, told to staff and to whoever complained, at the stage where it stands."""
    with ledger.change(action, by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        case = db.session.get_one(CaseFile, case_id)
        intent.stage_from = intent.stage_to = case.stage
        intent.tell("internal", staff)
        intent.tell("complainant", told)
        yield case


def confirm_way_back(link_id: int, case_id: int) -> None:
    """Keep that an address for a new code is its holder’s own.

    Raises: NotNow when the link was used, or its time has passed
    """
    staff, told = "The address for a new code was confirmed.", "You confirmed the address for a new code."
    with _change("confirm_way_back", case_id, staff, told):
        db.session.get_one(WayBack, _spent(link_id, CONFIRM).way_back_id).confirmed_at = moments.now()


def send_code_link(case_id: int) -> None:
    """Send a link to a new code to the confirmed address; links sent before open nothing any more.

    Raises: NotNow where no address was confirmed
    """
    staff, told = "A link to a new code was sent.", "You asked for a new code, and we sent you a link."
    with _change("send_code_link", case_id, staff, told) as case:
        way = _way(case_id)
        if way is None or way.confirmed_at is None:
            raise NotNow(NO_WAY)
        sent = sa.select(CodeLink).where(CodeLink.way_back_id == way.id, CodeLink.used_at.is_(None))
        for link in db.session.scalars(sent):
            link.used_at = moments.now()
        post_link(way, NEW_CODE, hours=editions.editions()[case.edition].intake.link_hours)


def take_new_code(link_id: int, case_id: int, code_hash: str) -> str:
    """Give a new code for the link that was sent, and say so to its address; returns the reference.

    Raises: NotNow when the link was used, or its time has passed
    """
    staff, told = (
        "The code was replaced by the link that was sent.",
        "You got a new code. The old one opens nothing.",
    )
    with _change("take_new_code", case_id, staff, told) as case:
        way = db.session.get_one(WayBack, _spent(link_id, NEW_CODE).way_back_id)
        days = editions.editions()[case.edition].intake.access_days
        replace_code(case_id, way, way.participant_id, code_hash, on=moments.today(), days=days)
        mail.post(str(way.email), REPLACED_SUBJECT, REPLACED_WORDS)
        return case.reference


def _spent(link_id: int, what: str) -> CodeLink:
    link = db.session.get(CodeLink, link_id)
    if link is None or link.what != what or link.used_at or link.expires_at <= moments.now():
        raise NotNow(SPENT)
    link.used_at = moments.now()
    return link


def _way(case_id: int) -> WayBack | None:
    asked = sa.select(WayBack).where(WayBack.case_id == case_id).order_by(WayBack.id.desc()).limit(1)
    return db.session.scalar(asked)
