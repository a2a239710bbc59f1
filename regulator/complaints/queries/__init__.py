"""What may be asked of complaints. Every SELECT of this room is here; `by` is always an argument."""

from regulator.complaints.queries.particulars import (
    AllegationRow,
    ParticularsRow,
    RemitRow,
    allegations_of,
    language_of,
    of_claim,
    particulars_of,
    question_of,
    remit_of,
    same_person,
    who_complains,
)
from regulator.complaints.queries.told import Line, told_since
from regulator.evidence.queries import party_names

__all__ = [
    "AllegationRow",
    "Line",
    "ParticularsRow",
    "RemitRow",
    "allegations_of",
    "language_of",
    "of_claim",
    "particulars_of",
    "party_names",
    "question_of",
    "remit_of",
    "same_person",
    "told_since",
    "who_complains",
]
