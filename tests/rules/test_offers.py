"""What is offered to whom: the steps that are open and, for the others, why not."""

from __future__ import annotations

from dataclasses import replace

from regulator.actors import SYSTEM
from regulator.regime.judge import judge, offered
from tests.rules.judged import (
    ADMINISTRATOR,
    CASEWORKER,
    COMPLAINANT,
    CONTACT,
    MANAGER,
    Case,
    declining,
    looking,
    opened,
    received,
    refusal,
)
from tests.rules.small_kind import KIND, accepted, person


def test_what_is_offered_comes_in_the_order_of_the_edition_with_reasons_for_what_is_not_open():
    """A caseworker sees the steps of this stage, and for those that are not open, why not."""
    case = looking(lacks={"account_in": "The force has not answered yet."})

    offers = offered(case, CASEWORKER)

    assert [offer.step.name for offer in offers] == [
        "ask",
        "request",
        "decide_more_time",
        "update",
        "share",
        "note",
    ]
    assert [offer.reasons for offer in offers if not offer.open] == [("The force has not answered yet.",)]


def test_every_reason_is_given_at_once():
    """Somebody barred from a step that also lacks something is told both."""
    case = Case(accepted()("share", "2026-03-10", by=5))
    steps = {**KIND.steps, "tell": replace(KIND.steps["tell"], needs=("account_in",))}
    case.kind, case.lacks = replace(KIND, steps=steps), {"account_in": "The force has not answered yet."}

    (tell,) = [offer for offer in offered(case, MANAGER) if offer.step.name == "tell"]
    assert [reason.split(",")[0] for reason in tell.reasons] == [
        "You did share",
        "The force has not answered yet.",
    ]


def test_steps_of_other_stages_are_listed_only_when_asked_for():
    """Steps elsewhere are left out, or listed with the stage they belong to."""
    everywhere = offered(looking(), CASEWORKER, everywhere=True)

    assert "accept" not in [offer.step.name for offer in offered(looking(), CASEWORKER)]
    (accept,) = [offer for offer in everywhere if offer.step.name == "accept"]
    assert accept.reasons == ("This case is at Looking into it; you can do this only at Screening.",)
    assert "submit" not in [offer.step.name for offer in everywhere]


def test_each_side_is_offered_its_own_steps():
    """At each stage each person is offered exactly their steps."""
    assert opened(looking(), CONTACT) == ["answer_item", "ask_more_time"]
    assert opened(looking(), COMPLAINANT) == ["answer", "ask_more_time"]
    assert opened(received(), SYSTEM) == ["acknowledge"]
    assert opened(looking(), ADMINISTRATOR) == []


def test_whatever_is_offered_open_the_judge_allows_and_whatever_is_not_it_refuses():
    """What is offered and what is enforced are one answer."""
    for case in (received(), declining(), looking()):
        for by in (
            CASEWORKER,
            MANAGER,
            CONTACT,
            COMPLAINANT,
            SYSTEM,
            person(3, "reviewer", "intake_officer"),
        ):
            for offer in offered(case, by, everywhere=True):
                if offer.open:
                    judge(offer.step, case, by)
                else:
                    assert refusal(offer.step.name, case, by)[1] == offer.reasons[0]
