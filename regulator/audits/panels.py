"""What the pages of a case show of an audit alone: how it was planned and the terms as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulator import words
from regulator.actors import Actor
from regulator.audits import queries
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.evidence.queries import party_names
from regulator.findings.panels import labels


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph; terms are not commented on, a change is proposed to them."""

    number: int
    words: str
    comments: Sequence[object] = ()


@dataclass(frozen=True)
class Terms:
    """The terms as one body was sent them."""

    title: str
    paragraphs: Sequence[Paragraph]


def planned(case: CaseRow, by: Actor) -> Panel:
    """How the audit was planned; why is for the regulator alone."""
    made = queries.plan_of(case.id, by=by)
    rows = []
    if made is not None:
        rows = [
            ("What it is called", made.title),
            ("Basis", labels(case, "audit_bases").get(made.basis)),
            ("Fieldwork", "None: it is the organisation’s own return" if made.own_return else None),
            ("Why", made.reason),
        ]
    return Panel("The audit", "said", {"rows": [Answer(label, said) for label, said in rows if said]})


def terms(case: CaseRow, by: Actor) -> Panel:
    """The terms with each body whose terms the reader may see."""
    found = queries.terms_of(case.id, by=by)
    names = party_names(case.id, by=by) if len(found) > 1 else {}
    rows = [
        Terms(
            _titled(one, names),
            [Paragraph(number, said) for number, said in enumerate(one.paragraphs, 1)],
        )
        for one in found
    ]
    return Panel("The terms", "shown_views", {"rows": rows})


def _titled(one: queries.TermsRow, names: Mapping[int, str]) -> str:
    how = "As recorded" if one.number > 1 else "As proposed"
    name = names.get(one.party_id or 0)
    whom = f" with {name}" if name else ""
    return f"{how}{whom}, {words.day(one.issued_on)}"
