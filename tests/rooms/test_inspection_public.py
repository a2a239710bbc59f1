"""What a body and the body that oversees it say in public of a report, and by when."""

from __future__ import annotations

from datetime import date

import make
import make_inspection
import psycopg
import pytest
from make_looking import Looking, until

from regulator import moments
from regulator.errors import Invalid, NotNow
from regulator.inspections import queries
from tests.rooms import engine_ground as ground

pytestmark = pytest.mark.usefixtures("in_app")


def overseer_of(walk: Looking, slug: str) -> str:
    """Somebody of the body that oversees one, by the name the walk knows them by."""
    party = walk.party(slug)

    def ask(known):
        mine = next(one for one in known.subjects if one.id == party)
        return known.bodies[known.overseer_of(mine).body_id].slug

    return f"{walk.read(ask)}/oversight_contact"


def comment(walk: Looking, slug: str = "metropolitan", **more: object) -> None:
    """Let a body say that its recommendation will be carried out."""
    row = {"recommendation": walk.recommendation(slug), "answer": "will_be_done", "words": "By May."}
    walk.take(f"{slug}/approving_officer", "body_comments", public_comments=[row | more])


def test_commissioned_needs_by_whom():
    """An inspection that was commissioned says by whom."""
    with pytest.raises(Invalid) as refused:
        make_inspection.planned(commission="commissioned")

    assert refused.value.field == "commissioned_by"
    made = make_inspection.planned(commission="commissioned", commissioned_by="The Mayor")
    assert made.read(lambda known: known.more.particulars.commissioned_by) == "The Mayor"


def test_oversight_owes_comments_where_there_is_one():
    """Comments are due before the end of 56 days beginning with publication, from whoever oversees the body."""
    with moments.as_at(make.at("2024-02-09T10:00")):
        walk = make_inspection.inspection_at("published", "metropolitan", "sfo")
        dues = {one.keys["party"]: (one.owed_by, one.last_day) for one in walk.due("s55_comments")}

    assert dues == {
        walk.party("metropolitan"): ("oversight", date(2024, 4, 4)),
        walk.party("sfo"): ("body", date(2024, 4, 4)),
    }


def test_body_comments_are_published(owner: psycopg.Connection):
    """What a body says of a recommendation is public, and whoever oversees it is told and still owes its own."""
    walk = make_inspection.inspection_at("published")

    comment(walk)

    (said,) = queries.said_in_public(walk.case.case_id, by=walk.who("inspector"))
    assert (said.side, said.answer, said.words, said.made_on) == (
        "body",
        "will_be_done",
        "By May.",
        moments.today(),
    )
    assert len(ground.letters(owner, walk.case, "body_comments_to_overseer")) == 1
    assert ground.told(owner, walk.case, "public", "body_comments") == [
        ("body_comments", "Metropolitan Police Service commented on the report", walk.party("metropolitan"))
    ]
    assert [one.owed_by for one in walk.due("s55_comments")] == ["oversight"]


def test_body_comments_on_the_whole():
    """A body to which nothing was recommended can still say something of the report as a whole."""
    walk = make_inspection.inspection_at("published", "sfo")

    comment(walk, "sfo", recommendation=None, answer=None, words="We welcome it.")

    (said,) = queries.said_in_public(walk.case.case_id, by=walk.who("sfo/contact"))
    assert (said.recommendation_id, said.words) == (None, "We welcome it.")
    assert walk.due("s55_comments") == []


def test_nobody_comments_on_anothers_recommendation():
    """A body comments in public on the recommendations to it alone."""
    walk = make_inspection.inspection_at("published", "metropolitan", "kent")

    with pytest.raises(Invalid, match="not one to your organisation"):
        comment(walk, recommendation=walk.recommendation("kent"))


def test_overseer_comments_and_replies():
    """An oversight body comments and replies about the body it oversees, which meets what it owes for that alone."""
    walk = make_inspection.inspection_at("published", "metropolitan", "kent")
    comment(walk)
    said = {"overseer_comments": ["We agree.", "We will watch."], "overseer_reply": ["May is late."]}

    walk.take(overseer_of(walk, "metropolitan"), "oversight_comments", **said)

    found = queries.said_in_public(walk.case.case_id, by=walk.who("inspector"))
    met = walk.party("metropolitan")
    assert [(one.party_id, one.side, one.is_reply, one.words) for one in found] == [
        (met, "body", False, "By May."),
        (met, "oversight", False, "We agree.\n\nWe will watch."),
        (met, "oversight", True, "May is late."),
    ]
    assert [one.keys["party"] for one in walk.due("s55_comments")] == [walk.party("kent")]
    assert queries.said_in_public(walk.case.case_id, by=walk.who(overseer_of(walk, "kent"))) == found


def test_before_publication_nobody_comments():
    """Nobody comments in public on a report that is not published."""
    walk = make_inspection.inspection_at("approved")

    with pytest.raises(NotNow):
        comment(walk)


def test_concerns_recommendations_are_counted_from_publication():
    """A recommendation of a concern that is not met has its date from publication, as those of the report have."""
    walk = make_inspection.inspection_at("fieldwork")
    walk.take("inspector", "draft_concern", **make_inspection.concern())
    walk.take("manager", "send_concern", concern=make_inspection.concern_id(walk))
    assert walk.due("recommendation") == []

    until(walk, "published", make_inspection.WAY[2:])

    numbers = [one.keys["recommendation"] for one in walk.due("recommendation")]
    assert sorted(numbers) == sorted(walk.read(lambda known: [one.id for one in known.more.recommendations]))
