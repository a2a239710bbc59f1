"""The page of a step is for whoever may take it, when they may; files and earlier days come with it."""

import io
from datetime import timedelta

import make
import pytest
from rooms.staff_pages import At, errors, words

from regulator import moments
from regulator.casework.forms import WHEN
from tests.rooms.step_pages import DECLINE, at


@pytest.mark.parametrize("method", ["get", "send"])
def test_somebody_elses_step(app, method):
    """A step of another part in the work is refused, drawn or sent."""
    _case, people, place = at(app)
    browser = At(app, people.lawyer)
    page = (
        browser.get(f"{place}/hold")
        if method == "get"
        else browser.post(
            f"{place}/hold",
            {**browser.drawn(f"{place}/add-note"), "hold_cause": "proceedings", "reason": "Court."},
        )
    )

    assert page.status_code == 403
    assert "Only a manager can do this" in page.text


def test_not_by_the_same_person(app):
    """Whoever proposed to decline is told that somebody else must decide it."""
    with app.app_context():
        both = make.person("caseworker", "manager", name="Kit Both")
        case, _people = make.complaint_at("screening")
        make.act(case.case_id, both, "propose_decline", **DECLINE)
    page = At(app, both).get(f"/cases/{case.reference}/decline")

    assert page.status_code == 409
    assert "someone else must decline the complaint" in words(page)


def test_not_now(app):
    """A step that the case does not allow now says why, and leads back to the case."""
    _case, people, place = at(app)
    page = At(app, people.manager).get(f"{place}/release")

    assert page.status_code == 409
    assert "This case is not on hold." in words(page)
    assert f'href="{place}"' in page.text


@pytest.mark.parametrize("step", ["submit", "import-case", "no-such-step"])
def test_no_such_step(app, step):
    """A step there is not, or one that only opens a case, is not found on one, drawn or sent."""
    _case, people, place = at(app)
    browser = At(app, people.intake_officer)

    assert browser.get(f"{place}/{step}").status_code == 404
    assert browser.post(f"{place}/{step}", browser.drawn(f"{place}/add-note")).status_code == 404


def test_behind_a_wall(app):
    """A case behind a wall is not found by those outside it, nor is any step on it."""
    case, people, place = at(app)
    with app.app_context():
        inside = [people.caseworker.person_id]
        make.act(case.case_id, people.manager, "restrict", people=inside, reason="A colleague complains.")
    outside = At(app, people.lawyer)

    assert outside.get(place).status_code == 404
    assert outside.get(f"{place}/add-note").status_code == 404
    assert At(app, people.caseworker).get(place).status_code == 200


def test_a_file_that_cannot_be_taken(app):
    """A file that cannot be taken is refused beside the question; the page says to choose files again."""
    _case, people, place = at(app)
    browser = At(app, people.caseworker)
    wrong = browser.send(f"{place}/add-note", note="See.", files=(io.BytesIO(b"MZ\x00\x01"), "tool.exe"))
    early = browser.send(f"{place}/add-note", note="", files=(io.BytesIO(b"Plain words."), "plan.txt"))

    assert "is not a kind of file that can be taken" in errors(wrong)[0]
    assert "See." in wrong.text
    assert "Choose ‘plan.txt’ again" in early.text


def test_a_file_is_kept(app):
    """A file given with a step stands on the case page, to be opened."""
    _case, people, place = at(app)
    browser = At(app, people.caseworker)
    browser.send(f"{place}/add-note", note="See.", files=(io.BytesIO(b"Plain words."), "plan.txt"))
    page = browser.get(place)

    assert "plan.txt" in words(page)
    assert "/documents/" in page.text


def test_it_happened_earlier(app):
    """What happened earlier is told by the day it happened, and the day it was written down beside it."""
    with moments.as_at(moments.now() - timedelta(days=20)):
        _case, people, place = at(app)
    browser = At(app, people.caseworker)
    day = moments.today() - timedelta(days=3)
    boxes = [str(day.day), str(day.month), str(day.year), ""]
    browser.send(f"{place}/add-note", note="Rang.", **{WHEN: boxes})
    said = words(browser.get(place))

    assert f"{day.day} {day:%B %Y}" in said
    assert "written down" in said


def test_given_to_somebody(app):
    """A manager gives a case to somebody, who then finds it among their own."""
    case, people, place = at(app)
    with app.app_context():
        team = make.team("North")
    said = {"person": str(people.caseworker.person_id), "team": str(team), "conflict_considered": "yes"}
    answer = At(app, people.manager).send(f"{place}/assign", **said)

    assert answer.status_code == 302, errors(answer)
    assert case.reference in words(At(app, people.caseworker).get("/cases?whose=mine"))


def test_brought_over(app):
    """A case from a predecessor is opened at the stage it had, with a manager’s word for it."""
    with app.app_context():
        people = make.cast()
        body = make.body_id()
    browser = At(app, people.records_manager)
    answer = browser.send(
        "/cases/import/complaint",
        predecessor="The old office",
        old_reference="77/2024",
        old_rules="The rules of 2020",
        stage="investigating",
        body=str(body),
        confirmed_by=str(people.manager.person_id),
        **{"old_dates-1-what": "Received there", "old_dates-1-on": ["3", "3", "2024"], "old_dates-rows": "3"},
    )
    page = browser.get(answer.location)

    assert answer.status_code == 302, errors(answer)
    assert "brought the case over from The old office, where it was 77/2024" in words(page)
    assert "Investigating" in words(page)


def test_bringing_over_is_for_records_managers(app):
    """Nobody else can bring a case over."""
    with app.app_context():
        people = make.cast()

    assert At(app, people.manager).get("/cases/import/complaint").status_code == 403


def test_nobody_comes_in_without_signing_in(app):
    """Whoever is not signed in is led to the door."""
    assert app.test_client().get("/cases").headers["Location"].startswith("/sign-in")
    assert app.test_client().get("/rules").headers["Location"].startswith("/sign-in")


def test_people_outside_see_no_page_of_staff(app):
    """A body’s person and a complainant are refused the staff’s pages, though the case is theirs."""
    case, people, place = at(app, "investigating")

    assert At(app, people.contact).get(place).status_code == 403
    assert At(app, people.contact).get("/cases").status_code == 403
    assert At(app, make.complainant(case.case_id)).get(place).status_code == 403
