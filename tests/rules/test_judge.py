"""Who may do what, when, and the sentence that says why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from regulator.actors import PUBLIC, Side
from regulator.errors import NotNow, Refused
from regulator.regime.judge import judge, offered
from tests.rules.judged import (
    CASEWORKER,
    COMPLAINANT,
    CONTACT,
    MANAGER,
    Case,
    declining,
    looking,
    received,
    refusal,
)
from tests.rules.small_kind import KIND, Told, accepted, on, person


def test_whoever_holds_the_role_at_the_right_stage_may():
    """An intake officer may accept a complaint that is being screened."""
    case = Case(Told()("submit", "2026-03-02")("acknowledge", "2026-03-03"))

    assert judge(KIND.steps["accept"], case, person(1, "intake_officer")) is None


def test_any_of_several_roles_is_enough():
    """A person of several roles may do what any one of them may."""
    assert judge(KIND.steps["hold"], looking(), person(1, "reviewer", "manager")) is None


def test_without_the_role_it_is_refused_and_says_whose_it_is():
    """Somebody without the role is told who may."""
    assert refusal("accept", received(), MANAGER) == (
        Refused,
        "Only an intake officer or a caseworker can do this.",
    )


def test_what_only_the_system_and_one_role_may_do_says_so():
    """The system is named where it may act."""
    assert refusal("close", looking(), MANAGER)[1] == "Only a caseworker or the system can do this."


def test_an_outsider_needs_the_case_to_be_theirs():
    """A complainant may act on their own case and on no other."""
    assert judge(KIND.steps["answer"], looking(), COMPLAINANT) is None
    assert refusal("answer", received(), COMPLAINANT) == (Refused, "This is somebody else’s case.")


def test_a_force_acts_only_on_its_own_request():
    """A contact of another force is refused."""
    stranger = person(8, "contact", side=Side.body)

    assert refusal("comment", Case(accepted()("share", "2026-03-10")), stranger) == (
        Refused,
        "This is for another organisation to do.",
    )


def test_a_contributor_answers_only_what_was_handed_to_them():
    """A colleague with nothing handed to them has nothing to answer."""
    contributor = person(8, "contributor", side=Side.body)

    assert refusal("answer_item", looking(), contributor)[1] == (
        "Nothing on this case has been handed to you to answer."
    )


def test_one_relation_of_several_roles_is_enough():
    """A contact who is also a contributor with nothing handed to them answers as the contact."""
    both = person(7, "contact", "contributor", side=Side.body)

    assert judge(KIND.steps["answer_item"], looking(), both) is None


def test_a_force_takes_no_step_at_a_stage_it_cannot_see():
    """Before the force is told of a case it has no step on it, and learns nothing of where the case stands."""
    everywhere = replace(KIND.steps["comment"], from_=("screening",))
    case = Case(Told()("submit", "2026-03-02")("acknowledge", "2026-03-03"), mine={"Person 7": {"own_body"}})

    with pytest.raises(Refused, match="This cannot be done at the point the case has reached"):
        judge(everywhere, case, CONTACT)
    assert offered(case, CONTACT, everywhere=True) == []


def test_two_people_decide():
    """Who proposed a decline cannot decide it, and is told so in words about what they did."""
    assert refusal("decline", declining(), MANAGER) == (
        Refused,
        "You proposed to decline this complaint, so someone else must decline the complaint.",
    )
    assert judge(KIND.steps["decline"], declining(), person(6, "manager")) is None


def test_what_was_taken_back_still_counts_against_its_doer():
    """A proposal that was reversed was still this person’s."""
    case = declining()
    case.told("reverse", "2026-03-05", by=6, to="screening")("propose_decline", "2026-03-05", by=2)

    assert refusal("decline", case, MANAGER)[0] is Refused


def test_a_step_that_can_only_be_named_is_named():
    """Where the sentence of a step names other things, the refusal uses the step’s own label."""
    asked = replace(KIND.steps["request"], says={"staff": "{by} asked {body} for its account"})
    case = Case(
        accepted()("request", "2026-03-05", by=5)("share", "2026-03-09"),
        kind=replace(KIND, steps={**KIND.steps, "request": asked}),
    )

    assert refusal("tell", case, MANAGER)[1] == (
        "You did “Ask the force for its account” on this case, so someone else must tell the outcome."
    )


def test_the_verb_agrees_with_the_reader():
    """A sentence about somebody becomes a sentence about you."""
    ready = replace(KIND.steps["request"], says={"staff": "{by} has asked for an account"})
    case = Case(
        accepted()("request", "2026-03-05", by=5)("share", "2026-03-09"),
        kind=replace(KIND, steps={**KIND.steps, "request": ready}),
    )

    assert refusal("tell", case, MANAGER)[1].startswith("You have asked for an account, so")


def test_at_another_stage_it_says_where_the_case_is_and_where_it_could_be_done():
    """The right person at the wrong stage is told both stages."""
    assert refusal("accept", looking(), CASEWORKER) == (
        NotNow,
        "This case is at Looking into it; you can do this only at Screening.",
    )
    assert refusal("ask", received(), CASEWORKER)[1] == (
        "This case is at Received; you can do this only at Screening, Looking into it or Provisional view."
    )


def test_an_outsider_is_not_told_the_regulators_names_of_stages():
    """A complainant at the wrong stage learns nothing of what the regulator calls it."""
    case = Case(declining().told, mine={"Ada": {"own_case"}})

    assert refusal("comment", case, COMPLAINANT) == (
        NotNow,
        "This cannot be done at the point the case has reached.",
    )


def test_a_need_that_does_not_hold_speaks_for_itself():
    """A fact that is missing is told in its own sentence."""
    case = Case(
        Told()("submit", "2026-03-02")("acknowledge", "2026-03-03"),
        lacks={"remit_answered": "Two of the seven questions have no answer yet."},
    )

    assert refusal("accept", case, CASEWORKER) == (NotNow, "Two of the seven questions have no answer yet.")


def test_permission_is_told_before_facts():
    """Somebody who may not do a step is not told what it lacks."""
    case = received(lacks={"remit_answered": "Two of the seven questions have no answer yet."})

    assert refusal("accept", case, MANAGER)[0] is Refused


@pytest.mark.parametrize(
    ("step", "occurred", "is_day", "sentence"),
    [
        ("note", "2026-03-10", True, "10 March 2026 has not come yet, so this cannot have happened then."),
        (
            "note",
            "2026-03-09T12:01",
            False,
            "12:01pm on 9 March 2026 has not come yet, so this cannot have happened then.",
        ),
        (
            "note",
            "2026-03-01",
            True,
            "This case was opened on 2 March 2026, so this cannot have happened earlier.",
        ),
        (
            "share",
            "2026-03-03",
            True,
            "The case has stood where it is since 4 March 2026, so this cannot have happened earlier.",
        ),
    ],
)
def test_nothing_happens_in_the_future_before_the_case_or_before_the_last_move(
    step, occurred, is_day, sentence
):
    """A step cannot have occurred in the future, before the case, or, if it moves the stage, before the last move."""
    when = {"occurred": on(occurred), "is_day": is_day, "as_at": on("2026-03-09T12:00")}

    assert refusal(step, looking(), CASEWORKER, **when) == (NotNow, sentence)


@pytest.mark.parametrize(
    ("step", "occurred", "is_day"),
    [
        ("note", "2026-03-03", True),
        ("note", "2026-03-09", True),
        ("note", "2026-03-09T12:00", False),
        ("share", "2026-03-04", True),
        ("share", "2026-03-04T09:00", False),
    ],
)
def test_what_moves_nothing_may_be_recorded_late_and_today_is_not_the_future(step, occurred, is_day):
    """A note may be dated before the last move; a move may be dated the same day."""
    when = {"occurred": on(occurred), "is_day": is_day, "as_at": on("2026-03-09T12:00")}

    assert judge(KIND.steps[step], looking(), CASEWORKER, **when) is None


def test_after_a_reversal_a_move_may_be_dated_before_the_mistake():
    """The right step may have been taken before the wrong one was recorded."""
    case = looking()
    case.told("reverse", "2026-03-06", by=5, to="screening")
    when = {"occurred": on("2026-03-03"), "is_day": True, "as_at": on("2026-03-09")}

    assert judge(KIND.steps["propose_decline"], case, CASEWORKER, **when) is None


def test_anybody_may_open_a_case_that_their_role_opens():
    """A member of the public may complain, though no case is theirs yet."""
    nothing = Case(Told())

    assert judge(KIND.steps["submit"], nothing, PUBLIC) is None
    assert refusal("submit", nothing, MANAGER)[1] == "Only a complainant or an intake officer can do this."
