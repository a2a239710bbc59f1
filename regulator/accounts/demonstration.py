"""People ready to sign in, for the demonstration and for development. In production none of this does anything.

Their password is known and their second factor follows from their email address, so that the terminal can say it.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from flask import current_app

from config import Config
from regulator import ledger, moments
from regulator.accounts import passwords, queries, roles, second_factor
from regulator.accounts.authority import OPERATOR
from regulator.accounts.commands.joining import add_person, hold
from regulator.accounts.keys import sealed
from regulator.accounts.models import Credential
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Missing, Refused

PASSWORD = "three calm otters swimming"  # noqa: S105 - known to everybody, and refused in production
SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class SignIn:
    """What somebody of the demonstration signs in with; `code` is good for the half minute."""

    role: str
    name: str
    email: str
    works_for: str
    secret: str
    code: str


def refuse_in_production() -> None:
    """Stop, where real people’s cases are kept.

    Raises: Refused
    """
    config: Config = current_app.extensions["regulator"]
    if config.is_production:
        raise Refused("This is for demonstration and development only, and this is production.")


def secret_of(email: str) -> str:
    """The secret of the second factor of somebody of the demonstration."""
    return base64.b32encode(hashlib.sha256(f"demonstration {email.lower()}".encode()).digest()[:20]).decode()


def make_person(
    name: str,
    email: str,
    *held: str,
    body: str | None = None,
    team_id: int | None = None,
    joined_on: date = SINCE,
    by: Actor = OPERATOR,
) -> int:
    """Somebody who has joined and can sign in with the known password; returns their number.

    body:   a slug; none for the regulator
    Raises: Refused in production
    """
    refuse_in_production()
    body_id = queries.body_named(body).id if body else None
    kept, secret = _known(), sealed(secret_of(email))
    with ledger.change("make_person", by=by, streams=[]) as intent:
        person = add_person(name, email, body_id, team_id, joined_on)
        intent.join(f"person:{person.id}")
        for role in held:
            hold(person, role, joined_on)
        db.session.add(
            Credential(person_id=person.id, password_hash=kept, totp_secret=secret, totp_confirmed=True)
        )
        intent.data["roles"] = list(held)
        intent.tell("internal", f"{name} was made for the demonstration: {roles.labels(held)}.")
        return person.id


@cache
def _known() -> str:
    """The hash of everybody’s password: one for all, for it is no secret and a hash takes its time."""
    return passwords.hashed(PASSWORD)


def sign_ins(*, by: Actor = OPERATOR) -> Sequence[SignIn]:
    """One person for each role that somebody can sign in with, in the edition’s order; of one body where they can be.

    Raises: Refused in production
    """
    refuse_in_production()
    everybody = [row for row in _everybody(by) if not row.has_left and _is_made(row.email)]
    colleagues = Counter(row.body for row in everybody)
    everybody.sort(key=lambda row: (-colleagues[row.body], row.body or ""))
    chosen = {
        role.name: next((row for row in everybody if role.name in row.roles), None)
        for role in roles.open_to(roles.RoleSide)
    }
    return [_sign_in(role, row) for role, row in chosen.items() if row]


def code_of(email: str) -> str:
    """The code that somebody of the demonstration enters now.

    Raises: Refused in production; Missing for an address that is not of the demonstration
    """
    refuse_in_production()
    if not _is_made(email):
        raise Missing(f"{email} is not of the demonstration.")
    return second_factor.code_at(secret_of(email), moments.recorded())


def _is_made(email: str) -> bool:
    return email.lower().endswith((".test", ".example"))


def _everybody(by: Actor) -> list[queries.PersonRow]:
    found: list[queries.PersonRow] = []
    page = queries.people(by=by)
    found.extend(page.rows)
    while page.following:
        page = queries.people(by=by, after=page.following)
        found.extend(page.rows)
    return found


def _sign_in(role: str, row: queries.PersonRow) -> SignIn:
    return SignIn(
        role=roles.label(role),
        name=row.name,
        email=row.email,
        works_for=row.body or "The regulator",
        secret=secret_of(row.email),
        code=second_factor.code_at(secret_of(row.email), moments.recorded()),
    )
