"""What may be asked of cases of any kind."""

from regulator.casework.queries.cases import CaseRow, get
from regulator.casework.queries.people import Colleague, colleagues
from regulator.casework.queries.timeline import MANY, PAGE, Told, sentence_of, timeline

__all__ = [
    "MANY",
    "PAGE",
    "CaseRow",
    "Colleague",
    "Told",
    "colleagues",
    "get",
    "sentence_of",
    "timeline",
]
