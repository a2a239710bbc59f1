"""Writing the report: its words, a rating for each area, findings, and recommendations, saved again and again until issued.

A row says which it is by its `number`. One that does not is the drafted one of the same words, or takes the lowest
number that is free: so a number stays with its row, and no numbers are left out. What was issued is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from regulator.casework.models import Party
from regulator.casework.registry import effect
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Conflict, Invalid
from regulator.findings.facts import edition_of, latest_rating, of, of_the_report
from regulator.findings.models import AreaRating, Recommendation, Report, ReportFinding, ScopeArea

CHANGED = "Somebody else saved the report while you were writing. Nothing of yours is saved yet."
Said = Mapping[str, Any]


class Numbered(Protocol):
    """A row with a number of its own in the case, and words."""

    number: Any
    words: Any


R = TypeVar("R", bound=Numbered)


@effect
def draft_report(taking: Taking) -> None:
    """Keep the report as it is written now, in place of what was drafted before."""
    _keep_words(taking)
    if "ratings" in taking.data:
        keep_ratings(taking, taking.data["ratings"], "rating", "ratings")
    findings, gone = _keep_findings(taking)
    rows = [row for row in taking.data.get("recommendations") or () if _says(row)]
    _keep_recommendations(taking, rows, findings)
    _remove(gone)


def _keep_words(taking: Taking) -> None:
    words = "\n\n".join(str(line).strip() for line in taking.data["report_words"])
    report, seen = of(taking.facts).report, taking.data.get("version")
    if seen not in (None, "") and int(str(seen)) != (report.version if report else 0):
        raise Conflict(CHANGED)
    if report is None:
        taking.add(Report(case_id=taking.case_id, words=words, version=1))
    else:
        report.words, report.version = words, report.version + 1


def keep_ratings(taking: Taking, rows: Iterable[Said], code: str, field: str) -> None:
    """Keep a rating or grade for each area, drafted until it is issued; one issued before stays beside it.

    code: what the rating is called in a row; field: the question the rows answer
    """
    for row in rows:
        if row.get(code):
            _keep_rating(taking, area_of(taking, row, field), str(row[code]), row.get("reasons"))


def _keep_rating(taking: Taking, area: ScopeArea, code: str, reasons: str | None) -> None:
    draft = latest_rating(taking.facts, area.id, issued=False)
    if draft is None:
        before = latest_rating(taking.facts, area.id, issued=True)
        draft = AreaRating(case_id=taking.case_id, area_id=area.id, round=before.round + 1 if before else 1)
    draft.code, draft.reasons = code, reasons
    db.session.add(draft)


def area_of(taking: Taking, row: Said, field: str) -> ScopeArea:
    """The area a row is about, by its number.

    Raises: Invalid for one there is not
    """
    said = str(row.get("area") or "")
    found = next((one for one in of(taking.facts).areas if str(one.number) == said), None)
    if found is None:
        raise Invalid("Choose one of the areas that are looked at.", field)
    return found


def _says(row: Said) -> bool:
    return bool(str(row.get("words") or "").strip())


def place(
    rows: Sequence[Said], drafted: Sequence[R], taken: Collection[int]
) -> tuple[list[tuple[int, R | None]], list[R]]:
    """For each row its number and the drafted one it stands for, if any; and the drafted ones nobody stands for.

    taken: numbers of others, which nothing drafted can have
    """
    free = {one.number: one for one in drafted}
    numbers: list[int | None] = [_own_number(row, taken) for row in rows]
    left = {number: one for number, one in free.items() if number not in numbers}
    for at, row in enumerate(rows):
        same = next((n for n, one in left.items() if one.words == row["words"]), None)
        if numbers[at] is None and same is not None:
            numbers[at] = same
            del left[same]
    used = {*taken, *(n for n in numbers if n is not None)}
    placed = []
    for number in numbers:
        mine = number if number is not None else _lowest(used)
        used.add(mine)
        placed.append((mine, free.pop(mine, None)))
    return placed, list(free.values())


def _own_number(row: Said, taken: Collection[int]) -> int | None:
    number = int(row["number"]) if row.get("number") not in (None, "") else None
    if number in taken:
        raise Conflict(CHANGED)
    return number


def _lowest(used: Collection[int]) -> int:
    return next(number for number in range(1, len(used) + 2) if number not in used)


def _keep_findings(taking: Taking) -> tuple[list[ReportFinding], list[ReportFinding]]:
    """The findings as they now stand, in the order given, and those left out: they go once nothing refers to them."""
    known = of(taking.facts).findings
    rows = [row for row in taking.data.get("report_findings") or () if _says(row)]
    if not rows:
        raise Invalid("Write at least one finding.", "report_findings")
    drafted = [one for one in known if one.issued_on is None]
    placed, gone = place(rows, drafted, {one.number for one in known if one.issued_on is not None})
    kept = [_finding(taking, row, *where) for row, where in zip(rows, placed, strict=True)]
    db.session.flush()
    return kept, gone


def _finding(taking: Taking, row: Said, number: int, found: ReportFinding | None) -> ReportFinding:
    if row.get("standard") not in edition_of(taking.facts).standards:
        raise Invalid(f"Choose the standard of finding {number}.", f"report_findings-{number}-standard")
    one = found or ReportFinding(case_id=taking.case_id, number=number)
    one.area_id = area_of(taking, row, f"report_findings-{number}-area").id
    one.words, one.standard, one.evidence = str(row["words"]), str(row["standard"]), row.get("evidence")
    db.session.add(one)
    return one


def _keep_recommendations(taking: Taking, rows: Sequence[Said], findings: Sequence[ReportFinding]) -> None:
    drafted = [one for one in of_the_report(taking.facts) if one.issued_on is None]
    others = {one.number for one in of(taking.facts).recommendations} - {one.number for one in drafted}
    placed, gone = place(rows, drafted, others)
    for row, (number, found) in zip(rows, placed, strict=True):
        one = found or Recommendation(case_id=taking.case_id, number=number)
        _fill(taking, one, row, findings)
        db.session.add(one)
    _remove(gone)


def _remove(rows: Iterable[object]) -> None:
    for row in rows:
        db.session.delete(row)
    db.session.flush()


def _fill(taking: Taking, one: Recommendation, row: Said, findings: Sequence[ReportFinding]) -> None:
    at = f"recommendations-{one.number}"
    priorities = {choice.code for choice in edition_of(taking.facts).choices("priorities")}
    if row.get("priority") not in priorities:
        raise Invalid(f"Choose the priority of recommendation {one.number}.", f"{at}-priority")
    one.words, one.priority = str(row["words"]), str(row["priority"])
    one.output = str(row.get("output") or one.output or "recommendation")
    one.party_id = _party(taking, row, at).id
    one.finding_id = _finding_of(taking, row, findings, at)


def _party(taking: Taking, row: Said, at: str) -> Party:
    subjects = taking.facts.subjects
    said = str(row.get("party") or "")
    found = [one for one in subjects if said == str(one.id) or (not said and len(subjects) == 1)]
    if not found:
        raise Invalid("Choose the organisation it is for.", f"{at}-party")
    return found[0]


def _finding_of(taking: Taking, row: Said, findings: Sequence[ReportFinding], at: str) -> int:
    issued = [one for one in of(taking.facts).findings if one.issued_on is not None]
    said = str(row.get("finding") or "")
    found = next((one for one in (*findings, *issued) if str(one.number) == said), None)
    if found is None:
        raise Invalid("Choose the finding it follows from.", f"{at}-finding")
    return found.id


@effect
def propose_grade(taking: Taking) -> None:
    """Keep the grade proposed for each area; whoever approves the report settles it."""
    keep_ratings(taking, taking.data["grades"], "grade", "grades")


def issue_ratings(taking: Taking) -> None:
    """Issue every rating that is only drafted: from now on the body reads it, and a later one stands beside it."""
    drafted = sa.select(AreaRating).where(
        AreaRating.case_id == taking.case_id, AreaRating.issued_on.is_(None)
    )
    for one in db.session.scalars(drafted).all():
        one.issued_on = taking.on
    db.session.flush()
    of(taking.facts).__dict__.pop("ratings", None)
