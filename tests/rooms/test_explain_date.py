"""“Explain this date”: how a date was reached, for each who reads it, and nothing in it that they may not know."""

from datetime import date

import make
from rooms import staff_pages
from rooms.complaint_pages import complainant, with_code
from rooms.test_casework_views_case import asked_clock
from rooms.test_complaint_waiting import PAGE, hold, words

from regulator import moments
from regulator.casework import queries, steps
from regulator.casework.explaining import Listener, explained

HELD, FREED, TODAY = "2026-09-14T10:00", "2026-09-24T10:00", "2026-09-28T10:00"


def held_and_freed(app, *told):
    """A complaint being screened that was on hold for eleven days in September."""
    with moments.as_at(make.at("2026-09-02T10:00")):
        case, people, _ = with_code(app, "screening")
    with app.app_context():
        with moments.as_at(make.at(HELD)):
            hold(case, people, *told, hold_cause="police_request")
        with moments.as_at(make.at(FREED)):
            make.act(case.case_id, people.manager, "release", told=list(told))
    return case, people


def screening(app, case, by):
    """How the last day of screening is explained to one person, and its parts by their questions."""
    with app.app_context(), moments.as_at(make.at(TODAY)):
        told = queries.timeline(case.case_id, by=by, limit=queries.MANY) if by.case_id else None
        known, _ = steps.offers(case.case_id, by=by)
        how = explained(
            known.clock("screen"), Listener(known, "complainant" if by.case_id else "staff", told)
        )
    return how, {part.question: " ".join(part.sentences) for part in how.parts}


def test_staff_read_the_whole(app):
    """Staff read what started it, the rule with its source, each pause with its cause and both days, and both dates."""
    case, people = held_and_freed(app)
    how, said = screening(app, case, people.manager)

    assert said["What started it?"] == "“Take in a complaint” (entry 1). It starts on 2 September 2026."
    assert "until the 20th working day following receipt" in said["What is the rule?"]
    assert "Service standard of the regulator." in said["What is the rule?"]
    assert "Weekends are left out" in said["Which days do not count?"]
    assert "paused from 14 September 2026 to 24 September 2026" in said["When did the time stand still?"]
    assert "On hold" in said["When did the time stand still?"]
    assert how.first == date(2026, 9, 30)
    assert how.today == date(2026, 10, 13)


def test_a_hold_nobody_told_them_of_stays_untold(app):
    """Whoever was not told of a hold reads how the first date was reached and that it changed, and nothing of the hold."""
    case, _ = held_and_freed(app)
    with app.app_context():
        person = make.complainant(case.case_id)
    how, said = screening(app, case, person)
    every = " ".join(said.values())

    assert "pause" not in every
    assert "still" not in every
    assert "24 September" not in every
    assert "14 September" not in said.get("When did the time stand still?", "")
    assert said["So when is the last day?"] == (
        "The last day is Wednesday 30 September 2026. It was changed since. It is now 13 October 2026."
    )
    assert (how.first, how.today) == (date(2026, 9, 30), date(2026, 10, 13))


def test_their_page_tells_nothing_of_it_either(app):
    """The page of whoever was not told of a hold does not show it under the date, once it is over."""
    case, _ = held_and_freed(app)
    with moments.as_at(make.at(TODAY)):
        said = words(complainant(app, case).get(PAGE))

    assert "Explain this date" in said
    assert "It is now 13 October 2026" in said
    assert "paused" not in said.lower()
    assert "On hold" not in said


def test_a_hold_they_were_told_of_is_explained(app):
    """Whoever was told of a hold reads which days did not count because of it."""
    case, _ = held_and_freed(app, "complainant")
    with app.app_context():
        person = make.complainant(case.case_id)
    _, said = screening(app, case, person)

    assert said["When did the time stand still?"].startswith(
        "The clock was paused from 14 September 2026 to 24 September 2026"
    )
    assert "Without pauses" in said["So when is the last day?"]


def test_no_date_while_it_stands_still_untold(app):
    """While a hold nobody told them of goes on, they are given no date today, and not told why."""
    with moments.as_at(make.at("2026-09-02T10:00")):
        case, people, _ = with_code(app, "screening")
    with app.app_context(), moments.as_at(make.at(HELD)):
        hold(case, people, hold_cause="police_request")
        person = make.complainant(case.case_id)
    how, said = screening(app, case, person)

    assert how.today is None
    assert said["So when is the last day?"].endswith(
        "That day does not hold any more. A new one is given as soon as there is one."
    )
    assert "pause" not in " ".join(said.values())


def test_who_complained_reads_the_rule_plainly(app):
    """Whoever complained reads the rule in words of every day, and that no law sets it where none does."""
    case, _ = held_and_freed(app)
    with app.app_context():
        person = make.complainant(case.case_id)
    _, said = screening(app, case, person)

    assert said["What is the rule?"].startswith(
        "There are 20 working days, and the next working day is day 1. No law sets this time: it is a standard"
    )


def test_more_time_is_explained_to_the_body(app):
    """A body given more time reads the first date beside today’s, and by how much it was extended."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Why?"}])
        clock = asked_clock(case, people)
        asked = {"length": "14 days", "reason_asked": "Leave."}
        make.act(case.case_id, people.contact, "ask_more_time", clock=clock, **asked)
        given = {"granted": True, "length": "14 days", "reason_told": "Once."}
        make.act(case.case_id, people.manager, "decide_more_time", clock=clock, **given)
    page = staff_pages.At(app, people.contact).get(f"/body/cases/{case.reference}")
    said = words(page)

    assert "It was extended by 14 days on" in said
    assert "First date" in said
    assert "Date today" in said
    assert "The regulator asked for your account" in said
