"""Every SELECT on letters; `by` is always an argument, and the database asks again.

Staff read every letter of the cases they see and how far it came; a body and a complainant read their own, and whether
it went.
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
from regulator.letters.models import ASKED, OPEN, Delivery, Letter, LetterPrint, Outbox
from regulator.letters.standing import Standing, plainly, standing

CONTACTS = ("contact", "oversight_contact")
TROUBLED = (Delivery.failed, Delivery.bounced, Delivery.unknown)
TRIES = 3
"""From so many tries on, a letter that still waits for the mail server is shown to a person."""
PAGE = 50
_OPEN = sa.text(f"({OPEN})")  # said in the words of the index, so that it serves

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
    Letter.postal,
    Letter.language,
    Letter.is_discreet,
    Letter.text_hash,
    Letter.again_of_id,
    Outbox.state,
    Outbox.carrier,
    Outbox.sent_at,
    Outbox.changed_at,
    LetterPrint.sha256,
    LetterPrint.size,
)
_FOR_STAFF = (Outbox.problem, Outbox.message_id)
_UNTOLD = tuple(sa.null() for _ in _FOR_STAFF)
_READERS = (Side.staff, Side.body, Side.complainant, Side.oversight)


_NOT_ARRIVED = sa.or_(
    Outbox.state.in_(TROUBLED),
    sa.and_(
        Outbox.state.in_([Delivery.sent, Delivery.delivered, Delivery.on_paper]), Outbox.problem.is_not(None)
    ),
)


def not_arrived(case_id: sa.SQLColumnExpression[int]) -> sa.ColumnElement[bool]:
    """Whether a case has a letter that did not arrive, or cannot go, as part of a query on cases: asked of each row alone."""
    found = sa.select(sa.true()).where(Outbox.case_id == case_id, _OPEN, _NOT_ARRIVED).limit(1)
    return found.scalar_subquery().is_not(None)


@dataclass(frozen=True)
class LetterRow:
    """A letter as it was written, and how far it came; what went wrong with it is told to staff alone.

    sha256, size: of its paper, where one was made
    """

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
    postal: str | None
    language: str
    is_discreet: bool
    text_hash: str
    again_of_id: int | None
    state: str | None
    carrier: str | None
    sent_at: datetime | None
    changed_at: datetime | None
    sha256: str | None
    size: int | None
    problem: str | None
    message_id: str | None

    @property
    def is_in_part(self) -> bool:
        """Whether it went to some of its addresses only."""
        return self.state in (Delivery.sent, Delivery.delivered) and self.problem is not None

    @property
    def may_go_again(self) -> bool:
        """Whether a person may have it sent again: it failed, came back, may be lost, or went to some addresses only."""
        return self.is_in_part or self.state in TROUBLED

    @property
    def standing(self) -> Standing | None:
        """How far it came, in words; None for those who are not told."""
        return standing(self.state, self.problem) if self.state and self.message_id else None

    @property
    def told(self) -> str:
        """How far it came, for whoever it is to; empty where there is nothing to say."""
        return plainly(self.state, self.sent_at)

    @property
    def waits_for_person(self) -> bool:
        """Whether it stands among the letters that need a person, or that somebody must post."""
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
    """Letters that need a person, oldest first: refused, come back, delivery unknown, held up, or waiting for too long.

    after:   the last letter of the page before; a page has at most PAGE
    """
    waits = sa.and_(Outbox.state == Delivery.queued, Outbox.attempts >= TRIES)
    wanted = sa.or_(_NOT_ARRIVED, waits)
    return _read(by, _OPEN, wanted, Letter.id > after, most=PAGE) if by.side is Side.staff else []


def to_post(*, by: Actor, after: int = 0) -> list[LetterRow]:
    """Letters that somebody must post, the oldest first; a page has at most PAGE."""
    ready = sa.and_(Outbox.state == Delivery.on_paper, Outbox.problem.is_(None))
    return _read(by, _OPEN, ready, Letter.id > after, most=PAGE) if by.side is Side.staff else []


def unprinted() -> list[int]:
    """Letters to be posted of which there is no paper yet, and nothing says why."""
    ask_as(SYSTEM)
    query = (
        sa.select(Outbox.letter_id)
        .outerjoin(LetterPrint, LetterPrint.letter_id == Outbox.letter_id)
        .where(_OPEN, Outbox.state == Delivery.on_paper, Outbox.problem.is_(None), LetterPrint.id.is_(None))
        .order_by(Outbox.letter_id)
    )
    return list(db.session.scalars(query))


def to_ask_about(before: datetime) -> list[tuple[int, datetime, datetime | None]]:
    """Letters that Notify took, or may have, since `before`, and of which it did not say yet what became of them.

    Returns: for each its number, when it changed last, and when Notify was last asked
    """
    ask_as(SYSTEM)
    query = sa.select(Outbox.letter_id, Outbox.changed_at, Outbox.asked_at).where(
        sa.text(f"({ASKED})"), Outbox.changed_at > before
    )
    return [(number, changed_at, asked_at) for number, changed_at, asked_at in db.session.execute(query)]


def by_message(message_id: str) -> LetterRow | None:
    """The letter that went out under a Message-ID, as the system reads it."""
    return next(iter(_read(SYSTEM, Outbox.message_id == message_id)), None)


def on_page() -> list[LetterRow]:
    """The newest letters that were shown in place of being sent; for development alone."""
    return _read(SYSTEM, Outbox.state == Delivery.on_page, newest_first=True, most=PAGE)


def _read(by: Actor, *wanted: Any, newest_first: bool = False, most: int | None = None) -> list[LetterRow]:
    ask_as(by)
    tells = by.side in (Side.staff, Side.system)
    if not tells and by.side not in _READERS:
        return []
    query = (
        sa.select(*_LETTER, *(_FOR_STAFF if tells else _UNTOLD))
        .join(CASE, CASE.c.id == Letter.case_id)
        .join(Outbox, Outbox.letter_id == Letter.id)
        .outerjoin(LetterPrint, LetterPrint.letter_id == Letter.id)
    )
    if not tells:
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
