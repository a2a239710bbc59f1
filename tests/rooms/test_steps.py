"""Taking a step: who may, when, once, and all or nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import make
import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from regulator import moments
from regulator.actors import SYSTEM
from regulator.casework import queries
from regulator.casework.steps import OtherCase, offers, stage_token, take
from regulator.casework.tasks import take_due_steps
from regulator.db import db, engine_role
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused
from regulator.ledger.models import Entry


def entries(owner: psycopg.Connection, case_id: int) -> list[tuple[int, str]]:
    """The steps recorded on a case, by number."""
    return owner.execute("select seq, step from entry where case_id = %s order by seq", (case_id,)).fetchall()


def clock(owner: psycopg.Connection, case_id: int, name: str) -> dict[str, object]:
    """The newest row of a clock."""
    rows = owner.execute(
        "select last_day, original_last_day, is_open, ended, paused_since, is_held from clock"
        " where case_id = %s and name = %s order by id desc limit 1",
        (case_id, name),
    ).fetchone()
    assert rows is not None
    names = ("last_day", "original", "is_open", "ended", "paused_since", "is_held")
    return dict(zip(names, rows, strict=True))


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


def test_stale_stage(in_app: Flask) -> None:
    """A form drawn before somebody moved the case is a conflict, not a second move."""
    case, people = make.complaint_at("screening")
    known, _ = offers(case.case_id, by=people.caseworker)
    token = stage_token(known)
    make.act(case.case_id, people.intake_officer, "propose_decline", **make.DECLINE)
    make.act(case.case_id, people.manager, "return_to_screening", reason="Look again")

    with pytest.raises(Conflict):
        take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED}, token=token)


def test_same_form_twice(in_app: Flask, owner: psycopg.Connection) -> None:
    """The same form sent twice acts once, and answers as it did the first time."""
    case, people = make.complaint_at("screening")
    key = str(uuid4())
    data = {"note": "Rang the force"}

    first = take("add_note", case.case_id, by=people.caseworker, data=data, key=key)
    second = take("add_note", case.case_id, by=people.caseworker, data=data, key=key)

    assert (first.seq, second.seq) == (3, 0)
    assert second.reference == first.reference
    assert [step for _, step in entries(owner, case.case_id)].count("add_note") == 1


def test_mended_form_uses_its_key(in_app: Flask) -> None:
    """A refusal does not use up the form’s key: mended, it is acted on."""
    case, people = make.complaint_at("screening")
    key = str(uuid4())
    with pytest.raises(NotNow):
        take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED[:1]}, key=key)

    taken = take("accept", case.case_id, by=people.caseworker, data={"remit_answers": make.PASSED}, key=key)

    assert taken.seq == 3


def test_two_press_at_once(in_app: Flask, owner: psycopg.Connection) -> None:
    """Six people accept at the same moment: one wins, the others are told that the case moved on."""
    case, people = make.complaint_at("screening")
    known, _ = offers(case.case_id, by=people.caseworker)
    token = stage_token(known)
    start = threading.Barrier(6)

    def press(_: int) -> str:
        with in_app.app_context():
            start.wait()
            try:
                take(
                    "accept",
                    case.case_id,
                    by=people.caseworker,
                    data={"remit_answers": make.PASSED},
                    token=token,
                )
            except (Conflict, NotNow) as refusal:
                return type(refusal).__name__
            return "won"

    with ThreadPoolExecutor(6) as pool:
        results = sorted(pool.map(press, range(6)))

    assert results.count("won") == 1
    assert [step for _, step in entries(owner, case.case_id)] == ["submit", "acknowledge", "accept"]


def test_links_cross(in_app: Flask, owner: psycopg.Connection) -> None:
    """Two people link the same two cases from either end at once: nobody waits for ever, both records tell it."""
    one, people = make.complaint_at("screening")
    two, _ = make.complaint_at("screening", people)
    start = threading.Barrier(2)

    def link(pair: tuple[int, OtherCase]) -> str:
        with in_app.app_context():
            start.wait()
            data = {"other_case": pair[1], "relation": "same_events"}
            try:
                take("link_case", pair[0], by=people.caseworker, data=data)
            except (Invalid, Conflict) as refusal:
                return type(refusal).__name__
            return "linked"

    ends = [
        (one.case_id, OtherCase(two.case_id, two.reference)),
        (two.case_id, OtherCase(one.case_id, one.reference)),
    ]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(link, ends))

    assert "linked" in results
    links = owner.execute("select case_id, other_id from case_link order by case_id").fetchall()
    assert links == sorted([(one.case_id, two.case_id), (two.case_id, one.case_id)])


def test_late_record(in_app: Flask) -> None:
    """What happened earlier can be written down later, but a stage move not before the last one, nor in the future."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("screening")
    with moments.as_at(make.at("2026-03-20T10:00")):
        data = {"message": "They rang on the 5th"}
        take(
            "message_regulator",
            case.case_id,
            by=people.intake_officer,
            data=data,
            occurred=make.at("2026-03-05"),
            is_day=True,
        )

        with pytest.raises(NotNow, match="cannot have happened"):
            take(
                "accept",
                case.case_id,
                by=people.caseworker,
                data={"remit_answers": make.PASSED},
                occurred=make.at("2026-03-01"),
                is_day=True,
            )
        with pytest.raises(NotNow, match="has not come yet"):
            take(
                "add_note",
                case.case_id,
                by=people.caseworker,
                data={"note": "x"},
                occurred=make.at("2026-04-01"),
            )


