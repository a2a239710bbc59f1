"""Who may change people and bodies: administrators, and for a body’s own people its own administrator."""

from __future__ import annotations

from dataclasses import replace

from regulator.accounts.models import Person
from regulator.accounts.queries.people import NOBODY_HERE
from regulator.actors import Actor, Side
from regulator.db import db
from regulator.errors import Missing, Refused

OPERATOR = Actor("The operator", frozenset({"administrator"}), Side.administration)
"""Whoever has the server’s own terminal: makes the first administrator, loads the bodies."""


def administers(by: Actor) -> None:
    """Refuse who is no administrator of the regulator’s."""
    if not by.holds("administrator"):
        raise Refused("Only an administrator may do this.")


def as_administrator(by: Actor) -> Actor:
    """The same person, reading as an administrator and no more: of everybody, or of the own body’s people.

    Raises: Refused for who is neither
    """
    if by.holds("administrator"):
        return replace(by, side=Side.administration)
    if by.holds("body_administrator") and by.body_id is not None:
        return replace(by, side=Side.body_administration)
    raise Refused("Only an administrator may do this.")


def managed(number: int, by: Actor) -> Person:
    """The person, for one who may change them; to be called inside a change.

    Raises: Missing for who is out of sight, Refused for who is no administrator and for one’s own account
    """
    as_administrator(by)
    person = db.session.get(Person, number)
    if person is None or not (by.holds("administrator") or person.body_id == by.body_id):
        raise Missing(NOBODY_HERE)
    if person.id == by.person_id:
        raise Refused("Somebody else must do this to your account: you cannot do it yourself.")
    return person
