"""What a person does to what proves them: password, second factor, recovery codes."""

from __future__ import annotations

import sqlalchemy as sa

from regulator import ledger, moments
from regulator.accounts import doors, links, mail, passwords, second_factor, throttle
from regulator.accounts.codes import RECOVERY_CODE, hash_recovery_code, new_code
from regulator.accounts.commands.people import drop_recovery_codes, sign_out_everywhere
from regulator.accounts.identity import actor_of
from regulator.accounts.keys import sealed
from regulator.accounts.links import Purpose
from regulator.accounts.models import Credential, Person, RecoveryCode
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, Missing

CODES = 10
WRONG_CODE = "That is not the code your app shows now. Codes change every 30 seconds."


def reset_password(secret: str, password: str) -> None:
    """Someone with a link sets a new password; every session ends, and the second factor stays as it was.

    Raises: Missing for a link that cannot be used; Invalid for a password too easy to guess
    """
    link = links.found(Purpose.reset, secret)
    by = actor_of(link.person_id)
    if by is None:
        raise Missing(links.SPENT)
    kept = _fit(password, link.name, link.email)
    with ledger.change("reset_password", by=by, streams=[f"person:{link.person_id}"]) as intent:
        links.spend(link)
        db.session.get_one(Credential, link.person_id).password_hash = kept
        sign_out_everywhere(link.person_id)
        mail.tell_of_change(link.name, link.email)
        intent.tell("internal", f"{by.name} set a new password.")


def change_password(old: str, new: str, *, by: Actor, session: str | None = None) -> None:
    """Someone signed in sets a new password; their other sessions end.

    session: the hash of the session’s secret that goes on
    Raises:  Invalid when `old` is wrong or `new` too easy to guess; TooMany after many wrong ones
    """
    number = _person(by)
    prove(old, by=by)
    with ledger.change("change_password", by=by, streams=[f"person:{number}"]) as intent:
        person = db.session.get_one(Person, number)
        db.session.get_one(Credential, number).password_hash = _fit(new, person.name, person.email)
        sign_out_everywhere(number, session)
        mail.tell_of_change(person.name, person.email)
        intent.tell("internal", f"{by.name} changed the password.")


def prove(password: str, *, by: Actor) -> None:
    """Someone signed in shows that it is still them, before something that matters.

    Raises: Invalid when it is not their password; TooMany after many wrong ones
    """
    number = _person(by)
    throttle.attempt(throttle.PASSWORD, str(number))
    factor = doors.factor_found(number)
    if not passwords.matches(factor.password_hash if factor else None, password):
        raise Invalid("That is not your present password.", "present")
    throttle.forgive(throttle.PASSWORD, str(number))


def enrol_second_factor(secret: str, code: str, *, by: Actor) -> list[str]:
    """Someone proves that an app has the secret; from then on it is their second factor.

    Returns: ten recovery codes, which are never shown again
    Raises:  Invalid for a wrong code; TooMany after many
    """
    number = _person(by)
    throttle.attempt(throttle.ENROLMENT, str(number))
    step = second_factor.step_of(secret, code, moments.now())
    if step is None or not doors.code_used(number, step):
        raise Invalid(WRONG_CODE, "code")
    throttle.forgive(throttle.ENROLMENT, str(number))
    with ledger.change("enrol_second_factor", by=by, streams=[f"person:{number}"]) as intent:
        credential = db.session.get_one(Credential, number)
        credential.totp_secret, credential.totp_confirmed = sealed(secret), True
        intent.tell("internal", f"{by.name} set up the second factor.")
        return _codes(number)


def new_recovery_codes(*, by: Actor) -> list[str]:
    """Ten new recovery codes, which are never shown again; those not used yet work no longer."""
    number = _person(by)
    with ledger.change("new_recovery_codes", by=by, streams=[f"person:{number}"]) as intent:
        intent.tell("internal", f"{by.name} made new recovery codes.")
        return _codes(number)


def use_recovery_code(code: str, *, by: Actor) -> None:
    """Someone uses up one of their recovery codes.

    Raises: Invalid when it is none, or was used before
    """
    number = _person(by)
    with ledger.change("use_recovery_code", by=by, streams=[f"person:{number}"]) as intent:
        row = db.session.scalar(
            sa.select(RecoveryCode).where(
                RecoveryCode.person_id == number,
                RecoveryCode.code_hash == hash_recovery_code(code),
                RecoveryCode.used_at.is_(None),
            )
        )
        if row is None:
            raise Invalid("That is not one of your recovery codes, or it has been used.", "code")
        row.used_at = moments.now()
        intent.tell("internal", f"{by.name} used a recovery code.")


def _codes(number: int) -> list[str]:
    drop_recovery_codes(number)
    codes = [new_code(RECOVERY_CODE) for _ in range(CODES)]
    db.session.add_all(RecoveryCode(person_id=number, code_hash=hash_recovery_code(code)) for code in codes)
    return codes


def _fit(password: str, name: str, email: str) -> str:
    wrong = passwords.objection(password, name=name, email=email)
    if wrong:
        raise Invalid(wrong, "password")
    return passwords.hashed(password)


def _person(by: Actor) -> int:
    if by.person_id is None:
        raise Missing("You have no account.")
    return by.person_id
