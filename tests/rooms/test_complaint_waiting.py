"""While a complaint waits, its page says for what: a hold, as far as they were told of it, or an answer to their wish to withdraw."""

from datetime import timedelta

import make
from rooms import staff_pages
from rooms.complaint_pages import complainant, with_code

from regulator import moments
from regulator.deadlines.london import spoken

PAGE = "/complaint/status"
ASKED = {"withdrawal_form": "in_writing"}


def words(page):
    """What a page says, with no space before a stop or a comma."""
    return staff_pages.words(page).replace(" .", ".").replace(" ,", ",")


def hold(case, people, *told, **more):
    """Place a case on hold, for proceedings."""
    data = {"hold_cause": "proceedings", "reason": "A trial is listed.", "told": list(told), **more}
    make.act(case.case_id, people.manager, "hold", **{name: one for name, one in data.items() if one})


def test_a_hold_says_why_since_when_and_until_when(app):
    """Somebody told of a hold reads why, since when and until when at most it lasts, and what goes on meanwhile."""
    with moments.as_at(make.at("2026-11-02T10:00")):
        case, people, _ = with_code(app)
        with app.app_context():
            hold(case, people, "complainant")
        page = complainant(app, case).get(PAGE)

    said = words(page)
    assert "pause our time limits because of court or criminal proceedings." in said
    assert "They stand still since 2 November 2026, and until 1 February 2027 at most." in said
    assert "We still tell you how it stands, next by 30 November 2026." in said
    assert "We have it, and it has to wait for now." in said


def test_a_paused_promise_has_no_date(app):
    """A promise whose time stands still says so in the place of a date; one that nothing pauses keeps its own."""
    with moments.as_at(make.at("2026-11-02T10:00")):
        case, people, _ = with_code(app, "screening")
        with app.app_context():
            hold(case, people, "complainant")
        said = words(complainant(app, case).get(PAGE))

    ahead = said[said.index("What comes next") : said.index("What we promised")]
    assert (
        "Tell you whether we can look into it Paused We. Its time stands still since 2 November 2026."
        in ahead
    )
    assert "We will tell you by" not in said


def test_a_hold_they_were_not_told_of_is_not_told_here(app):
    """Where to know of a hold may do harm, their page says neither that there is one nor why; only that there is no date."""
    case, people, _ = with_code(app, "screening")
    with app.app_context():
        hold(case, people, hold_cause="police_request")
    said = words(complainant(app, case).get(PAGE))

    assert "on hold" not in said.lower()
    assert "investigation could be harmed" not in said
    assert "stands still since" not in said
    assert "Tell you whether we can look into it Paused We. It gets a new date" in said


def test_a_released_complaint_is_on_hold_no_more(app):
    """Once a hold is released its dates are there again."""
    case, people, _ = with_code(app, "screening")
    with app.app_context():
        hold(case, people, "complainant")
        make.act(case.case_id, people.manager, "release", told=["complainant"])
    said = words(complainant(app, case).get(PAGE))

    assert "Your complaint is on hold" not in said
    assert "We will tell you by" in said


def test_a_question_pauses_in_the_open(app):
    """While their answer is awaited, the promises that wait for it say since when."""
    case, people, _ = with_code(app, "screening")
    with app.app_context():
        make.act(case.case_id, people.intake_officer, "ask_complainant", question="Which entrance was it?")
    said = words(complainant(app, case).get(PAGE))

    assert f"Its time stands still since {spoken(moments.today())}." in said
    assert "Your complaint is on hold" not in said


def test_a_wish_to_withdraw_shows(app):
    """Their page says that we have their wish, what happens next and who decides; it is not offered a second time."""
    case, _, _ = with_code(app)
    ada = complainant(app, case)
    before = words(ada.get(PAGE))
    ada.send("/complaint/ask-to-withdraw")
    after = words(ada.get(PAGE))

    assert "Ask to withdraw the complaint" in before
    assert f"We have your request of {spoken(moments.today())}." in after
    assert "A caseworker or a manager decides whether we close your complaint" in after
    assert "Ask to withdraw the complaint" not in after


def test_a_wish_that_is_answered_shows_no_more(app):
    """When it was decided to go on, the page waits for nothing, and they may ask again."""
    case, people, _ = with_code(app)
    reasons = {"public_interest": "Others were stopped too.", "reason_told": "Others were stopped too."}
    with app.app_context():
        make.act(case.case_id, make.complainant(case.case_id), "ask_to_withdraw", **ASKED)
        make.act(case.case_id, people.manager, "keep_open", **reasons)
    said = words(complainant(app, case).get(PAGE))

    assert "We have your request of" not in said
    assert "Ask to withdraw the complaint" in said


def test_a_wish_after_the_decision(app):
    """Somebody who asks once there is a decision reads that it is told instead, and what closes the complaint."""
    with moments.as_at(moments.now() - timedelta(days=1)):
        case, _, _ = with_code(app, "told")
    with app.app_context():
        make.act(case.case_id, make.complainant(case.case_id), "ask_to_withdraw", **ASKED)
    said = words(complainant(app, case).get(PAGE))

    assert "You have our decision already. Your complaint closes by itself" in said
    assert "decides whether we close" not in said
