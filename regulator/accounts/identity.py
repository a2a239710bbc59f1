"""Who a visitor is: from a number in the session to somebody with the roles held today."""

from __future__ import annotations

from flask_login import login_user

from regulator import log, moments
from regulator.access import BODY, REGULATOR, Visitor
from regulator.accounts import doors, throttle
from regulator.accounts.codes import hash_code
from regulator.accounts.sessions import browser
from regulator.actors import Actor, Side

NAMELESS = {"complainant": "The complainant", "representative": "The representative"}


def side_of(roles: frozenset[str]) -> Side | None:
    """The audience somebody with these roles reads as; None for who has no part in the work."""
    if roles & set(REGULATOR):
        return Side.staff
    if "administrator" in roles:
        return Side.administration
    if roles & set(BODY):
        return Side.body
    if "oversight_contact" in roles:
        return Side.oversight
    return Side.body_administration if "body_administrator" in roles else None


def actor_of(person_id: int) -> Actor | None:
    """The person as an actor with today’s roles; None for who has left or holds none."""
    found = doors.person_found(person_id, moments.today())
    side = side_of(found.roles) if found else None
    if found is None or side is None:
        return None
    return Actor(found.name, found.roles, side, person_id, found.body_id, None, found.team_id)


def visitor_of(ident: str) -> Visitor | None:
    """Whoever a session says it belongs to: `person:7`, or `claim:12`, a code that opened a case."""
    kind, _, number = ident.partition(":")
    if not number.isdecimal():
        return None
    actor = actor_of(int(number)) if kind == "person" else _held(int(number)) if kind == "claim" else None
    log.note(actor=actor.person_id if actor else None)
    return Visitor(actor, ident) if actor else None


def _held(number: int) -> Actor | None:
    claim = doors.claim_held(number, moments.today())
    return _claimant(claim) if claim else None


def _claimant(claim: doors.FoundClaim) -> Actor:
    name = claim.name or NAMELESS.get(claim.capacity, "A member of the public")
    return Actor(name, frozenset({claim.capacity}), Side.complainant, case_id=claim.case_id)


def open_case_by_code(reference: str, code: str, address: str) -> Visitor | None:
    """Whoever this reference and code belong to, now signed in to that one case; None when they do not fit together.

    A wrong reference and a wrong code take the same look-up and the same time.
    address: the network address that asks
    Raises:  TooMany, saying when to try again
    """
    case = " ".join(reference.upper().split())
    throttle.attempt(throttle.CASE, case)
    throttle.attempt(throttle.CASE_ADDRESS, address)
    claim = doors.claim_found(case, hash_code(code), moments.today())
    if claim is None:
        return None
    throttle.forgive(throttle.CASE, case)
    throttle.give_back(throttle.CASE_ADDRESS, address)
    visitor = Visitor(_claimant(claim), f"claim:{claim.id}")
    sign_in(visitor)
    return visitor


def sign_in(visitor: Visitor) -> None:
    """Let a visitor in, in a session with a new secret that holds nothing from before."""
    browser().restart()
    login_user(visitor)
    log.note(step="sign_in", actor=visitor.actor.person_id)
