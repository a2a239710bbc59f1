"""What the case page says of time that stands still, of what is not yet to be done, and of several bodies."""

from datetime import timedelta

import make
import make_audit
import make_enforcement
import pytest
from rooms.engine_ground import planned, serve
from rooms.staff_pages import At, words

from regulator import moments
from regulator import words as spoken

HOLD = {"hold_cause": "proceedings", "reason": "A trial."}


def next_of(page):
    """What the page says first."""
    said = words(page)
    return said[said.index("Its path so far") : said.index("What you can do now")]


def test_a_hold_is_seen_at_once(app):
    """A case on hold says so beside its stage, with until when at most; once released it does not."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.manager, "hold", **HOLD)
    held = words(At(app, people.caseworker).get(f"/cases/{case.reference}"))
    with app.app_context():
        make.act(case.case_id, people.manager, "release", reason="It is over.")
    after = words(At(app, people.caseworker).get(f"/cases/{case.reference}"))

    assert "Investigating On hold, until" in held[: held.index("Its path so far")]
    assert "On hold, until" not in after


def test_what_stands_still_says_until_when(app):
    """What is due on a clock that stands still is said to be paused, and until when at most, not how many days are left."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.manager, "hold", **HOLD)
    said = next_of(At(app, people.caseworker).get(f"/cases/{case.reference}"))
    due = said[said.index("Also due") :]

    assert "paused, at most until" in due
    assert "due in" not in due


def test_closing_is_not_next_while_there_is_time(app):
    """While somebody may still ask for a review, the page does not name closing as what is next; once the time is over it does."""
    with app.app_context():
        case, people = make.complaint_at("told")
    page = At(app, people.caseworker).get(f"/cases/{case.reference}")
    with moments.as_at(moments.now() + timedelta(days=29)):
        later = At(app, people.caseworker).get(f"/cases/{case.reference}")

    assert "Close the complaint" not in next_of(page)
    assert "The complainant: Ask for a review" in next_of(page)
    assert "Close the complaint" in next_of(later)


def test_whose_turn_in_a_sentence(app):
    """What is for others to do names them as people speak."""
    with app.app_context():
        case, people = make.complaint_at("screening")

    assert "For an intake officer, a caseworker or a manager to do" in next_of(
        At(app, people.lawyer).get(f"/cases/{case.reference}")
    )


def test_from_a_conflict_back_to_the_case(app):
    """A page that came too late leads back to the case, for there may be nothing left to do on it."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    browser, place = At(app, people.caseworker), f"/cases/{case.reference}/propose-decline"
    carried = browser.drawn(place)
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "accept", remit_answers=make.PASSED)
    page = browser.post(place, {**carried, **make.DECLINE})

    assert "This changed while you were writing" in words(page)
    assert f'<a href="/cases/{case.reference}">go back to the case</a>' in page.text


@pytest.mark.parametrize(("slugs", "label"), [(("kent",), "Body"), (("kent", "essex"), "Bodies")])
def test_the_bodies_of_a_case(app, monkeypatch, slugs, label):
    """The facts of a case name each body that it is about."""
    with app.app_context():
        serve(monkeypatch, "audit")
        by = make.person("manager")
        case = planned("audit", *slugs, by=by)
    said = words(At(app, by).get(f"/cases/{case.reference}"))
    facts = said[said.index("The case Kind Audit") :]

    assert all(f"{name.capitalize()} Police" in facts for name in slugs)
    assert f" {label} " in facts
    assert f"Opened {spoken.day(moments.today())}" in facts


def test_who_oversees_whom(app, monkeypatch):
    """Where a case is about several bodies, who oversees is named with the body they oversee."""
    with app.app_context():
        serve(monkeypatch, "inspection")
        by = make.person("manager")
        case = planned("inspection", "kent", "essex", by=by)
        make.act(case.case_id, by, "announce", visit_on=moments.today() + timedelta(days=30))
    said = words(At(app, by).get(f"/cases/{case.reference}"))

    assert "Police and Crime Commissioner for Kent (for Kent Police)" in said


def test_another_end_is_not_next_while_others_owe(app):
    """While a case waits for others, the page does not name another end of it as what is next."""
    with app.app_context():
        walk = make_audit.audit_at("following_up", "kent")
    page = At(app, walk.who("manager")).get(f"/cases/{walk.case.reference}")
    said = next_of(page)

    assert "Next Kent Police: Carry out a recommendation" in said
    assert said.index("Also due") < said.index("Close the audit")
    assert f'/cases/{walk.case.reference}/abandon"' in page.text


def test_a_case_without_a_date_says_whose_turn_it_is(app):
    """On a list, a case on which nothing has a date and nobody outside is waited for says whose turn it is."""
    with app.app_context():
        make_enforcement.notice_at("proposed")
        by = make.person("manager")

    assert "For a lawyer to move on" in words(At(app, by).get("/cases?whose=everything"))


def test_an_appeal_is_a_right(app):
    """The day until which a body may appeal is told as time it has, not as something it owes."""
    with app.app_context():
        case, people = make_enforcement.notice_at("in_force")
    said = words(At(app, people.lawyer).get(f"/cases/{case.reference}"))

    assert "Metropolitan Police Service has until then." in said
    assert "owes it to the tribunal" not in said
