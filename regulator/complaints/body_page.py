"""A complaint as the body complained of reads it: what it must do and by when, what it was asked and what it sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from regulator.actors import Actor
from regulator.casework import clocks, queries, steps
from regulator.casework.facts import Facts
from regulator.casework.filling import fill
from regulator.casework.queries import CaseRow
from regulator.casework.telling import clock_words
from regulator.complaints import queries as complaints
from regulator.complaints.findings import finding_words
from regulator.complaints.queries import AllegationRow
from regulator.complaints.told import Doing, Duty, File, Happened, doings, duty, files, history
from regulator.documents import queries as documents
from regulator.evidence import queries as evidence
from regulator.evidence.answering import MANAGES
from regulator.evidence.commented import Commented, commented
from regulator.evidence.queries import ItemRow, RequestRow, SentRow
from regulator.letters import queries as letters
from regulator.letters.queries import LetterRow

ACCOUNT, VIEW = ("answer_account_item", "submit_account"), ("comment_on_view",)
"""What is shown as buttons while it is waited for."""


@dataclass(frozen=True)
class Next:
    """What waits for this person, in a sentence, with the last day and the reason."""

    what: str
    on: date | None = None
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """A request for an account with its items, as far as this person works on it."""

    request: RequestRow
    items: Sequence[ItemRow]
    due: date | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.request.submitted_on is None

    @property
    def bare(self) -> list[ItemRow]:
        """The items with no answer yet."""
        return [one for one in self.items if not one.answer]


@dataclass(frozen=True)
class BodyPage:
    """Everything on a body’s page of a case."""

    case: CaseRow
    sentence: str
    next: Next
    facts: Sequence[tuple[str, str]]
    allegations: Sequence[AllegationRow]
    findings: Mapping[int, str]
    is_told: bool
    duties: Sequence[Duty]
    past: Sequence[Duty]
    asked: Sequence[Asked]
    sent: Sequence[SentRow]
    view: Sequence[Commented]
    offered: Sequence[Doing]
    not_yet: Sequence[Doing]
    told: Sequence[Happened]
    letters: Sequence[LetterRow]
    files: Sequence[File]


def page_of(case: CaseRow, *, by: Actor) -> BodyPage:
    """The page of a case for somebody of the body it is about."""
    known, offers = steps.offers(case.id, by=by)
    written = letters.of_case(case.id, by=by) if by.holds(*MANAGES) else []
    given = documents.of_case(case.id, by=by)
    told = queries.timeline(case.id, by=by)
    mine = [party.id for party in known.subjects if party.body_id == by.body_id]
    duties = _duties(known, by)
    asked = _asked(case, known, by)
    first = [*(ACCOUNT if any(one.is_open for one in asked) else ()), *(VIEW if _comments(duties) else ())]
    offered, not_yet = doings(offers, "complaints.body_step", first, reference=case.reference)
    allegations = complaints.allegations_of(case.id, by=by)
    return BodyPage(
        case=case,
        sentence=fill(known.kind.stages[known.stage].says.get("body", ""), clock_words(known, "body", mine)),
        next=_next(asked, duties, offered, by),
        facts=facts_of(case, by=by),
        allegations=allegations,
        findings=finding_words(case, allegations),
        is_told=known.happened("tell_outcome", since=_shared(known)),
        duties=[one for one in duties if one.ended_on is None],
        past=[one for one in duties if one.ended_on is not None][::-1],
        asked=asked,
        sent=evidence.sent_by_body(case.id, by=by) if any(one.request.submissions for one in asked) else [],
        view=commented(case, "provisional_view", by=by),
        offered=offered,
        not_yet=not_yet,
        told=history(known, told, written, given, marks_own=True),
        letters=written[::-1],
        files=files(given),
    )


def facts_of(case: CaseRow, *, by: Actor) -> list[tuple[str, str]]:
    """What a body may know of a case in a few lines; the complainant’s name only where they agreed."""
    name = complaints.who_complains(case.id, by=by)
    return [
        ("Reference", case.reference),
        ("Complainant", name or "Has not agreed that we tell you who they are"),
    ]


def beside(case: CaseRow, *, by: Actor) -> dict[str, Any]:
    """What stands beside a step’s form: the facts, and the whole account for whoever reads it before signing."""
    return {"facts": facts_of(case, by=by), "items": evidence.items_of(case.id, by=by)}


def _duties(known: Facts, by: Actor) -> list[Duty]:
    party = known.party_of(by)
    mine = party.id if party else None
    found = [
        one
        for one in known.running
        if "body" in clocks.concerned(known, one)
        and clocks.about(known, one).keys.get("party") in (None, mine)
    ]
    duties = [
        duty(one, one.clock.label, "You" if one.owed_by == "body" else "The regulator") for one in found
    ]
    return sorted(duties, key=lambda one: one.due)


def _comments(duties: Sequence[Duty]) -> bool:
    return any(one.clock == "comments_on_view" and one.ended_on is None for one in duties)


def _shared(known: Facts) -> int:
    """The entry that shared the provisional view last; 0 when none did."""
    shared = known.last("share_provisional_view")
    return shared.seq if shared else 0


def _asked(case: CaseRow, known: Facts, by: Actor) -> list[Asked]:
    asked = evidence.by_request(evidence.items_of(case.id, by=by))
    due = {one.keys.get("request"): one.last_day for one in known.running if one.name == "account"}
    return [
        Asked(request, [one for one in items if _works_on(one, by)], due.get(request.id))
        for request, items in reversed(asked)
    ]


def _works_on(item: ItemRow, by: Actor) -> bool:
    """A contributor works on what was handed to them, the others on all."""
    return by.holds(*MANAGES) or item.handed_to_id == by.person_id


def _next(asked: Sequence[Asked], duties: Sequence[Duty], offered: Sequence[Doing], by: Actor) -> Next:
    """The first thing that waits for this person."""
    for one in asked:
        if one.is_open and one.bare and one.items:
            return Next(_to_answer(one, by), one.due, "The regulator asked for your account")
        if one.is_open and one.items:
            why = "Every item has an answer" if by.holds(*MANAGES) else "Each has an answer"
            return Next(_to_submit(by), one.due, why)
    mine = [one for one in duties if one.owed_by == "You" and one.ended_on is None]
    if mine and offered:
        return Next(mine[0].name, mine[0].due)
    return Next("Nothing waits for you on this case")


def _to_answer(asked: Asked, by: Actor) -> str:
    unhanded = [one for one in asked.bare if one.handed_to_id is None]
    numbers = _listed([one.number for one in asked.bare])
    if by.holds("contact") and unhanded:
        if len(asked.bare) == 1:
            return f"Answer {numbers}, or hand it to whoever knows: nobody has it yet"
        count = "one of them" if len(unhanded) == 1 else f"{len(unhanded)} of them"
        return f"Answer {numbers}, or hand each to whoever knows: nobody has {count} yet"
    return f"Answer {numbers}"


def _listed(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _to_submit(by: Actor) -> str:
    if by.holds("approving_officer"):
        return "Read the account through and submit it"
    if not by.holds(*MANAGES):
        return "You have answered what was handed to you"
    return "Have your approving officer read the account and submit it"
