"""The page of a step: drawn, taken, refused with what was typed kept, never taken twice."""

from threading import Barrier, Thread

import make
from rooms.staff_pages import HIDDEN, At, errors, words

from regulator.casework import queries
from regulator.casework.forms import WHEN
from tests.rooms.step_pages import DECLINE, at

REASON = DECLINE["decline_words"]


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
