"""Every SELECT on letters; `by` is always an argument, and the database asks again.

Staff read every letter of the cases they see and how far it came; a body and a complainant read their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Person, RoleHeld
from regulator.actors import SYSTEM, Actor, Side
from regulator.db import ask_as, db
from regulator.errors import Missing
from regulator.letters.models import OPEN, Delivery, Letter, Outbox
from regulator.letters.standing import Standing, standing

CONTACTS = ("contact", "oversight_contact")
TROUBLED = (Delivery.failed, Delivery.unknown, Delivery.on_paper)
TRIES = 3
"""From so many tries on, a letter that still waits for the mail server is shown to a person."""
PAGE = 50

CASE = sa.table("case_file", sa.column("id", sa.BigInteger), sa.column("reference", sa.String))
_LETTER = (
    Letter.id,
    Letter.case_id,
    CASE.c.reference,
    Letter.party_id,
    Letter.template,
    Letter.to_side,
    Letter.recipient,
    Letter.address,
    Letter.subject,
    Letter.words,
    Letter.written_at,
    Letter.is_historic,
)
_DELIVERY = (Outbox.state, Outbox.problem, Outbox.changed_at)
_UNTOLD = tuple(sa.null() for _ in _DELIVERY)
_READERS = (Side.staff, Side.body, Side.complainant, Side.oversight)


@dataclass(frozen=True)
class LetterRow:
    """A letter as it was written; how far it came is told to staff alone."""

    id: int
    case_id: int
    reference: str
    party_id: int | None
    template: str
    to_side: str
    recipient: str
    address: str | None
    subject: str
    words: str
    written_at: datetime
    is_historic: bool
    state: str | None
    problem: str | None
    changed_at: datetime | None

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it sent again: it failed, may be lost, or went to some addresses only."""
        is_in_part = self.state == Delivery.sent and self.problem is not None
        return is_in_part or self.state in (Delivery.failed, Delivery.unknown)

    @property
    def standing(self) -> Standing | None:
        """How far it came, in words; None for those who are not told."""
        return standing(self.state, self.problem) if self.state else None

    @property
    def waits_for_person(self) -> bool:
        """Whether it stands among the letters that need a person."""
        return self.may_go_again or self.state == Delivery.on_paper


def get(number: int, *, by: Actor) -> LetterRow:
    """The letter of this number, as `by` may see it.

    Raises: Missing when there is none, or none they may see
    """
    found = _read(by, Letter.id == number)
    if not found:
        raise Missing("There is no letter of that number that you may see.")
    return found[0]


def of_case(case_id: int, *, by: Actor) -> list[LetterRow]:
    """The letters of a case that `by` may see, in the order in which they were written."""
    return _read(by, Letter.case_id == case_id)


def troubled(*, by: Actor, after: int = 0) -> list[LetterRow]:
    """Letters that need a person, oldest first: refused, delivery unknown, to be posted, or waiting for too long.

    after:   the last letter of the page before; a page has at most PAGE
    """
    waits = sa.and_(Outbox.state == Delivery.queued, Outbox.attempts >= TRIES)
    in_part = sa.and_(Outbox.state == Delivery.sent, Outbox.problem.is_not(None))
    wanted = sa.or_(Outbox.state.in_(TROUBLED), waits, in_part)
    open_ = sa.text(f"({OPEN})")  # said in the words of the index, so that it serves
    return _read(by, open_, wanted, Letter.id > after, most=PAGE) if by.side is Side.staff else []


def on_page() -> list[LetterRow]:
    """The newest letters that were shown in place of being sent; for development alone."""
    return _read(SYSTEM, Outbox.state == Delivery.on_page, newest_first=True, most=PAGE)


def _read(by: Actor, *wanted: Any, newest_first: bool = False, most: int | None = None) -> list[LetterRow]:
    ask_as(by)
    tells = by.side in (Side.staff, Side.system)
    query = sa.select(*_LETTER, *(_DELIVERY if tells else _UNTOLD)).join(CASE, CASE.c.id == Letter.case_id)
    if tells:
        query = query.join(Outbox, Outbox.letter_id == Letter.id)
    elif by.side not in _READERS:
        return []
    else:
        query = query.where(Letter.to_side == by.side.value)
    if by.case_id is not None:
        query = query.where(Letter.case_id == by.case_id)
    order = Letter.id.desc() if newest_first else Letter.id
    return [LetterRow(*row) for row in db.session.execute(query.where(*wanted).order_by(order).limit(most))]


def contacts_of(body_id: int) -> str | None:
    """Where mail to a body goes today: its contacts’ addresses, with commas between; read within a step."""
    return _addresses(Person.body_id == body_id, CONTACTS)


def holders_of(role: str) -> str | None:
    """Where mail to the regulator’s own holders of a role goes today; read within a step."""
    return _addresses(Person.body_id.is_(None), (role,))


def _addresses(where: sa.ColumnElement[bool], roles: Sequence[str]) -> str | None:
    today = moments.today()
    query = (
        sa.select(Person.email)
        .where(where, sa.or_(Person.left_on.is_(None), Person.left_on > today))
        .where(
            sa.exists().where(
                RoleHeld.person_id == Person.id,
                RoleHeld.role.in_(roles),
                RoleHeld.starts_on <= today,
                sa.or_(RoleHeld.ends_on.is_(None), RoleHeld.ends_on > today),
            )
        )
        .order_by(Person.email)
    )
    return ", ".join(db.session.scalars(query)) or None
