"""What the staff’s page of a case shows of a complaint alone: what was said, tested, asked, found and commented on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from regulator import words
from regulator.actors import Actor
from regulator.casework import case_page, editions
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.complaints import queries
from regulator.complaints.findings import finding_words
from regulator.complaints.queries import AllegationRow, ParticularsRow
from regulator.evidence.panels import commented_on, requested
from regulator.regime.model import Edition

BEFORE_INVESTIGATION = frozenset({"received", "screening", "declining", "not_accepted"})


@dataclass(frozen=True)
class Complained:
    """One allegation, with what became of it; `notes` are short sentences."""

    number: int
    words: str
    finding: str
    reasons: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Tested:
    """A remit test with its answer."""

    label: str
    answer: str
    tone: str
    note: str


def panels_of(case: CaseRow, by: Actor) -> list[Panel]:
    """The panels of a complaint, in the order in which it is worked; those with nothing in them are left out."""
    return [panel for panel in _panels(case, by) if panel.context["rows"]]


def _panels(case: CaseRow, by: Actor) -> Iterator[Panel]:
    allegations = queries.allegations_of(case.id, by=by)
    edition = editions.editions()[case.edition]
    yield Panel("What was complained of", "complained", {"rows": complained(case, allegations)})
    made = queries.particulars_of(case.id, by=by)
    yield Panel("What we were told", "said", {"rows": particulars(made, edition) if made else []})
    if case.stage != "received":
        settled = case.stage not in ("screening", "declining")
        yield Panel("Remit tests", "remit_tests", {"rows": tested(case, by), "is_settled": settled})
    if case.stage not in BEFORE_INVESTIGATION:
        yield requested(case, by, title="The body’s account", what="Account")
        yield commented_on(case, by, what="provisional_view", title="The provisional view and comments")


def complained(case: CaseRow, allegations: Sequence[AllegationRow]) -> list[Complained]:
    """The allegations with what was found and what else became of them."""
    found = finding_words(case, allegations)
    return [
        Complained(
            one.number, one.words, found.get(one.number, ""), one.reasons or "", list(_notes(one, case))
        )
        for one in allegations
    ]


def _notes(one: AllegationRow, case: CaseRow) -> Iterator[str]:
    if one.referred_to:
        forums = {
            choice.code: choice.label for choice in editions.editions()[case.edition].choices("right_forums")
        }
        yield f"Referred to: {forums.get(one.referred_to, one.referred_to)}"
    if one.told_on:
        yield f"Outcome told on {words.day(one.told_on)}, before the rest"
    if one.superseded_on:
        yield f"Superseded on {words.day(one.superseded_on)} by {one.superseded_by}"


OWN_DATA: Mapping[bool | None, str] = {True: "Yes", False: "No", None: "Not sure"}


def particulars(made: ParticularsRow, edition: Edition) -> list[Answer]:
    """The complaint as it was first made, question by question."""
    labels = {
        name: {choice.code: choice.label for choice in edition.choices(name)}
        for name in ("channels", "technologies", "proceedings_pending")
    }
    force = f"Yes, {words.day(made.force_first_on)}".rstrip(", ") if made.force_first else "No"
    rows = [
        ("What happened", made.what_happened),
        ("When", words.day(made.happened_on) or made.happened_when),
        ("Where", made.happened_where),
        ("About their own data", OWN_DATA[made.own_data]),
        ("Technology", labels["technologies"].get(made.technology)),
        ("Complained to the body first", " ".join(filter(None, (force, made.force_reference)))),
        ("Court proceedings", labels["proceedings_pending"].get(made.proceedings or "")),
        ("What would put it right", made.outcome_sought),
        ("Reached us by", labels["channels"].get(made.channel)),
    ]
    return [Answer(label, said) for label, said in rows if said]


TONES = {"passes": "good", "fails": "late"}


def tested(case: CaseRow, by: Actor) -> list[Tested]:
    """The remit tests answered so far, in the edition’s order."""
    edition = editions.editions()[case.edition]
    answers = {choice.code: choice.label for choice in edition.choices("remit_answers")}
    kept = queries.remit_of(case.id, by=by)
    return [
        Tested(
            test.label,
            answers.get(kept[test.code].answer, ""),
            TONES.get(kept[test.code].answer, "none"),
            kept[test.code].note or "",
        )
        for test in edition.choices("remit_tests")
        if test.code in kept
    ]


case_page.PANELS["complaint"] = panels_of
