"""Audits and inspections for tests, brought to any stage by steps, with everybody who has a part in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import make

from regulator.actors import Actor, Side
from regulator.casework import editions, facts
from regulator.casework.facts import Facts
from regulator.casework.steps import Taken, take
from regulator.db import db, engine_role

T = TypeVar("T")
AREAS = ["How matches are checked", "How long images are kept"]


@dataclass
class Looking:
    """One audit or inspection being walked. People are called by role, those outside `kent/contact`."""

    case: Taken
    bodies: Sequence[str]
    people: dict[str, Actor] = field(default_factory=dict)

    def who(self, name: str) -> Actor:
        """Somebody with a part in it, made when first asked for."""
        if name not in self.people:
            body, _, role = name.rpartition("/")
            person = make.person(role.rstrip("2"), body=body or None)
            is_overseer = role == "oversight_contact"
            self.people[name] = replace(person, side=Side.oversight) if is_overseer else person
        return self.people[name]

    def take(self, who: str, step: str, **data: Any) -> Taken:
        """Take a step on it."""
        return take(step, self.case.case_id, by=self.who(who), data=data)

    def read(self, ask: Callable[[Facts], T]) -> T:
        """What the engine knows of it, as `ask` reads it."""
        with engine_role([self.case.case_id]):
            known = facts.load(self.case.case_id)
            found = ask(known)
            db.session.expunge_all()
            return found

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.read(lambda known: known.stage)

    def party(self, slug: str, capacity: str = "subject") -> int:
        """The part of a body in it."""
        body = make.body_id(slug)
        return self.read(
            lambda known: next(
                one.id for one in known.parties if (one.body_id, one.capacity) == (body, capacity)
            )
        )

    def recommendation(self, slug: str, place: int = 0) -> int:
        """The number of a recommendation’s row: of those to one body, by place."""
        party = self.party(slug)
        return self.read(
            lambda known: [one.id for one in known.more.recommendations if one.party_id == party][place]
        )

    def due(self, clock: str, slug: str | None = None) -> list[Any]:
        """The clocks of a name that run, of one body or of all."""
        party = self.party(slug) if slug else None
        return self.read(
            lambda known: [
                one
                for one in known.running
                if one.name == clock and one.is_open and party in (None, one.keys.get("party"))
            ]
        )

    # What both kinds have in common

    def ask(self, who: str) -> None:
        """Ask each body for evidence, which answers and signs it."""
        for slug in self.bodies:
            items = [
                {"question": "Send the log of matches", "good": "One line a match"},
                {"question": "Who checks?"},
            ]
            self.take(who, "request_evidence", party=self.party(slug), items=items)

    def answer(self) -> None:
        """Let each body answer what it was asked, and sign."""
        for slug in self.bodies:
            party = self.party(slug)
            ids = self.read(
                lambda known, party=party: [i.id for i in known.more.items if i.party_id == party]
            )  # type: ignore[misc]
            rows = [{"item": one, "answer": f"It is so at {slug}.", "mark": "none"} for one in ids]
            self.take(f"{slug}/contact", "answer_item", item_answer=rows)
            self.take(f"{slug}/approving_officer", "submit_response", response_signed=True)

    def draft(self, who: str, **more: Any) -> None:
        """Write the report: a finding in each area, and a recommendation to each body."""
        standard = next(iter(editions.current().standards))
        findings = [
            {"area": at, "words": f"{name}: too little.", "standard": standard, "evidence": "The log."}
            for at, name in enumerate(AREAS, 1)
        ]
        recommendations = [
            {"finding": 1, "party": self.party(slug), "words": f"Check twice at {slug}", "priority": "high"}
            for slug in self.bodies
        ]
        words = {"report_words": ["We looked.", "This is what we found."], "report_findings": findings}
        self.take(who, "draft_report", **words, recommendations=recommendations, **more)

    def say_nothing(self) -> None:
        """Let each body sign that it has no comments on the draft."""
        for slug in self.bodies:
            self.take(f"{slug}/approving_officer", "sign_comments", no_comments=True, response_signed=True)


def until(walk: Looking, stage: str, way: Sequence[Callable[[Looking], None]]) -> Looking:
    """Walk on until it stands at a stage."""
    for go in way:
        if walk.stage == stage:
            return walk
        go(walk)
    assert walk.stage == stage, f"it stands at {walk.stage}"
    return walk
