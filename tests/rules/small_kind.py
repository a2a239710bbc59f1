"""A small kind of case, built by hand: enough of a complaint to try every rule of clocks and judging on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from regulator.actors import Actor, Side
from regulator.deadlines.calendar import Calendar, CalendarName, packaged
from regulator.deadlines.london import opening
from regulator.deadlines.rule import Form, Length, Rule
from regulator.regime.clocks import derive
from regulator.regime.events import Event
from regulator.regime.model import BEFORE, SAME, Clock, ExtensionRule, Kind, PauseRule, Stage, Step

ENGLAND = packaged("england-and-wales")


def stage(name: str, label: str, *audiences: str, end: bool = False, next_owner: str = "") -> Stage:
    """A stage that each of `audiences` reads the same sentence about."""
    return Stage(name, label, dict.fromkeys(audiences, f"It is at {label}."), end, next_owner)


STAGES = [
    stage("received", "Received", "complainant", next_owner="intake_officer"),
    stage("screening", "Screening", "complainant", next_owner="caseworker"),
    stage("declining", "Declining", "complainant", next_owner="manager"),
    stage("looking", "Looking into it", "complainant", "body", next_owner="caseworker"),
    stage("view", "Provisional view", "complainant", "body", next_owner="manager"),
    stage("told", "Outcome told", "complainant", "body", next_owner="caseworker"),
    stage("closed", "Closed", "complainant", "body", end=True),
    stage("declined", "Not accepted", "complainant", end=True),
]
OPEN = ("received", "screening", "declining", "looking", "view", "told")
ANY = (*OPEN, "closed", "declined")
OUTSIDE = {
    "complainant": "own_case",
    "contact": "own_body",
    "contributor": "own_item",
    "approving_officer": "own_body",
}


def step(name: str, from_: str | Iterable[str], to: str, who: str, label: str = "", **more: Any) -> Step:
    """A step with the relations that outside roles always need."""
    roles = tuple(who.split())
    at = tuple(from_.split()) if isinstance(from_, str) else tuple(from_)
    says = {"staff": f"{{by}} did {name}"} | more.pop("says", {})
    whose = {role: OUTSIDE[role] for role in roles if role in OUTSIDE}
    return Step(name, at, to, roles, label or name.replace("_", " ").capitalize(), says, whose=whose, **more)


STEPS = [
    step("submit", "", "received", "complainant intake_officer", opens=True),
    step("acknowledge", "received", "screening", "intake_officer system"),
    step("ask", "screening looking view", SAME, "caseworker", "Ask the complainant"),
    step("answer", OPEN, SAME, "complainant intake_officer"),
    step("hold", OPEN, SAME, "manager"),
    step("renew_hold", OPEN, SAME, "manager"),
    step("release", OPEN, SAME, "manager"),
    step(
        "accept",
        "screening",
        "looking",
        "intake_officer caseworker",
        "Accept the complaint",
        needs=("remit_answered",),
    ),
    step(
        "propose_decline",
        "screening",
        "declining",
        "intake_officer caseworker",
        "Propose to decline",
        says={"staff": "{by} proposed to decline this complaint: {reason}"},
    ),
    step("decline", "declining", "declined", "manager", "Decline the complaint", not_by=("propose_decline",)),
    step("return_to_screening", "declining", "screening", "manager"),
    step("request", "looking view", SAME, "caseworker", "Ask the force for its account"),
    step("submit_account", "looking view", SAME, "approving_officer"),
    step("answer_item", "looking view", SAME, "contact contributor"),
    step("ask_more_time", "looking view", SAME, "contact approving_officer complainant"),
    step("decide_more_time", "looking view", SAME, "caseworker manager"),
    step("update", "looking view told", SAME, "caseworker", "Update the complainant"),
    step("share", "looking", "view", "caseworker", "Share the provisional view", needs=("account_in",)),
    step("comment", "view", SAME, "complainant contact"),
    step("return_to_looking", "view", "looking", "caseworker manager", leaves=("comments",)),
    step("tell", "view", "told", "manager", "Tell the outcome", not_by=("share", "request")),
    step("close", "told", "closed", "caseworker system", needs=("review_over",)),
    step("late_review", "told closed declined", "looking", "reviewer", leaves=("tell",)),
    step("reopen", "closed declined", "looking", "manager", leaves=("review_window",)),
    step("note", ANY, SAME, "caseworker manager reviewer"),
    step("correct_entry", ANY, SAME, "manager"),
    step("reverse", ANY, BEFORE, "manager"),
    step("change_body", ANY, SAME, "manager"),
]


def length(form: Form, text: str, **more: Any) -> Rule:
    """A rule of this form and length."""
    return Rule.of(form, Length.parse(text), source="standard", **more)


def clock(name: str, owed_by: str, starts: str, met_by: str, rule: Rule, **more: Any) -> Clock:
    """A clock owed to the complainant, on the England and Wales calendar."""
    return Clock(
        name,
        name.capitalize(),
        tuple(owed_by.split()),
        ("complainant",),
        tuple(starts.split()),
        rule,
        CalendarName.ENGLAND_AND_WALES,
        tuple(met_by.split()),
        **more,
    )


MORE_TIME = ExtensionRule("ask_more_time", "decide_more_time", times=1, up_to=Length.parse("28 days"))
CLOCKS = [
    clock(
        "acknowledge", "regulator", "submit", "acknowledge", length(Form.D, "5 wd"), on_last_day="acknowledge"
    ),
    clock(
        "screen",
        "regulator",
        "submit",
        "accept decline",
        length(Form.D, "20 wd"),
        paused_by=("question", "hold"),
    ),
    clock(
        "account",
        "body",
        "request",
        "submit_account",
        length(Form.B, "28 days", roll=True),
        per=("party", "request"),
        extension=MORE_TIME,
    ),
    clock(
        "progress",
        "regulator",
        "accept reopen late_review",
        "",
        length(Form.F, "4 weeks"),
        restarts=("update",),
        ends_on=("tell",),
    ),
    clock(
        "comments",
        "body complainant",
        "share",
        "comment",
        length(Form.B, "28 days"),
        extension=MORE_TIME,
        passes="goes_on",
    ),
    clock(
        "more_time",
        "regulator",
        "ask_more_time",
        "decide_more_time",
        length(Form.D, "5 wd"),
        per=("party", "clock"),
    ),
    clock(
        "review_window",
        "complainant",
        "tell decline",
        "late_review",
        length(Form.B, "28 days"),
        passes="close",
        outlives_end=True,
    ),
]
PAUSES = [
    PauseRule(
        "question", "A question to the complainant", ("ask",), ("answer",), (), Length.parse("28 days")
    ),
    PauseRule(
        "hold", "Proceedings elsewhere", ("hold",), ("release",), ("renew_hold",), Length.parse("3 months")
    ),
]
KIND = Kind(
    "small",
    "Small complaint",
    "S",
    in_service=True,
    stages={s.name: s for s in STAGES},
    steps={s.name: s for s in STEPS},
    clocks={c.name: c for c in CLOCKS},
    pauses={p.name: p for p in PAUSES},
)


def england(_clock: Clock, _keys: object) -> Calendar:
    """England and Wales, whoever owes."""
    return ENGLAND


def on(text: str) -> datetime:
    """The moment a day begins in London, or a moment written in UTC."""
    return (
        opening(date.fromisoformat(text))
        if len(text) == 10
        else datetime.fromisoformat(text).replace(tzinfo=UTC)
    )


class Told:
    """A case told step by step; the stage follows from the steps."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(
        self,
        name: str,
        when: str,
        *,
        by: int | None = None,
        role: str = "",
        to: str = "",
        data: Any = None,
        **keys: int,
    ) -> Told:
        """Take a step on a day (`2026-03-02`) or at a moment in UTC (`2026-03-02T10:00`)."""
        stage_now = self.events[-1].to_stage if self.events else None
        rule = KIND.steps[name]
        after = to or (str(stage_now) if rule.to == SAME else rule.to)
        seq = len(self.events) + 1
        occurred = on(when)
        self.events.append(
            Event(
                seq, name, occurred, len(when) == 10, occurred, by, role, stage_now, after, data or {}, keys
            )
        )
        return self


def accepted() -> Told:
    """Received on Monday 2 March 2026, accepted on Wednesday 4 March."""
    return Told()("submit", "2026-03-02")("acknowledge", "2026-03-03", by=1)("accept", "2026-03-04", by=2)


def person(number: int, *roles: str, side: Side = Side.staff) -> Actor:
    """Someone with these roles."""
    return Actor(f"Person {number}", frozenset(roles), side, person_id=number)


def clocks(case, at="2026-03-04", kind=KIND, parties=(3,)):
    """Every clock of the case, as at a day."""
    return derive(kind, case.events, calendar_for=england, as_at=on(at), parties=parties)


def one(case, name, at="2026-03-04", **more):
    """The last one started of that name."""
    return [running for running in clocks(case, at, **more) if running.name == name][-1]


def how(running):
    """How it ended, or None."""
    return running.ended.how if running.ended else None


def requested(when="2026-03-05"):
    """An accepted complaint, and request 8 put to party 3."""
    return accepted()("request", when, by=2, party=3, request=8)


def shared(when="2026-03-10"):
    """An accepted complaint whose provisional view was shared."""
    return accepted()("share", when, by=2)
