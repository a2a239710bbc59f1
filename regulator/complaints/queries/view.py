"""The provisional view as each reader was shown it, and what they said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from regulator.actors import Actor
from regulator.casework.models import IssuedVersion
from regulator.complaints.models import ViewComment, ViewParagraph
from regulator.db import ask_as, db


@dataclass(frozen=True)
class ParagraphRow:
    """A numbered paragraph of a version of the view; `audience` and `party_id` say who was shown it."""

    id: int
    version_id: int
    number: int
    words: str
    audience: str
    party_id: int | None
    shared: int
    issued_on: date


@dataclass(frozen=True)
class CommentRow:
    """What somebody said of one paragraph, and what became of it; `accepted` is none until it is answered."""

    id: int
    paragraph_id: int
    party_id: int | None
    side: str
    words: str
    made_at: datetime
    accepted: bool | None
    reason: str | None


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_LAST = (
    sa.select(sa.func.max(IssuedVersion.number))
    .where(IssuedVersion.case_id == _CASE, IssuedVersion.what == "provisional_view")
    .scalar_subquery()
)
_VIEW = (
    sa.select(
        ViewParagraph.id,
        ViewParagraph.version_id,
        ViewParagraph.number,
        ViewParagraph.words,
        IssuedVersion.audience,
        IssuedVersion.party_id,
        IssuedVersion.number,
        IssuedVersion.issued_on,
    )
    .join(IssuedVersion, IssuedVersion.id == ViewParagraph.version_id)
    .where(
        IssuedVersion.case_id == _CASE,
        IssuedVersion.what == "provisional_view",
        IssuedVersion.number == _LAST,
    )
    .order_by(IssuedVersion.audience.desc(), IssuedVersion.id, ViewParagraph.number)
)
_COMMENTS = (
    sa.select(
        ViewComment.id,
        ViewComment.paragraph_id,
        ViewComment.party_id,
        ViewComment.side,
        ViewComment.words,
        ViewComment.made_at,
        ViewComment.accepted,
        ViewComment.reason,
    )
    .where(ViewComment.case_id == _CASE)
    .order_by(ViewComment.id)
)


def shared_view(case_id: int, *, by: Actor) -> list[ParagraphRow]:
    """The paragraphs of the provisional view last shared, in the version or versions that `by` may see.

    The complainant’s version comes first where several may be seen.
    """
    ask_as(by)
    return [ParagraphRow(*row) for row in db.session.execute(_VIEW, {"case": case_id})]


def comments_of(case_id: int, *, by: Actor) -> list[CommentRow]:
    """The comments that `by` may see, in the order in which they were made."""
    ask_as(by)
    return [CommentRow(*row) for row in db.session.execute(_COMMENTS, {"case": case_id})]
