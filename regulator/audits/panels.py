"""What the pages of a case show of an audit alone: how it was planned and the terms as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regulator import words
from regulator.actors import Actor
from regulator.audits import queries
from regulator.casework import editions
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.complaints.queries import party_names
from regulator.regime.model import Edition


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


def panels_of(case: CaseRow, by: Actor) -> list[Panel]:
    """The panels of an audit, in the order in which it is worked; those with nothing in them are left out."""
    found = (planned(case, by), terms(case, by))
    return [panel for panel in found if panel.context["rows"]]


def labels(edition: Edition, name: str) -> Mapping[str, str]:
    """The coded answers of a set, in the words of whoever chooses among them."""
    return {choice.code: choice.label for choice in edition.choices(name)}


def planned(case: CaseRow, by: Actor) -> Panel:
    """How the audit was planned; why is for the regulator alone."""
    made = queries.plan_of(case.id, by=by)
    edition = editions.editions()[case.edition]
    rows = []
    if made is not None:
        rows = [
            ("What it is called", made.title),
            ("Basis", labels(edition, "audit_bases").get(made.basis)),
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
