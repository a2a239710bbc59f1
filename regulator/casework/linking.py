"""Cases that belong together: the links, written in both, and a case opened because of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from regulator.casework import clocks, facts
from regulator.casework.facts import Facts
from regulator.casework.models import CaseLink
from regulator.casework.taking import Taking
from regulator.db import db
from regulator.errors import Invalid
from regulator.ledger.writing import Place, Words, next_seq

INVERSE = {"follows": "leads_to", "leads_to": "follows"}
OPEN_LINKED = "open_linked"
"""The step by which a case tells that another was opened because of it."""


@dataclass(frozen=True)
class OtherCase:
    """Another case, as the answer to a field of kind `case`."""

    id: int
    reference: str

    def __str__(self) -> str:
        return self.reference


@dataclass(frozen=True)
class Origin:
    """The case because of which another is opened, and why.

    bodies: the numbers of the bodies it is about
    """

    case: OtherCase
    reason: str
    bodies: tuple[int, ...] = ()


def streams(values: Iterable[object], origin: Origin | None = None) -> list[str]:
    """The chains of the other cases that a step concerns: they are locked and written too."""
    joined = [value for value in values if isinstance(value, OtherCase)]
    return [f"case:{case.id}" for case in (*joined, *([origin.case] if origin else ()))]


def link(case_id: int, other_id: int, relation: str) -> None:
    """Write a link in both cases; `relation` is what the other is to the first.

    Raises: Invalid when they are linked so already
    """
    exists = sa.select(CaseLink.id).where(
        CaseLink.case_id == case_id, CaseLink.other_id == other_id, CaseLink.relation == relation
    )
    if db.session.scalars(exists).first():
        raise Invalid("These cases are linked like that already.", "other_case")
    back = INVERSE.get(relation, relation)
    db.session.add(CaseLink(case_id=case_id, other_id=other_id, relation=relation))
    db.session.add(CaseLink(case_id=other_id, other_id=case_id, relation=back))


def asked_of(origin: Origin, kind: str) -> Facts:
    """The case because of which another is to be opened, as the rules see it with that asked of it.

    Raises: Invalid for a case of the same kind
    """
    known = facts.load(origin.case.id)
    if known.kind.name == kind:
        raise Invalid("Another case of the same kind is opened by itself, and linked.")
    known.answers = {"new_kind": kind, "reason": origin.reason}
    return known


def follow(taking: Taking, origin: Origin, known: Facts) -> None:
    """Link a case just opened to the one because of which it was, tell it in the chains of both, count clocks anew.

    known: the older case
    """
    intent, new = taking.intent, taking.facts.case
    link(new.id, known.case.id, "follows")
    stream, stage = f"case:{known.case.id}", known.stage
    said = f"{taking.by.name} opened another case from this one: {new.reference}"
    words = {"internal": Words(said, {"new_kind": new.kind, "reason": origin.reason})}
    intent.places[stream] = Place(OPEN_LINKED, stage, stage, words)
    intent.words["internal"].says += f", because of {known.case.reference}"
    seq = next_seq(intent, stream)
    opening = taking.facts.events[-1]
    event = replace(opening, seq=seq, step=OPEN_LINKED, from_stage=stage, to_stage=stage, data={}, keys={})
    known.events.append(event)
    known.recount()
    clocks.keep(known)
