"""A case as a body, or whoever oversees it, reads it: what it must do and by when, what it was asked, sent and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from markupsafe import Markup

from regulator.actors import Actor, Side
from regulator.casework import case_page, queries, steps
from regulator.casework.facts import OVERSIGHT, Facts
from regulator.casework.filling import fill
from regulator.casework.queries import CaseRow
from regulator.casework.telling import clock_words
from regulator.desk import waiting
from regulator.desk.kinds import BODY_FACTS, BODY_PANELS, TITLES, BesidePanel
from regulator.desk.listing import title_of
from regulator.desk.queries import line_of
from regulator.desk.told import Doing, Duty, File, Happened, doings, files, history
from regulator.desk.waiting import Asked, Next
from regulator.documents import queries as documents
from regulator.documents.queries import DocumentRow
from regulator.evidence import queries as evidence
from regulator.evidence.answering import MANAGES
from regulator.evidence.commented import Commented, commented
from regulator.evidence.commenting import DRAFTED_BY
from regulator.evidence.queries import NoteRow
from regulator.letters import queries as letters
from regulator.letters.queries import LetterRow
from regulator.regime.judge import Offer

SHARED = {
    "share_provisional_view": ("provisional_view", "The provisional view, and what you said of it"),
    "share_draft": ("draft_report", "The draft report, and what you say of it"),
}
"""What is shared to be commented on, by the step that shares it."""


@dataclass(frozen=True)
class Drawn:
    """A panel of the kind’s own, drawn; beside the page, or in it."""

    title: str
    words: Markup
    is_beside: bool


@dataclass(frozen=True)
class BodyPage:
    """Everything on a body’s page of a case."""

    case: CaseRow
    title: str
    sentence: str
    next: Next
    facts: Sequence[tuple[str, str]]
    panels: Sequence[Drawn]
    duties: Sequence[Duty]
    past: Sequence[Duty]
    word: str
    asked: Sequence[Asked]
    view: Sequence[Commented]
    view_title: str
    offered: Sequence[Doing]
    not_yet: Sequence[Doing]
    told: Sequence[Happened]
    letters: Sequence[LetterRow]
    files: Sequence[File]
    manages: bool
    keeps_notes: bool
    notes: Sequence[NoteRow]
    answered_at: str
    given: Mapping[int, Sequence[File]]


def page_of(case: CaseRow, *, by: Actor) -> BodyPage:
    """The page of a case for somebody of a body it is about, or of one that oversees it."""
    known, offers = steps.offers(case.id, by=by)
    reads_all = by.holds(*MANAGES, "oversight_contact")
    written = letters.of_case(case.id, by=by) if reads_all else []
    given = documents.of_case(case.id, by=by)
    told = queries.timeline(case.id, by=by, limit=queries.MANY)
    found = waiting.owed(known, by)
    duties = waiting.duties(known, found, by, told)
    asked = waiting.asked_of(case, known, told, by)
    first = waiting.first_steps(asked, found, offers, by)
    offered, not_yet = doings(offers, "desk.step", first, reference=case.reference)
    view_title, view = _view(case, known, by)
    return BodyPage(
        case=case,
        title=_title(case, by),
        sentence=_sentence(known, by),
        next=waiting.with_why(waiting.next_of(known, asked, found, offers, by), duties),
        facts=facts_of(case, known, by=by),
        panels=[_drawn(one) for one in _panels(case, known, by) if one.context.get("rows", True)],
        duties=[one for one in duties if one.ended_on is None],
        past=[one for one in duties if one.ended_on is not None][::-1],
        word=waiting.response_word(known.kind),
        asked=asked,
        view=view,
        view_title=view_title,
        offered=offered,
        not_yet=not_yet,
        told=history(known, told, written, given, marks_own=True, is_brief=not reads_all),
        letters=written[::-1],
        files=files(given),
        manages=by.side is Side.body and by.holds(*MANAGES),
        keeps_notes=by.reads_own,
        notes=evidence.notes_of(case.id, by=by, whole=by.holds(*MANAGES)),
        answered_at=_answered_at(case, offers),
        given=_given(case, asked, given, by),
    )


def _answered_at(case: CaseRow, offers: Sequence[Offer]) -> str:
    """Where items are answered; empty where this person may not, or not now."""
    found = (one.step.name for one in offers if one.open and one.step.effect in waiting.DRAFTING)
    step = next(found, None)
    return url_for("desk.step", reference=case.reference, step=step) if step else ""


def _given(
    case: CaseRow, asked: Sequence[Asked], documents: Sequence[DocumentRow], by: Actor
) -> Mapping[int, Sequence[File]]:
    """The files given with each item, by its number in the database."""
    if not asked or not documents:
        return {}
    found = evidence.with_items(documents, evidence.items_given_with(case.id, by=by))
    return {item: files(rows) for item, rows in found.items()}


def _title(case: CaseRow, by: Actor) -> str:
    if case.kind in TITLES:
        return TITLES[case.kind]
    line = line_of(case.id, by=by)
    return title_of(line) if line else case.reference


def _sentence(known: Facts, by: Actor) -> str:
    """Where the case stands, with the reader’s own dates."""
    audience = OVERSIGHT if by.side is Side.oversight else "body"
    parties = {party.id for party in waiting.parts_of(known, by)}
    said = known.kind.stages[known.stage].says.get(audience, "")
    return fill(said, clock_words(known, audience, parties))


def _panels(case: CaseRow, known: Facts, by: Actor) -> Sequence[Any]:
    return BODY_PANELS[case.kind](case, by, known) if case.kind in BODY_PANELS else ()


def _drawn(panel: Any) -> Drawn:
    return Drawn(panel.title, case_page.drawn(panel), isinstance(panel, BesidePanel))


def _view(case: CaseRow, known: Facts, by: Actor) -> tuple[str, Sequence[Commented]]:
    """What was last shared to be commented on, as this body was shown it, with what it says of it."""
    if by.side is Side.body:
        for step, (what, title) in SHARED.items():
            if step in known.kind.steps and known.happened(step):
                return title, commented(case, what, by=by)
    return "", []


def facts_of(case: CaseRow, known: Facts, *, by: Actor) -> list[tuple[str, str]]:
    """What a body may know of a case in a few lines."""
    rows = [("Reference", case.reference), ("Kind", known.kind.label)]
    if by.side is Side.oversight:
        overseen = [known.names[party.body_id] for party in waiting.parts_of(known, by)]
        rows.append(("About", " and ".join(overseen)))
    return [*rows, *(BODY_FACTS[case.kind](case, by) if case.kind in BODY_FACTS else ())]


@dataclass(frozen=True)
class Signed:
    """A request whose response is about to be signed, with its items and the files given with each."""

    request: evidence.RequestRow
    items: Sequence[tuple[evidence.ItemRow, Sequence[File]]]


def beside(case: CaseRow, known: Facts, *, by: Actor) -> dict[str, Any]:
    """What stands beside a step’s form: the facts, and for whoever signs the whole of what is signed, with its files."""
    return {
        "facts": facts_of(case, known, by=by),
        "signed": _signed(case, by) if by.holds("approving_officer") and by.side is Side.body else [],
        "word": waiting.response_word(known.kind),
        "comment_files": _with_comments(case, known, by),
    }


def _with_comments(case: CaseRow, known: Facts, by: Actor) -> Sequence[File]:
    """The files that colleagues gave with comments that nobody has signed yet, for whoever signs them."""
    if DRAFTED_BY not in known.kind.steps or not by.holds("approving_officer"):
        return []
    return files(
        [one for one in documents.of_case(case.id, by=by) if one.step == DRAFTED_BY and not one.for_staff]
    )


def _signed(case: CaseRow, by: Actor) -> list[Signed]:
    found = evidence.by_request(evidence.items_of(case.id, by=by))
    left = [one for one in found if one[0].submitted_on is None]
    left = left or [one for one in found if one[0].accepted_on is None][-1:]
    if not left:
        return []
    given = evidence.with_items(documents.of_case(case.id, by=by), evidence.items_given_with(case.id, by=by))
    return [
        Signed(request, [(item, files(given.get(item.id, ()))) for item in items]) for request, items in left
    ]
