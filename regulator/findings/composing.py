"""The report as one reader is shown it, paragraph by paragraph: the parts all share, and what is recommended to that body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.findings.facts import edition_of, latest_rating, of, of_the_report
from regulator.findings.models import Recommendation, ReportFinding, ScopeArea


def paragraphs(known: Facts, party: Party | None, *, recommended: bool = True) -> list[str]:
    """The report as a body reads it, or whole, with its evidence, for the regulator.

    recommended: with the recommendations, which a letter may tell apart
    """
    report = of(known).report
    words = [line for line in (report.words if report else "").split("\n\n") if line]
    found = [line for area in of(known).areas for line in _area(known, area, is_whole=party is None)]
    told = of_the_report(known, party.id if party else None) if recommended else []
    return [*words, *found, *(_recommendation(known, one, party) for one in told)]


def _area(known: Facts, area: ScopeArea, *, is_whole: bool) -> Iterator[str]:
    if rated := rating_of(known, area):
        yield f"{area.name}: {rated}"
    for one in of(known).findings:
        if one.area_id == area.id:
            yield f"{area.name}, finding {one.number}: {_finding(known, one, is_whole=is_whole)}"


def rating_of(known: Facts, area: ScopeArea) -> str:
    """How an area was rated or graded last, with the reasons, once that was issued."""
    rating = latest_rating(known, area.id, issued=True)
    if rating is None:
        return ""
    return " ".join(filter(None, (f"{rating_words(known, rating.code)}.", rating.reasons)))


def rating_words(known: Facts, code: str) -> str:
    """A rating or grade in the words of the edition."""
    choices = (*edition_of(known).choices("assurance"), *edition_of(known).choices("grades"))
    return next((choice.label for choice in choices if choice.code == code), code)


def _finding(known: Facts, one: ReportFinding, *, is_whole: bool) -> str:
    standard = edition_of(known).standards.get(one.standard)
    under = f"Standard: {standard.words}." if standard else ""
    evidence = f"Evidence: {one.evidence}" if is_whole and one.evidence else ""
    return " ".join(filter(None, (_ended(one.words), under, evidence)))


def _ended(said: str) -> str:
    """A sentence that another follows, with a full stop where its author left it out."""
    said = said.rstrip()
    return said if said.endswith((".", "!", "?", "”", "…")) else f"{said}."


def _recommendation(known: Facts, one: Recommendation, party: Party | None) -> str:
    return f"Recommendation {one.number}{_to(known, one, party)} ({told_priority(known, one)}){_from(known, one)}: {one.words}"


def _to(known: Facts, one: Recommendation, party: Party | None) -> str:
    """To whom, where the reader reads those to others as well."""
    if party is not None or len(known.subjects) == 1:
        return ""
    return f" to {next(known.names[each.body_id] for each in known.subjects if each.id == one.party_id)}"


def _from(known: Facts, one: Recommendation) -> str:
    numbers: Iterable[int] = (each.number for each in of(known).findings if each.id == one.finding_id)
    return "".join(f", on finding {number}" for number in numbers)


def told_priority(known: Facts, one: Recommendation) -> str:
    """The priority of a recommendation as a person reads it: “high priority”."""
    choices = edition_of(known).choices("priorities")
    label = next((choice.label for choice in choices if choice.code == one.priority), one.priority)
    return f"{label.lower()} priority"
