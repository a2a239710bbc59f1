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
from regulator.evidence.panels import commented_on
from regulator.evidence.queries import party_names
from regulator.findings.panels import issued, labels


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph; terms are not commented on, a change is proposed to them."""

    number: int
    words: str
    comments: Sequence[object] = ()


@dataclass(frozen=True)
class Told:
    """What one body was sent, paragraph by paragraph."""

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
    alike: dict[tuple[int, str], list[queries.TermsRow]] = {}
    for one in found:
        alike.setdefault((one.number, one.text), []).append(one)
    rows = [
        Told(_titled(same, names), [Paragraph(at, said) for at, said in enumerate(same[0].paragraphs, 1)])
        for same in alike.values()
    ]
    return Panel("The terms", "shown_views", {"rows": rows})


def draft_as_commented(case: CaseRow, by: Actor) -> Panel:
    """The draft with the comments on it; once the report is issued, in place of it, only what was commented on."""
    draft, final = commented_on(case, by), issued(case, by)
    if not final.context["rows"]:
        return draft
    rows = [
        Told(one.title, [each for each in one.paragraphs if each.comments]) for one in draft.context["rows"]
    ]
    title = "Comments on the draft, and what became of them"
    return Panel(title, draft.component, {"rows": [one for one in rows if one.paragraphs]})


def _titled(same: Sequence[queries.TermsRow], names: Mapping[int, str]) -> str:
    """To whom the same terms were sent, and when."""
    how, when = ("As recorded for" if same[0].number > 1 else "As proposed to"), words.day(same[0].issued_on)
    whom = " and ".join(sorted(filter(None, (names.get(one.party_id or 0) for one in same))))
    return f"{how} {whom}, {when}" if whom else f"{how.rsplit(' ', 1)[0]}, {when}"
