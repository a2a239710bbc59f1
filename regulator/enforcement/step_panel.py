"""Each step of a notice as the pages of a case show it: by when, where it stands, and what was said and done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regulator import moments, words
from regulator.actors import Actor, Side
from regulator.casework.case_page import Panel
from regulator.casework.queries import CaseRow
from regulator.enforcement import queries
from regulator.enforcement.queries import CertificateRow, DayRow, RecommendedRow, StepRow, SuppliedRow
from regulator.findings.panels import labels

CERTIFIED = {
    "done": ("Done", "good"),
    "not_needed": ("No longer needed", "ended"),
    "fallen_away": ("Fell away", "ended"),
}


@dataclass(frozen=True)
class Step:
    """One step: `due` is its day or, in words, what else the notice sets; `notes` are short sentences."""

    number: int
    words: str
    prohibits: bool
    due: date | None
    due_words: str
    first_due: date | None
    is_running: bool
    label: str
    tone: str
    notes: Sequence[str]


@dataclass(frozen=True)
class About:
    """What there is to be told of the steps of one case, each row by the step it is about."""

    days: Mapping[int, DayRow]
    certificates: Sequence[CertificateRow]
    recommended: Sequence[RecommendedRow]
    supplied: Sequence[SuppliedRow]
    marks: Mapping[str, str]


def steps(case: CaseRow, by: Actor) -> Panel:
    """The steps, with their days and where each stands."""
    found = queries.steps_of(case.id, by=by)
    about = About(
        queries.days_of(case.id, by=by),
        queries.certificates_of(case.id, by=by),
        queries.recommended_of(case.id, by=by),
        queries.supplied_of(case.id, by=by),
        labels(case, "evidence_marks"),
    )
    rows = [_step(one, about, is_staff=by.side is Side.staff) for one in found]
    return Panel("The steps", "notice_steps", {"rows": rows})


def _step(one: StepRow, about: About, *, is_staff: bool) -> Step:
    day = about.days.get(one.id) if one.served_on else None
    due = day.last_day if day else one.done_by
    label, tone = _standing(one, day)
    is_moved = day is not None and day.original != day.last_day
    return Step(
        number=one.number,
        words=one.words,
        prohibits=one.prohibits,
        due=due,
        due_words=f"Within {one.hours} hours of service" if one.hours and not day else "",
        first_due=day.original if day and is_moved else None,
        is_running=bool(
            one.served_on and not one.settled_as and day and day.is_open and not day.paused_since
        ),
        label=label,
        tone=tone,
        notes=list(_notes(one, day, about, is_staff=is_staff)),
    )


def _standing(one: StepRow, day: DayRow | None) -> tuple[str, str]:
    """Where a step stands, in a word or two."""
    if one.settled_as:
        return CERTIFIED.get(one.settled_as, (one.settled_as, "ended"))
    if not one.served_on:
        return "Not in force", "none"
    if day and day.is_open and day.paused_since:
        return "Suspended", "waiting"
    if day and not day.is_open:
        return "Supplied, to be checked", "active"
    if day and moments.now() > day.late_from:
        return "Overdue", "late"
    return ("Said to be done", "active") if one.reported_on else ("To be done", "soon")


def _notes(one: StepRow, day: DayRow | None, about: About, *, is_staff: bool) -> Iterator[str]:
    if day and day.is_open and day.paused_since:
        yield f"Suspended since {words.day(day.paused_since)}: its day moves by as long as that lasts."
    for item in (each for each in about.supplied if each.step_id == one.id):
        claim = f" ({about.marks.get(item.mark, item.mark).lower()})" if item.mark != "none" else ""
        said = f": {words.sentence(item.words)}" if item.words else "."
        yield f"Supplied on {words.day(item.supplied_on)}{claim}{said}"
    if one.reported_on and not about.supplied:
        yield f"The body said on {words.day(one.reported_on)} that it is done."
    yield from _certificates(one, about)
    if is_staff:
        for row in (each for each in about.recommended if each.step_id == one.id):
            yield f"A certificate is recommended: {_as(row.recommended_as, row.recommended_done_on)}."
    if one.breached_on:
        yield f"A breach was recorded on {words.day(one.breached_on)}."
    if one.settled_as in ("done", "not_needed"):
        yield f"Closed on {words.day(one.settled_on)}: {_as(one.settled_as, one.done_on)}."


def _as(how: str, on: date | None) -> str:
    done = f"done on {words.day(on)}" if on else "done"
    return done if how == "done" else "no longer needed"


def _certificates(one: StepRow, about: About) -> Iterator[str]:
    for row in (each for each in about.certificates if each.step_id == one.id):
        if row.applied_on:
            yield f"A certificate was applied for on {words.day(row.applied_on)}."
        if row.answered_as == "refused":
            yield f"A certificate was refused on {words.day(row.answered_on)}: {words.sentence(row.reason or '')}"
