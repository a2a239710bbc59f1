"""One-use links: a secret that goes out by mail, of which the hash is kept; good once and for a time."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask import current_app

from config import Config
from regulator import moments
from regulator.accounts import doors
from regulator.accounts.models import OneUseLink
from regulator.db import db
from regulator.errors import Missing

SPENT = "This link has been used already, or its time has passed. Ask for a new one."


class Purpose(StrEnum):
    """What a link lets somebody do."""

    invitation = "invitation"
    reset = "reset"


GOOD_FOR = {Purpose.invitation: timedelta(days=7), Purpose.reset: timedelta(hours=1)}
FOR_WORDS = {Purpose.invitation: "7 days", Purpose.reset: "one hour"}


def new_link(purpose: Purpose, person_id: int) -> str:
    """Make a link for somebody, in place of any of its kind still open; inside a change. Returns its address."""
    secret, now = secrets.token_urlsafe(32), moments.now()
    spend_all(purpose, person_id)
    db.session.add(
        OneUseLink(
            purpose=purpose.value,
            secret_hash=_hashed(secret),
            person_id=person_id,
            made_at=now,
            expires_at=now + GOOD_FOR[purpose],
        )
    )
    config: Config = current_app.extensions["regulator"]
    return f"{config.public_url}/{purpose.value}/{secret}"


def found(purpose: Purpose, secret: str) -> doors.FoundLink:
    """Whose link this is, while it can be used.

    Raises: Missing, with one sentence for whatever is wrong with it
    """
    link = doors.link_found(_hashed(secret), purpose.value, moments.now())
    if link is None:
        raise Missing(SPENT)
    return link


def spend(link: doors.FoundLink) -> None:
    """Use a link up; inside a change, which holds the lock on its owner’s stream.

    Raises: Missing when somebody was quicker
    """
    row = db.session.get(OneUseLink, link.id)
    if row is None or row.used_at is not None:
        raise Missing(SPENT)
    row.used_at = moments.now()


def spend_all(purpose: Purpose, person_id: int) -> None:
    """Make every open link of a kind useless; inside a change."""
    still_open = sa.select(OneUseLink).where(
        OneUseLink.person_id == person_id, OneUseLink.purpose == purpose.value, OneUseLink.used_at.is_(None)
    )
    for row in db.session.scalars(still_open):
        row.used_at = moments.now()


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
