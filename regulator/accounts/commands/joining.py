"""How somebody joins: an administrator invites, the person follows a one-use link and sets a password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import IntegrityError

from config import Config
from regulator import ledger, moments
from regulator.access import BODY
from regulator.accounts import links, mail, passwords, roles
from regulator.accounts.authority import as_administrator, managed
from regulator.accounts.commands.teams import team_for
from regulator.accounts.identity import actor_of
from regulator.accounts.links import Purpose
from regulator.accounts.models import Body, Credential, Person, RoleHeld
from regulator.accounts.queries import sides_of
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, Missing, NotNow, Refused

OVERSIGHT = "oversight_contact"
TAKEN = "An account cannot be made for this address. If the person should have one, ask the regulator."


@dataclass(frozen=True)
class Invited:
    """Someone new, and the link that lets them in once."""

    person_id: int
    link: str


def invite_person(
    name: str,
    email: str,
    held: Sequence[str],
    *,
    by: Actor,
    body_id: int | None = None,
    team_id: int | None = None,
    joined_on: date | None = None,
) -> Invited:
    """Someone is invited, with roles, by an administrator or by the administrator of their own body.

    body_id: the body they work for; none for the regulator, whose people may work in a team
    Raises:  Refused for another body’s people; Invalid for an address in use, and a role or team that does not fit
    """
    as_administrator(by)
    if not by.holds("administrator") and body_id != by.body_id:
        raise Refused("You can invite people of your own body only.")
    on = joined_on or moments.today()
    try:
        with ledger.change("invite_person", by=by, streams=[]) as intent:
            person = add_person(name, email, body_id, team_id, on)
            intent.join(f"person:{person.id}")
            for role in held:
                hold(person, role, on)
            intent.data["roles"] = list(held)
            link = _invite(person, by)
            intent.tell("internal", f"{by.name} invited {name}: {roles.labels(held)}.")
            return Invited(person.id, link)
    except IntegrityError:
        raise Invalid(TAKEN, "email") from None


def invite_again(number: int, *, by: Actor) -> str:
    """Someone who has not come yet is sent a new link; the old one works no longer.

    Raises: NotNow for who has set a password already
    """
    with ledger.change("invite_again", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        if has_password(number):
            raise NotNow(f"{person.name} has set a password already, and can ask for a new one at sign-in.")
        link = _invite(person, by)
        intent.tell("internal", f"{by.name} invited {person.name} again.")
        return link


def accept_invitation(secret: str, name: str, password: str) -> int:
    """Someone invited says what to call them and sets a password; the second factor comes next.

    Returns: who it is
    Raises:  Missing for a link that cannot be used; Invalid for a password too easy to guess
    """
    link = links.found(Purpose.invitation, secret)
    by = actor_of(link.person_id)
    if by is None:
        raise Missing(links.SPENT)
    wrong = passwords.objection(password, name=name, email=link.email)
    if wrong:
        raise Invalid(wrong, "password")
    kept = passwords.hashed(password)
    with ledger.change("accept_invitation", by=by, streams=[f"person:{link.person_id}"]) as intent:
        links.spend(link)
        person = db.session.get_one(Person, link.person_id)
        person.name = name
        db.session.add(Credential(person_id=person.id, password_hash=kept))
        intent.tell("internal", f"{name} accepted the invitation.")
    return link.person_id


def _invite(person: Person, by: Actor) -> str:
    config: Config = current_app.extensions["regulator"]
    link = links.new_link(Purpose.invitation, person.id)
    house = config.regulator_name
    text = mail.INVITATION_WORDS.format(
        name=person.name, by=by.name, house=house, link=link, time=links.FOR_WORDS[Purpose.invitation]
    )
    mail.post(person.email, mail.INVITATION_SUBJECT.format(house=house), text)
    return link


def add_person(name: str, email: str, body_id: int | None, team_id: int | None, on: date) -> Person:
    """Write a new person, and give them their number; inside a change.

    Raises: Missing for no such body; Invalid for no such team, and for a body’s person in a team
    """
    if body_id is not None and db.session.get(Body, body_id) is None:
        raise Missing("There is no such body.")
    if team_id is not None:
        team_for(team_id, body_id)
    person = Person(
        name=name.strip(), email=email.strip().lower(), body_id=body_id, team_id=team_id, joined_on=on
    )
    db.session.add(person)
    db.session.flush()
    return person


def hold(person: Person, role: str, on: date) -> None:
    """Give somebody a role from a day on; inside a change.

    Raises: Invalid for a role there is not, or one for other people
    """
    if role not in roles.known():
        raise Invalid(f"There is no role called “{role}”.", "role")
    if role not in {each.name for each in roles.open_to(sides_of(person.body_id))}:
        raise Invalid(f"“{roles.label(role)}” is not a role where {person.name} works.", "role")
    _refuse_both_sides(person, role, on)
    db.session.add(RoleHeld(person_id=person.id, role=role, starts_on=on))


def _refuse_both_sides(person: Person, role: str, on: date) -> None:
    """Nobody answers for a body and for one that oversees it: they would read as one side what is the other’s."""
    others = (OVERSIGHT,) if role in BODY else BODY if role == OVERSIGHT else ()
    is_held = sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > on)
    where = sa.and_(RoleHeld.person_id == person.id, RoleHeld.role.in_(others), is_held)
    if others and (held := db.session.scalars(sa.select(RoleHeld.role).where(where)).first()):
        raise Invalid(
            f"{person.name} is {roles.label(held).lower()}, and nobody answers both for a body and for one that oversees"
            " others: take that role away first, or give this one to somebody else.",
            "role",
        )


def has_password(number: int) -> bool:
    """Whether somebody has accepted the invitation; inside a change."""
    credential = db.session.get(Credential, number)
    return credential is not None and credential.password_hash is not None
