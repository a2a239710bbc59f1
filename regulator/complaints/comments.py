"""The provisional view with what was said of it and what became of that, as each side reads its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from regulator.actors import Actor
from regulator.casework.queries import CaseRow
from regulator.complaints import queries
from regulator.complaints.queries import CommentRow


@dataclass(frozen=True)
class Commented:
    """A paragraph of the provisional view, with the comments on it."""

    number: int
    words: str
    comments: Sequence[CommentRow]


def commented(case: CaseRow, *, by: Actor) -> list[Commented]:
    """Each paragraph of the view last shared with `by`, in its order."""
    paragraphs = queries.shared_view(case.id, by=by)
    comments = queries.comments_of(case.id, by=by) if paragraphs else []
    return [
        Commented(one.number, one.words, [said for said in comments if said.paragraph_id == one.id])
        for one in paragraphs
    ]
