"""Codes and the links to them, inside a change: a link is a secret sent by email, of which the hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from flask import current_app

from config import Config
from regulator import moments
from regulator.accounts import mail
from regulator.accounts.keys import marked
from regulator.casework.models import AccessCode
from regulator.complaints.models import CodeLink, WayBack
from regulator.db import db

CONFIRM, NEW_CODE = "confirm", "new_code"
PAGES: Mapping[str, str] = {CONFIRM: "confirm-address", NEW_CODE: "new-code"}
SPENT = "This link has been used already, or its time has passed. Ask for a new one."
SUBJECTS: Mapping[str, str] = {CONFIRM: "Is this address yours?", NEW_CODE: "Your new code"}
WORDS: Mapping[str, str] = {
    CONFIRM: """Hello

Somebody gave us this address, so that we can send a new code to it if theirs is ever lost. If it was you, open this page and press the button:

{link}

If it was not you, do nothing: then we do not use the address for it.
""",
    NEW_CODE: """Hello

Somebody asked for a new code for what this address was given for. Open this page and press the button:

{link}

The link works once, and for {hours} hours. Your old code works until you press the button, and then no more.
If you did not ask for it, do nothing.
""",
}


def post_link(way: WayBack, what: str, **lasts: int) -> None:
    """Send a link to the address of somebody’s way back; `lasts` is its time, as hours or days."""
    secret = secrets.token_urlsafe(32)
    config: Config = current_app.extensions["regulator"]
    db.session.add(
        CodeLink(
            case_id=way.case_id,
            way_back_id=way.id,
            what=what,
            secret_hash=hashed(secret),
            expires_at=moments.now() + timedelta(**lasts),
        )
    )
    link = f"{config.public_url}/complaint/{PAGES[what]}/{secret}"
    mail.post(str(way.email), SUBJECTS[what], WORDS[what].format(link=link, hours=lasts.get("hours", "")))


def codes_of(case_id: int) -> list[AccessCode]:
    """Every code that was given for a case, in the order in which they were."""
    asked = sa.select(AccessCode).where(AccessCode.case_id == case_id).order_by(AccessCode.id)
    return list(db.session.scalars(asked))


def replace_code(
    case_id: int, way: WayBack | None, otherwise: int, code_hash: str, *, on: date, days: int
) -> None:
    """Give the holder a new code for so many days; the old one expires.

    otherwise: the participant who gets it where nobody ever held one
    """
    codes = codes_of(case_id)
    holder = way.participant_id if way else codes[-1].participant_id if codes else otherwise
    for code in codes:
        if code.participant_id == holder:
            code.expires_on = min(code.expires_on, on - timedelta(days=1))
    until = on + timedelta(days=days)
    new = AccessCode(
        case_id=case_id, participant_id=holder, code_hash=code_hash, made_on=on, expires_on=until
    )
    db.session.add(new)


def hashed(secret: str) -> str:
    """The secret of a link as it is kept."""
    return marked("link to a code", secret)
