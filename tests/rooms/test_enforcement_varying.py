"""Variations: cleared step by step, made and served, with what becomes of each day."""

from datetime import date

import make
import make_enforcement as enforcement
import pytest

from regulator import moments
from regulator.errors import Invalid, NotNow

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture(autouse=True)
def _in_march():
    """Tuesday 2 March 2027, at ten."""
    with moments.as_at(make.at("2027-03-02T10:00")):
        yield


def step(case, number=1):
    """A step of the notice as it stands."""
    return next(one for one in enforcement.of(case).more.steps if one.number == number)


def varied(case, people, *rows):
    """Clear a variation and make it."""
    make.act(case.case_id, people.lawyer, "clear_variation", variation=list(rows))
    make.act(case.case_id, people.commissioner, "vary", reason_told="You asked.", **enforcement.served())


def test_a_variation_is_cleared_made_and_served():
    """Varied, a step has its new words and day, its clock is counted anew, and the variation can be appealed."""
    case, people = enforcement.notice_at("in_force")
    with pytest.raises(NotNow, match="must clear the variation first"):
        make.act(case.case_id, people.commissioner, "vary", reason_told="So.", **enforcement.served())
    varied(
        case,
        people,
        {"notice_step": enforcement.step_id(case), "words": "Publish it", "done_by": date(2028, 6, 1)},
    )

    event = enforcement.of(case).told[-1]
    assert (step(case).words, step(case).done_by) == ("Publish it", date(2028, 6, 1))
    assert enforcement.due(case, "compliance") == [date(2028, 6, 1), date(2028, 8, 23)]
    assert (event.keys["notice_step"], event.keys["act"]) == ([step(case).id], [event.seq])
    assert [one.what for one in enforcement.of(case).more.services] == ["notice", "variation"]
    with pytest.raises(NotNow, match="must clear the variation first"):
        make.act(case.case_id, people.commissioner, "vary", reason_told="So.", **enforcement.served())


def test_a_step_that_falls_away_is_due_no_more():
    """A step that a variation lets fall away is closed and has no clock; the other keeps its day."""
    case, people = enforcement.notice_at("in_force")
    varied(case, people, {"notice_step": enforcement.step_id(case), "falls_away": True})

    assert step(case).settled_as == "fallen_away"
    assert enforcement.due(case, "compliance") == [date(2028, 8, 23)]


def test_other_words_alone_move_no_day():
    """A variation of words leaves every day as it was."""
    case, people = enforcement.notice_at("in_force")
    before = enforcement.due(case, "compliance")
    varied(case, people, {"notice_step": enforcement.step_id(case), "words": "Publish it"})

    assert enforcement.due(case, "compliance") == before


def test_a_variation_that_cannot_be():
    """A variation says something of an open step, and not that it falls away and changes at once."""
    case, people = enforcement.notice_at("in_force")
    chosen = enforcement.step_id(case)
    closed = {"notice_step": enforcement.step_id(case, 2), "certified_as": "not_needed"}
    make.act(case.case_id, people.enforcement_officer, "recommend_certificate", **closed, reason="So.")
    make.act(case.case_id, people.manager, "certify_step", **closed)
    for rows, sentence in (
        ([], "Say of at least one step"),
        ([{"notice_step": chosen, "falls_away": True, "words": "x"}], "falls away, so it has no other"),
        ([{"notice_step": chosen, "done_by": moments.today()}], "must be in the future"),
        ([{"notice_step": enforcement.step_id(case, 2), "words": "x"}], "closed cannot be varied"),
    ):
        with pytest.raises(Invalid, match=sentence):
            make.act(case.case_id, people.lawyer, "clear_variation", variation=rows or [{}])


def test_a_variation_cleared_anew_takes_the_place_of_the_first():
    """What a lawyer clears again before it is made replaces what was cleared."""
    case, people = enforcement.notice_at("in_force")
    chosen = enforcement.step_id(case)
    for words in ("First", "Second"):
        make.act(
            case.case_id,
            people.lawyer,
            "clear_variation",
            variation=[{"notice_step": chosen, "words": words}],
        )

    known = enforcement.of(case)
    assert [one.number for one in known.more.variations] == [1]
    assert [one.words for one in known.more.varied] == ["Second"]
