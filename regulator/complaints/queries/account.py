"""What a body was asked for its account, what it answered so far and what it sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor, Side
from regulator.casework.models import IssuedVersion
from regulator.complaints.models import AccountItem, AccountRequest
from regulator.db import ask_as, db


@dataclass(frozen=True)
class RequestRow:
    """The regulator’s questions to one body, sent together."""

    id: int
    party_id: int
    number: int
    asked_on: date
    submitted_on: date | None
    submissions: int


@dataclass(frozen=True)
class ItemRow:
    """One question of a request; the answer as it stands is for the body that gives it, and is none for anyone else."""

    id: int
    request_id: int
    number: int
    question: str
    handed_to_id: int | None
    handed_to: str | None
    version: int
    answer: str | None = None
    mark: str = "none"
    answered_by: str | None = None


@dataclass(frozen=True)
class SentRow:
    """An account as it was sent: numbered, and never changed since. `text_hash` is its receipt."""

    id: int
    party_id: int | None
    number: int
    text: str
    text_hash: str
    issued_on: date


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_REQUESTS = (
    sa.select(
        AccountRequest.id,
        AccountRequest.party_id,
        AccountRequest.number,
        AccountRequest.asked_on,
        AccountRequest.submitted_on,
        AccountRequest.submissions,
    )
    .where(AccountRequest.case_id == _CASE)
    .order_by(AccountRequest.number)
)
_ANSWERER = sa.orm.aliased(Person)
_ITEM = (
    AccountItem.id,
    AccountItem.request_id,
    AccountItem.number,
    AccountItem.question,
    AccountItem.handed_to_id,
    Person.name,
    AccountItem.version,
)
_ITEMS = (
    sa.select(*_ITEM)
    .outerjoin(Person, Person.id == AccountItem.handed_to_id)
    .where(AccountItem.case_id == _CASE)
    .order_by(AccountItem.request_id, AccountItem.number)
)
_OWN_ITEMS = _ITEMS.add_columns(AccountItem.answer, AccountItem.mark, _ANSWERER.name).outerjoin(
    _ANSWERER, _ANSWERER.id == AccountItem.answered_by_id
)
_SENT = (
    sa.select(
        IssuedVersion.id,
        IssuedVersion.party_id,
        IssuedVersion.number,
        IssuedVersion.text,
        IssuedVersion.text_hash,
        IssuedVersion.issued_on,
    )
    .where(IssuedVersion.case_id == _CASE, IssuedVersion.what == "account")
    .order_by(IssuedVersion.id.desc())
)


def requests_of(case_id: int, *, by: Actor) -> list[RequestRow]:
    """The requests for an account that `by` may see, by number."""
    ask_as(by)
    return [RequestRow(*row) for row in db.session.execute(_REQUESTS, {"case": case_id})]


def items_of(case_id: int, *, by: Actor) -> list[ItemRow]:
    """The questions of every request that `by` may see, in order; with the answers so far for the body’s own people."""
    ask_as(by)
    query = _OWN_ITEMS if by.side is Side.body else _ITEMS
    return [ItemRow(*row) for row in db.session.execute(query, {"case": case_id})]


def sent_by_body(case_id: int, *, by: Actor) -> list[SentRow]:
    """The accounts that were sent, the last first."""
    ask_as(by)
    return [SentRow(*row) for row in db.session.execute(_SENT, {"case": case_id})]
