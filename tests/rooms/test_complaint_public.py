"""Anybody can complain, keeps a reference and a code, and comes back with both and only with both."""

import io
import re
from datetime import timedelta

import pytest
from rooms.complaint_pages import Anybody, answers, complain, walk, with_code
from rooms.staff_pages import HIDDEN, errors, words

from regulator import moments
from tests.linting import faults, read

MISMATCH = "We found no complaint with that reference and code"


def count(owner, table):
    """How many rows a table has."""
    return owner.execute(f"select count(*) from {table}").fetchone()[0]


@pytest.mark.parametrize(
    "path", ["/complain", "/complain/form/organisation", "/complain/come-back", "/complaint"]
)
def test_pages_are_sound(app, path):
    """Each public page is sound and says nothing of staff."""
    page = Anybody(app).get(path)

    assert faults(read(page.text)) == []
    assert "Sign out" not in page.text


def test_what_we_can_look_at_comes_first(app):
    """Before anything is asked, the page says what we can look at, what not, and whom we oversee."""
    said = words(Anybody(app).get("/complain"))

    assert said.index("We can look at") < said.index("We cannot") < said.index("Start")
    assert "Metropolitan Police Service" in said


def test_reference_and_code_are_shown(app):
    """A complaint that is sent gives a reference and a code of twenty characters in groups of four."""
    reference, code = complain(Anybody(app), app)

    assert re.fullmatch(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}", reference)
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", code)


def test_sent_twice_opens_one_case(app, owner):
    """The same complaint sent twice opens one case, and the second time leads to the same reference and code."""
    browser = Anybody(app)
    walk(browser, answers(app))
    form = browser.drawn("/complain/check")
    first, second = browser.post("/complain/check", form), browser.post("/complain/check", form)

    assert first.location == second.location == "/complain/sent"
    assert count(owner, "case_file") == count(owner, "access_code") == 1


def test_the_code_is_kept_nowhere(app, owner):
    """Nothing in the database contains the code, with hyphens or without."""
    _, code = complain(Anybody(app), app)
    tables = owner.execute(
        "select tablename from pg_tables where schemaname in ('public', 'jobs')"
    ).fetchall()
    schema = {"procrastinate": "jobs"}
    kept = [
        table
        for (table,) in tables
        for text in (code, code.replace("-", ""))
        if owner.execute(
            f"select count(*) from {schema.get(table.split('_')[0], 'public')}.{table} t where t::text like %s",
            (f"%{text}%",),
        ).fetchone()[0]
    ]

    assert kept == []


def test_kept_both(app):
    """Who types the end of the code back comes to their page, and the code is shown no more."""
    browser = Anybody(app)
    reference, code = complain(browser, app)
    answer = browser.send("/complain/sent", to="/complain/kept", last_four=code[-4:].lower())
    page = browser.get(answer.location)

    assert answer.location == "/complaint/status"
    assert reference in page.text
    assert code not in page.text
    assert browser.get("/complain/sent").status_code == 302


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Type the end of your code, or tick the box"),
        ({"last_four": "0000"}, "That is not the end of your code. Look at what you wrote down"),
    ],
)
def test_keeping_is_shown(app, said, sentence):
    """Nobody goes on from the page of the code who has not shown that they kept it; both are still there to copy."""
    browser = Anybody(app)
    kept = complain(browser, app)
    page = browser.send("/complain/sent", to="/complain/kept", **said)

    assert errors(page) == [sentence]
    assert all(one in page.text for one in kept)


def test_not_keeping_is_a_choice(app):
    """Somebody who cannot keep a code safely may say so, and goes on knowing what it means."""
    browser = Anybody(app)
    complain(browser, app)
    answer = browser.send("/complain/sent", to="/complain/kept", is_not_kept="yes")

    assert answer.location == "/complaint/status"


def test_nobody_else_is_shown_the_code(app):
    """Another browser that opens the page of a code is sent away."""
    complain(Anybody(app), app)

    assert Anybody(app).get("/complain/sent").location == "/complaint"


def test_a_code_does_not_stand_on_a_screen(app):
    """After half an hour a browser left alone shows the code no more."""
    browser = Anybody(app)
    complain(browser, app)
    with moments.as_at(moments.now() + timedelta(minutes=29)):
        soon = browser.get("/complain/sent").status_code
    with moments.as_at(moments.now() + timedelta(minutes=31)):
        later = browser.get("/complain/sent").status_code

    assert (soon, later) == (200, 302)


def test_comes_back(app):
    """Reference and code open the complaint, however they are written."""
    browser = Anybody(app)
    reference, code = complain(browser, app)
    answer = Anybody(app).send("/complaint", reference=reference.lower(), code=code.lower().replace("-", " "))

    assert answer.status_code == 302
    assert answer.location == "/complaint/status"


def test_one_sentence_for_whatever_does_not_fit(app):
    """A wrong code, a wrong reference and another complaint’s code are told apart by nothing."""
    reference, code = complain(Anybody(app), app)
    _, other = complain(Anybody(app), app, email="ben@example.test")
    browser = Anybody(app)
    tried = [(reference, other), ("C-0000-0000", code), (reference, "0000-0000-0000-0000-0000")]
    found = [errors(browser.send("/complaint", reference=one, code=two)) for one, two in tried]

    assert all(lines == found[0] and lines[0].startswith(MISMATCH) for lines in found)


