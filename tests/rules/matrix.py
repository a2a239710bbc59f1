"""Reading the hand-written tables of who may do what, and what the page of rules gives to every kind of case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from regulator.regime.loader import shipped
from regulator.regime.model import Kind

EDITIONS = shipped()
STAFF = [
    "intake_officer",
    "caseworker",
    "auditor",
    "inspector",
    "enforcement_officer",
    "lawyer",
    "manager",
    "reviewer",
    "commissioner",
]
OTHERS = [
    "publisher",
    "records_manager",
    "observer",
    "administrator",
    "contact",
    "contributor",
    "approving_officer",
    "body_administrator",
    "oversight_contact",
    "complainant",
    "representative",
    "system",
]

EVERY_MEMBER_OF_STAFF = "declare_interest add_note add_document link_case refer_urgent"

AT_ANY_STAGE = """
  caseworker      | disclose open_linked
  auditor         | open_linked
  inspector       | open_linked
  lawyer          | disclose link_proceedings record_court_ruling
  manager         | disclose open_linked restrict unrestrict correct_entry reverse change_body
                    refuse_disposal approve_disposal
  records_manager | legal_hold lift_legal_hold set_disposal propose_disposal refuse_disposal approve_disposal
"""

AT_OPEN_STAGES = """
  caseworker          | message_body
  auditor             | message_body
  inspector           | message_body
  enforcement_officer | message_body
  lawyer              | message_body
  manager             | assign reassign hold renew_hold release add_partner
  system              | remind
"""


@dataclass(frozen=True)
class Matrix:
    """One kind of case as the page of rules tells it, written by hand.

    stages, ends: in their order
    by_stage: stage | role | steps, the stage once for several roles; moves: step | from | to; not_by: step | steps
    edition: the edition it is told of
    """

    name: str
    stages: str
    ends: str
    by_stage: str
    openings: str
    moves: str
    not_by: str
    edition: str = "2026-draft"

    @property
    def kind(self) -> Kind:
        """The kind as the edition has it."""
        return EDITIONS[self.edition].kinds[self.name]

    def cells(self) -> Iterator[tuple[str, str, set[str]]]:
        """Each stage and role, with the steps that role may take there."""
        open_, every = self.stages.split(), f"{self.stages} {self.ends}".split()
        may: dict[tuple[str, str], set[str]] = {
            (stage, role): set(EVERY_MEMBER_OF_STAFF.split()) if role in STAFF else set()
            for stage in every
            for role in STAFF + OTHERS
        }
        for spec, stages in ((AT_ANY_STAGE, every), (AT_OPEN_STAGES, open_)):
            for role, steps in rows(spec):
                for stage in stages:
                    may[stage, role] |= set(steps.split())
        at = ""
        for stage, role, steps in rows(self.by_stage):
            at = stage or at
            may[at, role] |= set(steps.split())
        return ((stage, role, steps) for (stage, role), steps in may.items())

    def offered(self, stage: str, role: str) -> set[str]:
        """The steps that the edition lets a role take at a stage."""
        return {s.name for s in self.kind.steps.values() if stage in s.from_ and role in s.who}


def rows(spec: str) -> list[list[str]]:
    """The rows of a table, cell by cell; a line without a bar goes on with the last cell."""
    found: list[list[str]] = []
    for line in filter(str.strip, spec.splitlines()):
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 1:
            found[-1][-1] += " " + cells[0]
        else:
            found.append(cells)
    return found


def openings(kind: Kind) -> set[tuple[str, str]]:
    """Who may open a case of the kind, and by which step."""
    return {(role, step.name) for step in kind.openings for role in step.who}


def moves(kind: Kind) -> dict[str, tuple[set[str], str]]:
    """The steps that move a case, each with where from and where to."""
    moving = (step for step in kind.steps.values() if step.to not in ("same", "before", "given"))
    return {step.name: (set(step.from_), step.to) for step in moving}


def kept_apart(kind: Kind) -> dict[str, set[str]]:
    """The steps whose doer may not have done certain others."""
    return {step.name: set(step.not_by) for step in kind.steps.values() if step.not_by}


def told_moves(spec: str) -> dict[str, tuple[set[str], str]]:
    """The moves that a hand-written table tells."""
    return {step: (set(from_.split()) - {"-"}, to) for step, from_, to in rows(spec)}
