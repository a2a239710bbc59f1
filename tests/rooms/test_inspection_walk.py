"""Inspections from the plan to the end, by everybody who has a part in them."""

from __future__ import annotations

from collections import Counter

import make_inspection
import psycopg
import pytest
from make_looking import Looking

from regulator.errors import NotNow
from tests.rooms import engine_ground as ground

STAGES = (
    "planned",
    "announced",
    "fieldwork",
    "drafting",
    "factual_accuracy",
    "approved",
    "published",
    "monitoring",
)
pytestmark = pytest.mark.usefixtures("in_app")


@pytest.mark.parametrize("stage", [*STAGES, "closed", "abandoned"])
def test_stages(stage):
    """An inspection can be brought to each stage."""
    assert make_inspection.inspection_at(stage).stage == stage


def seen(walk: Looking) -> dict[str, bool]:
    """Whether the body, and whoever oversees it, sees the inspection."""
    return walk.read(lambda known: {one.capacity: one.sees for one in known.parties})


@pytest.mark.parametrize(
    ("stage", "unannounced", "body", "oversight"),
    [
        ("planned", False, False, False),
        ("announced", False, True, False),
        ("planned", True, False, False),
        ("fieldwork", True, True, False),
        ("factual_accuracy", False, True, False),
        ("approved", False, True, True),
        ("published", True, True, True),
    ],
)
def test_who_sees_it_when(stage, unannounced, body, oversight):
    """A body sees an inspection once announced or begun, whoever oversees it once its report is approved."""
    walk = make_inspection.inspection_at(stage, unannounced=unannounced)

    assert seen(walk) == {"subject": body, "oversight": oversight}


def test_abandoned_before_it_began(owner: psycopg.Connection):
    """An unannounced inspection abandoned before it began is told to nobody outside, ever."""
    walk = make_inspection.inspection_at("abandoned", unannounced=True)

    assert seen(walk) == {"subject": False, "oversight": False}
    assert [ground.told(owner, walk.case, who) for who in ("body", "oversight", "public")] == [[], [], []]
    assert owner.execute("select count(*) from letter").fetchone() == (0,)


def test_announced_is_not_begun_unannounced():
    """One planned as announced cannot be begun unannounced; one planned as unannounced may still be announced."""
    walk = make_inspection.planned()
    with pytest.raises(NotNow, match="not planned as unannounced"):
        walk.take("inspector", "start_unannounced")

    late = make_inspection.planned(unannounced=True)
    late.take("manager", "announce", visit_on=late.read(lambda known: known.case.opened_on))

    assert (walk.stage, late.stage) == ("planned", "announced")


def test_letters_of_a_whole_inspection(owner: psycopg.Connection):
    """The body is written to at each turn, whoever oversees it from approval on, and no letter has a gap."""
    make_inspection.inspection_at("closed")

    found = Counter(owner.execute("select to_side, template from letter").fetchall())
    assert found == {
        ("body", "inspection_announced"): 1,
        ("body", "draft_report"): 1,
        ("body", "report_approved"): 1,
        ("oversight", "report_approved_to_overseer"): 1,
        ("body", "report_published"): 1,
        ("oversight", "report_published_to_overseer"): 1,
        ("body", "recommendation_verified"): 1,
        ("body", "inspection_closed"): 1,
        ("oversight", "inspection_closed_to_overseer"): 1,
    }
    assert [words for (words,) in owner.execute("select words from letter") if "{" in words] == []


def test_grades_are_in_the_letters(owner: psycopg.Connection):
    """Body and overseer read in the letters of approval the grade of each area, with its reasons."""
    walk = make_inspection.inspection_at("approved")

    letters = [
        *ground.letters(owner, walk.case, "report_approved").values(),
        *ground.letters(owner, walk.case, "report_approved_to_overseer").values(),
    ]
    assert len(letters) == 2
    for _, words in letters:
        assert "1. How matches are checked: Adequate. It is done, and not well." in words