def test_throttled(app):
    """After ten wrong codes the right one does not open a complaint either, and the page says when to try again."""
    reference, code = complain(Anybody(app), app)
    browser = Anybody(app)
    form = browser.drawn("/complaint")
    for _ in range(10):
        browser.post("/complaint", {**form, "reference": reference, "code": "0000"})
    page = browser.post("/complaint", {**form, "reference": reference, "code": code})

    assert page.status_code == 429
    assert "Wait until" in page.text


def test_leaves(app):
    """Who leaves must give reference and code again; the button is on the page, and no name."""
    case, _, code = with_code(app)
    browser = Anybody(app)
    browser.send("/complaint", reference=case.reference, code=code)
    page = browser.get("/complaint/status")
    browser.send("/complaint/status", to="/complaint/leave")

    assert "Leave" in page.text
    assert "Sign out" not in page.text
    assert "Ada Example" not in page.text.split("</header>")[0]
    assert browser.get("/complaint/status").location.startswith("/complaint?next=")


def test_the_first_page_says_whose_it_may_be(app):
    """Before anybody complains to the wrong place, the first page says to whom else they can turn."""
    said = words(Anybody(app).get("/"))

    assert "complain to the force itself" in said
    assert "the Information Commissioner can look at it" in said
    assert "call 999" in said


def test_a_page_keeps_what_was_typed(app, owner):
    """A page with an answer missing says what is missing, keeps all that was typed and goes no further."""
    page = walk(Anybody(app), answers(app, when_known="exact", happened_on=["31", "2", ""]))

    assert errors(page) == ["The date must include a year"]
    assert 'value="31"' in page.text
    assert count(owner, "case_file") == 0


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"technology": ""}, "Choose the technology, or that you are not sure"),
        ({"email": ""}, "Enter your email address, or choose another way for us to reach you"),
        ({"contact_by": "post"}, "Enter your postal address, or choose another way for us to reach you"),
        ({"when_known": "exact"}, "Enter the date it happened, or say that you know it roughly"),
        ({"complaining_for": "somebody_else"}, "Enter your own name, as the person acting for them"),
    ],
)
def test_answers_that_call_for_another(app, answer, sentence):
    """An answer that calls for another is not taken without it."""
    page = walk(Anybody(app), answers(app, **answer))

    assert sentence in errors(page)


def test_what_was_not_asked_is_no_hindrance(app, owner):
    """What stands under an answer that was not chosen is neither checked nor kept."""
    half_a_date = {"happened_on": ["31", "2", ""], "representative_name": "Nobody"}
    complain(Anybody(app), app, when_known="unknown", **half_a_date)

    assert owner.execute("select happened_when, happened_on from complaint").fetchone() == (None, None)
    assert owner.execute("select count(*) from participant").fetchone()[0] == 1


def test_somebody_acts(app, owner):
    """Who acts for somebody is written down beside them, with what lets them act, and holds the code."""
    acting = {
        "complaining_for": "somebody_else",
        "representative_name": "Rae Solicitor",
        "authority": "solicitor",
    }
    complain(Anybody(app), app, **acting)
    holder = owner.execute(
        "select p.capacity, p.authority, e.by_role from access_code a join participant p on p.id = a.participant_id"
        " join entry e on e.case_id = p.case_id"
    ).fetchone()

    assert holder == ("representative", "solicitor", "representative")


def test_whose_name_goes_where(app, owner):
    """Somebody who complains for another is asked for that person’s name and for their own, each plainly, and each is kept as such."""
    acting = {
        "complaining_for": "somebody_else",
        "name": "Typed before the choice was changed",
        "their_name": "Ada Example",
        "representative_name": "Rae Solicitor",
        "authority": "solicitor",
    }
    browser = Anybody(app)
    complain(browser, app, **acting)
    kept = owner.execute("select capacity, name from participant order by id").fetchall()

    assert kept == [("complainant", "Ada Example"), ("representative", "Rae Solicitor")]


def test_files_come_with_it(app, owner):
    """A document sent with a complaint is the complainant’s and the regulator’s, never the body’s."""
    letter = (io.BytesIO(b"Dear Sir or Madam"), "letter.txt")
    complain(Anybody(app), app, files=letter)

    row = owner.execute("select name, for_staff, for_complainant, for_body from document").fetchone()
    assert row == ("letter.txt", True, True, False)


def test_going_back_sends_nothing_twice(app):
    """Whoever goes back before they kept their code comes to the code again, and a new complaint comes after."""
    browser = Anybody(app)
    _, code = complain(browser, app)
    back = [browser.get(path).location for path in ("/complain/form/organisation", "/complain/check")]
    browser.send("/complain/sent", to="/complain/kept", last_four=code[-4:])

    assert back == ["/complain/sent"] * 2
    assert browser.get("/complain/form/organisation").status_code == 200


def test_a_page_open_too_long_keeps_its_answers(app, owner):
    """A page sent after its session ended is shown again as typed, and sent again it belongs to the same complaint."""
    browser = Anybody(app)
    walk(
        browser,
        {"body": answers(app)["body"], "subject": "technology", "nation": "wales", "technology": "lfr"},
    )
    path = "/complain/form/what-happened"
    form = {**browser.drawn(path), "what_happened": "They stopped me."}
    browser.client.delete_cookie("session")
    again = browser.post(path, form)
    renewed = dict(HIDDEN.findall(again.text))

    assert again.status_code == 200
    assert "This page was open for too long to be sent safely." in again.text
    assert "They stopped me." in again.text
    assert (
        browser.post(path, {**renewed, "what_happened": "They stopped me."}).location == "/complain/form/when"
    )
    assert count(owner, "draft") == 1
    assert "Wales" in words(browser.get("/complain/check"))
