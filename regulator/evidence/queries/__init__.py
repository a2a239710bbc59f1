"""What may be asked of requests, answers, issued versions and comments. `by` is always an argument."""

from regulator.evidence.queries.given import for_contributor, items_given_with, with_items
from regulator.evidence.queries.own import NoteRow, TeamRow, notes_of, teams
from regulator.evidence.queries.paragraphs import CommentRow, ParagraphRow, comments_of, paragraphs_of
from regulator.evidence.queries.parties import party_names
from regulator.evidence.queries.requests import (
    ItemRow,
    RequestRow,
    SentRow,
    by_request,
    items_of,
    sent_by_body,
)
from regulator.evidence.queries.sent import SentFileRow, SentItemRow, sent_files, sent_items

__all__ = [
    "CommentRow",
    "ItemRow",
    "NoteRow",
    "ParagraphRow",
    "RequestRow",
    "SentFileRow",
    "SentItemRow",
    "SentRow",
    "TeamRow",
    "by_request",
    "comments_of",
    "for_contributor",
    "items_given_with",
    "items_of",
    "notes_of",
    "paragraphs_of",
    "party_names",
    "sent_by_body",
    "sent_files",
    "sent_items",
    "teams",
    "with_items",
]
