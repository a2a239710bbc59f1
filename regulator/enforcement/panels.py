"""What the pages of a case show of a notice, a warning or a reprimand alone, to staff and to the body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from regulator import words
from regulator.actors import Actor, Side
from regulator.casework import editions
from regulator.casework.case_page import Panel
from regulator.casework.history import Answer
from regulator.casework.queries import CaseRow
from regulator.enforcement import queries
from regulator.enforcement.queries import AppealRow, NoticeRow, PointRow, ServiceRow, VariationRow, VariedRow
from regulator.enforcement.wording import paragraphs_of
from regulator.findings.panels import labels

TONES = {"passes": "good", "fails": "late"}
WHAT = {"notice": "The notice", "variation": "A variation"}
OUTCOMES = {"remitted": "Sent back to us", "withdrawn": "Withdrawn"}


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph that nobody comments on."""

    number: int
    words: str
    comments: Sequence[object] = ()


@dataclass(frozen=True)
class Tested:
    """A precondition with its answer."""

    label: str
    answer: str
    tone: str
    note: str


@dataclass(frozen=True)
class Point:
    """One point of the representations, with what was answered."""

    number: int
    words: str
    note: str
    answer: str
    is_accepted: bool
    reason: str


@dataclass(frozen=True)
class Served:
    """One service, in words."""

    what: str
    how: str
    sent: str
    deemed: str
    notes: Sequence[str]


@dataclass(frozen=True)
class Appealed:
    """One appeal, in words."""

    title: str
    label: str
    tone: str
    notes: Sequence[str]
    words: str


@dataclass(frozen=True)
class Varied:
    """A variation with what it makes of each step."""

    title: str
    label: str
    tone: str
    changes: Sequence[str]


def proposed(case: CaseRow, by: Actor, notice: NoticeRow | None) -> Panel:
    """What it is, under which power, and what failed; what was proposed first, where something milder was decided."""
    said: list[tuple[str, str | None]] = []
    if notice:
        called, powers = labels(case, "instruments"), labels(case, "powers")
        standard = editions.editions()[case.edition].standards.get(notice.standard)
        lesser = notice.proposed != notice.instrument and by.side is Side.staff
        said = [
            ("What it is", called.get(notice.instrument, notice.instrument)),
            ("Proposed first", called.get(notice.proposed) if lesser else None),
            ("Power", powers.get(notice.power)),
            ("Standard", standard.title if standard else notice.standard),
            ("What failed, or is feared", notice.failure),
            ("Why it is urgent", notice.urgency),
        ]
    title = "What was served on you" if by.side is Side.body else "What it is and why"
    return Panel(title, "said", {"rows": [Answer(label, text) for label, text in said if text]})


def preconditions(case: CaseRow, by: Actor) -> Panel:
    """The preconditions with their answers, folded away once it was cleared in law."""
    kept, answers = queries.preconditions_of(case.id, by=by), labels(case, "remit_answers")
    rows = [
        Tested(
            test.label,
            answers.get(kept[test.code].answer, ""),
            TONES.get(kept[test.code].answer, "none"),
            kept[test.code].note or "",
        )
        for test in editions.editions()[case.edition].choices("preconditions")
        if test.code in kept
    ]
    settled = case.stage != "proposed"
    return Panel("Preconditions", "remit_tests", {"rows": rows, "is_settled": settled})


def intended(case: CaseRow, by: Actor) -> Panel:
    """The notice of intent, as it was given."""
    rows = queries.issued_of(case.id, "notice_of_intent", "body", by=by)
    return Panel("What is intended", "frozen", {"what": "Notice of intent", "rows": rows})


def drafted(case: CaseRow, by: Actor) -> Panel:
    """What the body’s own people wrote of its representations so far."""
    draft = queries.draft_of(case.id, by=by)
    said = paragraphs_of(draft.words) if draft else []
    rows = [Paragraph(number, one) for number, one in enumerate(said, 1)]
    return Panel("Representations, not signed yet", "commented", {"rows": rows})


def represented(case: CaseRow, by: Actor) -> Panel:
    """The representations point by point, each with its answer and the reason."""
    told = labels(case, "dispositions")
    rows = [_point(one, told) for one in queries.points_of(case.id, by=by)]
    title = "What you said, and our answers" if by.side is Side.body else "Representations"
    return Panel(title, "points", {"rows": rows})


def _point(one: PointRow, told: Mapping[str, str]) -> Point:
    late = ", admitted late" if one.is_late else ""
    return Point(
        one.number,
        one.words,
        f"Made on {words.day(one.made_on)}{late}",
        told.get(one.answer or "", ""),
        one.answer == "accepted",
        one.reason or "",
    )


