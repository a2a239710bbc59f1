"""Which way a case is walked: what was never taken comes first, then what may lead to it, then the way on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from regulator.actors import Actor
from regulator.casework.facts import Facts
from regulator.regime.model import BEFORE, GIVEN, SAME, SYSTEM, Step

if TYPE_CHECKING:
    from walking.walk import Walk

Turn = tuple[Step, Actor]
UNDOES = {"release", "unrestrict", "lift_legal_hold", "end_suspension", "end_representation"}
"""What takes something back comes after what else there is to do with it."""
BORED = 5
"""For how long nothing was new before a case goes back, or to its end, rather than on."""
LEADS_TO = {
    "close": ("verify_recommendation", "close_concern", "note_rejection", "answer_question", "release"),
    "close_concern": ("send_concern", "verify_recommendation"),
    "dispose_comment": ("comment_on_draft", "sign_comments", "comment_on_view"),
    "end_by_appeal": ("record_appeal", "record_appeal_outcome"),
    "end_suspension": ("record_suspension",),
    "note_rejection": ("draft_recommendation_response", "sign_recommendation_responses"),
    "refuse_certificate": ("apply_for_certificate",),
    "refuse_change": ("apply_for_change",),
    "remit": ("record_appeal",),
    "propose_disposal": ("set_disposal",),
    "refuse_disposal": ("set_disposal", "propose_disposal"),
    "approve_disposal": ("set_disposal", "propose_disposal"),
}
"""What makes some steps possible that seldom are; for all others it is found by walking."""
LAST = "approve_disposal"
"""After it nothing can be done with a case."""
WHEN_ENDED = {"propose_disposal", "refuse_disposal", LAST}


def is_common(step: Step) -> bool:
    """Whether every kind of case has the step."""
    return step.where.file.endswith("common.yaml")


@dataclass
class Steering:
    """Where one case came, and where it goes next.

    tried, waited: how often each step was taken on it, and how long it stayed at each stage
    stale:         for how long nothing was new
    """

    walk: Walk
    tried: Counter[str] = field(default_factory=Counter)
    waited: Counter[str] = field(default_factory=Counter)
    stages: set[str] = field(default_factory=set)
    stale: int = 0
    turn: int = 0

    def should_wait(self, known: Facts, turns: Sequence[Turn]) -> bool:
        """Whether something never taken may come with time, and nothing never taken is open."""
        if {step.name for step, _ in turns} & self.walk.never_taken:
            return False
        is_stuck = not any(self.goes_on(known, step) for step, _ in turns)
        comes = any(SYSTEM in self.walk.kind.steps[name].who for name in self.blocked(known))
        chance = 0.5 if is_stuck or comes else 0.25
        return (is_stuck or self.lingers(known)) and self.walk.random.random() < chance

    def lingers(self, known: Facts) -> bool:
        """Whether it is worth staying here for what was never taken; the more cases were walked, the longer."""
        return bool(self.blocked(known)) and self.waited[known.stage] < min(2 * len(self.walk.cases), 10)

    def blocked(self, known: Facts) -> list[str]:
        """What was never taken and belongs here rather than anywhere."""
        steps = self.walk.kind.steps
        here = [name for name in self.walk.never_taken if known.stage in steps[name].from_]
        return [
            name
            for name in here
            if not is_common(steps[name]) or (name in WHEN_ENDED and not known.case.is_open)
        ]

    def rank(self, known: Facts, step: Step) -> tuple[int, float]:
        """How soon a step comes: what was never taken, then what may lead to that, then the way on, then an end."""
        to = self.leads(step, known)
        is_fresh, is_end = step.name not in {*self.walk.taken, LAST}, to in self.walk.kind.ends
        if is_fresh and not step.moves:
            return 0, step.name in UNDOES
        early = self.turn < 5 + 3 * (len(self.walk.cases) % 3)
        if is_fresh and not (is_end and early):
            return 1, 1 if is_end else 0
        if step.name == LAST or self.opens_way(known, step):
            return 2, 0 if step.name == LAST else self.tried[step.name] - 6
        if not step.moves:
            return 2 if self.lingers(known) else 4, self.tried[step.name] + (3 if is_common(step) else 0)
        if self.goes_on(known, step) or not known.case.is_open:
            return 3, self.distance(to) + 2 * self.tried[step.name]
        return 3 if self.stale > BORED else 5, self.tried[step.name] + (4 if is_end else 0)

    def opens_way(self, known: Facts, step: Step) -> bool:
        """Whether a step that moves nothing may make something possible that was never taken."""
        return not step.moves and any(step.name in LEADS_TO.get(name, ()) for name in self.blocked(known))

    def goes_on(self, known: Facts, step: Step) -> bool:
        """Whether a step leads to a later stage that is no end."""
        order, to = list(self.walk.kind.stages), self.leads(step, known)
        return order.index(to) > order.index(known.stage) and to not in self.walk.kind.ends

    def leads(self, step: Step, known: Facts) -> str:
        return known.stage if step.to in (SAME, BEFORE, GIVEN) else step.to

    def distance(self, start: str) -> float:
        """How many moves from a stage to one where something was never taken or nobody stood."""
        kind, walk = self.walk.kind, self.walk
        wanted = {stage for name in walk.never_taken for stage in kind.steps[name].from_}
        wanted |= walk.never_reached
        reached, front = {start}, {start}
        for moves in range(8):
            if front & wanted:
                return moves
            steps = [s for s in kind.steps.values() if s.to in kind.stages and front & set(s.from_)]
            front = {step.to for step in steps} - reached
            reached |= front
        return 8

    def wait(self, known: Facts) -> None:
        """Let time pass until a clock runs out."""
        self.waited[known.stage] += 2
        now = self.walk.now
        ends = [one.late_from for one in known.running if one.is_open and one.late_from > now]
        self.walk.now = min(ends, default=now + timedelta(days=30)) + timedelta(hours=2)
