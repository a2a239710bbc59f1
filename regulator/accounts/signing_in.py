"""Signing in, step by step: a password, then a code. Between the two a session knows who, and lets them nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from werkzeug.exceptions import InternalServerError

from regulator import moments
from regulator.access import local
from regulator.accounts import doors, passwords, second_factor, throttle
from regulator.accounts.commands import use_recovery_code
from regulator.accounts.identity import actor_of, sign_in, visitor_of
from regulator.accounts.keys import sealed, unsealed
from regulator.accounts.sessions import browser
from regulator.actors import Actor
from regulator.errors import Invalid, Refused

HALF_LASTS = timedelta(minutes=10)
WRONG = "That email address and password do not fit together"
WRONG_CODE = "That is not the code your app shows now. Wait for the next one and enter it"


@dataclass(frozen=True)
class Half:
    """Someone who gave the right password and owes the second factor."""

    by: Actor
    is_enrolled: bool

    @property
    def person_id(self) -> int:
        """Who it is."""
        if self.by.person_id is None:
            raise InternalServerError("a half session of nobody")
        return self.by.person_id


def address() -> str:
    """The network address that asks."""
    return request.remote_addr or "unknown"


def try_password(email: str, password: str, then: str | None) -> None:
    """Someone gives a password; the session then knows who, with a new secret.

    then:   where they were going
    Raises: Invalid, in one sentence and one time whatever is wrong; TooMany, also with the right password
    """
    account = email.strip().lower()
    throttle.attempt(throttle.ACCOUNT, account)
    throttle.attempt(throttle.ADDRESS, address())
    found = doors.credential_found(account, moments.today())
    if not passwords.matches(found.password_hash if found else None, password) or found is None:
        raise Invalid(WRONG, "email")
    throttle.forgive(throttle.ACCOUNT, account)
    throttle.give_back(throttle.ADDRESS, address())
    begin(found.person_id, then)


def begin(person_id: int, then: str | None = None) -> None:
    """Let somebody who proved the first factor come to the second."""
    session = browser()
    session.restart()
    until = moments.now() + HALF_LASTS
    session["half"] = {"person": person_id, "until": until.isoformat(), "then": local(then)}


def half() -> Half | None:
    """Who came half the way, while the time for the other half lasts."""
    kept = browser().get("half")
    if not kept or datetime.fromisoformat(kept["until"]) < moments.now():
        return None
    by, factor = actor_of(kept["person"]), doors.factor_found(kept["person"])
    return Half(by, factor.totp_confirmed) if by and factor else None


def try_code(who: Half, code: str) -> None:
    """Someone gives the code of their app.

    Raises: Invalid for a wrong one and one used before; TooMany after many
    """
    throttle.attempt(throttle.SECOND_FACTOR, str(who.person_id))
    factor = doors.factor_found(who.person_id)
    secret = unsealed(factor.totp_secret) if factor and factor.totp_secret else None
    step = second_factor.step_of(secret, code, moments.now()) if secret else None
    if step is None or not doors.code_used(who.person_id, step):
        raise Invalid(WRONG_CODE, "code")
    throttle.forgive(throttle.SECOND_FACTOR, str(who.person_id))


def try_recovery_code(who: Half, code: str) -> None:
    """Someone gives a recovery code instead.

    Raises: Invalid for a wrong one and one used before; TooMany after many
    """
    throttle.attempt(throttle.SECOND_FACTOR, str(who.person_id))
    use_recovery_code(code, by=who.by)
    throttle.forgive(throttle.SECOND_FACTOR, str(who.person_id))


def finish(who: Half) -> str:
    """Let somebody in, who proved both factors; returns where they were going, or home."""
    then: str | None = (browser().get("half") or {}).get("then")
    visitor = visitor_of(f"person:{who.person_id}")
    if visitor is None:
        raise Refused("Your account has been closed.")
    sign_in(visitor)
    return then or "/"


def pending_secret() -> str:
    """The secret being set up in this session, made when first asked for; kept sealed."""
    session = browser()
    if "enrolling" not in session:
        session["enrolling"] = sealed(second_factor.new_secret())
    return unsealed(session["enrolling"])
