"""What the pages of a case show of an inspection alone: how it was planned, causes of concern, comments in public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from regulator import words
from regulator.actors import Actor, Side
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.evidence.queries import party_names
from regulator.findings.panels import edition_of, labels
from regulator.inspections import queries
from regulator.inspections.queries import ConcernRow, Recommended, SaidRow


@dataclass(frozen=True)
class Recommends:
    """A recommendation of a cause of concern, in words."""

    number: int
    words: str
    priority: str
    verdict: str


@dataclass(frozen=True)
class Concern:
    """A cause of concern as a page shows it; `again` leads to where its draft is written anew."""

    number: int
    body: str
    label: str
    tone: str
    notes: Sequence[str]
    paragraphs: Sequence[str]
    recommendations: Sequence[Recommends]
    answer: str | None
    answered_on: date | None
    closed_because: str | None
    again: str | None


@dataclass(frozen=True)
class Spoken:
    """A comment made in public."""

    who: str
    on: date
    about: str
    answer: str
    paragraphs: Sequence[str]


def planned(case: CaseRow, by: Actor) -> Panel:
    """How the inspection was planned; whether it is unannounced, and why, is for the regulator alone."""
    made = queries.plan_of(case.id, by=by)
    rows = []
    if made is not None:
        whose = labels(case, "commissions").get(made.commission, "")
        known = {
            True: "Unannounced: the organisation knows nothing of it until fieldwork begins",
            False: "Announced",
        }
        rows = [
            ("What it is called", made.title),
            ("Whose idea it is", f"{whose}: {made.commissioned_by}" if made.commissioned_by else whose),
            ("How", known[made.unannounced] if made.unannounced is not None else None),
            ("Why", made.reason),
        ]
    return Panel("The inspection", "said", {"rows": [Answer(label, said) for label, said in rows if said]})


def concerns(case: CaseRow, by: Actor) -> Panel:
    """The causes of concern that the reader may see, each with what became of it."""
    found = queries.concerns_of(case.id, by=by)
    names = party_names(case.id, by=by) if found and by.side is not Side.body else {}
    rows = [_concern(case, one, names, is_staff=by.side is Side.staff) for one in found]
    return Panel("Causes of concern", "concerns", {"rows": rows})


def _concern(case: CaseRow, one: ConcernRow, names: Mapping[int, str], *, is_staff: bool) -> Concern:
    label, tone = _standing(one)
    is_draft = is_staff and one.sent_on is None
    return Concern(
        number=one.number,
        body=names.get(one.party_id, ""),
        label=label,
        tone=tone,
        notes=list(_notes(case, one, is_staff=is_staff)),
        paragraphs=one.paragraphs,
        recommendations=[_recommends(case, each) for each in one.recommendations],
        answer=one.answer,
        answered_on=one.answered_on,
        closed_because=one.closed_because,
        again=url_for("casework.step", reference=case.reference, step="draft_concern", concern=one.id)
        if is_draft
        else None,
    )


def _standing(one: ConcernRow) -> tuple[str, str]:
    """Where a cause of concern stands, in a word or two."""
    if one.closed_on:
        return f"Closed {words.day(one.closed_on)}", "good"
    if one.answered_on:
        return "Answered, still open", "active"
    return ("Waiting for an answer", "waiting") if one.sent_on else ("Draft, not sent", "none")


def _notes(case: CaseRow, one: ConcernRow, *, is_staff: bool) -> Iterator[str]:
    if one.sent_on:
        yield f"Sent {words.day(one.sent_on)}"
    if is_staff and one.accelerated:
        yield "It cannot wait for the report"
    if standard := edition_of(case).standards.get(one.standard):
        yield f"Standard: {standard.words}"


def _recommends(case: CaseRow, one: Recommended) -> Recommends:
    priority = labels(case, "priorities").get(one.priority, one.priority)
    verdict = labels(case, "verdicts").get(one.verdict or "", "")
    return Recommends(one.number, one.words, f"{priority} priority", verdict)


def spoken(case: CaseRow, by: Actor) -> Panel:
    """What was said in public of the report, in the order in which it was said."""
    said = queries.said_in_public(case.id, by=by)
    names = party_names(case.id, by=by) if said else {}
    numbers = {one.id: one.number for one in queries.recommendations_of(case.id, by=by)} if said else {}
    return Panel(
        "Comments made in public", "spoken", {"rows": [_spoken(case, one, names, numbers) for one in said]}
    )


def _spoken(case: CaseRow, one: SaidRow, names: Mapping[int, str], numbers: Mapping[int, int]) -> Spoken:
    body = names.get(one.party_id, "The organisation")
    number = numbers.get(one.recommendation_id or 0)
    about = f"on recommendation {number}" if number else "on the report"
    if one.is_reply:
        about = "in reply to what the organisation says"
    return Spoken(
        who=body if one.side == "body" else f"The body that oversees {body}",
        on=one.made_on,
        about=about,
        answer=labels(case, "public_answers").get(one.answer or "", ""),
        paragraphs=one.words.split("\n\n"),
    )
