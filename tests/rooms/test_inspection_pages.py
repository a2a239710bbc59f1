"""Pages on which inspections are planned, causes of concern drafted, and reports commented on in public."""

from __future__ import annotations

import make
import pytest
from flask import Flask
from make_inspection import concern, concern_id, inspection_at
from make_looking import Looking
from rooms.staff_pages import At, errors, words
from rooms.test_inspection_public import comment, overseer_of

from regulator.inspections import queries


def page_of(walk: Looking, step: str) -> str:
    """The address of a step for staff."""
    return f"/cases/{walk.case.reference}/{step}"


@pytest.fixture
def walk(in_app: Flask) -> Looking:
    """An inspection in fieldwork."""
    return inspection_at("fieldwork")


def drafting(**more: str) -> dict[str, str]:
    """What an inspector types on the page of a cause of concern."""
    said = concern()
    return {
        "concern_words": "Nobody checks a match.",
        "standard": said["standard"],
        "accelerated": "yes",
        "recommendations-rows": "3",
        "recommendations-1-words": "Check every match",
        "recommendations-1-priority": "urgent",
        **more,
    }


def test_draft_by_page(in_app: Flask, walk: Looking):
    """A cause of concern is drafted with its recommendations; rows left empty are none."""
    answer = At(in_app, walk.who("inspector")).send(page_of(walk, "draft-concern"), **drafting())

    assert answer.status_code == 302
    (draft,) = queries.concerns_of(walk.case.case_id, by=walk.who("inspector"))
    assert [(one.words, one.priority) for one in draft.recommendations] == [("Check every match", "urgent")]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"recommendations-1-priority": ""}, "Recommendation 1: Choose how soon it must be carried out"),
        ({"recommendations-1-words": ""}, "Recommendation 1: Write what you recommend"),
    ],
)
def test_half_a_recommendation(in_app: Flask, walk: Looking, said, sentence):
    """A recommendation without its priority, or a priority without one, is refused where it stands."""
    page = At(in_app, walk.who("inspector")).send(page_of(walk, "draft-concern"), **drafting(**said))

    assert errors(page) == [sentence]
    assert "Nobody checks a match." in page.text


def test_draft_is_recalled(in_app: Flask, walk: Looking):
    """The page of a case leads to where a draft is written anew, and there it stands as it was drafted."""
    walk.take("inspector", "draft_concern", **concern())
    inspector = At(in_app, walk.who("inspector"))
    again = f"{page_of(walk, 'draft-concern')}?concern={concern_id(walk)}"

    assert again in inspector.get(f"/cases/{walk.case.reference}").text
    page = inspector.get(again).text
    assert "Nobody checks a match.\nPeople are stopped by mistake." in page
    assert "Check every match" in page
    answer = inspector.send(again, **drafting(concern=str(concern_id(walk)), concern_words="It is stopped."))
    assert answer.status_code == 302
    (draft,) = queries.concerns_of(walk.case.case_id, by=walk.who("inspector"))
    assert draft.words == "It is stopped."


def test_sent_concern_is_no_draft(in_app: Flask, walk: Looking):
    """A concern that was sent is not recalled to be written anew, whatever the address says."""
    walk.take("inspector", "draft_concern", **concern())
    walk.take("manager", "send_concern", concern=concern_id(walk))

    page = At(in_app, walk.who("inspector")).get(
        f"{page_of(walk, 'draft-concern')}?concern={concern_id(walk)}"
    )

    assert "Nobody checks a match." not in page.text
    assert "Which draft is written anew?" not in page.text


def test_public_comment_needs_its_answer(in_app: Flask):
    """Words on a recommendation without where it stands are refused, and an answer without words too."""
    walk = inspection_at("published")
    ada, place = At(in_app, walk.who("metropolitan/approving_officer")), f"/body/cases/{walk.case.reference}"
    one = walk.recommendation("metropolitan")

    no_answer = ada.send(f"{place}/body-comments", **{f"public_comments-{one}-words": "By May."})
    no_words = ada.send(f"{place}/body-comments", **{f"public_comments-{one}-answer": "done"})
    nothing = ada.send(f"{place}/body-comments")

    assert errors(no_answer) == ["Recommendation 1: Say whether it is done, will be done or will not be done"]
    assert errors(no_words) == [
        "Recommendation 1: Say what was done, what will be done and by when, or why not"
    ]
    assert errors(nothing) == ["Comment on each recommendation"]


def test_only_what_is_new_is_published(in_app: Flask):
    """Who comments again sees what was said before, and publishes only what is typed now."""
    walk = inspection_at("published")
    comment(walk)
    ada, place = At(in_app, walk.who("metropolitan/approving_officer")), f"/body/cases/{walk.case.reference}"

    before = words(ada.get(f"{place}/body-comments"))
    answer = ada.send(f"{place}/body-comments", **{"public_comments-whole-words": "We welcome it."})

    assert "Will be done. By May." in before
    assert answer.status_code == 302
    said = queries.said_in_public(walk.case.case_id, by=walk.who("inspector"))
    assert [(one.answer, one.words) for one in said] == [
        ("will_be_done", "By May."),
        (None, "We welcome it."),
    ]


def test_overseer_replies_beside_what_was_said(in_app: Flask):
    """Whoever oversees the body reads what it said in public on the page on which they reply."""
    walk = inspection_at("published")
    olu, place = At(in_app, walk.who(overseer_of(walk, "metropolitan"))), f"/body/cases/{walk.case.reference}"

    before = words(olu.get(f"{place}/oversight-comments"))
    comment(walk)
    after = words(olu.get(f"{place}/oversight-comments"))

    assert "The organisation has said nothing in public yet." in before
    assert "By May." in after


def test_bodies_ticked_stand_first(in_app: Flask):
    """Among many bodies those ticked stand first when the page is shown again, so that none is overlooked."""
    mona = At(in_app, make.person("manager"))

    page = mona.send("/cases/new/inspection", bodies=str(make.body_id("wiltshire"))).text

    assert page.index("Wiltshire Police") < page.index("Avon and Somerset")
    assert page.count("checked") == 1


def test_commissioned_by_is_asked_for(in_app: Flask):
    """An inspection that was commissioned is not planned without by whom, and what was typed is kept."""
    mona = At(in_app, make.person("manager"))
    typed = {
        "title": "Cameras",
        "bodies": str(make.body_id("kent")),
        "commission": "commissioned",
        "unannounced": "no",
        "scope_areas": "Matches",
        "reason": "We were asked.",
    }

    page = mona.send("/cases/new/inspection", **typed)

    assert errors(page) == ["Say by whom it was commissioned."]
    assert "We were asked." in page.text
