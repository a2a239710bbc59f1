"""What the pages of a case show of what was looked at and found: parts that an audit and an inspection register.

Each takes the case and its reader and gives what that reader may see, so the same parts serve staff, bodies and overseers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regulator import words
from regulator.actors import Actor, Side
from regulator.casework import editions
from regulator.casework.case_page import Panel
from regulator.casework.queries import CaseRow
from regulator.evidence import queries as evidence
from regulator.evidence.commented import Commented
from regulator.evidence.queries import ParagraphRow
from regulator.findings import queries
from regulator.findings.queries import AreaRow, FindingRow, PublicationRow, RatingRow, VisitRow
from regulator.regime.model import Edition


@dataclass(frozen=True)
class Rated:
    """A rating or grade in words; `note` says when the body was told it, or that it was not."""

    label: str
    note: str
    reasons: str
    is_draft: bool


@dataclass(frozen=True)
class Area:
    """One thing that is looked at, with its ratings, the first before later ones."""

    number: int
    name: str
    ratings: Sequence[Rated]


@dataclass(frozen=True)
class Held:
    """A visit, interview, observation or revisit, arranged or written up; `said` is label and words."""

    title: str
    note: str
    is_held: bool
    said: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """A finding of the report; `notes` are short sentences."""

    number: int
    area: str
    words: str
    standard: str
    evidence: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Issued:
    """The report as somebody was sent it."""

    title: str
    paragraphs: Sequence[Commented]


@dataclass(frozen=True)
class Public:
    """What is public, or was until it was corrected."""

    label: str
    tone: str
    note: str
    paragraphs: Sequence[str]
    correction: str


WHATS: Mapping[str, str] = {
    "visit": "Visit",
    "interview": "Interview",
    "observation": "Observation",
    "revisit": "Revisit",
}
SEEN = (
    ("What we want to see", "purpose"),
    ("Interviewed", "interviewed"),
    ("Who was there", "people_present"),
    ("What was seen and heard", "observations"),
    ("What the revisit found", "words"),
)


def edition_of(case: CaseRow) -> Edition:
    """The edition the case keeps."""
    return editions.editions()[case.edition]


def labels(case: CaseRow, *names: str) -> Mapping[str, str]:
    """The coded answers of some sets, in the words of whoever chooses among them."""
    return {choice.code: choice.label for name in names for choice in edition_of(case).choices(name)}


def names_of(case: CaseRow, by: Actor) -> Mapping[int, str]:
    """What each body is called, where the reader may read of more than one."""
    is_told = by.side is not Side.body and queries.has_several_bodies(case.id, by=by)
    return evidence.party_names(case.id, by=by) if is_told else {}


def areas(case: CaseRow, looked_at: Sequence[AreaRow]) -> Panel:
    """What is looked at, with each rating or grade of it, the first beside later ones."""
    said = labels(case, "assurance", "grades")
    return Panel("What is looked at", "areas", {"rows": [_area(one, said) for one in looked_at]})


def _area(one: AreaRow, said: Mapping[str, str]) -> Area:
    return Area(one.number, one.name, [_rated(each, said) for each in one.ratings])


def _rated(one: RatingRow, said: Mapping[str, str]) -> Rated:
    note = words.day(one.issued_on) if one.issued_on else "only drafted"
    return Rated(said.get(one.code, one.code), note, one.reasons or "", one.issued_on is None)


def visits(case: CaseRow, by: Actor) -> Panel:
    """Visits, interviews and observations; a body reads which were arranged with it, and nothing that was said there."""
    found = queries.visits_of(case.id, by=by)
    names = names_of(case, by) if found else {}
    title = "Visits arranged with you" if by.side is Side.body else "Visits and interviews"
    return Panel(title, "visits", {"rows": [_held(one, names) for one in found]})


def _held(one: VisitRow, names: Mapping[int, str]) -> Held:
    where = f", {one.place}" if one.place else ""
    body = f", {names[one.party_id]}" if one.party_id in names else ""
    said = [(label, getattr(one, name)) for label, name in SEEN if getattr(one, name)]
    return Held(f"{WHATS[one.what]}{where}{body}", _when(one), one.held_on is not None, said)


def _when(one: VisitRow) -> str:
    if one.held_on and one.what != "visit":
        return words.day(one.held_on)
    until = f" to {words.day(one.ends_on)}" if one.ends_on else ""
    arranged = f"Arranged for {words.day(one.starts_on)}{until}" if one.starts_on else ""
    held = f"held {words.day(one.held_on)}" if one.held_on else ""
    return words.sentence(", ".join(filter(None, (arranged, held)))).rstrip(".")


def drafted(case: CaseRow, by: Actor) -> Panel:
    """The words of the report as they are being written, for the regulator alone."""
    report = queries.report_of(case.id, by=by)
    lines = report.words.split("\n\n") if report else []
    shown = [Commented(number, line, []) for number, line in enumerate(lines, 1)]
    return Panel("The report as it is written", "shown_views", {"rows": [Issued("", shown)] if shown else []})


def findings(case: CaseRow, by: Actor, looked_at: Sequence[AreaRow]) -> Panel:
    """The findings, each in its area and under its standard; for the regulator with its evidence."""
    names = {one.id: one.name for one in looked_at}
    rows = [_found(case, one, names) for one in queries.findings_of(case.id, by=by)]
    return Panel("Findings", "findings", {"rows": rows})


def _found(case: CaseRow, one: FindingRow, names: Mapping[int, str]) -> Found:
    standard = edition_of(case).standards.get(one.standard)
    return Found(
        one.number,
        names.get(one.area_id, ""),
        one.words,
        standard.words if standard else one.standard,
        one.evidence or "",
        list(_notes(one)),
    )


def _notes(one: FindingRow) -> Iterator[str]:
    if one.superseded_on:
        by = f" by {one.superseded_by}" if one.superseded_by else " by a court"
        yield f"Superseded on {words.day(one.superseded_on)}{by}"


def issued(case: CaseRow, by: Actor) -> Panel:
    """The report as it was issued: to a body or its overseer what concerns it, to the regulator each version there is."""
    found = evidence.paragraphs_of(case.id, "report", by=by)
    names = evidence.party_names(case.id, by=by) if found else {}
    versions: dict[int, list[ParagraphRow]] = {}
    for one in found:
        versions.setdefault(one.version_id, []).append(one)
    rows = [_issued(told, names, by, len(versions)) for told in versions.values() if _is_for(told[0], by)]
    is_open = by.side is not Side.staff and len(rows) == 1
    return Panel("The report", "issued_report", {"rows": rows, "is_open": is_open})


def _is_for(one: ParagraphRow, by: Actor) -> bool:
    """Whether it is worth the reader’s while: the regulator reads it whole, not once for each who was sent a part."""
    return by.side is not Side.staff or one.audience == "internal"


def _issued(told: Sequence[ParagraphRow], names: Mapping[int, str], by: Actor, count: int) -> Issued:
    first = told[0]
    whose = names.get(first.party_id or 0) if count > 1 else None
    about = f" about {whose}" if whose else ""
    said = "The whole, issued" if by.side is Side.staff else "Issued"
    title = f"{said}{about} {words.day(first.issued_on)}"
    return Issued(title, [Commented(one.number, one.words, []) for one in told])


def public(case: CaseRow, by: Actor) -> Panel:
    """What is public, and what stood there before it was corrected."""
    found = queries.publications_of(case.id, by=by)
    return Panel("What is public", "made_public", {"rows": [_public(one, found) for one in reversed(found)]})


def _public(one: PublicationRow, every: Sequence[PublicationRow]) -> Public:
    is_now = one is every[-1]
    return Public(
        "Public now" if is_now else "Corrected since",
        "good" if is_now else "ended",
        _published(one.published_on, corrected=one.correction is not None),
        (one.words or one.replaced or "").split("\n\n"),
        one.correction or "",
    )


def _published(on: date, *, corrected: bool) -> str:
    return f"{'Corrected' if corrected else 'Published'} {words.day(on)}"
