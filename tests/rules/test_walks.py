"""Cases walked at random through a small kind and through the complaint: what holds after every step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulator.actors import SYSTEM, Actor, Side
from regulator.errors import NotNow, Refused
from regulator.regime.clocks import derive, due_for_system, next_actions, pauses
from regulator.regime.events import Event, effective, stage_after, stage_before_last_move
from regulator.regime.judge import judge, offered
from regulator.regime.loader import shipped
from regulator.regime.model import BEFORE, SAME
from tests.rules.small_kind import KIND, england, on

COMPLAINT = shipped()["2026-draft"].kinds["complaint"]
PEOPLE = [
    Actor("officer", frozenset({"intake_officer"}), Side.staff, 1),
    Actor("caseworker", frozenset({"caseworker", "intake_officer"}), Side.staff, 2),
    Actor("manager", frozenset({"manager"}), Side.staff, 3),
    Actor("manager too", frozenset({"manager", "caseworker"}), Side.staff, 4),
    Actor("reviewer", frozenset({"reviewer"}), Side.staff, 5),
    Actor("records", frozenset({"records_manager"}), Side.staff, 6),
    Actor("administrator", frozenset({"administrator"}), Side.administration, 7),
    Actor("complainant", frozenset({"complainant"}), Side.complainant),
    Actor("contact", frozenset({"contact", "contributor"}), Side.body, 8),
    Actor("approver", frozenset({"approving_officer"}), Side.body, 9),
    Actor("stranger", frozenset({"contact", "approving_officer"}), Side.body, 10),
    SYSTEM,
]


class Walk:
    """One case whose needs always hold, and which is everybody’s but the stranger’s."""

    def __init__(self, kind, random):
        self.kind, self.random = kind, random
        self.events = []
        self.now = on("2026-03-02T09:00")
        self.take(kind.steps["submit"], PEOPLE[0])

    @property
    def stage(self):
        return self.events[-1].to_stage

    def relations(self, by):
        return frozenset() if by.name == "stranger" else frozenset({"own_case", "own_body", "own_item"})

    def unmet(self, _need, _step, _by):
        return None

    def clocks(self):
        return derive(self.kind, self.events, calendar_for=england, as_at=self.now, parties=(30, 31))

    def go_on(self):
        """Let some days pass, then somebody takes one of the steps open to them."""
        self.now += timedelta(days=self.random.choice([0, 0, 1, 3, 9, 40]), hours=1)
        offers = [(o.step, by) for by in PEOPLE for o in offered(self, by) if o.open]
        moves = [offer for offer in offers if offer[0].moves]
        step, by = self.random.choice(moves if moves and self.random.random() < 0.3 else offers)
        if step.to != BEFORE or stage_before_last_move(self.events):
            self.take(step, by)

    def take(self, step, by):
        before = self.events[-1].to_stage if self.events else None
        to = {SAME: before, BEFORE: stage_before_last_move(self.events)}.get(step.to, step.to)
        occurred, is_day = self.when(step)
        keys = (
            {"party": self.random.choice([30, 31])}
            if by.side is Side.body or step.name.startswith("request")
            else {}
        )
        if step.name.startswith("request"):
            keys["request"] = len(self.events)
        event = Event(
            len(self.events) + 1,
            step.name,
            occurred,
            is_day,
            self.now,
            by.person_id,
            min(by.roles),
            before,
            to,
            self.answers(step),
            keys,
        )
        if self.events:
            judge(step, self, by, occurred=occurred, is_day=is_day, as_at=self.now)
        self.events.append(event)

    def when(self, step):
        """Now, today, or for what moves nothing some time since the case was opened."""
        if self.events and not step.moves and self.random.random() < 0.3:
            first = effective(self.events)[0].occurred
            return first + self.random.random() * (self.now - first), False
        return self.now, self.random.random() < 0.5

    def answers(self, step):
        if step.name == "correct_entry":
            entry = self.random.choice(self.events)
            return {"entry": entry.seq, "occurred": entry.occurred_day.isoformat()}
        if step.name.endswith("more_time"):
            asked = [c.ref for c in self.clocks() if c.clock.extension and c.is_open] or ["account"]
            granted = self.random.choice([True, False])
            return {"clock": self.random.choice(asked), "granted": granted, "length": "7 days"}
        return {}


@pytest.mark.parametrize("kind", ["small", "complaint"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_wherever_a_case_walks_it_can_be_told_and_somebody_is_next(kind, seed):
    """After every step the clocks can be derived, an open case waits for somebody, and offers are what the judge says."""
    walk = Walk({"small": KIND, "complaint": COMPLAINT}[kind], Random(seed))

    for _ in range(25):
        walk.go_on()
        check_clocks(walk)
        check_offers(walk)


def check_clocks(walk):
    clocks = walk.clocks()
    is_open = not walk.kind.stages[walk.stage].is_end
    actions = next_actions(walk.kind, clocks, walk.stage, walk.now)

    assert walk.stage == stage_after(walk.events)
    assert effective(effective(walk.events)) == effective(walk.events)
    assert bool(actions) or not is_open
    assert all(action.steps and action.roles for action in actions if action.clock is None)
    assert is_open or not [c for c in clocks if c.is_open and not c.clock.outlives_end]
    assert all(p.end is not None for p in pauses(walk.kind, walk.events, walk.now)) or is_open
    assert all(c.last_day >= c.result.original_last_day for c in clocks)
    assert len({(c.ref, c.owed_by) for c in clocks if c.is_open}) == len([c for c in clocks if c.is_open])
    for step, _ in due_for_system(walk.kind, clocks, walk.now, stage=walk.stage):
        assert judge(walk.kind.steps[step], walk, SYSTEM) is None


def check_offers(walk):
    for by in PEOPLE:
        for offer in offered(walk, by, everywhere=True):
            assert offer.open is not bool(offer.reasons)
            if offer.open:
                judge(offer.step, walk, by)
            else:
                with pytest.raises((Refused, NotNow)):
                    judge(offer.step, walk, by)
        if by.name == "stranger" or by.side is Side.administration:
            assert not [offer for offer in offered(walk, by) if offer.open]


def test_a_body_is_shown_no_case_that_ended_before_it_was_told():
    """A complaint withdrawn before anybody looked into it stays unknown to the body, whatever its end."""
    walk = Walk(COMPLAINT, Random(0))
    for name, by in [("acknowledge", PEOPLE[0]), ("confirm_withdrawal", PEOPLE[2])]:
        walk.take(COMPLAINT.steps[name], by)
    steps = {
        **COMPLAINT.steps,
        "see": replace(
            COMPLAINT.steps["message_regulator"], name="see", from_=("withdrawn",), who=("contact",), whose={}
        ),
    }
    walk.kind = replace(COMPLAINT, steps=steps)

    assert offered(walk, PEOPLE[8]) == []
    walk.take(COMPLAINT.steps["reopen"], PEOPLE[2])
    walk.events.append(replace(walk.events[2], seq=9, from_stage="investigating"))
    assert [offer.step.name for offer in offered(walk, PEOPLE[8]) if offer.open] == ["see"]
