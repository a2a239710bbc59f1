"""What an administrator does to a person’s account."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from regulator import ledger, moments, words
from regulator.accounts import roles
from regulator.accounts.authority import managed
from regulator.accounts.commands.joining import hold
from regulator.accounts.models import Credential, Person, RecoveryCode, RoleHeld
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, NotNow

_ONE_AT_A_TIME = sa.text("select pg_advisory_xact_lock(7203)")
"""Two administrators may not send each other away at the same moment."""
LAST_ADMINISTRATOR = "Somebody must be administrator. Give the role to another person first."


def give_role(number: int, role: str, on: date | None = None, *, by: Actor) -> None:
    """Someone holds a role from a day on, today unless told.

    Raises: Invalid for a role that does not fit them or that they hold already; NotNow for who has left
    """
    day = on or moments.today()
    with ledger.change("give_role", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        if person.left_on is not None:
            raise NotNow(f"{person.name} left on {words.day(person.left_on)}.")
        if _held(number, role):
            raise Invalid(f"{person.name} holds that role already.", "role")
        hold(person, role, day)
        intent.data["role"] = role
        from_day = "" if day == moments.today() else f" from {words.day(day)}"
        intent.tell("internal", f"{by.name} gave {person.name} the role {roles.label(role)}{from_day}.")


def take_role(number: int, role: str, *, by: Actor) -> None:
    """Someone holds a role no longer, from now on.

    Raises: Invalid for a role they do not hold; NotNow for the last administrator
    """
    with ledger.change("take_role", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        held = _held(number, role)
        if not held:
            raise Invalid(f"{person.name} does not hold that role.", "role")
        if role == "administrator":
            _keep_an_administrator(number)
        for row in held:
            row.ends_on = max(moments.today(), row.starts_on)
        intent.data["role"] = role
        intent.tell("internal", f"{by.name} took the role {roles.label(role)} from {person.name}.")


def leave(number: int, *, by: Actor) -> None:
    """Someone leaves: roles end, every session ends, nothing of what they did changes.

    Raises: NotNow while they own open cases, or are the last administrator
    """
    with ledger.change("leave", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        if person.left_on is not None:
            raise NotNow(f"{person.name} left on {words.day(person.left_on)}.")
        _refuse_to_leave_work(person)
        if _held(number, "administrator"):
            _keep_an_administrator(number)
        today = moments.today()
        person.left_on = today
        for row in _held(number):
            row.ends_on = max(today, row.starts_on)
        sign_out_everywhere(number)
        intent.tell("internal", f"{by.name} recorded that {person.name} left.")


def end_sessions(number: int, *, by: Actor) -> int:
    """Every browser in which someone is signed in is signed out; returns how many there were."""
    with ledger.change("end_sessions", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        count = sign_out_everywhere(number)
        intent.tell("internal", f"{by.name} signed {person.name} out everywhere.")
        return count


def forget_second_factor(number: int, *, by: Actor) -> None:
    """Someone who lost the telephone sets the second factor up anew at the next sign-in; sessions end."""
    with ledger.change("forget_second_factor", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        credential = db.session.get(Credential, number)
        if credential is None or not credential.totp_confirmed:
            raise NotNow(f"{person.name} has set up no second factor yet.")
        credential.totp_secret, credential.totp_confirmed = None, False
        drop_recovery_codes(number)
        sign_out_everywhere(number)
        intent.tell("internal", f"{by.name} let {person.name} set up a new second factor.")


def drop_recovery_codes(number: int) -> None:
    """Make somebody’s unused recovery codes useless; inside a change."""
    unused = sa.select(RecoveryCode).where(RecoveryCode.person_id == number, RecoveryCode.used_at.is_(None))
    for row in db.session.scalars(unused):
        db.session.delete(row)


def _held(number: int, role: str | None = None) -> list[RoleHeld]:
    """The roles somebody holds or will hold."""
    rows = sa.select(RoleHeld).where(
        RoleHeld.person_id == number,
        sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > moments.today()),
    )
    return list(db.session.scalars(rows.where(RoleHeld.role == role) if role else rows))


def _keep_an_administrator(number: int) -> None:
    db.session.execute(_ONE_AT_A_TIME)
    today = moments.today()
    others = sa.select(RoleHeld.id).where(
        RoleHeld.role == "administrator",
        RoleHeld.person_id != number,
        RoleHeld.starts_on <= today,
        sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > today),
    )
    if db.session.scalar(others.limit(1)) is None:
        raise NotNow(LAST_ADMINISTRATOR)


def _refuse_to_leave_work(person: Person) -> None:
    count = db.session.scalar(sa.select(sa.func.owned_open_cases(person.id))) or 0
    if count:
        cases = "1 open case" if count == 1 else f"{count} open cases"
        raise NotNow(f"{person.name} owns {cases}. A manager must give them to somebody else first.")


def sign_out_everywhere(number: int, but: str | None = None) -> int:
    """End somebody’s sessions, all but one where it is named by its hash; inside a change. Returns how many."""
    count: int = db.session.execute(sa.select(sa.func.sessions_ended(number, but))).scalar_one()
    return count
