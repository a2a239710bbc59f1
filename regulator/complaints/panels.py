"""What the staff’s page of a case shows of a complaint alone: what was said, tested, asked, found and commented on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from regulator import words
from regulator.actors import Actor
from regulator.casework import case_page, editions
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.complaints import queries
from regulator.complaints.findings import finding_words
from regulator.complaints.queries import AllegationRow, ParticularsRow
from regulator.evidence import queries as evidence
from regulator.evidence.queries import CommentRow, ItemRow, ParagraphRow, RequestRow
from regulator.regime.model import Edition

BEFORE_INVESTIGATION = frozenset({"received", "screening", "declining", "not_accepted"})
SIDES = {"complainant": "As the complainant was shown it", "body": "As the body was shown it"}


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


@dataclass(frozen=True)
class Account:
    """A request for an account with its questions."""

    request: RequestRow
    body: str
    items: Sequence[ItemRow]


@dataclass(frozen=True)
class Shown:
    """A paragraph of the provisional view with what was said of it."""

    number: int
    words: str
    comments: Sequence[CommentRow]


@dataclass(frozen=True)
class Version:
    """The provisional view as one side was shown it."""

    title: str
    paragraphs: list[Shown] = field(default_factory=list)


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
        asked = accounts(case, by)
        is_sent = any(one.request.submissions for one in asked)
        sent = evidence.sent_by_body(case.id, by=by) if is_sent else []
        yield Panel("The body’s account", "accounts", {"rows": asked, "sent": sent})
        yield Panel("The provisional view and comments", "shown_views", {"rows": versions(case, by)})


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


def accounts(case: CaseRow, by: Actor) -> list[Account]:
    """Each request with its questions, the last one first."""
    asked = evidence.by_request(evidence.items_of(case.id, by=by))
    names = _names(case, {request.party_id for request, _ in asked}, by)
    return [Account(request, names.get(request.party_id, ""), items) for request, items in reversed(asked)]


def _names(case: CaseRow, parties: set[int], by: Actor) -> Mapping[int, str]:
    """What each body is called, where there is more than one."""
    return queries.party_names(case.id, by=by) if len(parties) > 1 else {}


def versions(case: CaseRow, by: Actor) -> list[Version]:
    """The view last shared, as each side was shown it, with the comments made and what became of them."""
    paragraphs = evidence.paragraphs_of(case.id, "provisional_view", by=by)
    if not paragraphs:
        return []
    comments = evidence.comments_of(case.id, by=by)
    names = _names(case, {one.party_id for one in paragraphs if one.party_id}, by)
    found: dict[int, Version] = {}
    for one in paragraphs:
        version = found.setdefault(one.version_id, Version(_title(one, names)))
        said = [comment for comment in comments if comment.paragraph_id == one.id]
        version.paragraphs.append(Shown(one.number, one.words, said))
    return list(found.values())


def _title(one: ParagraphRow, names: Mapping[int, str]) -> str:
    name = names.get(one.party_id or 0)
    return f"As {name} was shown it" if name else SIDES[one.audience]


case_page.PANELS["complaint"] = panels_of
