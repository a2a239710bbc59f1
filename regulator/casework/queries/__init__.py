"""What may be asked of cases of any kind."""

from regulator.casework.queries.cases import CaseHead, CaseRow, Linked, get, head, links
from regulator.casework.queries.people import Colleague, answerers, colleagues, loads
from regulator.casework.queries.saved import SavedRow, saved_lists
from regulator.casework.queries.timeline import MANY, PAGE, Told, sentence_of, timeline
from regulator.casework.queries.worklists import (
    COUNTED,
    ROWS,
    Asked,
    Line,
    Lines,
    Which,
    Whose,
    as_reference,
    counts,
    referred_to,
    worklist,
)

__all__ = [
    "COUNTED",
    "MANY",
    "PAGE",
    "ROWS",
    "Asked",
    "CaseHead",
    "CaseRow",
    "Colleague",
    "Line",
    "Lines",
    "Linked",
    "SavedRow",
    "Told",
    "Which",
    "Whose",
    "answerers",
    "as_reference",
    "colleagues",
    "counts",
    "get",
    "head",
    "links",
    "loads",
    "referred_to",
    "saved_lists",
    "sentence_of",
    "timeline",
    "worklist",
]
