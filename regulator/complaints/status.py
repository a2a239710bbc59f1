"""A complaint as the person who made it reads it: where it is, who has it, what comes next and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import clocks, editions, queries, steps
from regulator.casework.explaining import Listener
from regulator.casework.facts import Facts
from regulator.casework.filling import fill
from regulator.casework.queries import CaseRow
from regulator.casework.retelling import titled
from regulator.complaints import queries as complaints
from regulator.complaints.waiting import ASK, Hold, Wish, days_that_hold, hold_of, wish_of
from regulator.desk.told import Doing, Duty, File, Happened, doings, duty, files, history
from regulator.documents import queries as documents
from regulator.evidence.commented import Commented, commented
from regulator.language import _, later
from regulator.letters import queries as letters
from regulator.letters.queries import LetterRow
from regulator.regime.events import effective

PROMISES: Mapping[str, str] = {
    "acknowledge": later("Write to say that we have your complaint"),
    "screen": later("Tell you whether we can look into it"),
    "progress": later("Write to you about how it stands"),
    "investigate": later("Tell you what we think so far"),
    "decide_more_time": later("Answer your request for more time"),
    "tell_outcome": later("Tell you our decision"),
    "review": later("Finish looking at it again"),
    "tell_review": later("Tell you the outcome of the review"),
}
"""Our clocks in the words of the person we promised; any other is called as the edition calls it."""
YOURS: Mapping[str, str] = {
    "comments_on_view": later("You can comment on what we think so far"),
    "review_window": later("You can ask us to look at our decision again"),
}
REVIEW = "review_window"
WAITED_FOR = ("answer_question", "comment_on_view", "ask_for_review")
FIRST = (*WAITED_FOR, "add_information", "message_regulator")
"""What somebody most likely came to do, in this order; the rest follows as links."""


@dataclass(frozen=True)
class Milestone:
    """One part of the way; `state` is done, now or next."""

    name: str
    state: str
    words: str = ""


@dataclass(frozen=True)
class Letter:
    """A letter to them; `words` are in English, as they were sent, and `subject` is in the language they read in."""

    id: int
    subject: str
    written_at: datetime
    words: str


@dataclass(frozen=True)
class Status:
    """Everything on the page of a complaint."""

    case: CaseRow
    body: str
    sentence: str
    holder: str
    late: Sequence[Duty]
    ahead: Sequence[Duty]
    yours: Sequence[Duty]
    kept: Sequence[Duty]
    journey: Sequence[Milestone]
    question: str
    hold: Hold | None
    wish: Wish | None
    main: Sequence[Doing]
    others: Sequence[Doing]
    view: Sequence[Commented]
    told: Sequence[Happened]
    letters: Sequence[Letter]
    files: Sequence[File]
    next_news: Duty | None
    review: Duty | None
    review_ended: date | None
    allegations: Sequence[str]
    particulars: Sequence[tuple[str, str]]
    is_waiting_for_you: bool


def status_of(case: CaseRow, *, by: Actor) -> Status:
    """The page of a complaint for the person whose code opened it."""
    known, offers = steps.offers(case.id, by=by)
    wish = wish_of(known)
    open_to_them = [one for one in offers if not (wish and one.step.name == ASK)]
    offered, _closed = doings(open_to_them, "complaints.step", FIRST)
    sent = letters.of_case(case.id, by=by)
    given = documents.of_case(case.id, by=by)
    told = queries.timeline(case.id, by=by, limit=queries.MANY)
    open_, past = _ours(known, told)
    hold = hold_of(known, told)
    yours = _yours(known, told)
    sentence = known.kind.stages[known.stage].says["complainant"]
    return Status(
        case=case,
        body=_bodies(known),
        sentence=fill(_(sentence), days_that_hold(known)),
        holder=_holder(known, hold),
        late=[one for one in open_ if one.state == "overdue"],
        ahead=[one for one in open_ if one.state != "overdue"],
        yours=[one for one in yours if one.clock != REVIEW],
        kept=past,
        journey=journey(known),
        question=_question(known, told),
        hold=hold,
        wish=wish,
        main=[one for one in offered if one.main],
        others=[one for one in offered if not one.main],
        view=[one for one in commented(case, "provisional_view", by=by) if one.comments],
        told=history(known, told, sent, given),
        letters=[_letter(one, known) for one in reversed(sent)],
        files=files(given, dated=True),
        next_news=next((one for one in open_ if one.state == "running"), None),
        review=next((one for one in yours if one.clock == REVIEW), None),
        review_ended=_review_ended(known),
        allegations=[one.words for one in complaints.allegations_of(case.id, by=by)],
        particulars=_particulars(case, by),
        is_waiting_for_you=any(offer.open and offer.step.name in WAITED_FOR for offer in offers),
    )


def _ours(known: Facts, told: Sequence[queries.Told]) -> tuple[list[Duty], list[Duty]]:
    """What we promised this person: what is still ahead, soonest first, and what was kept or broken, the last first."""
    promised = [
        one
        for one in known.running
        if one.owed_by == "regulator" and "complainant" in clocks.concerned(known, one)
    ]
    reader = Listener(known, "complainant", told)
    duties = [duty(one, _(PROMISES.get(one.name, one.clock.label)), _("We"), reader) for one in promised]
    open_ = sorted((one for one in duties if one.ended_on is None), key=lambda one: one.due)
    past = [one for one in duties if one.ended_on is not None and one.kept is not None]
    return open_, past[::-1]


def _yours(known: Facts, told: Sequence[queries.Told]) -> list[Duty]:
    mine = [one for one in known.running if one.owed_by == "complainant" and one.is_open]
    return [
        duty(one, _(YOURS.get(one.name, one.clock.label)), _("You"), Listener(known, "complainant", told))
        for one in mine
        if not one.is_overdue(moments.now())
    ]


def _review_ended(known: Facts) -> date | None:
    """The day until which a review could be asked for, where nobody did and it has passed."""
    past = [one for one in known.running if one.name == REVIEW and one.is_overdue(moments.now())]
    return past[-1].last_day if past and known.stage in ("told", "closed", "not_accepted") else None


def _bodies(known: Facts) -> str:
    return _(" and ").join(known.names[p.body_id] for p in known.parties if p.capacity == "subject")


def _letter(row: LetterRow, known: Facts) -> Letter:
    return Letter(row.id, titled(row.subject, row.template, known), row.written_at, row.words)


def _is_asked(known: Facts) -> bool:
    return any(pause.cause == "question" and pause.end is None for pause in known.intervals)


def _question(known: Facts, told: Sequence[queries.Told]) -> str:
    """What they were asked and have not answered; empty when nothing is."""
    if not _is_asked(known):
        return ""
    return next((str(one.fields.get("question", "")) for one in told if one.step == "ask_complainant"), "")


def _holder(known: Facts, hold: Hold | None) -> str:
    """Who has it now, in a sentence."""
    if not known.case.is_open:
        return ""
    if _is_asked(known):
        return _(
            "We asked you a question, and go on when you have answered. If you cannot answer it, tell us."
        )
    if hold:
        return _("We have it, and it has to wait for now. You do not have to do anything.")
    runs = {one.name for one in known.running if one.is_open}
    if "account" in runs:
        return _(
            "%(body)s has our questions. We see to it that they are answered: you do not have to do anything.",
            body=_bodies(known),
        )
    return _(next((said for clock, said in HAVING.items() if clock in runs), OURS))


HAVING: Mapping[str, str] = {
    "comments_on_view": later(
        "We are waiting for comments on what we think so far, yours and the organisation’s."
    ),
    REVIEW: later("You have our decision. You do not have to do anything, unless you want a review."),
}
"""Who has it while a clock runs, by the clock."""
OURS = later("We have it. You do not have to do anything.")
ROUTE: Sequence[tuple[str, tuple[str, ...]]] = (
    (later("We have your complaint"), ("received",)),
    (later("We check whether we can look into it"), ("screening", "declining")),
    (later("We look into it"), ("investigating",)),
    (later("We tell you what we think so far"), ("provisional_view",)),
    (later("We decide, and tell you why"), ("decided", "told")),
    (later("Somebody else looks at it again"), ("under_review", "review_decided")),
    (later("It is finished"), ("closed",)),
)
ONLY_IF_ASKED = "under_review"
ENDS_EARLY: Mapping[str, str] = {
    "not_accepted": later("We could not look into it"),
    "withdrawn": later("You withdrew it"),
    "merged": later("We joined it with your other complaint"),
}


def journey(known: Facts) -> list[Milestone]:
    """The way of a complaint with where it is now; a review is on it only when one was asked for."""
    reached: dict[str, date] = {
        event.to_stage: event.occurred_day for event in effective(known.events) if event.moves
    }
    route = [one for one in ROUTE if ONLY_IF_ASKED not in one[1] or ONLY_IF_ASKED in reached]
    if known.stage in ENDS_EARLY:
        been = [one for one in route if reached.keys() & set(one[1])]
        done = [Milestone(_(name), "done", _since(stages, reached)) for name, stages in been]
        return [*done, Milestone(_(ENDS_EARLY[known.stage]), "now", words.day(reached[known.stage]))]
    now = next((at for at, (_, stages) in enumerate(route) if known.stage in stages), 0)
    return [
        Milestone(
            _(name),
            "done" if at < now else "now" if at == now else "next",
            _since(stages, reached) if at <= now else "",
        )
        for at, (name, stages) in enumerate(route)
    ]


def _since(stages: Sequence[str], reached: Mapping[str, date]) -> str:
    days = [reached[stage] for stage in stages if stage in reached]
    return words.day(min(days)) if days else ""


def _particulars(case: CaseRow, by: Actor) -> list[tuple[str, str]]:
    """What they told us when they made the complaint, under the questions they were asked."""
    made = complaints.particulars_of(case.id, by=by)
    if made is None:
        return []
    edition = editions.editions()[case.edition]
    technologies = {one.code: _(one.label) for one in edition.choices("technologies")}
    when = words.day(made.happened_on) or made.happened_when
    rows = [
        (_("What happened"), made.what_happened),
        (_("When"), when),
        (_("Where"), made.happened_where),
        (_("Technology"), technologies.get(made.technology)),
        (_("What would put it right"), made.outcome_sought),
    ]
    return [(label, said) for label, said in rows if said]
