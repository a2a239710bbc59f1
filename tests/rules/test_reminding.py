"""When letters go that remind whoever owes something: each once for a last day, and never one that came too late."""

from dataclasses import replace
from datetime import date

import pytest

from regulator.regime.reminding import Reminder, letters, next_reminder
from tests.rules.told import Case

DUE, OVERDUE, ESCALATED = "recommendation_due", "recommendation_overdue", "recommendation_escalated"


def final() -> Case:
    """An audit whose recommendation, made on 2 March, is due on 2 April."""
    case = Case("audit")
    case("plan", "2026-01-05")("send_engagement", "2026-01-06")("record_terms", "2026-01-07", party=3)
    case("start_drafting", "2026-02-02")("share_draft", "2026-02-03")
    each = {"priority": {"11": "urgent"}}
    return case("issue_final", "2026-03-02", data=each, recommendation=11, party={"11": 3})


def upcoming(case: Case, at: str) -> Reminder | None:
    """The reminder that is next, as at a day."""
    return next_reminder(case.one(at, "recommendation"), case.events, date.fromisoformat(at))


def send(case: Case, at: str) -> str:
    """Send the reminder that is due; returns its letter."""
    found = upcoming(case, at)
    assert found is not None
    assert found.day <= date.fromisoformat(at)
    data = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in letters([found])[0].data.items()
    }
    case("remind", at, role="system", data=data, party=3, recommendation=11)
    return found.chaser.letter


def told(found: Reminder | None) -> tuple[str, str] | None:
    """The letter of a reminder and its day."""
    return (found.chaser.letter, found.day.isoformat()) if found else None


def test_each_in_its_time():
    """A recommendation is chased four weeks before its day, the day after it and four weeks after that."""
    case = final()

    found = [told(upcoming(case, "2026-03-04"))]
    assert send(case, "2026-03-05") == DUE
    found.append(told(upcoming(case, "2026-03-06")))
    assert send(case, "2026-04-03") == OVERDUE
    found.append(told(upcoming(case, "2026-04-04")))
    assert send(case, "2026-04-30") == ESCALATED

    assert found == [(DUE, "2026-03-05"), (OVERDUE, "2026-04-03"), (ESCALATED, "2026-04-30")]
    assert upcoming(case, "2026-06-01") is None


def test_one_that_came_too_late():
    """A reminder of a day to come does not go once that day is past; what is overdue is said first."""
    assert told(upcoming(final(), "2026-05-20")) == (OVERDUE, "2026-04-03")


def test_they_keep_their_distance():
    """Where the letter that something is overdue went late, the next one waits as long after it as it should."""
    case = final()

    assert send(case, "2026-05-20") == OVERDUE

    assert told(upcoming(case, "2026-05-20")) == (ESCALATED, "2026-06-16")


def test_none_when_it_is_done():
    """What was done is chased no more."""
    case = final()("verify_recommendation", "2026-03-04", data={"verdict": "met"}, recommendation=11)

    assert upcoming(case, "2026-03-05") is None


def test_none_twice_when_it_runs_on():
    """One that is not met after all runs on from its old day, and no letter goes again."""
    case = final()
    assert send(case, "2026-03-05") == DUE
    case(
        "report_progress",
        "2026-03-06",
        role="contact",
        data={"claims_done": True},
        recommendation=11,
        party=3,
    )
    case("verify_recommendation", "2026-03-20", data={"verdict": "not_met"}, recommendation=11)

    assert told(upcoming(case, "2026-03-20")) == (OVERDUE, "2026-04-03")


@pytest.mark.parametrize(("until", "letter", "day"), [("2026-05-29", "step_due", "2026-05-15")])
def test_again_for_another_day(until: str, letter: str, day: str):
    """A step of a notice that is given more time is chased again before its new day."""
    case = Case("enforcement")
    case("propose", "2026-02-02")("legal_review", "2026-02-03")("dispense_with_intent", "2026-02-04")
    case("decide", "2026-02-05")("clear_final", "2026-02-06")("sign", "2026-02-09")
    set_ = {
        "done_by": {"21": "2026-05-01"},
        "haste": "ordinary",
        "sent_on": "2026-03-02",
        "deemed_on": "2026-03-04",
    }
    case("record_service", "2026-03-04", data=set_, act=5, notice_step=[21])
    clock = case.one("2026-04-20", "compliance")
    sent = {"clock": clock.ref, "chaser": -14, "due": "2026-05-01"}
    case("remind", "2026-04-17", role="system", data=sent, party=3)
    ref = {"clock": clock.ref}
    case("ask_more_time", "2026-04-20", role="contact", data=ref, party=3)
    case("decide_more_time", "2026-04-21", data={**ref, "granted": True, "until": until}, party=3)

    found = next_reminder(case.one("2026-04-22", "compliance"), case.events, date(2026, 4, 22))
    assert told(found) == (letter, day)


def test_none_while_more_time_is_asked_for():
    """While a request for more time waits for an answer nobody is chased."""
    case = Case("enforcement")
    set_ = {
        "done_by": {"21": "2026-05-01"},
        "haste": "ordinary",
        "sent_on": "2026-03-02",
        "deemed_on": "2026-03-04",
    }
    case("propose", "2026-02-02")("record_service", "2026-03-04", data=set_, act=5, notice_step=[21])
    ref = case.one("2026-04-10", "compliance").ref
    case("ask_more_time", "2026-04-10", role="contact", data={"clock": ref}, party=3)

    assert next_reminder(case.one("2026-04-20", "compliance"), case.events, date(2026, 4, 20)) is None


def test_none_before_it_began():
    """What is due so soon that its reminder would have gone before it began is not reminded of at once."""
    case = final()
    clock = case.one("2026-03-02", "recommendation")
    early = next_reminder(clock, case.events, date(2026, 3, 2))

    assert early is not None
    assert all(one > clock.started_on for one in (early.day,))


def test_of_several_each_is_known_again():
    """A letter about several recommendations counts as sent for each it names, and for no other."""
    case = final()
    clock = case.one("2026-03-06", "recommendation")
    others = {"clock": "recommendation:99", "clocks": ["recommendation:99", clock.ref]}
    data = {**others, "chaser": -28, "due": clock.last_day.isoformat()}
    case("remind", "2026-03-05", role="system", data=data, party=3, recommendation=[99, 11])

    assert told(upcoming(case, "2026-03-06")) == (OVERDUE, "2026-04-03")


def test_one_letter_for_what_belongs_together():
    """What is owed by one party by one day is one letter; a letter about one names no list, as before."""
    case = final()
    one = upcoming(case, "2026-03-05")
    assert one is not None
    other = one._replace(clock=replace(one.clock, keys={"party": 4, "recommendation": 12}))

    found = letters([one, other])

    assert [len(letter.reminders) for letter in found] == [1, 1]
    assert "clocks" not in found[0].data
    assert letters([one, one])[0].data["clocks"] == [one.clock.ref, one.clock.ref]