def test_question_pauses(in_app: Flask, owner: psycopg.Connection) -> None:
    """A question to the complainant stops the clock that allows it, the answer starts it, the first date is kept."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("screening")
        before = clock(owner, case.case_id, "screen")
    with moments.as_at(make.at("2026-03-09T10:00")):
        make.act(case.case_id, people.caseworker, "ask_complainant", question="Which day was it?")
        paused = clock(owner, case.case_id, "screen")
    with moments.as_at(make.at("2026-03-16T10:00")):
        make.act(case.case_id, people.complainant(case.case_id), "answer_question", answer="The third")
        after = clock(owner, case.case_id, "screen")

    assert str(before["last_day"]) == "2026-03-30"
    assert str(paused["paused_since"]) == "2026-03-09"
    assert (str(after["last_day"]), str(after["original"])) == ("2026-04-09", "2026-03-30")
    assert after["paused_since"] is None


def test_more_time(in_app: Flask, owner: psycopg.Connection) -> None:
    """A body asks for more time before the date; it holds until decided, then moves once, and the first is kept."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "A?"}])
        first = clock(owner, case.case_id, "account")
    with moments.as_at(make.at("2026-03-20T10:00")):
        known, _ = offers(case.case_id, by=people.contact)
        ref = next(one.ref for one in known.running if one.name == "account")
        make.act(
            case.case_id, people.contact, "ask_more_time", clock=ref, length="14 days", reason_asked="Leave"
        )
        held = clock(owner, case.case_id, "account")
        make.act(
            case.case_id,
            people.caseworker,
            "decide_more_time",
            clock=ref,
            granted=True,
            length="14 days",
            reason_told="Yes",
        )
        after = clock(owner, case.case_id, "account")

        with pytest.raises(NotNow, match="only once"):
            make.act(
                case.case_id,
                people.contact,
                "ask_more_time",
                clock=ref,
                length="7 days",
                reason_asked="Again",
            )

    assert (str(first["last_day"]), held["is_held"]) == ("2026-03-30", True)
    assert (str(after["last_day"]), str(after["original"])) == ("2026-04-13", "2026-03-30")


def test_system_acknowledges(in_app: Flask, owner: psycopg.Connection) -> None:
    """When nobody has acknowledged by the last day, the system does, once."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case = make.complaint()
    with moments.as_at(make.at("2026-03-06T10:00")):
        early = take_due_steps()
    with moments.as_at(make.at("2026-03-09T08:00")):
        due, again = take_due_steps(), take_due_steps()

    assert (early, due, again) == (0, 1, 0)
    last = owner.execute(
        "select step, by_role from entry where case_id = %s order by seq desc", (case.case_id,)
    )
    assert last.fetchone() == ("acknowledge", "system")


def test_system_closes(in_app: Flask, owner: psycopg.Connection) -> None:
    """When the time for a review has passed, and a day of grace, the system closes; not while a question is open."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, _ = make.complaint_at("told")
    with moments.as_at(make.at("2026-03-31T10:00")):
        in_grace = take_due_steps()
    with moments.as_at(make.at("2026-04-01T08:00")):
        take_due_steps()

    assert in_grace == 0
    stage = owner.execute("select stage from case_file where id = %s", (case.case_id,)).fetchone()
    assert stage == ("closed",)


