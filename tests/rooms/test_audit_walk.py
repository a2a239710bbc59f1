"""Audits from the plan to the end, by everybody who has a part in them."""

import make_audit
import pytest


@pytest.mark.parametrize(
    "stage",
    [
        "planned",
        "agreeing_terms",
        "gathering",
        "fieldwork",
        "drafting",
        "factual_accuracy",
        "final",
        "following_up",
        "closed",
        "abandoned",
    ],
)
def test_stages(in_app, stage):
    """An audit can be brought to each stage."""
    assert make_audit.audit_at(stage).stage == stage
