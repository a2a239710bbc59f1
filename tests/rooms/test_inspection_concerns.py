"""Causes of concern: drafted, sent to a body and whoever oversees it, answered and closed."""

from __future__ import annotations

import make
import make_inspection
import psycopg
import pytest
from make_inspection import concern, concern_id
from make_looking import Looking

from regulator.casework.steps import offers
from regulator.errors import Invalid, NotNow, Refused
from regulator.inspections import queries
from tests.rooms import engine_ground as ground

pytestmark = pytest.mark.usefixtures("in_app")


def sent(*slugs: str) -> Looking:
    """An inspection in fieldwork, with a concern about its first body that was sent."""
    walk = make_inspection.inspection_at("fieldwork", *slugs)
    walk.take("inspector", "draft_concern", party=walk.party(walk.bodies[0]), **concern())
    walk.take("manager", "send_concern", concern=concern_id(walk))
    return walk


def test_draft_is_nobodys_outside(owner: psycopg.Connection):
    """A cause of concern that is only drafted is told to nobody outside, and its recommendations are not given."""
    walk = make_inspection.inspection_at("fieldwork")

    walk.take("inspector", "draft_concern", **concern())

    assert ground.told(owner, walk.case, "body", "draft_concern") == []
    assert queries.concerns_of(walk.case.case_id, by=walk.who("metropolitan/contact")) == []
    assert queries.recommendations_of(walk.case.case_id, by=walk.who("metropolitan/contact")) == []
    (draft,) = queries.concerns_of(walk.case.case_id, by=walk.who("inspector"))
    assert [(one.number, one.words) for one in draft.recommendations] == [(1, "Check every match")]


def test_draft_is_written_anew():
    """A draft that is written anew keeps its number, and what it recommended before is gone."""
    walk = make_inspection.inspection_at("fieldwork")
    walk.take("inspector", "draft_concern", **concern())
    first = concern_id(walk)

    new = [{"words": "Stop until then", "priority": "urgent"}, {"words": "", "priority": None}]
    walk.take("inspector", "draft_concern", concern=first, **concern(recommendations=new))

    (draft,) = queries.concerns_of(walk.case.case_id, by=walk.who("inspector"))
    assert (draft.id, draft.number) == (first, 1)
    assert [one.words for one in draft.recommendations] == ["Stop until then"]


def test_sent_concern_cannot_be_written_anew():
    """What was sent stands as it was sent."""
    walk = sent()

    with pytest.raises(Invalid, match="Choose the concern"):
        walk.take("inspector", "draft_concern", concern=concern_id(walk), **concern())
    with pytest.raises(NotNow, match=r"sent already|No cause of concern waits"):
        walk.take("manager", "send_concern", concern=concern_id(walk))


def test_whoever_drafts_does_not_send():
    """Who drafted a cause of concern cannot send it, whatever their role."""
    walk = make_inspection.inspection_at("fieldwork")
    both = make.person("inspector", "manager")
    walk.people["both"] = both
    walk.take("both", "draft_concern", **concern())

    with pytest.raises(Refused):
        walk.take("both", "send_concern", concern=concern_id(walk))


def test_sending_gives_a_date_and_two_letters(owner: psycopg.Connection):
    """A concern that is sent is due to be answered in 14 days; its body and whoever oversees that are written to."""
    walk = sent()

    (clock,) = walk.due("concern_answer", "metropolitan")
    assert (clock.last_day - clock.started_on).days == 14
    assert clock.keys["concern"] == concern_id(walk)
    letter = ground.letters(owner, walk.case, "concern")
    assert list(letter) == [walk.party("metropolitan")]
    assert "Check every match (urgent priority)" in letter[walk.party("metropolitan")][1]
    overseer = walk.read(lambda known: next(one for one in known.parties if one.capacity == "oversight"))
    told = ground.letters(owner, walk.case, "concern_to_overseer")
    assert [(party, side) for party, (side, _) in told.items()] == [(overseer.id, "oversight")]
    assert overseer.sees


