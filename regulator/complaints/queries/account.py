"""What a body was asked for its account, what it answered so far and what it sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

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

    request: RequestRow
    id: int
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
_REQUEST = (
    AccountRequest.id,
    AccountRequest.party_id,
    AccountRequest.number,
    AccountRequest.asked_on,
    AccountRequest.submitted_on,
    AccountRequest.submissions,
)
_ANSWERER = sa.orm.aliased(Person)
_ITEM = (
    AccountItem.id,
    AccountItem.number,
    AccountItem.question,
    AccountItem.handed_to_id,
    Person.name,
    AccountItem.version,
)
_ITEMS = (
    sa.select(*_REQUEST, *_ITEM)
    .join_from(AccountItem, AccountRequest, AccountRequest.id == AccountItem.request_id)
    .outerjoin(Person, Person.id == AccountItem.handed_to_id)
    .where(AccountItem.case_id == _CASE)
    .order_by(AccountRequest.number, AccountItem.number)
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


def items_of(case_id: int, *, by: Actor) -> list[ItemRow]:
    """The questions of every request that `by` may see, in order; with the answers so far for the body’s own people."""
    ask_as(by)
    query = _OWN_ITEMS if by.side is Side.body else _ITEMS
    asked = len(_REQUEST)
    rows = db.session.execute(query, {"case": case_id})
    return [ItemRow(RequestRow(*row[:asked]), *row[asked:]) for row in rows]


def by_request(items: Sequence[ItemRow]) -> list[tuple[RequestRow, list[ItemRow]]]:
    """The requests for an account with their items, in the order in which they were made."""
    return [(request, list(group)) for request, group in groupby(items, key=lambda one: one.request)]


def sent_by_body(case_id: int, *, by: Actor) -> list[SentRow]:
    """The accounts that were sent, the last first."""
    ask_as(by)
    return [SentRow(*row) for row in db.session.execute(_SENT, {"case": case_id})]
