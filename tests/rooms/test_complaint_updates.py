"""The update promised to a complainant is drafted from the record; a person finishes and sends it."""

from datetime import timedelta

import make
import pytest
from rooms.staff_pages import At, errors

from regulator import moments
from regulator.complaints.updating import DONE, LEFT, WHY_LATE

DAY = make.at("2026-03-02T10:00")


@pytest.fixture
def case(app):
    """A complaint looked into since 2 March 2026, whose body was asked for an account a week later."""
    with app.app_context():
        with moments.as_at(DAY):
            found, people = make.complaint_at("investigating")
        with moments.as_at(DAY + timedelta(days=7)):
            make.act(
                found.case_id, people.caseworker, "request_account", items=[{"question": "What happened?"}]
            )
    return found, people


def drawn(app, by, case, days):
    """The box with the draft, so many days after the case began."""
    with moments.as_at(DAY + timedelta(days=days)):
        page = At(app, by).get(f"/cases/{case.reference}/update-complainant")
    return page.text.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0]


def send(app, by, case, days, update):
    """The form sent with these words."""
    with moments.as_at(DAY + timedelta(days=days)):
        return At(app, by).send(f"/cases/{case.reference}/update-complainant", update=update)


def letters(owner, case):
    """The words of each update that went."""
    asked = "select words from letter where case_id = %s and template = 'progress_update' order by id"
    return [text for (text,) in owner.execute(asked, (case.case_id,)).fetchall()]


def test_drafted_from_the_record(app, case):
    """The draft says what the complainant was told since, where it stands and what comes next, with a gap to fill."""
    found, people = case
    text = drawn(app, people.caseworker, found, 20)

    assert "9 March 2026: " in text
    assert DONE in text
    assert "We will tell you what we think so far by 2 September 2026." in text
    assert "request_account" not in text


def test_only_what_is_new(app, case):
    """What an earlier update was about is not told again."""
    found, people = case
    send(app, people.caseworker, found, 20, "We wrote to the force.")

    assert "9 March 2026" not in drawn(app, people.caseworker, found, 30)


def test_what_is_late_is_said(app, case):
    """A promise of ours that is past is owned up to, with a gap for why."""
    found, people = case
    text = drawn(app, people.caseworker, found, 300)

    assert "We said that we would tell you what we think so far by 2 September 2026." in text
    assert WHY_LATE in text


def test_never_sent_unfinished(app, case, owner):
    """A draft with a gap in it is refused with what to do, keeps what was typed, and sends nothing."""
    found, people = case
    page = send(app, people.caseworker, found, 20, f"My own words. {DONE}")

    assert errors(page) == [LEFT]
    assert "My own words." in page.text
    assert letters(owner, found) == []


def test_finished_and_sent(app, case, owner):
    """What the person made of it goes to the complainant as written, and the promise begins anew."""
    found, people = case
    page = send(app, people.caseworker, found, 20, "We read the force’s papers.")

    assert page.status_code == 302
    assert "We read the force’s papers." in letters(owner, found)[0]
    asked = "select last_day from clock where case_id = %s and name = 'progress' and is_open"
    assert owner.execute(asked, (found.case_id,)).fetchone()[0] > (DAY + timedelta(days=40)).date()


def test_nothing_internal_is_drafted(app, case):
    """What only staff may read is in no draft."""
    found, people = case
    with app.app_context(), moments.as_at(DAY + timedelta(days=8)):
        make.act(found.case_id, people.caseworker, "add_note", note="The officer is known to lie.")

    assert "known to lie" not in drawn(app, people.caseworker, found, 20)
