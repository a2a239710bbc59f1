"""Cases of every kind and edition, walked at random by everybody who has a part in them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulator.actors import SYSTEM, Actor, Side
from regulator.regime.clocks import Running, derive, due_for_system, next_actions, pauses
from regulator.regime.events import Event, effective, stage_after, stage_before_last_move
from regulator.regime.judge import judge, offered
from regulator.regime.model import BEFORE, SAME, STAFF, Field, Step
from tests.rules.small_kind import on
from tests.rules.told import EDITION, EDITIONS, calendar

KINDS = [(name, kind) for name, edition in EDITIONS.items() for kind in edition.kinds]
each_kind = pytest.mark.parametrize(("edition", "kind"), KINDS)
PARTIES = (30, 31)
RECOMMENDATIONS = {"recommendation": [11, 12], "party": {"11": 30, "12": 31}}
ACT = {"act": [1, 2]}
STEPS = {"notice_step": [5, 6], "party": 30, **ACT}
KEYS: dict[str, dict[str, Any]] = {
    "issue_final": RECOMMENDATIONS,
    "publish_report": {**RECOMMENDATIONS, "party": {"11": 30, "12": 31}},
    "record_service": STEPS,
    "vary": STEPS,
    "refuse_certificate": {"notice_step": 5, **ACT},
    "refuse_change": ACT,
    "record_appeal": {"notice_step": [5, 6], "act": 1},
    "record_suspension": {"notice_step": [5]},
    "end_suspension": {"notice_step": [5]},
    "record_appeal_outcome": {"notice_step": [5, 6], "act": 1},
}
ONE = {
    "recommendation": [11, 12],
    "notice_step": [5, 6],
    "concern": [8],
    "request": [7],
    "act": [1, 2],
    "item": [2],
}


def everybody() -> list[Actor]:
    """Two people of each role that works on cases, so that somebody else can always act; and the system."""
    sides = {
        "regulator": Side.staff,
        "body": Side.body,
        "oversight": Side.oversight,
        "outside": Side.complainant,
    }
    roles = [role for role in EDITION.roles.values() if role.works_cases and role.side in sides]
    return [
        Actor(f"{role.name} {turn}", frozenset({role.name}), sides[role.side], 100 * turn + place)
        for turn in (1, 2)
        for place, role in enumerate(roles)
    ] + [SYSTEM]


PEOPLE = everybody()


class Walk:
    """One case whose needs always hold, and which is everybody’s."""

    def __init__(self, edition: str, kind: str, random: Random) -> None:
        self.edition, self.random = EDITIONS[edition], random
        self.kind = self.edition.kinds[kind]
        self.events: list[Event] = []
        self.now = on("2026-03-02T09:00")
        self.taken: set[str] = set()
        opening = self.kind.openings[0]
        self.take(opening, next(by for by in PEOPLE if by.holds(*opening.who)))

    @property
    def stage(self) -> str:
        return self.events[-1].to_stage

    def relations(self, _by: Actor) -> frozenset[str]:
        return frozenset({"own_body", "own_item", "overseen_body", "own_case"})

    def unmet(self, _need: str, _step: Step, _by: Actor) -> None:
        return None

    def clocks(self):
        return derive(
            self.kind,
            self.events,
            calendar_for=calendar,
            as_at=self.now,
            parties=PARTIES,
            overseen=(30,),
        )

    def go_on(self, wanted: frozenset[str] = frozenset()) -> None:
        """Let some days pass, then somebody takes a step that is open to them, one of those wanted if there is one."""
        self.now += timedelta(days=self.random.choice([0, 0, 1, 3, 9, 40]), hours=1)
        offers = [(o.step, by) for by in PEOPLE for o in offered(self, by) if o.open]
        offers = [offer for offer in offers if offer[0].to != BEFORE or stage_before_last_move(self.events)]
        best = [offer for offer in offers if offer[0].name in wanted]
        moving = [offer for offer in offers if offer[0].moves and offer[0].to not in self.kind.ends]
        some = best or (moving if moving and self.random.random() < 0.5 else offers)
        self.take(*self.random.choice(some))

    def take(self, step: Step, by: Actor) -> None:
        before = self.stage if self.events else None
        to = {SAME: before, BEFORE: stage_before_last_move(self.events)}.get(step.to, step.to)
        if step.moves_when and self.random.random() < 0.3:
            to = before
        is_day = self.random.random() < 0.5
        if self.events:
            judge(step, self, by, occurred=self.now, is_day=is_day, as_at=self.now)
        data = {field.name: self.answer(field, step) for field in step.answers}
        self.events.append(
            Event(
                len(self.events) + 1,
                step.name,
                self.now,
                is_day,
                self.now,
                by.person_id,
                min(by.roles & set(step.who)),
                before,
                str(to),
                {name: value for name, value in data.items() if value is not None},
                self.keys(step, by),
            )
        )
        self.taken.add(step.name)

    def keys(self, step: Step, by: Actor) -> dict[str, Any]:
        """What it is about: one of several things, chosen at random where its fields ask for one."""
        asked = {field.kind for field in step.fields}
        keys = {name: self.random.choice(values) for name, values in ONE.items() if name in asked}
        if by.side is Side.body:
            keys["party"] = self.random.choice(PARTIES)
        if step.name in {"request_evidence", "return_items"}:
            keys |= {"party": 30, "request": 7, "item": 2}
        return keys | KEYS.get(step.name, {})

    def answer(self, field: Field, step: Step) -> Any:
        """A coded answer as the ledger would keep it; a table where the step carries one."""
        if field in step.carries and field.name in {"priority", "done_by"}:
            things = ("11", "12") if field.name == "priority" else ("5", "6")
            return {thing: self.one(field) for thing in things}
        if field.kind == "clock":
            extensible = [c.ref for c in self.clocks() if c.clock.extension and c.is_open]
            return self.random.choice(extensible or ["evidence"])
        if field.kind == "entry":
            return self.random.choice(self.events).seq
        return self.one(field)

    def one(self, field: Field) -> Any:
        codes = [choice.code for choice in self.edition.reasons.get(field.choices or "", ())]
        match field.kind:
            case "choice":
                return self.random.choice(codes)
            case "yes_no" | "confirm":
                return self.random.choice([True, False])
            case "length":
                return self.random.choice(["21 days", "35 days"])
            case "day" | "moment" if field.name != "occurred":
                days = self.random.choice([0, 1, 30, 90])
                past = field.name in {"done_on", "sent_on", "deemed_on", "misdirected_from"}
                return (self.now + timedelta(days=-days if past else days)).date().isoformat()
            case _:
                return None


def outlives(clock: Running | None) -> bool:
    """Whether it is a clock that runs on although the case has come to its end."""
    return clock is not None and clock.clock.outlives_end


def check(walk: Walk) -> None:
    """What holds of every case after every step."""
    clocks = walk.clocks()
    is_open = not walk.kind.stages[walk.stage].is_end
    open_ = [clock for clock in clocks if clock.is_open]
    actions = next_actions(walk.kind, clocks, walk.stage, walk.now)

    assert walk.stage == stage_after(walk.events)
    assert effective(effective(walk.events)) == effective(walk.events)
    assert is_open is bool([action for action in actions if not outlives(action.clock)])
    assert is_open or all(outlives(clock) for clock in open_)
    assert is_open or all(pause.end for pause in pauses(walk.kind, walk.events, walk.now))
    assert len({(clock.ref, clock.owed_by) for clock in open_}) == len(open_)
    for step, _ in due_for_system(walk.kind, clocks, walk.now, stage=walk.stage):
        judge(walk.kind.steps[step], walk, SYSTEM)


@each_kind
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_wherever_a_case_walks_it_can_be_told_and_somebody_is_next(edition, kind, seed):
    """After every step the clocks can be derived, and an open case waits for somebody."""
    walk = Walk(edition, kind, Random(seed))

    for _ in range(25):
        walk.go_on()
        check(walk)


@each_kind
def test_every_stage_and_every_step_is_reached_by_walking(edition, kind):
    """No stage or step of any kind is left that nobody ever comes to."""
    rules = EDITIONS[edition].kinds[kind]
    wanted, never = frozenset(rules.steps) - {"import_case"}, set(rules.stages)
    for seed in range(60):
        walk = Walk(edition, kind, Random(seed))
        for _ in range(40):
            never.discard(walk.stage)
            wanted -= walk.taken
            walk.go_on(wanted)
        if not (wanted or never):
            break

    assert (sorted(wanted), sorted(never)) == ([], [])


def test_staff_are_told_of_every_step_but_a_bodys_own():
    """Whatever happens on a case, its staff read of it, save what a body keeps to itself."""
    kinds = [EDITIONS[edition].kinds[name] for edition, name in KINDS]

    assert all((STAFF in s.says) is not s.body_only for kind in kinds for s in kind.steps.values())
