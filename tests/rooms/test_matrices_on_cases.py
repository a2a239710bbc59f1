"""The hand-written tables of who may do what, held beside what is offered on real cases at each of their stages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import make
import make_audit
import make_enforcement
import make_inspection
import pytest
from walking.company import ANOTHER_CASE, MET, MOPAC

from regulator.actors import SYSTEM, Actor, Side
from regulator.casework.linking import OtherCase
from regulator.casework.steps import Taken, offers, take
from regulator.regime.judge import NOT_YOURS
from tests.rules import test_complaint_matrix as complaints
from tests.rules.matrix import OTHERS, STAFF, Matrix
from tests.rules.test_audit_matrix import AUDIT
from tests.rules.test_dpa_matrix import ADDED, DPA, GONE
from tests.rules.test_dpa_matrix import cells as changes
from tests.rules.test_enforcement_matrix import ENFORCEMENT
from tests.rules.test_inspection_matrix import INSPECTION

pytestmark = pytest.mark.usefixtures("in_app")
Cells = Mapping[tuple[str, str], set[str]]
CLAIMANTS = ("complainant", "representative")


def people() -> dict[str, Actor]:
    """Somebody for each role of whom no case knows anything yet; those outside belong to the body and its overseer."""
    roles = [role for role in (*STAFF, *OTHERS) if role not in ("system", "oversight_contact", *CLAIMANTS)]
    found = {role: make.person(role, body=MET) for role in roles}
    overseer = make.person("oversight_contact", body=MOPAC)
    return found | {"oversight_contact": replace(overseer, side=Side.oversight), "system": SYSTEM}


def offered(case_id: int, by: Actor) -> set[str]:
    """What somebody may do on a case, or could but for a fact about it: for an item, that it was handed to them."""
    refused = set(NOT_YOURS.values()) - {NOT_YOURS["own_item"]}
    return {offer.step.name for offer in offers(case_id, by=by)[1] if refused.isdisjoint(offer.reasons)}


def differing(cases: Mapping[str, int], told: Cells, *, claims: bool = False) -> list[str]:
    """Where a case stands otherwise than it is told: the stage, the role, and the steps that are too few or too many."""
    found, everyone = [], people()
    for stage, case_id in cases.items():
        claimants = {
            role: replace(make.complainant(case_id if claims else ANOTHER_CASE), roles=frozenset({role}))
            for role in CLAIMANTS
        }
        for role, by in {**everyone, **claimants}.items():
            wrong = offered(case_id, by) ^ told[stage, role]
            found += [f"{stage}, {role}: {' '.join(sorted(wrong))}"] if wrong else []
    return found


def cells(matrix: Matrix) -> Cells:
    """A table by stage and role."""
    return {(stage, role): steps for stage, role, steps in matrix.cells()}


def stages(matrix: Matrix) -> Iterable[str]:
    """The stages of a table in order."""
    return f"{matrix.stages} {matrix.ends}".split()


def merged() -> Taken:
    """A complaint that was joined with another."""
    case, _ = make.complaint_at("screening")
    other = make.complaint()
    into = OtherCase(other.case_id, other.reference)
    return make.act(case.case_id, make.person("manager"), "merge", merged_into=into, reason="They are one.")


def test_complaints():
    """On a real complaint at each stage everybody is offered what the table says, or held back by a fact alone."""
    told = {(stage, role): steps for stage, role, steps in (param.values for param in complaints.spread())}
    cases = {stage: make.complaint_at(stage)[0].case_id for stage in make.PATHS} | {
        "merged": merged().case_id
    }

    assert cases.keys() == {*complaints.OPEN, *complaints.ENDS}
    assert differing(cases, told, claims=True) == []


def test_audits():
    """On a real audit at each stage everybody is offered what the table says, or held back by a fact alone."""
    cases = {stage: make_audit.audit_at(stage, MET).case.case_id for stage in stages(AUDIT)}

    assert differing(cases, cells(AUDIT)) == []


def test_inspections():
    """On a real inspection at each stage everybody is offered what the table says, or held back by a fact alone."""
    cases = {stage: make_inspection.inspection_at(stage).case.case_id for stage in stages(INSPECTION)}

    assert differing(cases, cells(INSPECTION)) == []


def ended(stage: str, edition: str) -> Taken:
    """A notice, warning or reprimand at a stage to which no path of the makers leads."""
    people_of_it = make_enforcement.cast()
    before = "considering" if stage == "not_pursued" else "in_force"
    instrument = "warning" if stage in ("complied", "closed") else "compliance"
    case, _ = make_enforcement.notice_at(before, people_of_it, instrument=instrument, edition=edition)
    for role, step, data in ENDS[stage]:
        given = {"act": make_enforcement.service(case), **data} if "tier" in data else data
        take(step, case.case_id, by=getattr(people_of_it, role), data=given)
    return case


HEARD = {"tier": "first_tier", "tribunal_words": "It was not needed."}
ENDS = {
    "not_pursued": [("manager", "drop", {"reason": "It is not needed.", "reason_told": "It is not needed."})],
    "cancelled": [("commissioner", "cancel", {"reason_told": "It is not needed."})],
    "complied": [("enforcement_officer", "mark_complied", {})],
    "closed": [("enforcement_officer", "mark_complied", {}), ("manager", "close", {})],
    "quashed": [
        ("lawyer", "record_appeal", {"tier": "first_tier", "appeal_grounds": ["fact"]}),
        ("lawyer", "record_appeal_outcome", {**HEARD, "appeal_outcome": "allowed"}),
        ("lawyer", "end_by_appeal", {}),
    ],
}


@pytest.mark.parametrize("matrix", [ENFORCEMENT, DPA], ids=lambda matrix: matrix.edition)
def test_enforcement(matrix):
    """On a real notice at each stage everybody is offered what the table says, or held back by a fact alone."""
    told = cells(matrix)
    if matrix is DPA:
        gone, added = changes(GONE), changes(ADDED)
        told = {at: steps - gone.get(at, set()) | added.get(at, set()) for at, steps in told.items()}
    made = {
        stage: make_enforcement.notice_at(stage, edition=matrix.edition)[0].case_id
        for stage in make_enforcement.PATHS
    }
    cases = made | {stage: ended(stage, matrix.edition).case_id for stage in ENDS}

    assert cases.keys() == set(stages(matrix))
    assert differing(cases, told) == []
