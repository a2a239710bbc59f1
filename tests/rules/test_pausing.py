"""Pauses told from events: who opens and ends them, and how long they may last."""

from __future__ import annotations

from datetime import date

import pytest

from regulator.deadlines.rule import Length
from regulator.regime.clocks import pauses
from regulator.regime.pausing import longest
from tests.rules.small_kind import KIND, accepted, on


def spans(case, at):
    return [(p.cause, p.start, p.end) for p in pauses(KIND, case.events, on(at))]


def test_a_pause_lasts_from_its_opening_to_its_end():
    """A question pauses from the day it is put to the day it is answered."""
    case = accepted()("ask", "2026-03-05")("answer", "2026-03-09")

    assert spans(case, "2026-03-10") == [("question", date(2026, 3, 5), date(2026, 3, 9))]


def test_a_pause_that_nobody_ended_is_open():
    """Until it is answered a question is open, and the last day it may pause is known."""
    (pause,) = pauses(KIND, accepted()("ask", "2026-03-05").events, on("2026-04-01"))

    assert (pause.end, pause.must_end) == (None, date(2026, 4, 1))


def test_a_question_nobody_answers_stops_pausing_by_itself():
    """A question pauses for 28 days at most, whether or not it is answered later."""
    case = accepted()("ask", "2026-03-05")
    assert spans(case, "2026-04-02") == [("question", date(2026, 3, 5), date(2026, 4, 1))]

    case("answer", "2026-04-20")

    assert spans(case, "2026-04-20") == [("question", date(2026, 3, 5), date(2026, 4, 1))]


def test_a_hold_renewed_in_time_lasts_longer():
    """Each renewal lets a hold run for another three months."""
    case = accepted()("hold", "2026-03-05")("renew_hold", "2026-06-01")

    (pause,) = pauses(KIND, case.events, on("2026-06-10"))
    assert (pause.end, pause.must_end) == (None, date(2026, 8, 31))


def test_a_renewal_after_the_hold_lapsed_renews_nothing():
    """What has lapsed cannot be renewed."""
    case = accepted()("hold", "2026-03-05")("renew_hold", "2026-06-10")

    assert spans(case, "2026-06-10") == [("hold", date(2026, 3, 5), date(2026, 6, 4))]


def test_two_questions_are_answered_each_on_its_own():
    """An answer to one question leaves the other open."""
    case = accepted()("ask", "2026-03-05", question=1)("ask", "2026-03-06", question=2)
    case("answer", "2026-03-09", question=1)

    assert [p.end for p in pauses(KIND, case.events, on("2026-03-10"))] == [date(2026, 3, 9), None]


def test_an_answer_ends_no_hold():
    """Each kind of pause has its own end."""
    case = accepted()("hold", "2026-03-05")("ask", "2026-03-05")("answer", "2026-03-09")

    assert {(p.cause, p.end) for p in pauses(KIND, case.events, on("2026-03-10"))} == {
        ("hold", None),
        ("question", date(2026, 3, 9)),
    }


def test_the_end_of_a_case_ends_its_pauses():
    """A case that ends while a question is open is not paused when it is reopened."""
    case = accepted()("ask", "2026-03-05")("close", "2026-03-06", to="closed")("reopen", "2026-03-09")

    assert spans(case, "2026-03-10") == [("question", date(2026, 3, 5), date(2026, 3, 6))]


def test_a_pause_is_told_in_the_order_of_what_happened():
    """An answer written down late ended the pause on the day it came."""
    case = accepted()("ask", "2026-03-05")("note", "2026-03-20")("answer", "2026-03-10T09:00")

    assert spans(case, "2026-03-20") == [("question", date(2026, 3, 5), date(2026, 3, 10))]


@pytest.mark.parametrize(
    ("most", "last"),
    [("28 days", date(2026, 2, 27)), ("4 weeks", date(2026, 2, 27)), ("3 months", date(2026, 4, 30))],
)
def test_the_most_a_pause_may_last_includes_its_first_day(most, last):
    """A pause of 28 days leaves 28 days out."""
    assert longest(date(2026, 1, 31), Length.parse(most)) == last


def test_a_pause_is_not_counted_in_working_days():
    """A rule that lets a pause last working days is refused."""
    with pytest.raises(ValueError, match="days, weeks or months"):
        longest(date(2026, 1, 31), Length.parse("5 wd"))
