"""What people are offered on an audit or an inspection, stage by stage, is what the hand-written tables say."""

from __future__ import annotations

import make
import make_audit
import make_inspection
import pytest
from make_looking import Looking

from regulator.casework.steps import offers
from tests.rules.matrix import STAFF, Matrix
from tests.rules.test_audit_matrix import AUDIT
from tests.rules.test_inspection_matrix import INSPECTION

OURS = [*STAFF, "publisher", "records_manager", "observer"]
THEIRS = ["contact", "approving_officer"]
AT = [
    (matrix, at, stage)
    for matrix, at in ((AUDIT, make_audit.audit_at), (INSPECTION, make_inspection.inspection_at))
    for stage in f"{matrix.stages} {matrix.ends}".split()
]


def offered(walk: Looking, role: str, body: str | None = None, *, only_open: bool = False) -> set[str]:
    """Every step that is put before somebody new with one role; those that say why they cannot be taken, too."""
    _, found = offers(walk.case.case_id, by=make.person(role, body=body))
    return {one.step.name for one in found if one.open or not only_open}


@pytest.mark.parametrize(("matrix", "at", "stage"), AT, ids=[f"{m.name}-{stage}" for m, _, stage in AT])
def test_offers(in_app, matrix: Matrix, at, stage):
    """At each stage each role is put before the steps of the table, and another body’s people can take none."""
    walk = at(stage, "metropolitan")
    told = {role: steps for at_stage, role, steps in matrix.cells() if at_stage == stage}

    assert {role: offered(walk, role) for role in OURS} == {role: told[role] for role in OURS}
    assert {role: offered(walk, role, "metropolitan") for role in THEIRS} == {r: told[r] for r in THEIRS}
    assert [offered(walk, role, "essex", only_open=True) for role in THEIRS] == [set(), set()]
