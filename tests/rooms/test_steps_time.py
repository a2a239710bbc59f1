"""What a step does to time: clocks, pauses, more time, what is recorded late or put right, and what the system does by itself."""

from __future__ import annotations

import make
import psycopg
import pytest
from flask import Flask

from regulator import moments
from regulator.casework.steps import offers, take
from regulator.casework.tasks import take_due_steps
from regulator.errors import NotNow
from tests.rooms.step_ground import entries


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
