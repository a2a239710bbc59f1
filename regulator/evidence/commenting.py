"""Comments on what was issued: written by several people of a body, signed as a whole, answered one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.documents.commands import release
from regulator.errors import Conflict, Invalid
from regulator.evidence.facts import drafts_of, of, shown_to, standing_comments
from regulator.evidence.keeping import as_read
from regulator.evidence.models import Comment
from regulator.evidence.responses import own_part

CHANGED = (
    "Somebody else commented on paragraph {} while you were writing. Their words are shown; yours are kept."
)

DRAFTED_BY = "comment_on_draft"
"""The step with which comments are drafted, and files given with them."""


@effect
def comment_on_draft(taking: Taking) -> None:
    """Save what a body’s people say of paragraphs so far; a save over somebody else’s is a conflict."""
    party = own_part(taking)
    shown = {one.id: one for one in shown_to(taking.facts, party)}
    kept = {one.paragraph_id: one for one in drafts_of(taking.facts, party)}
    for row in taking.data["draft_comments"]:
        paragraph = shown.get(int(row["paragraph"]))
        if paragraph is None:
            raise Invalid("That paragraph is not in the draft you were shown.", "draft_comments")
        comment = kept.get(paragraph.id) or _new(taking, paragraph.id, party.id)
        if row.get("version") not in (None, "") and int(row["version"]) != comment.version:
            raise Conflict(CHANGED.format(paragraph.number))
        comment.draft, comment.version = row.get("words") or None, comment.version + 1
        comment.drafted_by_id = taking.by.person_id
    taking.concerns(party)


def _new(taking: Taking, paragraph: int, party: int) -> Comment:
    return taking.add(
        Comment(
            case_id=taking.case_id,
            paragraph_id=paragraph,
            party_id=party,
            side="body",
            version=0,
            made_at=taking.intent.occurred,
        )
    )


@effect
def sign_comments(taking: Taking) -> None:
    """Sign what was written as the body’s comments, with its files, or that it has none: nothing of it changes any more."""
    party, numbers = own_part(taking), {one.id: one.number for one in of(taking.facts).paragraphs}
    drafts = drafts_of(taking.facts, party)
    as_read(taking, {f"the comment on paragraph {numbers[one.paragraph_id]}": one for one in drafts})
    release(taking.case_id, party.id, DRAFTED_BY)
    for comment in drafts:
        if comment.draft:
            comment.words, comment.draft = comment.draft, None
            comment.signed_on = taking.on
    taking.concerns(party)


@effect
def dispose_draft_comment(taking: Taking) -> None:
    """Accept each comment on the draft or not, with a reason that the body will read; one body’s at a time."""
    disposed = dispose(taking, lambda comment: comment.party_id)
    taking.concerns(next(one for one in taking.facts.subjects if one.id == disposed[0].party_id))


def dispose(taking: Taking, author: Callable[[Comment], object]) -> list[Comment]:
    """Keep what becomes of comments and why, of one author at a time.

    author: what tells apart whose comments they are
    Raises: Invalid for a comment that does not wait, several authors, or no reason
    """
    waiting = {one.id: one for one in standing_comments(taking.facts) if one.accepted is None}
    rows = [row for row in taking.data["disposition"] if row.get("disposition")]
    found = [waiting[int(row["comment"])] for row in rows if int(row["comment"]) in waiting]
    if len(found) != len(rows) or len({author(one) for one in found}) != 1:
        raise Invalid("Answer comments that still wait, of one side at a time.", "disposition")
    for comment, row in zip(found, rows, strict=True):
        _disposed(comment, row)
    return found


def _disposed(comment: Comment, row: Mapping[str, Any]) -> None:
    if not row.get("reason"):
        raise Invalid("Give the reason, which the author of the comment will read.", "disposition")
    comment.accepted, comment.reason = row["disposition"] == "accepted", row["reason"]
