"""Where each recommendation stands: whose turn it is, by when, what the body answered and what was verified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regulator import moments, words
from regulator.actors import Actor, Side
from regulator.casework.case_page import Panel
from regulator.casework.queries import CaseRow
from regulator.findings import queries
from regulator.findings.facts import MET, REJECTED
from regulator.findings.panels import labels, names_of
from regulator.findings.queries import DraftRow, RecommendationRow

Labels = Mapping[str, str]


@dataclass(frozen=True)
class Recommended:
    """One recommendation as a page shows it; `first` is the day it had before more time was given."""

    number: int
    words: str
    body: str
    priority: str
    follows: str
    due: date | None
    first: date | None
    label: str
    tone: str
    notes: Sequence[str]
    reasons: str


def recommendations(case: CaseRow, by: Actor) -> Panel:
    """The recommendations that the reader may see, each with its date and where it stands."""
    found = queries.recommendations_of(case.id, by=by)
    drafts = queries.drafts_of(case.id, by=by) if found and by.reads_own else {}
    names = names_of(case, by) if found else {}
    said = labels(case, "priorities", "recommendation_answers", "outputs")
    rows = [_shown(one, names, said, drafts.get(one.id)) for one in found]
    title = "Recommendations to you" if by.side is Side.body else "Recommendations"
    columns = ["Recommendation", *(["To"] if names else []), "Priority"]
    columns += ["Where it stands"] if by.side is Side.oversight else ["Due", "Where it stands"]
    return Panel(title, "recommendations", {"rows": rows, "columns": columns})


def _shown(
    one: RecommendationRow, names: Mapping[int, str], said: Labels, draft: DraftRow | None
) -> Recommended:
    label, tone = standing(one)
    return Recommended(
        number=one.number,
        words=one.words,
        body=names.get(one.party_id, ""),
        priority=said.get(one.priority, one.priority),
        follows=_follows(one, said),
        due=one.last_day,
        first=one.first_day if one.first_day != one.last_day else None,
        label=label,
        tone=tone,
        notes=list(_notes(one, said, draft)),
        reasons=one.reasons or "",
    )


def _follows(one: RecommendationRow, said: Labels) -> str:
    if one.concern_id is not None:
        return "Of a cause of concern"
    kind = "" if one.output == "recommendation" else f"{said.get(one.output, one.output)}, "
    return words.sentence(f"{kind}on finding {one.finding}").rstrip(".") if one.finding else kind.rstrip(", ")


def standing(one: RecommendationRow) -> tuple[str, str]:
    """Where a recommendation stands in a few words, and the tone of that."""
    if one.issued_on is None:
        return "Draft", "none"
    return stands(one.verdict, one.noted_on, one.claimed_on, one.last_day)


def stands(
    verdict: str | None, noted_on: date | None, claimed_on: date | None, last_day: date | None
) -> tuple[str, str]:
    """The same of one that was given to its body, wherever it is listed."""
    if verdict == MET:
        return "Met", "good"
    if noted_on:
        return "Rejected, followed up no further", "ended"
    if claimed_on:
        return "Said to be done, to be verified", "active"
    if last_day and last_day < moments.today():
        return "Overdue", "late"
    return ("Partly met", "soon") if verdict == "partly" else ("Open", "waiting")


def _notes(one: RecommendationRow, said: Labels, draft: DraftRow | None) -> Iterator[str]:
    if draft is not None:
        yield f"Drafted, not signed: {said.get(draft.answer, draft.answer).lower()}"
    if one.answer and one.answered_on:
        to_note = "; not taken note of yet" if one.answer == REJECTED and not one.noted_on else ""
        yield f"{said.get(one.answer, one.answer)} {words.day(one.answered_on)}{to_note}"
    if one.own_target:
        yield f"Own date of the organisation: {words.day(one.own_target)}"
    if one.claimed_on:
        yield f"Said on {words.day(one.claimed_on)} to be done"
    if one.verdict and one.verified_on:
        found = {"met": "met", "partly": "partly met"}.get(one.verdict, "not met")
        yield f"Verified {words.day(one.verified_on)}: {found}"
    if one.noted_on:
        yield f"The rejection was noted {words.day(one.noted_on)}"
