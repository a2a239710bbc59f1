"""What was issued for comments with what was said of it and what became of that, as each side reads its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulator.actors import Actor
from regulator.casework.queries import CaseRow
from regulator.evidence import queries
from regulator.evidence.queries import CommentRow


@dataclass(frozen=True)
class Commented:
    """A paragraph that was issued, with the comments on it."""

    number: int
    words: str
    comments: Sequence[CommentRow]


def commented(case: CaseRow, what: str, *, by: Actor) -> list[Commented]:
    """Each paragraph of what was last issued to `by` under that name, in its order."""
    paragraphs = queries.paragraphs_of(case.id, what, by=by)
    comments = queries.comments_of(case.id, by=by) if paragraphs else []
    return [
        Commented(one.number, one.words, [said for said in comments if said.paragraph_id == one.id])
        for one in paragraphs
    ]
