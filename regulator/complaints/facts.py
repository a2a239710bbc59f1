"""The rows of a complaint that its needs look at: each set is read once, and only when a need asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.casework.registry import loader, relation
from regulator.complaints.models import (
    AccountItem,
    AccountRequest,
    Allegation,
    RemitAnswer,
    ViewComment,
    ViewParagraph,
)
from regulator.db import db

_CASE: sa.BindParameter[int] = sa.bindparam("case")
_ALLEGATIONS = sa.select(Allegation).where(Allegation.case_id == _CASE).order_by(Allegation.number)
_REMIT = sa.select(RemitAnswer).where(RemitAnswer.case_id == _CASE).order_by(RemitAnswer.id)
_REQUESTS = sa.select(AccountRequest).where(AccountRequest.case_id == _CASE).order_by(AccountRequest.number)
_ITEMS = (
    sa.select(AccountItem)
    .where(AccountItem.case_id == _CASE)
    .order_by(AccountItem.request_id, AccountItem.number)
)
_PARAGRAPHS = (
    sa.select(ViewParagraph)
    .where(ViewParagraph.case_id == _CASE)
    .order_by(ViewParagraph.version_id, ViewParagraph.number)
)
_COMMENTS = sa.select(ViewComment).where(ViewComment.case_id == _CASE).order_by(ViewComment.id)


class ComplaintRows:
    """Allegations, remit answers, requests with their items, and comments of one complaint, in the engine role."""

    def __init__(self, case_id: int) -> None:
        self.asked = {"case": case_id}

    @cached_property
    def allegations(self) -> Sequence[Allegation]:
        """What was complained of, by number."""
        return db.session.scalars(_ALLEGATIONS, self.asked).all()

    @cached_property
    def remit(self) -> Sequence[RemitAnswer]:
        """The remit tests answered so far."""
        return db.session.scalars(_REMIT, self.asked).all()

    @cached_property
    def requests(self) -> Sequence[AccountRequest]:
        """The requests for an account, by number."""
        return db.session.scalars(_REQUESTS, self.asked).all()

    @cached_property
    def items(self) -> Sequence[AccountItem]:
        """Their items, by request and number."""
        return db.session.scalars(_ITEMS, self.asked).all()

    @cached_property
    def paragraphs(self) -> Sequence[ViewParagraph]:
        """The paragraphs of every provisional view that was shared."""
        return db.session.scalars(_PARAGRAPHS, self.asked).all()

    @cached_property
    def comments(self) -> Sequence[ViewComment]:
        """The comments made on them."""
        return db.session.scalars(_COMMENTS, self.asked).all()


@loader("complaint")
def rows(case_id: int) -> ComplaintRows:
    """The rows of a complaint, read when asked for."""
    return ComplaintRows(case_id)


def of(known: Facts) -> ComplaintRows:
    """The complaint’s own rows among the facts of a case."""
    more: ComplaintRows = known.more
    return more


@relation
def own_item(known: Facts, by: Actor) -> bool:
    """A part of the case was handed to them by their body."""
    if by.person_id is None or not isinstance(known.more, ComplaintRows) or not known.more.requests:
        return False
    return any(item.handed_to_id == by.person_id for item in of(known).items)
