"""What may be asked of requests, answers, issued versions and comments. `by` is always an argument."""

from regulator.evidence.queries.paragraphs import CommentRow, ParagraphRow, comments_of, paragraphs_of
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
    "items_of",
    "paragraphs_of",
    "sent_by_body",
]
