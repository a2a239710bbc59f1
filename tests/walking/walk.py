"""A walk through cases of one kind: whoever is offered a step takes it, what was never taken comes first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import make
import sqlalchemy as sa
from flask import Flask

from regulator import moments
from regulator.actors import SYSTEM, Actor
from regulator.casework import editions, facts
from regulator.casework.facts import Facts
from regulator.casework.forms import StepForm, form_for
from regulator.casework.linking import Origin, OtherCase
from regulator.casework.models import ClockRow
from regulator.casework.steps import Taken, offers, open_case, stage_token, take
from regulator.casework.tasks import look_at
from regulator.db import db, engine_role
from regulator.errors import Conflict, Invalid, NotNow, Refused
from regulator.regime.judge import offered
from regulator.regime.model import REMIND, Kind, Step
from walking.checks import check, unanswerable
from walking.company import Company, sees
from walking.filling import Filler
from walking.steering import Steering, Turn

START = "2025-01-06T10:00"
TRIES, LONG_ENOUGH = 3, 14
Open = Callable[["Walk"], Taken]


@dataclass
class Walk:
    """Cases of one kind under one edition, and the people who act on them.

    taken, stood: how often each step was taken and where cases stood; said: why what was offered could not be done
    """

    app: Flask
    edition: str
    kind_name: str
    random: Random
    company: Company
    filler: Filler
    now: datetime = field(default_factory=lambda: make.at(START))
    taken: Counter[str] = field(default_factory=Counter)
    stood: set[str] = field(default_factory=set)
    said: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    cases: list[Taken] = field(default_factory=list)
    written: set[int] = field(default_factory=set)

    @property
    def kind(self) -> Kind:
        """The rules of the kind."""
        return editions.kind_of(self.edition, self.kind_name)

    @property
    def never_taken(self) -> set[str]:
        """The steps never taken; where no clock has reminders nobody is ever reminded."""
        reminds = any(clock.chasers for clock in self.kind.clocks.values())
        return self.kind.steps.keys() - self.taken.keys() - (set() if reminds else {REMIND})

    @property
    def never_reached(self) -> set[str]:
        """The stages where no case stood."""
        return self.kind.stages.keys() - self.stood

    @property
    def report(self) -> str:
        """What was never taken and never reached, to be read."""
        said = {
            name: " / ".join(words for words, _ in self.said[name].most_common(4))
            for name in self.never_taken
        }
        lines = [f"{name}: {words}" for name, words in sorted(said.items())]
        lines.append(f"{sum(self.taken.values())} steps on {len(self.cases)} cases")
        return "\n".join(["", *lines, *(f"nobody stood at {name}" for name in self.never_reached)])

    def go(self, opening: Open, turns: int, most: int) -> None:
        """Open a case and walk on with it; beyond `turns`, up to `most`, while it comes to anything new."""
        self.now = make.at(START)
        with moments.as_at(self.now):
            case = opening(self)
        self.cases.append(case)
        path = Path(self, case=case)
        for turn in range(most):
            if turn >= turns and not path.is_promising():
                break
            path.step()
        with moments.as_at(self.now):
            check(case.case_id, self.company, self.written)


@dataclass
class Path(Steering):
    """One case being walked."""

    case: Taken = field(kw_only=True)
    counted: int = 0

    def is_promising(self) -> bool:
        """Whether there is something never taken, and some of it was taken not long ago."""
        return bool(self.walk.never_taken) and self.stale < LONG_ENOUGH

    def step(self) -> None:
        """Let some time pass, look at what time asks for, let somebody act, and see that all holds."""
        walk = self.walk
        self.turn += 1
        walk.now += timedelta(hours=walk.random.choice([1, 3, 20, 48]))
        with moments.as_at(walk.now):
            known, turns = self._turns()
            if not self._act(known, turns):
                self.wait(known)
        with moments.as_at(walk.now):
            self._look()
            known = check(self.case.case_id, walk.company, walk.written, slice(self.turn % 3, None, 3))
            self.stale = 0 if self._count(known) else self.stale + 1

    def _look(self) -> None:
        """Let the system look at the case if it would by now."""
        with engine_role([self.case.case_id]):
            asked = sa.select(sa.func.min(ClockRow.next_look)).where(ClockRow.case_id == self.case.case_id)
            next_look = db.session.execute(asked).scalar()
        if next_look and next_look <= moments.now():
            look_at(self.case.case_id)

    def _count(self, known: Facts) -> bool:
        """Count what happened; whether any of it never happened before, or the case came to a new stage."""
        before = len(self.walk.taken) + len(self.stages)
        for event in known.events[self.counted :]:
            self.walk.taken[event.step] += 1
            self.tried[event.step] += 1
            self.walk.stood.add(event.to_stage)
            self.stages.add(event.to_stage)
        self.counted = len(known.events)
        return len(self.walk.taken) + len(self.stages) > before

    def _turns(self) -> tuple[Facts, list[Turn]]:
        """What is open to somebody now."""
        with engine_role([self.case.case_id]):
            known = facts.load(self.case.case_id)
            _ = known.running
            everyone = list(self.walk.company.everyone(known))
            turns = []
            for by in everyone:
                for offer in offered(known, by):
                    if offer.open:
                        turns.append((offer.step, by))
                    else:
                        self.walk.said[offer.step.name].update(offer.reasons)
            db.session.expunge_all()
        if known.case.is_restricted:
            inside = {by for by in everyone if sees(known, by)}
            turns = [turn for turn in turns if turn[1] in inside]
        return known, turns

    def _act(self, known: Facts, turns: Sequence[Turn]) -> bool:
        """Somebody takes one of the steps open to them; whether anybody did."""
        if self.should_wait(known, turns):
            return False
        ranked = sorted(turns, key=lambda turn: (*self.rank(known, turn[0]), self.walk.random.random()))
        seen: set[str] = set()
        for step, by in ranked:
            if step.name not in seen:
                seen.add(step.name)
                if self._take(step, by):
                    return True
        return False

    def _take(self, step: Step, by: Actor) -> bool:
        """Fill in the form of an offered step and take it; whether it could be taken with any of the answers tried."""
        if by == SYSTEM:
            return False
        known, found = offers(self.case.case_id, by=by)
        assert any(offer.open and offer.step.name == step.name for offer in found), (
            f"{step.name} is not offered"
        )
        self.waited[known.stage] += 1
        return any(self._sent(step, known, by) for _ in range(TRIES))

    def _sent(self, step: Step, known: Facts, by: Actor) -> bool:
        walk, app = self.walk, self.walk.app
        with app.test_request_context("/"):
            drawn = form_for(step, known, by)
            assert not unanswerable(drawn), f"{step.name} is offered to {by.name}: {unanswerable(drawn)}"
            boxes = walk.filler.fill(drawn)
        with app.test_request_context("/", method="POST", data=boxes):
            form = form_for(step, known, by)
            if not form.submitted():
                walk.said[step.name].update(f"form: {problem.text}" for problem in form.problems)
                return False
            try:
                self._done(form, known, by)
            except (Invalid, NotNow, Conflict) as refusal:
                walk.said[step.name][f"step: {refusal.sentence}"] += 1
                return False
            except Refused as refusal:
                raise AssertionError(
                    f"{step.name} was offered to {by.name} and refused: {refusal}"
                ) from refusal
        return True

    def _done(self, form: StepForm, known: Facts, by: Actor) -> None:
        sent = form.data_for_step()
        if form.step.name == "open_linked":
            because = OtherCase(self.case.case_id, self.case.reference)
            bodies = tuple(party.body_id for party in known.subjects)
            origin = Origin(because, sent.data["reason"], bodies)
            open_other(sent.data["new_kind"], by, origin)
            return
        take(
            form.step.name,
            self.case.case_id,
            by=by,
            data=sent.data,
            occurred=sent.occurred,
            is_day=sent.is_day,
            files=sent.files,
            token=stage_token(known),
        )


def open_other(kind: str, by: Actor, origin: Origin) -> Taken:
    """Another case, because of one."""
    import make_audit
    import make_enforcement
    import make_inspection

    bodies = {"bodies": list(origin.bodies)}
    given: dict[str, Any] = {
        "audit": make_audit.PLAN | bodies,
        "inspection": make_inspection.PLAN | bodies,
        "enforcement": make_enforcement.proposal() | {"body": origin.bodies[0]},
    }[kind]
    step = "propose" if kind == "enforcement" else "plan"
    return open_case(step, kind, by=by, data=given, origin=origin)