def test_another_body_hears_nothing(owner: psycopg.Connection):
    """Of two bodies inspected, one that the concern is not about hears nothing of it, nor does its overseer."""
    walk = sent("metropolitan", "kent")

    assert [party for *_, party in ground.told(owner, walk.case, "body", "send_concern")] == [
        walk.party("metropolitan")
    ]
    assert queries.concerns_of(walk.case.case_id, by=walk.who("kent/contact")) == []
    assert walk.due("concern_answer", "kent") == []
    seeing = walk.read(lambda known: [one.overseen_by_id for one in known.subjects if one.overseen_by_id])
    shown = walk.read(
        lambda known: {one.id for one in known.parties if one.sees and one.capacity == "oversight"}
    )
    assert shown == {seeing[0]}


def test_only_its_body_answers():
    """An approving officer answers the concern about their own body; another’s cannot be chosen."""
    walk = sent("metropolitan", "kent")

    with pytest.raises(NotNow, match="No cause of concern is open"):
        walk.take("kent/approving_officer", "answer_concern", concern=concern_id(walk), concern_answer="No")
    walk.take(
        "metropolitan/approving_officer",
        "answer_concern",
        concern=concern_id(walk),
        concern_answer="We stopped.",
    )

    assert walk.due("concern_answer") == []
    (found,) = queries.concerns_of(walk.case.case_id, by=walk.who("metropolitan/contact"))
    assert (found.answer, found.closed_on) == ("We stopped.", None)


def test_closed_once_its_recommendations_are_met(owner: psycopg.Connection):
    """A concern is closed only when each of its recommendations is verified as met, and both sides are told."""
    walk = sent()
    close = {"concern": concern_id(walk), "reason_told": "You check every match now."}
    with pytest.raises(NotNow, match="Recommendation 1 of it is not verified"):
        walk.take("inspector", "close_concern", **close)
    one = walk.recommendation("metropolitan")
    walk.take(
        "inspector", "verify_recommendation", recommendation=one, verdict="met", reason_told="We saw it."
    )

    walk.take("inspector", "close_concern", **close)

    assert walk.due("concern_answer") == []
    assert len(ground.letters(owner, walk.case, "concern_closed")) == 1
    assert len(ground.letters(owner, walk.case, "concern_closed_to_overseer")) == 1
    with pytest.raises(NotNow, match="No cause of concern is open"):
        walk.take("inspector", "close_concern", **close)


def test_open_concern_bars_the_end():
    """While a concern is open the inspection can be neither abandoned nor, later, closed; a mere draft bars nothing."""
    walk = sent()
    walk.take("inspector", "draft_concern", **concern())

    with pytest.raises(NotNow, match=r"Concern 1 is not closed\."):
        walk.take("manager", "abandon", reason="Enough.", reason_told="Enough.")
    walk.take("inspector", "verify_recommendation", **met(walk))
    walk.take("inspector", "close_concern", concern=concern_id(walk, 0), reason_told="It is met.")
    walk.take("manager", "abandon", reason="Enough.", reason_told="Enough.")

    assert walk.stage == "abandoned"


def met(walk: Looking) -> dict[str, object]:
    """The first recommendation, verified as met."""
    one = walk.recommendation("metropolitan")
    return {"recommendation": one, "verdict": "met", "reason_told": "We saw it."}


def test_nothing_to_send_is_told():
    """Where no concern waits, the step says who makes one."""
    walk = make_inspection.inspection_at("fieldwork")

    _, found = offers(walk.case.case_id, by=walk.who("manager"))

    offer = next(one for one in found if one.step.name == "send_concern")
    assert offer.reasons == ("No cause of concern waits to be sent: an inspector drafts one first.",)


def test_recommendation_needs_its_priority():
    """A recommendation without a priority is refused where it stands."""
    walk = make_inspection.inspection_at("fieldwork")

    with pytest.raises(Invalid) as refused:
        walk.take("inspector", "draft_concern", **concern(recommendations=[{"words": "Check"}]))

    assert refused.value.field == "recommendations"
