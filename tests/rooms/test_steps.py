"""Taking a step: who may, with what in place, and all or nothing."""

from __future__ import annotations

import make
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from regulator.actors import SYSTEM
from regulator.casework import queries
from regulator.casework.steps import offers, take
from regulator.db import db, engine_role
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused
from regulator.ledger.models import Entry
from tests.rooms.step_ground import entries


def test_one_entry(in_app: Flask, owner: psycopg.Connection) -> None:
    """A step leaves one entry, its letter and its job, in one transaction."""
    case, people = make.complaint_at("received")

    make.act(case.case_id, people.intake_officer, "acknowledge")

    assert entries(owner, case.case_id) == [(1, "submit"), (2, "acknowledge")]
    letters = owner.execute("select template from letter where case_id = %s", (case.case_id,)).fetchall()
    jobs = owner.execute("select count(*) from jobs.procrastinate_jobs where status = 'todo'").fetchone()
    assert letters == [("acknowledgment",)]
    assert jobs == (1,)


def test_wrong_role(in_app: Flask, owner: psycopg.Connection) -> None:
    """A reviewer cannot accept a complaint, and nothing is left behind."""
    case, people = make.complaint_at("screening")

    with pytest.raises(Refused, match="Only an intake officer or a caseworker can do this"):
        make.act(case.case_id, people.reviewer, "accept", remit_answers=make.PASSED)

    assert [step for _, step in entries(owner, case.case_id)] == ["submit", "acknowledge"]


def test_wrong_stage(in_app: Flask) -> None:
    """A step of another stage is not now, with the stage it belongs to."""
    case, people = make.complaint_at("received")

    with pytest.raises(NotNow, match="This case is at Received; you can do this only at Decided"):
        make.act(case.case_id, people.caseworker, "tell_outcome", **make.OUTCOME)


def test_four_eyes(in_app: Flask) -> None:
    """Whoever proposed to decline cannot decline, even as a manager."""
    both = make.person("caseworker", "manager")
    case, _ = make.complaint_at("screening")
    make.act(case.case_id, both, "propose_decline", **make.DECLINE)

    with pytest.raises(Refused, match="someone else must decline the complaint"):
        make.act(case.case_id, both, "decline")


def test_reviewer_had_no_part(in_app: Flask) -> None:
    """Whoever had a part in the decision cannot review it, though years have passed and roles have changed."""
    one = make.person("caseworker", "reviewer")
    people = make.cast()
    people.caseworker = one
    case, _ = make.complaint_at("under_review", people)

    with pytest.raises(Refused, match="someone else must"):
        make.act(case.case_id, one, "uphold_decision", **make.REVIEWED)


def test_unanswered_question(in_app: Flask) -> None:
    """A step is refused while one of its questions has no answer, and names the question."""
    case, people = make.complaint_at("screening")

    with pytest.raises(Invalid, match="Choose the reason") as refusal:
        make.act(
            case.case_id, people.caseworker, "propose_decline", right_forum="ico", decline_words="Because"
        )

    assert refusal.value.field == "decline_reason"


def test_remit(in_app: Flask) -> None:
    """A complaint is accepted only when every remit test has an answer."""
    case, people = make.complaint_at("screening")

    with pytest.raises(NotNow, match="every remit test"):
        make.act(case.case_id, people.caseworker, "accept", remit_answers=make.PASSED[:-1])


def test_every_item_answered(in_app: Flask) -> None:
    """An account cannot be signed while an item has no answer, and the item is named."""
    case, people = make.complaint_at("investigating")
    make.act(
        case.case_id, people.caseworker, "request_account", items=[{"question": "A?"}, {"question": "B?"}]
    )
    items = item_ids(case.case_id)
    make.act(
        case.case_id, people.contact, "answer_account_item", item_answer=[{"item": items[0], "answer": "Yes"}]
    )

    with pytest.raises(NotNow, match="Item 2 has no answer yet"):
        make.act(case.case_id, people.approving_officer, "submit_account", declaration=True)


def item_ids(case_id: int) -> list[int]:
    """The items the body was asked, by number."""
    with engine_role([case_id]):
        found = db.session.execute(
            sa.text("select id from evidence_item where case_id = :c order by id"), {"c": case_id}
        )
        return [row[0] for row in found]


