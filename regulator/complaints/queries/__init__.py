"""What may be asked of complaints. Every SELECT of this room is here; `by` is always an argument."""

from regulator.complaints.queries.account import (
    ItemRow,
    RequestRow,
    SentRow,
    by_request,
    items_of,
    sent_by_body,
)
from regulator.complaints.queries.desk import CLOSED, OPEN, WAITING, DeskPage, DeskRow, desk
from regulator.complaints.queries.particulars import (
    AllegationRow,
    ParticularsRow,
    RemitRow,
    allegations_of,
    of_claim,
    particulars_of,
    party_names,
    remit_of,
    same_person,
    who_complains,
)
from regulator.complaints.queries.view import CommentRow, ParagraphRow, comments_of, shared_view

__all__ = [
    "CLOSED",
    "OPEN",
    "WAITING",
    "AllegationRow",
    "CommentRow",
    "DeskPage",
    "DeskRow",
    "ItemRow",
    "ParagraphRow",
    "ParticularsRow",
    "RemitRow",
    "RequestRow",
    "SentRow",
    "allegations_of",
    "by_request",
    "comments_of",
    "desk",
    "items_of",
    "of_claim",
    "particulars_of",
    "party_names",
    "remit_of",
    "same_person",
    "sent_by_body",
    "shared_view",
    "who_complains",
]
