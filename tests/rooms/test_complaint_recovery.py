"""A lost code is replaced by the way its holder chose, and by no other; the old one opens nothing any more."""

import re
from datetime import timedelta

import make
import pytest
import sqlalchemy as sa
from rooms.complaint_pages import CODES, Anybody, complain, walk, with_code
from rooms.complaint_pages import answers as typed
from rooms.staff_pages import At, errors, words

from regulator import moments
from regulator.complaints.tasks import answer_lost_codes
from regulator.db import db

BY_EMAIL = {"way_back": "email", "way_back_email": "ada@home.test"}
BY_QUESTION = {
    "way_back": "question",
    "way_back_question": "Where did we first meet?",
    "way_back_answer": "At the Old Mill",
}


def links(owner):
    """The paths that were sent by mail, in order."""
    sent = owner.execute("select words from house_mail order by id").fetchall()
    return ["/" + re.search(r"https?://[^/]+/(\S+)", message)[1] for (message,) in sent]


def opens(app, reference, code):
    """Whether reference and code open a complaint."""
    return Anybody(app).send("/complaint", reference=reference, code=code).status_code == 302


def asked(app, reference):
    """Ask for a new code, and let the worker look."""
    page = Anybody(app).send("/complaint/lost-code", reference=reference)
    with app.app_context():
        sent = answer_lost_codes()
    return page, sent


def steps_of(owner):
    """What the ledger says was done, in order."""
    return [step for (step,) in owner.execute("select step from entry where case_id is not null order by id")]


def officer(app, role="intake_officer"):
    """A browser of a member of staff."""
    with app.app_context():
        return At(app, make.person(role))


def test_by_email(app, owner):
    """Whoever confirmed their address is sent a link, gets a new code by it once, and the old one opens nothing."""
    reference, old = complain(Anybody(app), app, **BY_EMAIL)
    Anybody(app).send(links(owner)[0])
    _, sent = asked(app, reference)
    browser, link = Anybody(app), links(owner)[1]
    before = opens(app, reference, old)
    shown = browser.send(link)
    again, new = CODES.findall(browser.get(shown.location).text)

    mine = Anybody(app)
    mine.send("/complaint", reference=reference, code=new)

    assert "You got a new code" in words(mine.get("/complaint/status"))
    assert (sent, before) == (1, True)
    assert again == reference
    assert new != old
    assert (opens(app, reference, old), opens(app, reference, new)) == (False, True)
    assert Anybody(app).get(link).status_code == 404
    assert steps_of(owner)[-3:] == ["confirm_way_back", "send_code_link", "take_new_code"]
    assert "Your code was replaced" in str(owner.execute("select subject from house_mail").fetchall())


def test_no_link_before_the_address_is_confirmed(app, owner):
    """An address that nobody confirmed is sent no code: it may have been mistyped."""
    reference, _ = complain(Anybody(app), app, **BY_EMAIL)
    _, sent = asked(app, reference)

    assert sent == 0
    assert len(links(owner)) == 1


def test_a_link_does_not_last(app, owner):
    """A link to a new code opens nothing after a day, and an older one nothing once another was sent."""
    reference, _ = complain(Anybody(app), app, **BY_EMAIL)
    Anybody(app).send(links(owner)[0])
    asked(app, reference)
    asked(app, reference)
    first, second = links(owner)[1:]
    with moments.as_at(moments.now() + timedelta(hours=25)):
        late = Anybody(app).get(second).status_code

    assert (Anybody(app).get(first).status_code, Anybody(app).get(second).status_code, late) == (
        404,
        200,
        404,
    )


def test_asking_tells_nothing(app, owner):
    """The page says the same for a reference that there is and one that there is not, and asks the database the same."""
    reference, _ = complain(Anybody(app), app, **BY_EMAIL)
    pages, questions = [], []
    for one in (reference, "C-0000-0000"):
        browser = Anybody(app)
        form = {**browser.drawn("/complaint/lost-code"), "reference": one}
        with Listening(app) as heard:
            pages.append(words(browser.post("/complaint/lost-code", form)))
        questions.append(heard)

    assert pages[0] == pages[1]
    assert questions[0] == questions[1]


def test_a_wrong_reference_takes_the_same_work(app):
    """A wrong reference and a wrong code lead to the same questions to the database, one for one."""
    reference, code = complain(Anybody(app), app)
    heard_of = []
    for one, two in (("C-0000-0000", code), (reference, "0000-0000-0000-0000-0000")):
        browser = Anybody(app)
        form = {**browser.drawn("/complaint"), "reference": one, "code": two}
        with Listening(app) as heard:
            browser.post("/complaint", form)
        heard_of.append(heard)

    assert heard_of[0]
    assert heard_of[0] == heard_of[1]


class Listening:
    """Hears every question to the database while it lasts."""

    def __init__(self, app):
        self.app, self.heard = app, []

    def __enter__(self):
        with self.app.app_context():
            self.engine = db.engine
        sa.event.listen(self.engine, "before_cursor_execute", self.note)
        return self.heard

    def __exit__(self, *_):
        sa.event.remove(self.engine, "before_cursor_execute", self.note)

    def note(self, _connection, _cursor, statement, *_):
        """Keep the words of one question."""
        self.heard.append(statement)


