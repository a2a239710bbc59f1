"""What the database answers before anyone is known: sessions, attempts, passwords, links and codes.

No role may read these tables. Each function here asks one narrow question of the database, as nobody, and the
answer is committed at once: these are the writes that leave no entry in the ledger, for they come with every visit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from regulator.db import NOBODY, asking, db

_AS_NOBODY = sa.text("select set_config('role', 'regulator_public', true)")


@dataclass(frozen=True)
class FoundSession:
    """A browser’s session that still runs."""

    data: Mapping[str, Any]
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class FoundPerson:
    """Someone who has not left, and the roles in force today."""

    name: str
    body_id: int | None
    team_id: int | None
    roles: frozenset[str]


@dataclass(frozen=True)
class FoundCredential:
    """What a typed email address leads to."""

    person_id: int
    password_hash: str | None
    totp_confirmed: bool


@dataclass(frozen=True)
class FoundFactor:
    """What proves a person whose number is known; the secret is sealed."""

    password_hash: str | None
    totp_secret: str | None
    totp_confirmed: bool


@dataclass(frozen=True)
class FoundLink:
    """A one-use link that can still be used, and whose it is."""

    id: int
    person_id: int
    name: str
    email: str


@dataclass(frozen=True)
class FoundClaim:
    """A code that opens one case; `capacity` is complainant or representative."""

    id: int
    case_id: int
    capacity: str
    name: str | None


def ask(question: sa.TextClause | sa.TextualSelect, **given: Any) -> sa.Row[Any] | None:
    """One row, asked on the request’s own transaction while it is still nobody’s, else on one apart."""
    if asking() == NOBODY:
        return db.session.execute(question, given).one_or_none()
    with db.engine.begin() as apart:
        apart.execute(_AS_NOBODY)
        return apart.execute(question, given).one_or_none()


def tell(statement: sa.TextClause, **given: Any) -> Any:
    """Write on a transaction apart, so that it holds whatever becomes of the request."""
    with db.engine.begin() as apart:
        apart.execute(_AS_NOBODY)
        return apart.execute(statement, given).scalar_one()


_SESSION = sa.text("select * from session_found(:secret, :seen_after, :made_after)").columns(data=JSONB)
_BEGUN = sa.text(
    "select session_begun(:secret, :instead_of, :person, :kept, :began, :now, :proved, :dead_before)"
).bindparams(sa.bindparam("kept", type_=JSONB))
_KEPT = sa.text("select session_kept(:secret, :kept, :now)").bindparams(sa.bindparam("kept", type_=JSONB))
_SEEN = sa.text("select session_seen(:secret, :now)")
_ENDED = sa.text("select session_ended(:secret)")
_COUNTED = sa.text("select attempt_counted(:what, :most, :now, :stale_before)")
_FORGIVEN = sa.text("select attempts_forgiven(:what)")
_GIVEN_BACK = sa.text("select attempt_given_back(:what)")
_PERSON = sa.text("select * from person_found(:number, :on)")
_CREDENTIAL = sa.text("select * from credential_found(:address, :on)")
_FACTOR = sa.text("select * from second_factor_found(:number)")
_CODE_USED = sa.text("select code_used(:person, :step)")
_LINK = sa.text("select * from link_found(:secret, :what, :now)")
_RESET = sa.text("select reset_asked(:address, :number, :now)")
_CLAIM = sa.text("select * from claim_found(:reference, :code, :on)")
_HELD = sa.text("select * from claim_held(:number, :on)")


def session_found(secret: str, *, seen_after: datetime, made_after: datetime) -> FoundSession | None:
    """The session of a cookie, unless it idled too long, is too old, or was ended."""
    row = ask(_SESSION, secret=secret, seen_after=seen_after, made_after=made_after)
    return FoundSession(row.data, row.made_at, row.seen_at) if row else None


def session_begun(
    secret: str,
    kept: Mapping[str, Any],
    *,
    instead_of: str | None,
    person: int | None,
    began: datetime,
    now: datetime,
    proved: datetime | None,
    dead_before: datetime,
) -> None:
    """Begin a session, in place of another where one is named and still runs; the long dead are cleared away."""
    tell(
        _BEGUN,
        secret=secret,
        instead_of=instead_of,
        person=person,
        kept=dict(kept),
        began=began,
        now=now,
        proved=proved,
        dead_before=dead_before,
    )


def session_kept(secret: str, kept: Mapping[str, Any], now: datetime) -> None:
    """Keep what a session now holds; one that was ended stays ended."""
    tell(_KEPT, secret=secret, kept=dict(kept), now=now)


def session_seen(secret: str, now: datetime) -> None:
    """Note that a session is in use."""
    tell(_SEEN, secret=secret, now=now)


def session_ended(secret: str) -> None:
    """End one session."""
    tell(_ENDED, secret=secret)


def attempt_counted(what: str, *, most: int, now: datetime, stale_before: datetime) -> datetime | None:
    """Count an attempt before it is judged; since when there were too many, None while there were not."""
    since: datetime | None = tell(_COUNTED, what=what, most=most, now=now, stale_before=stale_before)
    return since


def attempts_forgiven(what: str) -> None:
    """Forget every attempt, after one that succeeded."""
    tell(_FORGIVEN, what=what)


def attempt_given_back(what: str) -> None:
    """Take back the count of one attempt, which succeeded."""
    tell(_GIVEN_BACK, what=what)


def person_found(number: int, on: date) -> FoundPerson | None:
    """Someone by number, with the roles in force on a day; None for who has left."""
    row = ask(_PERSON, number=number, on=on)
    return FoundPerson(row.name, row.body_id, row.team_id, frozenset(row.roles)) if row else None


def credential_found(address: str, on: date) -> FoundCredential | None:
    """What proves the person with this email address, if one holds any role on a day."""
    row = ask(_CREDENTIAL, address=address, on=on)
    return FoundCredential(row.person_id, row.password_hash, row.totp_confirmed) if row else None


def factor_found(number: int) -> FoundFactor | None:
    """What proves the person with this number."""
    row = ask(_FACTOR, number=number)
    return FoundFactor(row.password_hash, row.totp_secret, row.totp_confirmed) if row else None


def code_used(person: int, step: int) -> bool:
    """Use up a one-time code; whether nobody had before."""
    return bool(tell(_CODE_USED, person=person, step=step))


def link_found(secret: str, what: str, now: datetime) -> FoundLink | None:
    """The one-use link of a hashed secret, while it can be used."""
    row = ask(_LINK, secret=secret, what=what, now=now)
    return FoundLink(row.id, row.person_id, row.name, row.email) if row else None


def reset_asked(address: str, number: str, now: datetime) -> None:
    """Write down that somebody asked for a new password for this address, known or not."""
    tell(_RESET, address=address, number=number, now=now)


def claim_found(reference: str, code: str, on: date) -> FoundClaim | None:
    """The case that this reference and hashed code open, in one look-up."""
    row = ask(_CLAIM, reference=reference, code=code, on=on)
    return FoundClaim(row.id, row.case_id, row.capacity, row.name) if row else None


def claim_held(number: int, on: date) -> FoundClaim | None:
    """A code already given in this session, while it still opens its case."""
    row = ask(_HELD, number=number, on=on)
    return FoundClaim(row.id, row.case_id, row.capacity, row.name) if row else None
