"""What a body was asked, what it answered so far and what it sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.casework.models import IssuedVersion
from regulator.db import ask_as, db
from regulator.evidence.facts import UNSENT
from regulator.evidence.models import EvidenceItem, EvidenceRequest
from regulator.evidence.own_models import BodyTeam, BodyTeamMember


@dataclass(frozen=True)
class RequestRow:
    """The regulator’s questions to one body, sent together."""

    id: int
    party_id: int
    number: int
    asked_on: date
    submitted_on: date | None
    submissions: int
    accepted_on: date | None

    @property
    def is_waiting(self) -> bool:
        """Whether a response to it waits to be returned or accepted."""
        return self.submitted_on is not None and self.accepted_on is None


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
    good: str | None
    holder: str | None
    wanted_by: date | None
    missing: str | None
    returned_on: date | None
    returned_version: int | None
    answer: str | None = None
    mark: str = "none"
    ground: str | None = None
    answered_by: str | None = None
    team_id: int | None = None
    team: str | None = None
    is_with_my_team: bool = False
    sent_back: str | None = None
    sent_back_version: int | None = None
    chased_on: date | None = None

    @property
    def has_it(self) -> str:
        """Who has it: a colleague, else a team; empty where nobody has."""
        return self.handed_to or (f"The team {self.team}" if self.team else "")

    def is_handed_to(self, by: Actor) -> bool:
        """Whether it was handed to this person, or to a team they are in."""
        return self.is_with_my_team or (self.handed_to_id is not None and self.handed_to_id == by.person_id)

    @property
    def is_sent_back(self) -> bool:
        """Whether its own approving officer sent it back and nobody has answered it anew."""
        return self.sent_back_version is not None and self.version <= self.sent_back_version

    @property
    def is_returned(self) -> bool:
        """Whether it was returned and nobody has answered it anew."""
        return self.returned_version is not None and self.version <= self.returned_version

    @property
    def is_answered(self) -> bool:
        """Whether it has its answer, or is held back; for the body that gives it."""
        return not (self.is_returned or self.is_sent_back) and (bool(self.answer) or self.mark in UNSENT)


@dataclass(frozen=True)
class SentRow:
    """A response as it was sent: numbered, and never changed since. `text_hash` is its receipt."""

    id: int
    party_id: int | None
    number: int
    text: str
    text_hash: str
    issued_on: date
    request_id: int | None


RESPONSES = ("account", "response")
"""What a response is called among the issued versions, by kind of case."""
_CASE: sa.BindParameter[int] = sa.bindparam("case")
_REQUEST = (
    EvidenceRequest.id,
    EvidenceRequest.party_id,
    EvidenceRequest.number,
    EvidenceRequest.asked_on,
    EvidenceRequest.submitted_on,
    EvidenceRequest.submissions,
    EvidenceRequest.accepted_on,
)


def in_my_team() -> sa.ColumnElement[bool]:
    """Whether an item is with a team that the person asking (`me`) is in."""
    return sa.exists().where(
        BodyTeamMember.team_id == EvidenceItem.handed_to_team_id,
        BodyTeamMember.person_id == sa.bindparam("me"),
    )


_ANSWERER = sa.orm.aliased(Person)
_ITEM = (
    EvidenceItem.id,
    EvidenceItem.number,
    EvidenceItem.question,
    EvidenceItem.handed_to_id,
    Person.name,
    EvidenceItem.version,
    EvidenceItem.good,
    EvidenceItem.holder,
    EvidenceItem.wanted_by,
    EvidenceItem.missing,
    EvidenceItem.returned_on,
    EvidenceItem.returned_version,
)
_ITEMS = (
    sa.select(*_REQUEST, *_ITEM)
    .join_from(EvidenceItem, EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
    .outerjoin(Person, Person.id == EvidenceItem.handed_to_id)
    .where(EvidenceItem.case_id == _CASE)
    .order_by(EvidenceRequest.id, EvidenceItem.number)
)
_OWN_ITEMS = _ITEMS.add_columns(
    EvidenceItem.answer,
    EvidenceItem.mark,
    EvidenceItem.ground,
    _ANSWERER.name,
    EvidenceItem.handed_to_team_id,
    BodyTeam.name,
    in_my_team(),
    EvidenceItem.sent_back,
    EvidenceItem.sent_back_version,
    EvidenceItem.chased_on,
)
_OWN_ITEMS = _OWN_ITEMS.outerjoin(_ANSWERER, _ANSWERER.id == EvidenceItem.answered_by_id).outerjoin(
    BodyTeam, BodyTeam.id == EvidenceItem.handed_to_team_id
)
_SENT = (
    sa.select(
        IssuedVersion.id,
        IssuedVersion.party_id,
        IssuedVersion.number,
        IssuedVersion.text,
        IssuedVersion.text_hash,
        IssuedVersion.issued_on,
        IssuedVersion.request_id,
    )
    .where(IssuedVersion.case_id == _CASE, IssuedVersion.what.in_(RESPONSES))
    .order_by(IssuedVersion.id.desc())
)


def items_of(case_id: int, *, by: Actor) -> list[ItemRow]:
    """The questions of every request that `by` may see, in order; with the answers so far for the body’s own people."""
    ask_as(by)
    query = _OWN_ITEMS if by.reads_own else _ITEMS
    asked = len(_REQUEST)
    rows = db.session.execute(query, {"case": case_id, "me": by.person_id})
    return [ItemRow(RequestRow(*row[:asked]), *row[asked:]) for row in rows]


def by_request(items: Sequence[ItemRow]) -> list[tuple[RequestRow, list[ItemRow]]]:
    """The requests with their items, in the order in which they were made."""
    return [(request, list(group)) for request, group in groupby(items, key=lambda one: one.request)]


def sent_by_body(case_id: int, *, by: Actor) -> list[SentRow]:
    """The responses that were sent, the last first."""
    ask_as(by)
    return [SentRow(*row) for row in db.session.execute(_SENT, {"case": case_id})]