def test_asking_is_throttled(app):
    """A reference can be asked for three times an hour."""
    tries = [Anybody(app).send("/complaint/lost-code", reference="C-0000-0000").status_code for _ in range(4)]

    assert tries == [200, 200, 200, 429]


def test_by_question(app, owner):
    """On the telephone an officer types what the person says, and hands the new code over when it is right."""
    reference, old = complain(Anybody(app), app, **BY_QUESTION)
    by = officer(app)
    place = f"/cases/{reference}/check-answer"
    wrong = by.send(place, answer_given="At the station")
    right = by.send(place, answer_given="at the old  mill")
    _, new = CODES.findall(by.get(right.location).text)

    assert "Where did we first meet?" in words(wrong)
    assert errors(wrong) == ["That is not the answer. Ask them to think again, or use another way"]
    assert (opens(app, reference, old), opens(app, reference, new)) == (False, True)
    assert steps_of(owner)[-1] == "check_answer"


def test_answers_cannot_be_tried(app):
    """After five wrong answers even the right one is refused for an hour."""
    reference, _ = complain(Anybody(app), app, **BY_QUESTION)
    by, place = officer(app), f"/cases/{reference}/check-answer"
    form = by.drawn(place)
    for at in range(5):
        by.post(place, {**form, "answer_given": f"Guess {at}"})

    assert by.post(place, {**form, "answer_given": "At the Old Mill"}).status_code == 429


def test_the_answer_is_kept_nowhere(app, owner):
    """Neither the answer they chose nor one that was tried stands anywhere in the record."""
    reference, _ = complain(Anybody(app), app, **BY_QUESTION)
    officer(app).send(f"/cases/{reference}/check-answer", answer_given="At the Old Mill")
    kept = [
        table
        for table in ("entry", "entry_words", "way_back", "access_code", "letter", "answered")
        if owner.execute(f"select count(*) from {table} t where t::text ilike '%old mill%'").fetchone()[0]
    ]

    assert kept == []


def test_by_two_people(app, owner):
    """Where nothing else was chosen, one proposes a new code and another gives it; the first cannot give it alone."""
    case, people, old = with_code(app)
    place = f"/cases/{case.reference}"
    proposal = {"how_known": "She named the day and the officer.", "hand_over": "By post, to her sister"}
    early = At(app, people.manager).get(f"{place}/approve-new-code").status_code
    At(app, people.caseworker).send(f"{place}/propose-new-code", **proposal)
    alone = At(app, people.caseworker).get(f"{place}/approve-new-code").status_code
    by = At(app, people.manager)
    page = by.get(f"{place}/approve-new-code")
    given = by.send(f"{place}/approve-new-code", agreed="yes")
    _, new = CODES.findall(by.get(given.location).text)

    assert (early, alone) == (409, 403)
    assert "By post, to her sister" in words(page)
    assert (opens(app, case.reference, old), opens(app, case.reference, new)) == (False, True)


def test_refused(app):
    """A new code that was proposed can be refused, and then nobody can give it."""
    case, people, old = with_code(app)
    place = f"/cases/{case.reference}"
    At(app, people.caseworker).send(
        f"{place}/propose-new-code", how_known="He said so.", hand_over="By email"
    )
    At(app, people.manager).send(f"{place}/refuse-new-code", reason="Anybody could say so.")

    assert At(app, people.manager).get(f"{place}/approve-new-code").status_code == 409
    assert opens(app, case.reference, old)


@pytest.mark.parametrize("step", ["check-answer", "approve-new-code"])
def test_no_way_that_was_not_chosen(app, step):
    """A way that was not chosen, or not begun, is not offered to anybody."""
    case, people, _ = with_code(app)

    assert (
        At(app, people.manager if step.startswith("approve") else people.caseworker)
        .get(f"/cases/{case.reference}/{step}")
        .status_code
        == 409
    )


def test_access_ends_and_can_be_put_off(app, owner):
    """A code opens nothing after its day, which is told, unless its holder put that day off; the record stays."""
    browser = Anybody(app)
    reference, code = complain(browser, app)
    told = words(browser.get("/complain/sent"))
    last = owner.execute("select expires_on from access_code").fetchone()[0]
    after = moments.now() + timedelta(days=731)
    with moments.as_at(after):
        over = opens(app, reference, code)
    with moments.as_at(after - timedelta(days=2)):
        mine = Anybody(app)
        mine.send("/complaint", reference=reference, code=code)
        mine.send("/complaint/renew-access")
    with moments.as_at(after):
        put_off = opens(app, reference, code)

    assert f"{last.day} {last:%B %Y}" in told
    assert (over, put_off) == (False, True)
    assert owner.execute("select count(*) from case_file").fetchone() == (1,)


def test_the_way_back_is_asked_for(app):
    """Nobody sends a complaint without having chosen how they get a new code."""
    browser = Anybody(app)
    every = {name: said for name, said in typed(app).items() if name != "way_back"}

    assert "Choose how you get a new code" in errors(walk(browser, every))
