"""Who complains says how they may be reached and who may know; what they wish is kept, and the body learns no more than it may."""

import re

import make
import pytest
from psycopg import sql
from rooms.complaint_pages import Anybody, complain, walk
from rooms.complaint_pages import answers as typed
from rooms.staff_pages import At, words

from regulator.casework import queries

CANARIES = {
    "name": "Canary Nightjar",
    "email": "canary.nightjar@home.test",
    "safe_contact": "Canary is safe on Tuesdays",
    "needs": "Canary needs large print",
    "happened_where": "Canary Lane",
    "others_told": "Canary told a doctor",
    "outcome_sought": "Canary wants it gone",
    "what_happened": "Canary was stopped.",
}
CANARY = "canary"


def test_wishes_are_kept(app, owner):
    """What must never be done when they are written to is kept with the person, for every letter to heed."""
    complain(
        Anybody(app), app, contact_by="page", contact_never=["no_email", "no_post", "discreet"], language="cy"
    )
    kept = owner.execute("select no_email, no_post, is_discreet, language from participant").fetchone()

    assert kept == (True, True, True, "cy")


def test_anonymous(app, owner):
    """Whoever gives no name is known by none, anywhere in the record."""
    complain(Anybody(app), app, name="", contact_by="page", email="")

    assert owner.execute("select name, email, phone, address from participant").fetchone() == (None,) * 4


def test_every_answer_is_kept(app, owner):
    """Every answer of the form is in the complaint that comes of it."""
    more = {
        "happened_where": "Croydon",
        "outcome_sought": "An apology",
        "force_first": "yes",
        "force_first_on": ["1", "7", "2026"],
        "force_reference": "F/77",
        "force_outcome_on": ["1", "8", "2026"],
        "others_told": "My Member of Parliament",
    }
    complain(Anybody(app), app, **more)
    kept = owner.execute(
        "select nation, happened_where, outcome_sought, force_first_on::text, force_reference,"
        " force_outcome_on::text, others_told from complaint"
    ).fetchone()

    assert kept == (
        "england",
        "Croydon",
        "An apology",
        "2026-07-01",
        "F/77",
        "2026-08-01",
        "My Member of Parliament",
    )


def investigated(app, **more):
    """A complaint made on the form and looked into; its reference, and the body’s people."""
    reference, _ = complain(Anybody(app), app, **more)
    with app.app_context():
        people = make.cast()
        case = queries.get(reference, by=people.caseworker).id
        make.act(case, people.intake_officer, "acknowledge")
        make.act(case, people.intake_officer, "accept", remit_answers=make.PASSED)
        make.act(case, people.caseworker, "request_account", items=[{"question": "Who was it?"}])
    return reference, people


@pytest.mark.parametrize("role", ["contact", "contributor", "approving_officer"])
def test_the_body_learns_nothing_it_may_not(app, role):
    """No page that anybody of the body can open tells who complains, or what they wrote, where they did not agree."""
    reference, people = investigated(app, **CANARIES, shares_identity="no")
    by = At(app, getattr(people, role))
    pages = [by.get(path) for path in reachable(by, "/body", set())]
    told = [page.request.path for page in pages if CANARY in page.text.lower()]

    assert any(reference in page.text for page in pages) or role == "contributor"
    assert told == []


def reachable(by, path, seen):
    """Every page that is led to from one, and from those."""
    if path in seen or len(seen) > 80:
        return seen
    page = by.get(path)
    seen.add(path)
    if page.status_code == 200 and page.mimetype == "text/html":
        for link in re.findall(r'href="(/[^"#]*)"', page.text):
            if not link.startswith(("/static", "/language")):
                reachable(by, link.replace("&amp;", "&"), seen)
    return seen


def test_no_row_the_body_may_read(app, owner):
    """With every filter taken away, no row or column that the body’s role may read holds who complains; nor its letters, file names and entries."""
    _, people = investigated(app, **CANARIES, shares_identity="no")
    body = str(people.contact.body_id)
    tables = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    found = []
    for (table,) in tables:
        columns = owner.execute(
            "select column_name from information_schema.columns where table_schema = 'public' and table_name = %s"
            " and has_column_privilege('regulator_body', %s, column_name, 'select')",
            (table, table),
        ).fetchall()
        if columns:
            found += seen_by_body(owner, body, table, [name for (name,) in columns])

    assert found == []


def seen_by_body(owner, body, table, columns):
    """The columns of a table in which the body’s role finds the canary."""
    found = []
    with owner.transaction(force_rollback=True):
        owner.execute("select set_config('app.body', %s, true), set_config('app.person', '', true)", (body,))
        owner.execute("set local role regulator_body")
        for column in columns:
            query = sql.SQL("select count(*) from {} where {}::text ilike '%canary%'").format(
                sql.Identifier(table), sql.Identifier(column)
            )
            if owner.execute(query).fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def test_who_agrees_is_named(app):
    """Who agrees that the body is told is named to it, by name alone."""
    reference, people = investigated(app, **CANARIES, shares_identity="yes")
    page = words(At(app, people.contact).get(f"/body/cases/{reference}"))

    assert "Canary Nightjar" in page
    assert "canary.nightjar@home.test" not in page


def test_read_through_in_words(app):
    """Before sending, every answer is read through in words."""
    browser = Anybody(app)
    page = words(walk(browser, typed(app, contact_never=["discreet"], nation="wales")))

    for said in (
        "Metropolitan Police Service",
        "Wales",
        "Never say on the outside who writes",
        "Live facial",
    ):
        assert said in page