def test_own_item(in_app: Flask) -> None:
    """A contributor answers what was handed to them and nothing else."""
    case, people = make.complaint_at("investigating")
    make.act(
        case.case_id, people.caseworker, "request_account", items=[{"question": "A?"}, {"question": "B?"}]
    )
    first, second = item_ids(case.case_id)
    handed = [{"item": first, "mark": "none"}]
    make.act(
        case.case_id,
        people.contact,
        "answer_account_item",
        item_answer=handed,
        hand_to=people.contributor.person_id,
    )

    make.act(
        case.case_id,
        people.contributor,
        "answer_account_item",
        item_answer=[{"item": first, "answer": "So."}],
    )

    with pytest.raises(Refused, match="Item 2 was not handed to you"):
        make.act(
            case.case_id,
            people.contributor,
            "answer_account_item",
            item_answer=[{"item": second, "answer": "No."}],
        )


def test_item_saved_over(in_app: Flask) -> None:
    """Saving an item over somebody else’s save is a conflict; saving another item is not."""
    case, people = make.complaint_at("investigating")
    make.act(
        case.case_id, people.caseworker, "request_account", items=[{"question": "A?"}, {"question": "B?"}]
    )
    first, second = item_ids(case.case_id)
    save = "answer_account_item"
    make.act(case.case_id, people.contact, save, item_answer=[{"item": first, "answer": "One", "version": 0}])

    make.act(
        case.case_id, people.contact, save, item_answer=[{"item": second, "answer": "Two", "version": 0}]
    )

    with pytest.raises(Conflict, match="item 1"):
        make.act(
            case.case_id, people.contact, save, item_answer=[{"item": first, "answer": "Three", "version": 0}]
        )


def test_another_force(in_app: Flask) -> None:
    """A case is missing for a force it does not concern, and for its own before it is told."""
    case, people = make.complaint_at("investigating")
    early, _ = make.complaint_at("screening", people)
    stranger = make.person("contact", body="south-wales")

    assert queries.get(case.reference, by=people.contact).stage == "investigating"
    with pytest.raises(Missing):
        queries.get(case.reference, by=stranger)
    with pytest.raises(Missing):
        queries.get(early.reference, by=people.contact)


def test_wall(in_app: Flask) -> None:
    """A restricted case is missing for staff outside its wall, and there again when the wall comes down."""
    case, people = make.complaint_at("investigating")
    make.act(
        case.case_id,
        people.manager,
        "restrict",
        people=[people.caseworker.person_id],
        reason="A colleague is named",
    )

    assert queries.get(case.reference, by=people.caseworker)
    with pytest.raises(Missing):
        queries.get(case.reference, by=people.lawyer)
    make.act(case.case_id, people.manager, "unrestrict", reason="Over")
    assert queries.get(case.reference, by=people.lawyer)


def test_needs_do_not_depend_on_sight(in_app: Flask) -> None:
    """A need is judged on all the facts, whoever asks: the body’s view of the record changes nothing."""
    case, people = make.complaint_at("provisional_view")
    known, _ = offers(case.case_id, by=people.contact)

    with engine_role([case.case_id]):
        count = db.session.scalar(sa.select(sa.func.count()).where(Entry.case_id == case.case_id))
    assert len(known.events) == count


def test_system_cannot_be_anyone(in_app: Flask) -> None:
    """The system takes only the steps the edition gives it."""
    case, _ = make.complaint_at("screening")

    with pytest.raises(Refused):
        take("accept", case.case_id, by=SYSTEM, data={"remit_answers": make.PASSED})


def test_letter_asks_the_questions(in_app: Flask, owner: psycopg.Connection) -> None:
    """The letter that asks a body for its account has every question in it."""
    case, people = make.complaint_at("investigating")

    questions = [{"question": "Which list was in use?"}, {"question": "Who approved it?"}]
    make.act(case.case_id, people.caseworker, "request_account", items=questions)

    words = owner.execute("select words from letter where template = 'account_request'").fetchone()
    assert words is not None
    assert "1. Which list was in use?" in words[0]
    assert "2. Who approved it?" in words[0]


def test_reader_of_the_page(in_app: Flask, owner: psycopg.Connection) -> None:
    """Nothing is posted to somebody who chose to follow the case on their own page."""
    case, people = make.complaint_at("received", contact_by="page", email=None)

    make.act(case.case_id, people.intake_officer, "acknowledge")

    assert owner.execute("select state from outbox").fetchall() == [("read_there",)]