def test_reverse(in_app: Flask, owner: psycopg.Connection) -> None:
    """A mistaken move is taken back by somebody else, and the case stands where it stood."""
    case, people = make.complaint_at("declining")
    other = make.person("manager")

    make.act(case.case_id, other, "reverse", reason="Wrong case")

    assert owner.execute("select stage from case_file where id = %s", (case.case_id,)).fetchone() == (
        "screening",
    )
    make.act(case.case_id, people.caseworker, "accept", remit_answers=make.PASSED)
    with pytest.raises(NotNow, match="letter"):
        make.act(case.case_id, other, "reverse", reason="No")


def test_corrected_date(in_app: Flask, owner: psycopg.Connection) -> None:
    """Correcting when something happened leaves the wrong entry in place and counts the clocks again."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("received")
        before = clock(owner, case.case_id, "screen")
    with moments.as_at(make.at("2026-03-04T10:00")):
        make.act(
            case.case_id,
            people.manager,
            "correct_entry",
            entry=1,
            occurred=make.at("2026-02-27").date(),
            reason="Postmark",
        )
        after = clock(owner, case.case_id, "screen")

    assert (str(before["last_day"]), str(after["last_day"])) == ("2026-03-30", "2026-03-27")
    assert [step for _, step in entries(owner, case.case_id)] == ["submit", "correct_entry"]


def test_court_contradicts(in_app: Flask, owner: psycopg.Connection) -> None:
    """A court’s ruling marks the finding it supersedes, and the finding itself stays."""
    case, people = make.complaint_at("told")

    make.act(
        case.case_id,
        people.lawyer,
        "record_court_ruling",
        court="High Court",
        court_reference="[2026] EWHC 1 (Admin)",
        ruling="contradicts",
        ruling_words="The policy was sufficiently certain.",
        superseded=1,
    )

    row = owner.execute(
        "select finding, superseded_by from allegation where case_id = %s and number = 1", (case.case_id,)
    ).fetchone()
    assert row == ("upheld", "High Court [2026] EWHC 1 (Admin)")


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


def test_more_time_than_the_rule_allows(in_app: Flask) -> None:
    """More time than the rule of the clock allows is refused with the most there is, however it is given."""
    case, people = make.complaint_at("investigating")
    make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "A?"}])
    known, _ = offers(case.case_id, by=people.contact)
    ref = next(one.ref for one in known.running if one.name == "account")
    make.act(case.case_id, people.contact, "ask_more_time", clock=ref, length="40 days", reason_asked="Leave")

    with pytest.raises(NotNow, match="at most 28 days"):
        make.act(
            case.case_id,
            people.caseworker,
            "decide_more_time",
            clock=ref,
            granted=True,
            length="40 days",
            reason_told="Yes",
        )


def test_reader_of_the_page(in_app: Flask, owner: psycopg.Connection) -> None:
    """Nothing is posted to somebody who chose to follow the case on their own page."""
    case, people = make.complaint_at("received", contact_by="page", email=None)

    make.act(case.case_id, people.intake_officer, "acknowledge")

    assert owner.execute("select state from outbox").fetchall() == [("read_there",)]


def test_paused_dates_move_each_day(in_app: Flask, owner: psycopg.Connection) -> None:
    """While a question is open, the date kept for lists moves with each day that passes."""
    with moments.as_at(make.at("2026-03-02T10:00")):
        case, people = make.complaint_at("screening")
    with moments.as_at(make.at("2026-03-09T10:00")):
        make.act(case.case_id, people.caseworker, "ask_complainant", question="Which day was it?")
        asked = clock(owner, case.case_id, "screen")["last_day"]
    with moments.as_at(make.at("2026-03-13T00:05")):
        take_due_steps()
        kept = clock(owner, case.case_id, "screen")["last_day"]

    due = owner.execute("select due_on from case_file where id = %s", (case.case_id,)).fetchone()
    assert str(asked) == "2026-03-31"
    assert str(kept) == "2026-04-08"
    assert due == (kept,)
