"""“See it as the complainant would” before a step is taken: the page as it would be, and nothing of it stays."""

import io
import re

import make
import sqlalchemy as sa
from rooms.staff_pages import At, words

from regulator.casework.queries import get
from regulator.evidence import commands, queries


def asked(app, *statements):
    """What the database’s owner reads with each of these."""
    engine = sa.create_engine(app.extensions["regulator"].owner_database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return [connection.execute(sa.text(one)).all() for one in statements]


def counted(app):
    """How many rows every table has, jobs too, where each case stands, and the head of each chain; looks apart."""
    [tables] = asked(
        app,
        "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'jobs')"
        " and tablename not in ('reading', 'web_session') order by 1",
    )
    rows = [f"select '{name}', count(*) from {name}" for (name,) in tables]
    cases = "select id, stage, stage_moves, due_on from case_file order by id"
    return asked(app, *rows, cases, "select stream, seq, hash from chain order by stream")


def everything(page):
    """All that a page says, what stands over it too."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def looked(app, case, by, step, look, **answers):
    """The page that a button of a step’s page opens."""
    browser = At(app, by)
    path = f"/cases/{case.reference}/{step}"
    form = browser.drawn(path)
    return browser.post(path, {**form, **answers, "look": look})


def test_it_shows_the_page_as_it_would_be(app):
    """Whoever accepts a complaint may look first: the page of the complainant says that we are looking into it."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = looked(app, case, people.intake_officer, "acknowledge", "complainant")
    said = everything(page)

    assert page.status_code == 200
    assert "This is what the complainant would see after “Acknowledge the complaint”" in said
    assert "Your complaint" in said
    assert "Nothing was done and nobody was told." in said


def test_nothing_of_it_stays(app):
    """A look leaves no entry, words, letter, job, document, version, clock or key, and the case where it stood."""
    with app.app_context():
        case, people = make.complaint_at("received")
    before = counted(app)
    looked(app, case, people.intake_officer, "acknowledge", "complainant")

    assert counted(app) == before


def test_the_look_is_logged_as_theirs(app):
    """The reading log says that the member of staff looked, as which side and before which step."""
    with app.app_context():
        case, people = make.complaint_at("received")
    looked(app, case, people.intake_officer, "acknowledge", "complainant")

    [rows] = asked(app, "select what, side from reading order by id")
    assert rows[-1] == ("look:complainant:acknowledge", "staff")


def test_the_same_form_can_be_sent_after_a_look(app):
    """Whoever looked sends the same form, and the step is taken once."""
    with app.app_context():
        case, people = make.complaint_at("received")
    browser, path = At(app, people.intake_officer), f"/cases/{case.reference}/acknowledge"
    form = browser.drawn(path)
    browser.post(path, {**form, "look": "complainant"})
    sent = browser.post(path, form)

    assert sent.status_code == 302
    [entries] = asked(
        app, f"select count(*) from entry where case_id = {case.case_id} and step = 'acknowledge'"
    )
    assert entries == [(1,)]


def test_no_file_stays(app):
    """A file chosen before a look is not kept: the store is as it was."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    folder = app.extensions["regulator"].files_dir
    before = sorted(folder.rglob("*"))
    page = looked(
        app,
        case,
        people.caseworker,
        "update-complainant",
        "complainant",
        update="We have asked the force.",
        files=[(io.BytesIO(b"A plain note."), "note.txt")],
    )

    assert page.status_code == 200
    assert sorted(folder.rglob("*")) == before


def test_a_body_is_shown_its_own_page(app):
    """Before a complaint is accepted staff may look as the body, which is then shown it first; not as it sees it now."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    before = counted(app)
    browser, path = At(app, people.caseworker), f"/cases/{case.reference}/message-body"
    drawn = browser.get(path)
    button = re.search(r'value="(body-\d+)"', drawn.text)[1]
    page = looked(app, case, people.caseworker, "message-body", button, message_to_body="Who was on duty?")

    assert "See it as Metropolitan Police" in words(drawn)
    assert "This is what Metropolitan Police" in everything(page)
    assert "Who was on duty?" in everything(page)
    assert "I was stopped at the market" not in everything(page)
    assert counted(app) == before


def test_what_a_body_keeps_to_itself_is_not_looked_at(app):
    """Staff who look as a body read no answer it has not signed, no note, no comment in draft and no line of its own."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        (item,) = make_asked(case, people)
        row = {"item": item, "answer": "The kestrel flew."}
        make.act(case.case_id, people.contact, "answer_account_item", item_answer=[row])
        commands.add_note(get(case.reference, by=people.contact), "Mind the heron.", by=people.contact)
    browser, path = At(app, people.caseworker), f"/cases/{case.reference}/message-body"
    button = re.search(r'value="(body-\d+)"', browser.get(path).text)[1]
    page = everything(looked(app, case, people.caseworker, "message-body", button, message_to_body="Who?"))

    assert "This is what Metropolitan Police" in page
    assert "Which log?" in page
    for kept in ("kestrel", "heron", "added a note", "worked on an answer", "Notes among yourselves"):
        assert kept not in page


def make_asked(case, people):
    """The body is asked one thing; the number of the item."""
    make.act(case.case_id, people.caseworker, "request_account", items=[{"question": "Which log?"}])
    return [one.id for one in queries.items_of(case.case_id, by=people.contact)]


def test_it_is_not_offered_where_nothing_changes(app):
    """A note that stays inside is not looked at as anybody outside."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    drawn = At(app, people.caseworker).get(f"/cases/{case.reference}/note")

    assert "See it as" not in words(drawn)


def test_people_outside_are_offered_no_look(app):
    """Nobody outside is offered to look as anybody else, and one who asks takes no look."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    contact = At(app, people.contact)
    path = f"/body/cases/{case.reference}/message-regulator"
    drawn = contact.get(path)

    assert "See it as" not in words(drawn)


def test_what_cannot_be_done_is_not_shown(app):
    """Where an answer is missing, the look says which, and nothing is done."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
    before = counted(app)
    page = looked(app, case, people.caseworker, "ask-complainant", "complainant", question="")
    said = words(page)

    assert "This cannot be shown yet" in said
    assert counted(app) == before


def test_nothing_on_it_can_be_pressed(app):
    """What is shown leads nowhere: no link to another page, and no button that works."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = looked(app, case, people.intake_officer, "acknowledge", "complainant").text

    assert '<a class="govuk-button" href=' not in page
    assert 'href="/complaint' not in page
    assert "<button class" not in page
