"""What may be asked of requests, answers, issued versions and comments. `by` is always an argument."""

from regulator.evidence.queries.given import for_contributor, items_given_with, with_items
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

__all__ = [
    "CommentRow",
    "ItemRow",
    "ParagraphRow",
    "RequestRow",
    "SentRow",
    "by_request",
    "comments_of",
    "for_contributor",
    "items_given_with",
    "items_of",
    "paragraphs_of",
    "party_names",
    "sent_by_body",
    "with_items",
]
