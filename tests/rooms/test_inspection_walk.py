"""Inspections from the plan to the end, by everybody who has a part in them."""

import make_inspection
import pytest


@pytest.mark.parametrize(
    "stage",
    [
        "planned",
        "announced",
        "fieldwork",
        "drafting",
        "factual_accuracy",
        "approved",
        "published",
        "monitoring",
        "closed",
        "abandoned",
    ],
)
def test_stages(in_app, stage):
    """An inspection can be brought to each stage."""
    assert make_inspection.inspection_at(stage).stage == stage
