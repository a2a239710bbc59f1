"""What waits for somebody of a body, or of one that oversees it: what is owed, and the steps that see to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from regulator.actors import Actor, Side
from regulator.casework import clocks
from regulator.casework.explaining import Explained, Listener
from regulator.casework.facts import OVERSIGHT, Facts
from regulator.casework.models import Party
from regulator.casework.queries import CaseRow, Told
from regulator.desk.told import Duty, duty
from regulator.desk.unanswered import unanswered
from regulator.evidence import queries as evidence
from regulator.evidence.answering import MANAGES
from regulator.evidence.differences import Difference, differences
from regulator.evidence.queries import ItemRow, RequestRow, SentRow
from regulator.evidence.queries.given import ASKING
from regulator.regime.judge import Offer
from regulator.regime.model import Kind, Step
from regulator.regime.running import Running

DRAFTING = frozenset({"answer_account_item", "answer_item"})
SIGNING = {"submit_account": "account", "submit_response": "response"}
HANDLING = frozenset({*DRAFTING, "assign_item", "mark_item_privileged"})
"""What steps do by which a body answers items; a kind may call the steps themselves what it likes."""
TRIBUNAL = "tribunal"
NOW_SIGNED = "Your approving officer reads the whole and signs it. You hear if anything comes back to you"
WITH_IT = (("when_where", "When and where"), ("words_to_body", "The regulator adds"))
"""What is told with a request; the first of it to whoever answers even one item."""


@dataclass(frozen=True)
class Next:
    """What waits for this person, in a sentence, with the last day, the reason, and how that day was reached."""

    what: str
    on: date | None = None
    why: str = ""
    explained: Explained | None = None


@dataclass(frozen=True)
class Asked:
    """A request with its items, as far as this person works on it, what was told with it, and what was sent in answer."""

    request: RequestRow
    items: Sequence[ItemRow]
    due: date | None
    sent: Sequence[SentRow]
    changed: Sequence[Difference] = ()
    told: Sequence[tuple[str, str]] = ()

    @property
    def is_withdrawn(self) -> bool:
        """Whether the regulator withdrew it before anything was sent."""
        return self.request.accepted_on is not None and not self.request.submissions

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.request.submitted_on is None

    @property
    def bare(self) -> list[ItemRow]:
        """The items with no answer yet, or none since they were returned."""
        return [one for one in self.items if not one.is_answered]

    @property
    def is_back(self) -> bool:
        """Whether items of it were returned and it waits to be answered anew."""
        return self.is_open and self.request.submissions > 0


def parts_of(known: Facts, by: Actor) -> list[Party]:
    """The bodies’ parts in the case that this person may know of: their own body’s, or those theirs oversees."""
    party = known.party_of(by)
    if party is None:
        return []
    return known.overseen_by(party) if by.side is Side.oversight else [party]


def owed(known: Facts, by: Actor) -> list[Running]:
    """The clocks that are anything to this person’s body, the soonest first."""
    side = OVERSIGHT if by.side is Side.oversight else "body"
    theirs = {None, *(party.id for party in parts_of(known, by))}
    found = [
        one
        for one in known.running
        if side in clocks.concerned(known, one) and clocks.about(known, one).keys.get("party") in theirs
    ]
    return sorted(found, key=lambda one: one.last_day)


def is_mine(clock: Running, by: Actor) -> bool:
    """Whether this person’s side owes it."""
    return clock.owed_by == (OVERSIGHT if by.side is Side.oversight else "body")


def duties(known: Facts, found: Sequence[Running], by: Actor, told: Sequence[Told]) -> list[Duty]:
    """The same as a page shows them, each with who owes it; of a case told from the past none is due today."""
    reader = Listener(known, OVERSIGHT if by.side is Side.oversight else "body", told)
    shown = [duty(one, known.called(one), _owner(one, by), reader) for one in found]
    is_told = known.case.is_historic
    return [replace(one, state="told") if is_told and one.ended_on is None else one for one in shown]


def _owner(clock: Running, by: Actor) -> str:
    if is_mine(clock, by):
        return "You"
    return {"body": "The body you oversee", OVERSIGHT: "The body that oversees you"}.get(
        clock.owed_by, "The regulator"
    )


def asked_of(case: CaseRow, known: Facts, told: Sequence[Told], by: Actor) -> list[Asked]:
    """The requests, the last first; a contributor’s own items alone, and nothing of what was sent as a whole."""
    if by.side is not Side.body:
        return []
    found = evidence.by_request(evidence.items_of(case.id, by=by))
    is_sent = by.holds(*MANAGES) and any(request.submissions for request, _ in found)
    sent = evidence.sent_by_body(case.id, by=by) if is_sent else []
    is_anew = by.holds(*MANAGES) and any(request.submissions > 1 for request, _ in found)
    changed = differences(evidence.sent_items(case.id, by=by)) if is_anew else []
    with_it = _told_with(found, told, by)
    return [
        Asked(
            request,
            [one for one in items if by.holds(*MANAGES) or one.is_handed_to(by)],
            _due(known, request),
            [one for one in sent if one.request_id in (request.id, None)],
            [one for one in changed if one.item_id in {item.id for item in items}],
            with_it.get(request.id, ()),
        )
        for request, items in reversed(found)
    ]


def _told_with(
    found: Sequence[tuple[RequestRow, Sequence[ItemRow]]], told: Sequence[Told], by: Actor
) -> dict[int, Sequence[tuple[str, str]]]:
    """What was said with each request beside its questions, by its number; a contributor’s when and where alone."""
    asking = [one for one in sorted(told, key=lambda one: one.seq) if one.step in ASKING]
    shown = WITH_IT if by.holds(*MANAGES) else WITH_IT[:1]
    return {
        request.id: [(label, str(one.fields[name])) for name, label in shown if one.fields.get(name)]
        for (request, _), one in zip(found, asking, strict=False)
    }


def _due(known: Facts, request: RequestRow) -> date | None:
    """By when a request is to be answered, or answered anew."""
    if known.case.is_historic:
        return None
    days = [one.last_day for one in known.running if one.is_open and one.keys.get("request") == request.id]
    return min(days, default=None)


def response_word(kind: Kind) -> str:
    """What a body’s answer as a whole is called in this kind of case."""
    does = {step.effect for step in kind.steps.values()}
    return next((word for effect, word in SIGNING.items() if effect in does), "response")


def first_steps(
    asked: Sequence[Asked], found: Sequence[Running], offers: Sequence[Offer], by: Actor
) -> list[str]:
    """The steps to show as buttons: those by which what waits is drafted and signed."""
    here = [offer.step for offer in offers]
    first = []
    if any(one.is_open for one in asked):
        first = [one.name for one in here if one.effect in DRAFTING or one.effect in SIGNING]
    for clock in found:
        if clock.is_open and is_mine(clock, by):
            first += [one.name for one in seeing_to(clock, here)]
    return list(dict.fromkeys(first))


def seeing_to(clock: Running, here: Sequence[Step]) -> Iterator[Step]:
    """The steps by which what a clock asks is done: drafted first, by several, and then done."""
    if clock.name == "evidence" or "request" in clock.keys:
        return
    done_by = {*clock.clock.asks, *clock.clock.restarts, *clock.clock.met_by}
    if not any(one.name in done_by for one in here):
        here = [one for one in here if one.body_only]
    yield from (one for one in here if one.body_only and one.effect not in HANDLING)
    yield from (one for one in here if one.name in done_by)


def next_of(
    known: Facts, asked: Sequence[Asked], found: Sequence[Running], offers: Sequence[Offer], by: Actor
) -> Next:
    """The first thing that waits for this person."""
    if known.case.is_historic:
        return Next("Nothing waits for you: this case is told from the past, as far as its sources go")
    word = response_word(known.kind)
    for one in asked:
        if one.is_open and one.items and one.bare:
            return Next(unanswered(one.bare, by), one.due, _why_asked(one, word))
        if one.is_open and one.items:
            why = "Every item has an answer" if by.holds(*MANAGES) else NOW_SIGNED
            return Next(_to_submit(by, word), one.due, why)
    here = [offer.step for offer in offers if offer.open]
    mine = [one for one in found if one.is_open and is_mine(one, by) and any(seeing_to(one, here))]
    mine.sort(key=lambda one: (TRIBUNAL in one.owed_to, one.last_day))
    if mine:
        return Next(known.called(mine[0]), mine[0].last_day)
    if known.kind.stages[known.stage].is_end:
        return Next("Nothing waits for you: this case has ended")
    return Next("Nothing waits for you on this case", why="You are told when something is asked of you")


def with_why(waits: Next, shown: Sequence[Duty]) -> Next:
    """What waits, with how its last day was reached."""
    same = (one.explained for one in shown if one.ended_on is None and one.due == waits.on)
    return replace(waits, explained=next(same, None))


def _why_asked(asked: Asked, word: str) -> str:
    if asked.is_back:
        return "The regulator returned items that need more; what you sent before is kept as it is"
    return f"The regulator asked for your {'account' if word == 'account' else 'evidence'}"


def _to_submit(by: Actor, word: str) -> str:
    if by.holds("approving_officer"):
        return f"Read the {word} through and submit it"
    if not by.holds(*MANAGES):
        return "You have answered what was handed to you"
    return f"Have your approving officer read the {word} and submit it"