def text(case: CaseRow, by: Actor, notice: NoticeRow | None) -> Panel:
    """The text: as it was signed, with its hash, or as it was cleared and waits to be signed."""
    audience = "body" if by.side is Side.body else "internal"
    signed = queries.issued_of(case.id, "notice", audience, by=by)
    if signed and (notice is None or notice.text_hash or by.side is Side.body):
        return Panel("The text as it was signed", "frozen", {"what": "The text", "rows": signed})
    said = paragraphs_of(notice.final_text) if notice else []
    rows = [Paragraph(number, one) for number, one in enumerate(said, 1)]
    return Panel("The final text, cleared and not signed yet", "commented", {"rows": rows})


def served(case: CaseRow, by: Actor) -> Panel:
    """How and when it was served; what proves it is for staff."""
    proofs = queries.proofs_of(case.id, by=by) if by.side is Side.staff else {}
    methods = labels(case, "service_methods")
    rows = [_served(one, methods, proofs) for one in queries.services_of(case.id, by=by)]
    return Panel("Service", "served", {"rows": rows})


def _served(one: ServiceRow, methods: Mapping[str, str], proofs: Mapping[int, queries.ProofRow]) -> Served:
    return Served(
        what=WHAT.get(one.what, one.what),
        how=f"{methods.get(one.method, one.method)}, to {one.addressee}",
        sent=_when(one.sent_on),
        deemed=_when(one.deemed_on),
        notes=list(_service_notes(one, proofs.get(one.act))),
    )


def _when(at: datetime) -> str:
    """A moment of service; where only the day is known, the day."""
    return words.moment(at).removesuffix(" at midnight")


def _service_notes(one: ServiceRow, proof: queries.ProofRow | None) -> Iterator[str]:
    if one.received_on:
        yield f"Received {_when(one.received_on)}."
    if one.corrected_on:
        yield f"Corrected on {words.day(one.corrected_on)}; what stood before is in the record."
    if proof:
        yield f"Proof: {words.sentence(proof.proof)}"
    if proof and proof.consent:
        yield f"Consent to electronic service: {words.sentence(proof.consent)}"


def variations(case: CaseRow, by: Actor) -> Panel:
    """The variations: those made and, for staff, the one that is cleared and waits."""
    numbers = {one.id: one.number for one in queries.steps_of(case.id, by=by)}
    changes = queries.varied_of(case.id, by=by)
    rows = [
        _variation(one, [each for each in changes if each.variation_id == one.id], numbers)
        for one in queries.variations_of(case.id, by=by)
    ]
    return Panel("Variations", "variations", {"rows": rows})


def _variation(one: VariationRow, changes: Sequence[VariedRow], numbers: Mapping[int, int]) -> Varied:
    label, tone = (
        (f"Made {words.day(one.made_on)}", "good") if one.made_on else ("Cleared, not made yet", "waiting")
    )
    return Varied(
        f"Variation {one.number}",
        label,
        tone,
        [_change(each, numbers.get(each.step_id, 0)) for each in changes],
    )


def _change(one: VariedRow, number: int) -> str:
    if one.falls_away:
        return f"Step {number} falls away."
    day = f" To be done by {words.day(one.done_by)}." if one.done_by else ""
    said = f" It reads: {words.sentence(one.words)}" if one.words else ""
    return f"Step {number}.{day}{said}"


def appeals(case: CaseRow, by: Actor) -> Panel:
    """The appeals, with what each is against and what it decided."""
    against = {one.act: WHAT[one.what].lower() for one in queries.services_of(case.id, by=by)}
    rows = [_appeal(one, case, against) for one in queries.appeals_of(case.id, by=by)]
    return Panel("Appeals", "appeals", {"rows": rows})


def _appeal(one: AppealRow, case: CaseRow, against: Mapping[int, str]) -> Appealed:
    tiers, told = labels(case, "tiers"), {**labels(case, "appeal_outcomes"), **OUTCOMES}
    label, tone = (told.get(one.outcome, one.outcome), "ended") if one.outcome else ("Open", "active")
    return Appealed(
        f"{tiers.get(one.tier, one.tier)}, against {against.get(one.act, 'a refusal')}",
        label,
        tone,
        list(_appeal_notes(one, labels(case, "appeal_grounds"))),
        one.words or "",
    )


def _appeal_notes(one: AppealRow, grounds: Mapping[str, str]) -> Iterator[str]:
    yield f"Received {words.day(one.received_on)}{f', reference {one.reference}' if one.reference else ''}."
    yield " ".join(words.sentence(grounds.get(code, code)) for code in one.grounds.split(", "))
    if one.outcome_on:
        yield f"Decided or withdrawn {words.day(one.outcome_on)}."
    if one.further_by:
        yield f"It can be appealed further until {words.day(one.further_by)}."
