"""What was issued to be commented on, as each reader was shown it, and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.casework.models import IssuedVersion
from regulator.db import ask_as, db
from regulator.evidence.models import Comment, Paragraph


@dataclass(frozen=True)
class ParagraphRow:
    """A numbered paragraph of an issued version; `audience` and `party_id` say who was shown it."""

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
    """What somebody said of one paragraph, and what became of it; `accepted` is none until it is answered.

    draft, drafted_by: what a body’s people wrote and nobody signed, and who wrote it last; for them alone
    """

    id: int
    paragraph_id: int
    party_id: int | None
    side: str
    words: str
    made_at: datetime
    accepted: bool | None
    reason: str | None
    signed_on: date | None
    version: int
    draft: str | None = None
    drafted_by: str | None = None


_CASE: sa.BindParameter[int] = sa.bindparam("case")
_WHAT: sa.BindParameter[str] = sa.bindparam("what")
_OTHER = sa.orm.aliased(IssuedVersion)
_LAST = (
    sa.select(sa.func.max(_OTHER.number))
    .where(
        _OTHER.case_id == _CASE,
        _OTHER.what == _WHAT,
        _OTHER.audience == IssuedVersion.audience,
        _OTHER.party_id.is_not_distinct_from(IssuedVersion.party_id),
    )
    .correlate(IssuedVersion)
    .scalar_subquery()
)
_VIEW = (
    sa.select(
        Paragraph.id,
        Paragraph.version_id,
        Paragraph.number,
        Paragraph.words,
        IssuedVersion.audience,
        IssuedVersion.party_id,
        IssuedVersion.number,
        IssuedVersion.issued_on,
    )
    .join(IssuedVersion, IssuedVersion.id == Paragraph.version_id)
    .where(
        IssuedVersion.case_id == _CASE,
        IssuedVersion.what == _WHAT,
        IssuedVersion.number == _LAST,
    )
    .order_by(IssuedVersion.audience.desc(), IssuedVersion.id, Paragraph.number)
)
_COMMENTS = (
    sa.select(
        Comment.id,
        Comment.paragraph_id,
        Comment.party_id,
        Comment.side,
        sa.func.coalesce(Comment.words, ""),
        Comment.made_at,
        Comment.accepted,
        Comment.reason,
        Comment.signed_on,
        Comment.version,
    )
    .where(Comment.case_id == _CASE)
    .order_by(Comment.id)
)
_OWN_COMMENTS = _COMMENTS.add_columns(Comment.draft, Person.name).outerjoin(
    Person, Person.id == Comment.drafted_by_id
)


def paragraphs_of(case_id: int, what: str, *, by: Actor) -> list[ParagraphRow]:
    """The paragraphs of what was last issued under that name, in the version or versions that `by` may see.

    what: provisional_view, terms, draft_report, ...; the complainant’s version comes first where several may be seen
    """
    ask_as(by)
    return [ParagraphRow(*row) for row in db.session.execute(_VIEW, {"case": case_id, "what": what})]


def comments_of(case_id: int, *, by: Actor) -> list[CommentRow]:
    """The comments that `by` may see, in the order in which they were made."""
    ask_as(by)
    query = _OWN_COMMENTS if by.reads_own else _COMMENTS
    return [CommentRow(*row) for row in db.session.execute(query, {"case": case_id})]
