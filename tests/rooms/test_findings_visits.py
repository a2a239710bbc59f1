"""Visits, interviews, observations and revisits: arranged, written up, and who reads what of them."""

from datetime import date

import make_audit
import make_inspection
import pytest

from regulator.errors import Invalid
from regulator.findings import queries
from tests.rooms.reports import event, rows

pytestmark = pytest.mark.usefixtures("in_app")
ARRANGED = {
    "visit_place": "The control room",
    "visit_on": date(2027, 3, 1),
    "visit_purpose": "To see a match checked.",
}
SEEN = {"people_present": "Sergeant Example", "observations": "Nobody checked."}


@pytest.fixture
def walk():
    """An audit of two bodies at fieldwork."""
    return make_audit.audit_at("fieldwork")


def arrange(walk, slug="kent", **more):
    """Arrange a visit to a body, and give its number."""
    walk.take("auditor", "schedule_visit", party=walk.party(slug), **ARRANGED, **more)
    return rows(walk, "visits")[-1].id


def test_a_visit_is_arranged_with_one_body(walk, owner):
    """The body visited is told of it by letter; the other learns nothing."""
    arrange(walk, visit_until=date(2027, 3, 2))

    [one] = rows(walk, "visits")
    assert (one.number, one.what, one.starts_on, one.ends_on, one.held_on) == (
        1,
        "visit",
        date(2027, 3, 1),
        date(2027, 3, 2),
        None,
    )
    sent = owner.execute("select party_id from letter where template = 'visit_arranged'").fetchall()
    assert sent == [(walk.party("kent"),)]
    assert len(queries.visits_of(walk.case.case_id, by=walk.who("kent/contact"))) == 1
    assert queries.visits_of(walk.case.case_id, by=walk.who("metropolitan/contact")) == []


def test_a_visit_does_not_end_before_it_begins(walk):
    """The last day of a visit is not before its first."""
    with pytest.raises(Invalid) as refused:
        arrange(walk, visit_until=date(2027, 2, 1))

    assert refused.value.field == "visit_until"


def test_an_arranged_visit_is_written_up(walk):
    """What was seen is kept with the visit that was arranged, which the body goes on reading without it."""
    number = arrange(walk)
    walk.take(
        "auditor", "record_visit", visit=number, party=walk.party("kent"), visit_place="The cells", **SEEN
    )

    [one] = rows(walk, "visits")
    assert (one.place, one.observations, one.held_on is not None) == ("The cells", "Nobody checked.", True)
    [theirs] = queries.visits_of(walk.case.case_id, by=walk.who("kent/contact"))
    assert (theirs.place, theirs.observations, theirs.people_present) == ("The cells", None, None)
    assert event(walk, "record_visit").keys["party"] == walk.party("kent")


def test_a_visit_that_was_not_arranged_is_written_up_too(walk):
    """A visit nobody arranged has a number of its own, and no body reads of it."""
    arrange(walk)
    walk.take("auditor", "record_visit", party=walk.party("kent"), visit_place="A van", **SEEN)

    assert [one.number for one in rows(walk, "visits")] == [1, 2]
    assert len(queries.visits_of(walk.case.case_id, by=walk.who("kent/contact"))) == 1


def test_a_visit_is_written_up_once_and_of_its_own_body(walk):
    """A visit written up already, or arranged with another body, cannot be chosen."""
    number = arrange(walk)
    with pytest.raises(Invalid, match="another organisation"):
        walk.take(
            "auditor", "record_visit", visit=number, party=walk.party("metropolitan"), visit_place="X", **SEEN
        )
    walk.take("auditor", "record_visit", visit=number, party=walk.party("kent"), visit_place="X", **SEEN)

    with pytest.raises(Invalid, match="not written up yet"):
        walk.take("auditor", "record_visit", visit=number, party=walk.party("kent"), visit_place="X", **SEEN)


def test_interviews_and_observations_are_the_regulators_own():
    """Who was interviewed and what was seen is kept, and no body reads that there was an interview."""
    walk = make_inspection.inspection_at("fieldwork")
    walk.take(
        "inspector",
        "record_interview",
        interviewed="A. Example",
        interview_willing=True,
        observations="She said so.",
    )
    walk.take("inspector", "record_observation", visit_place="The van", observations="A queue.")

    assert [(one.what, one.interviewed) for one in rows(walk, "visits")] == [
        ("interview", "A. Example"),
        ("observation", None),
    ]
    assert queries.visits_of(walk.case.case_id, by=walk.who("metropolitan/contact")) == []


def test_a_revisit_has_a_report_of_its_own():
    """What a revisit found is issued to the body, numbered, and what was seen there stays inside."""
    walk = make_inspection.inspection_at("monitoring")
    for found in ("Better.", "Good now."):
        walk.take(
            "inspector",
            "record_revisit",
            visit_place="The van",
            revisit_words=["We came back.", found],
            **SEEN,
        )

    sent = walk.read(
        lambda known: [
            (one.number, one.audience, one.text) for one in known.more.versions if one.what == "revisit"
        ]
    )
    assert sent == [(1, "body", "We came back.\n\nBetter."), (2, "body", "We came back.\n\nGood now.")]
