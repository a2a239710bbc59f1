"""The page of a step: drawn, taken, refused with what was typed kept, never taken twice."""

import io
from datetime import timedelta
from threading import Barrier, Thread

import make
import pytest
from rooms.staff_pages import HIDDEN, At, errors, words

from regulator import moments
from regulator.casework import queries
from regulator.casework.forms import WHEN

DECLINE = make.DECLINE
REASON = DECLINE["decline_words"]


def at(app, stage="screening"):
    """A complaint at a stage, the people of it, and where its pages are."""
    with app.app_context():
        case, people = make.complaint_at(stage)
    return case, people, f"/cases/{case.reference}"


def stage_of(app, case, by):
    """Where the case stands."""
    with app.app_context():
        return queries.get(case.reference, by=by).stage


def entries(app, case, by):
    """The sentences of the timeline, oldest first."""
    with app.app_context():
        return [one.says for one in reversed(queries.timeline(case.case_id, by=by))]


def test_drawn(app):
    """A step’s page has its label, its hint, its questions, and says who outside is told."""
    _case, people, place = at(app)
    page = At(app, people.manager).get(f"{place}/place-on-hold")
    hold = At(app, people.manager).get(f"{place}/hold")

    assert page.status_code == 404
    assert hold.status_code == 200
    assert "Why must it wait?" in words(hold)
    assert "Only those you tick" in words(hold)


def test_taken(app):
    """A step that can be taken is taken; the case page follows and says in a sentence what was done."""
    case, people, place = at(app)
    browser = At(app, people.caseworker)
    answer = browser.send(f"{place}/propose-decline", **DECLINE)
    page = browser.get(answer.location)

    assert answer.status_code == 302
    assert answer.location == place
    assert "You proposed to decline the complaint." in page.text
    assert stage_of(app, case, people.caseworker) == "declining"


def test_what_is_missing_is_said_beside_it(app):
    """A step with an answer missing is not taken: the page says which, and keeps the rest."""
    case, people, place = at(app)
    page = At(app, people.caseworker).send(f"{place}/propose-decline", **{**DECLINE, "right_forum": ""})

    assert errors(page) == ["Choose who can"]
    assert REASON in page.text
    assert stage_of(app, case, people.caseworker) == "screening"


def test_a_rule_says_no_in_the_form(app):
    """A fact of the case that forbids a step is said in the form, and what was typed is kept."""
    _case, people, place = at(app, "received")
    browser = At(app, people.caseworker)
    page = browser.send(f"{place}/add-note", note="Rang the market.", **{WHEN: ["3", "7", "2020", ""]})

    assert "so this cannot have happened earlier" in errors(page)[0]
    assert "Rang the market." in page.text
    assert 'value="2020"' in page.text


def test_an_answer_at_fault_is_marked(app):
    """An answer that a step’s effect refuses is refused beside its question."""
    _case, people, place = at(app)
    with app.app_context():
        other = make.complaint()
    browser = At(app, people.caseworker)
    said = {"other_case": other.reference, "relation": "same_events"}
    browser.send(f"{place}/link-case", **said)
    page = browser.send(f"{place}/link-case", **said)

    assert errors(page) == ["These cases are linked like that already."]
    assert 'href="#other_case"' in page.text


def test_sent_twice_acts_once(app):
    """The same form sent twice acts once, and says so the second time."""
    case, people, place = at(app)
    browser = At(app, people.caseworker)
    carried = browser.drawn(f"{place}/add-note")
    first = browser.post(f"{place}/add-note", {**carried, "note": "Rang."})
    second = browser.post(f"{place}/add-note", {**carried, "note": "Rang."})

    assert first.location == second.location == place
    assert sum("added a note" in said for said in entries(app, case, people.caseworker)) == 1
    assert "Nothing was done twice" in browser.get(place).text


def test_a_move_sent_twice_acts_once(app):
    """A stage move sent twice moves the case once."""
    case, people, place = at(app)
    browser = At(app, people.caseworker)
    carried = browser.drawn(f"{place}/propose-decline")
    answers = [browser.post(f"{place}/propose-decline", {**carried, **DECLINE}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert stage_of(app, case, people.caseworker) == "declining"


def test_somebody_was_quicker(app):
    """When the case has moved meanwhile, the page shows what changed and keeps what was typed."""
    case, people, place = at(app)
    browser = At(app, people.caseworker)
    carried = browser.drawn(f"{place}/propose-decline")
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "accept", remit_answers=make.PASSED)
    page = browser.post(f"{place}/propose-decline", {**carried, **DECLINE})

    assert page.status_code == 200
    assert "This changed while you were writing" in page.text
    assert f"{people.intake_officer.name} accepted the complaint." in page.text
    assert REASON in page.text
    assert "This case is at Investigating" in errors(page)[0]


def test_a_case_moved_away_and_back(app):
    """A move drawn before the case moved away and back is not taken on trust: it is shown what changed."""
    case, people, place = at(app)
    browser = At(app, people.intake_officer)
    carried = browser.drawn(f"{place}/propose-decline")
    with app.app_context():
        make.act(case.case_id, people.caseworker, "propose_decline", **DECLINE)
        make.act(case.case_id, people.manager, "return_to_screening", reason="Ask them first.")
    stale = browser.post(f"{place}/propose-decline", {**carried, **DECLINE})
    fresh = dict(HIDDEN.findall(stale.text))
    again = browser.post(f"{place}/propose-decline", {**fresh, **DECLINE})

    assert "returned the complaint to screening" in stale.text
    assert errors(stale) == []
    assert again.status_code == 302


def test_a_note_beside_a_move(app):
    """A step that does not move the case is taken though the case moved meanwhile."""
    case, people, place = at(app)
    browser = At(app, people.caseworker)
    carried = browser.drawn(f"{place}/add-note")
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "accept", remit_answers=make.PASSED)

    assert browser.post(f"{place}/add-note", {**carried, "note": "Rang."}).status_code == 302


def test_two_press_at_once(app):
    """Two people press at once: one is done, the other is shown what changed and keeps what they typed."""
    _case, people, place = at(app)
    browsers = [At(app, people.caseworker), At(app, people.intake_officer)]
    carried = [browser.drawn(f"{place}/propose-decline") for browser in browsers]
    ready, answers = Barrier(2), {}

    def press(number):
        ready.wait()
        said = {**carried[number], **DECLINE, "decline_words": f"The reason of {number}."}
        answers[number] = browsers[number].post(f"{place}/propose-decline", said)

    threads = [Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = next(number for number, answer in answers.items() if answer.status_code == 200)

    assert sorted(answer.status_code for answer in answers.values()) == [200, 302]
    assert "This changed while you were writing" in answers[lost].text
    assert f"The reason of {lost}." in answers[lost].text


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
