"""The case page: what is due, by when and why, before anything else, and what can be done."""

import re
from datetime import timedelta

import make
import pytest
from rooms.staff_pages import words

from regulator import moments
from tests.rooms.case_pages import page_of


def between(page, start, end):
    """What a page says from one heading to another."""
    said = words(page)
    return said[said.index(start) : said.index(end)]


def next_of(page):
    """What the page says first."""
    return between(page, "Next", "What you can do now")


def test_what_is_due_stands_first(app):
    """The page begins with what its reader must do, by when and why, and the button that does it."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = page_of(app, case, people.intake_officer)

    assert next_of(page).startswith("Next Acknowledge the complaint")
    assert "due in" in next_of(page)
    assert "We owe it to the complainant." in next_of(page)
    assert f'href="/cases/{case.reference}/acknowledge"' in page.text


def test_what_somebody_else_must_do(app):
    """Somebody with another part in the work reads whose turn it is, and gets no button for it."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = page_of(app, case, people.lawyer)

    assert "For an intake officer to do" in next_of(page)
    assert f"/cases/{case.reference}/acknowledge" not in page.text


def test_another_end_is_no_duty(app):
    """Whoever could only end in another way what is due reads that it is due, and is not asked to end it."""
    with app.app_context():
        case, people = make.complaint_at("screening")
        make.complaint()
    said = next_of(page_of(app, case, people.manager))

    assert said.startswith("Next Say whether we can look into it")
    assert "Merge it with another complaint" not in said


def test_what_a_body_owes(app):
    """What the body owes is told with the body’s name and its day."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Why?"}])
    page = page_of(app, case, people.caseworker)

    assert "Give an account Metropolitan Police Service due in 28 days" in next_of(page)


@pytest.mark.parametrize("part", ["manager", "caseworker"])
def test_what_the_stage_waits_for(app, part):
    """The move on that a stage waits for is told with whose it is, and no way back stands in its place."""
    with app.app_context():
        case, people = make.complaint_at("provisional_view")
    said = next_of(page_of(app, case, getattr(people, part)))

    assert "Approve the decision A manager" in said
    assert "Return it to investigation" not in said


def test_what_can_be_done_and_what_not(app):
    """Each step the reader may take is offered, and each other one has its reason."""
    with app.app_context():
        case, people = make.complaint_at("provisional_view")
    page = page_of(app, case, people.manager)
    offered = between(page, "What you can do now", "What cannot be done yet")
    not_yet = between(page, "What cannot be done yet", "What happened")

    assert "Limit contact" in offered
    assert "Approve the decision" not in offered
    assert "Approve the decision : Comments on the provisional view are not all in" in not_yet


def test_a_move_back_is_no_main_button(app):
    """Taking back a move stands among the other steps, not beside those that move the case on."""
    with app.app_context():
        case, people = make.complaint_at("declining")
    page = page_of(app, case, people.manager)
    buttons = re.findall(r'<a class="govuk-button[^>]*>([^<]+)</a>', page.text)

    assert "Return it to screening" in buttons
    assert "Take back the last move" not in buttons
    assert "Take back the last move" in words(page)


def test_a_clock_explains_its_date(app):
    """Each clock opens to how its date was counted, the bank holidays and weekends left out among it."""
    with app.app_context(), moments.as_at(make.at("2026-12-21T10:00")):
        case, people = make.complaint_at("received")
    with moments.as_at(make.at("2026-12-22T10:00")):
        page = page_of(app, case, people.intake_officer)
    clocks = words(page)[words(page).index("Clocks") :]

    assert "Explain this date" in clocks
    assert "30 December 2026" in clocks
    assert "Christmas Day" in clocks


def test_the_first_date_stands_beside_the_new_one(app):
    """Where more time was given, the first date stays beside the new one."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Why?"}])
        clock = asked_clock(case, people)
        asked = {"length": "14 days", "reason_asked": "Leave."}
        make.act(case.case_id, people.contact, "ask_more_time", clock=clock, **asked)
        held = page_of(app, case, people.caseworker)
        given = {"granted": True, "length": "14 days", "reason_told": "Once."}
        make.act(case.case_id, people.manager, "decide_more_time", clock=clock, **given)
    page = page_of(app, case, people.caseworker)

    assert "More time asked" in words(held)
    assert re.search(r"Give an account due in 42 days .{10,20} \(first ", words(page))


def asked_clock(case, people):
    """The clock for which the body may ask more time."""
    from regulator.casework.needs import extensible
    from regulator.casework.steps import offers

    known, _ = offers(case.case_id, by=people.contact)
    return extensible(known, known.kind.steps["ask_more_time"], people.contact)[0].ref


def test_a_pause_is_told_as_an_interval(app):
    """A hold is told with its days and the clocks it stops; those clocks are shown as paused, the promise is not."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        hold = {"hold_cause": "proceedings", "reason": "A trial."}
        make.act(case.case_id, people.manager, "hold", **hold)
    said = words(page_of(app, case, people.manager))

    assert re.search(r"On hold since \d+ \w+ \d{4}, until \d+ \w+ \d{4} at most", said)
    assert "Reach a provisional view Paused" in said
    assert "Keep the complainant informed due in" in said


def test_overdue_and_kept_late(app):
    """A promise broken is said to be overdue; once kept, that it was late."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    with moments.as_at(moments.now() + timedelta(days=40)):
        overdue = words(page_of(app, case, people.caseworker))
        with app.app_context():
            make.act(case.case_id, people.caseworker, "update_complainant", update="We are still at it.")
        late = words(page_of(app, case, people.caseworker))

    assert "Keep the complainant informed" in overdue
    assert "12 days overdue" in overdue
    assert "Keep the complainant informed Late" in late
