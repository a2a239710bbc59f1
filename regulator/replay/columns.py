"""The columns of the answers that are rows, and how each is written in a story."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NUMBER, WORDS, DAY, YES_NO, STANDARD, PARTY, AREA = (
    "number",
    "words",
    "day",
    "yes_no",
    "standard",
    "party",
    "area",
)
"""How a cell is written: a number within the case, words, a day, yes or no, a standard, a body’s slug, an area’s name."""

Columns = Mapping[str, str]
_AREA: Columns = {"area": AREA, "reasons": WORDS}

ROWS: Final[Mapping[str, Columns]] = {
    # of a complaint
    "remit_answers": {"test": "remit_tests", "answer": "remit_answers", "note": WORDS},
    "findings": {"allegation": NUMBER, "finding": "findings", "standard": STANDARD, "reasons": WORDS},
    "comments": {"paragraph": NUMBER, "words": WORDS},
    # of every kind that asks and shares
    "items": {"question": WORDS, "good": WORDS, "holder": WORDS, "wanted_by": DAY},
    "item_answer": {"item": NUMBER, "answer": WORDS, "mark": "evidence_marks", "ground": WORDS},
    "returned_items": {"item": NUMBER, "missing": WORDS},
    "draft_comments": {"paragraph": NUMBER, "words": WORDS},
    "disposition": {"comment": NUMBER, "disposition": "dispositions", "reason": WORDS},
    # of an audit or an inspection
    "report_findings": {"area": AREA, "words": WORDS, "standard": STANDARD, "evidence": WORDS},
    "recommendations": {
        "finding": NUMBER,
        "party": PARTY,
        "words": WORDS,
        "priority": "priorities",
        "output": "outputs",
    },
    "ratings": {**_AREA, "rating": "assurance"},
    "grades": {**_AREA, "grade": "grades"},
    "responses": {
        "recommendation": NUMBER,
        "answer": "recommendation_answers",
        "reasons": WORDS,
        "own_target": DAY,
    },
    "public_comments": {"recommendation": NUMBER, "answer": "public_answers", "words": WORDS},
    # of a notice
    "preconditions": {"test": "preconditions", "answer": "remit_answers", "note": WORDS},
    "notice_steps_asked": {"words": WORDS, "done_by": DAY, "hours": NUMBER, "prohibits": YES_NO},
    "point_answers": {"point": NUMBER, "answer": "dispositions", "reason": WORDS},
    "supplied": {"notice_step": NUMBER, "answer": WORDS, "mark": "evidence_marks"},
    "variation": {"notice_step": NUMBER, "words": WORDS, "done_by": DAY, "falls_away": YES_NO},
}
"""The columns by question; a kind that is none of those above is the name of a set of coded answers."""
