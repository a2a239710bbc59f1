"""What administrators do to accounts, what they may not, and what each of them sees."""

import pytest

from regulator.accounts import commands, queries
from regulator.accounts.authority import OPERATOR
from regulator.accounts.identity import actor_of
from regulator.actors import Side
from regulator.db import ask_as, db
from regulator.errors import Invalid, Missing, Refused
from tests.rooms.administering import acting_as
from tests.rooms.browsing import Browser, made


def test_inviting_sends_a_link(app, browser, owner):
    """An administrator invites somebody by name, address and roles, and a message with a link waits to go."""
    answer = browser.send(
        "/people/invite", name="Bo Example", email="Bo@Example.test", body="regulator", roles=["caseworker"]
    )

    assert answer.status_code == 302
    assert "Bo Example is invited" in browser.get("/people").text
    (words,) = owner.execute("select words from house_mail where recipient = 'bo@example.test'").fetchone()
    assert "/invitation/" in words


def test_inviting_leaves_one_entry(app, admin, owner):
    """An invitation is one entry in the new person’s own stream, by the administrator, with no secret in it."""
    with acting_as(app, admin[1]) as by:
        invited = commands.invite_person("Bo Example", "bo@example.test", ["caseworker"], by=by)

    entries = owner.execute(
        "select step, by_person_id, canonical from entry where stream = %s", (f"person:{invited.person_id}",)
    ).fetchall()
    assert [(step, who) for step, who, _ in entries] == [("invite_person", admin[1])]
    assert "bo@example.test" not in entries[0][2]
    assert invited.link.rsplit("/", 1)[-1] not in entries[0][2]


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("contact", None),
        ("caseworker", "metropolitan"),
        ("oversight_contact", "metropolitan"),
        ("contact", "northern-ireland-policing-board"),
        ("complainant", None),
        ("system", None),
        ("emperor", None),
    ],
)
def test_a_role_must_fit(app, role, body):
    """The regulator’s roles are for its own people, a body’s for a body’s, and an unknown role is for nobody."""
    with app.app_context():
        body_id = queries.body_named(body).id if body else None
        with pytest.raises(Invalid):
            commands.invite_person("Bo Example", "bo@example.test", [role], by=OPERATOR, body_id=body_id)


def test_an_oversight_body_has_a_contact(app):
    """People of a body that oversees others may be its oversight contact."""
    with app.app_context():
        body = queries.body_named("northern-ireland-policing-board")

        invited = commands.invite_person(
            "Bo Example", "bo@example.test", ["oversight_contact"], by=OPERATOR, body_id=body.id
        )

        assert actor_of(invited.person_id).side is Side.oversight


def test_nobody_is_invited_twice(app, browser):
    """An address has one account; a second invitation is refused beside the address, and writes nothing."""
    browser.send(
        "/people/invite", name="Bo Example", email="bo@example.test", body="regulator", roles=["caseworker"]
    )

    answer = browser.send(
        "/people/invite", name="Bo Again", email="BO@example.test", body="regulator", roles=["manager"]
    )

    assert "An account cannot be made for this address" in answer.text
    assert "Bo Again" not in browser.get("/people").text


def test_a_body_administrator_invites_to_their_own_body(app, of_met):
    """A body’s administrator invites people of the body, and the page asks for no body."""
    browser = Browser(app).sign_in(of_met[0])
    assert 'name="body"' not in browser.get("/people/invite").text

    browser.send("/people/invite", name="Bo Example", email="bo@example.test", roles=["contact"])

    assert "Bo Example" in browser.get("/people").text


def test_a_body_administrator_cannot_invite_to_another_body(app, of_met):
    """A body’s administrator can invite to no other body and not to the regulator."""
    with acting_as(app, of_met[1]) as by:
        kent = queries.body_named("kent").id
        for other in (kent, None):
            with pytest.raises(Refused):
                commands.invite_person("Bo Example", "bo@example.test", ["contact"], by=by, body_id=other)


def test_a_body_administrator_cannot_forge_a_body(app, of_met, owner):
    """A body sent along that the page did not ask for changes nothing: the invitation is to the own body."""
    browser = Browser(app).sign_in(of_met[0])

    browser.send("/people/invite", name="Bo", email="bo@example.test", roles=["contact"], body="kent")

    found = owner.execute(
        "select slug from person join body on body.id = body_id where email = 'bo@example.test'"
    ).fetchone()
    assert found == ("metropolitan",)


def test_a_body_administrator_sees_only_their_own(app, of_met):
    """People of another body and of the regulator are not there, in the list or by number."""
    _, kent = made(app, "contact", name="Kit Kent", body="kent")
    _, staff = made(app, "caseworker", name="Sam Staff")
    browser = Browser(app).sign_in(of_met[0])

    page = browser.get("/people").text
    assert "Mel Met" in page
    assert "Kit Kent" not in page
    assert "Sam Staff" not in page
    for number in (kent, staff, 99999):
        for way in ("", "/give-role", "/leave"):
            assert browser.get(f"/people/{number}{way}").status_code == 404


@pytest.mark.parametrize(
    "act", [commands.end_sessions, commands.leave, commands.invite_again, commands.forget_second_factor]
)
def test_a_body_administrator_does_nothing_to_another(app, of_met, act):
    """Who is out of sight is out of reach: it reads as if there were no such person."""
    _, kent = made(app, "contact", name="Kit Kent", body="kent")

    with acting_as(app, of_met[1]) as by, pytest.raises(Missing):
        act(kent, by=by)


def test_without_its_filter_a_query_still_shows_only_ones_own(app, of_met):
    """The database holds other bodies’ people back by itself, whatever a query forgets."""
    made(app, "contact", name="Kit Kent", body="kent")

    with acting_as(app, of_met[1]) as by:
        from sqlalchemy import select

        from regulator.accounts.models import Person

        ask_as(by)
        assert db.session.scalars(select(Person.name)).all() == ["Mel Met"]


@pytest.mark.parametrize("role", ["caseworker", "manager", "observer", "records_manager"])
def test_only_administrators_open_people(app, role):
    """People of the regulator who are no administrators cannot open the pages of people."""
    email, number = made(app, role)
    browser = Browser(app).sign_in(email)

    for path in ("/people", "/people/invite", f"/people/{number}"):
        assert browser.get(path).status_code == 403


def test_an_administrator_sees_no_case(app, admin):
    """An administrator reads people and bodies; of cases there are none to be seen, and no right to look."""
    import sqlalchemy as sa

    from regulator.casework.models import CaseFile

    with app.app_context():
        by = actor_of(admin[1])
        ask_as(by)

        with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            db.session.scalars(sa.select(CaseFile.id)).all()


def test_an_administrator_with_a_part_in_cases_administers_apart(app):
    """Somebody who is both manager and administrator reads people as an administrator, and cases as a manager."""
    email, number = made(app, "manager", email="both@example.test")
    with app.app_context():
        commands.give_role(number, "administrator", by=OPERATOR)

    browser = Browser(app).sign_in(email)

    assert browser.get("/people").status_code == 200
    assert browser.get(f"/people/{number}").status_code == 200


def test_people_are_listed_a_page_at_a_time(app, admin, browser):
    """A long list has a next page that begins where the one before ended, and everybody is on one of them."""
    with app.app_context():
        for number in range(60):
            name, email = f"Person {number:02}", f"person{number}@example.test"
            commands.invite_person(name, email, ["caseworker"], by=OPERATOR)
    seen = []
    with acting_as(app, admin[1]) as by:
        page = queries.people(by=by)
        seen += page.rows
        while page.following:
            page = queries.people(by=by, after=page.following)
            seen += page.rows

    assert len({row.id for row in seen}) == len(seen) == 61
    assert [row.name for row in seen] == sorted(row.name for row in seen)
    assert "Next page" in browser.get("/people").text


def test_people_are_found(app, admin):
    """People are found by part of a name or address, by body and by role; a percent sign is a percent sign."""
    made(app, "contact", name="Kit Kent", body="kent", email="kit@kent.test")
    made(app, "caseworker", name="Sam Staff")
    with acting_as(app, admin[1]) as by:

        def found(**asked):
            return [row.name for row in queries.people(by=by, **asked).rows]

        assert found(name="it ke") == ["Kit Kent"]
        assert found(name="KENT.test") == ["Kit Kent"]
        assert found(body="kent") == ["Kit Kent"]
        assert found(body="regulator") == ["Ann Administrator", "Sam Staff"]
        assert found(role="caseworker") == ["Sam Staff"]
        assert found(name="%") == []


def test_the_list_asks_no_more_for_more_people(app, browser, monkeypatch):
    """The page of people sends as many questions to the database for one person as for a full page."""
    import sqlalchemy as sa

    counts = []

    def count():
        asked = []
        with app.app_context():
            engine = db.engine
        listener = lambda *given: asked.append(given[2])  # noqa: E731
        sa.event.listen(engine, "before_cursor_execute", listener)
        browser.get("/people")
        sa.event.remove(engine, "before_cursor_execute", listener)
        counts.append(len(asked))

    browser.get("/people")
    count()
    with app.app_context():
        for number in range(20):
            commands.invite_person(f"P {number}", f"p{number}@example.test", ["caseworker"], by=OPERATOR)
    count()

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("role", "body"), [("administrator", None), ("body_administrator", "kent")])
def test_looking_at_an_account_is_noted(app, owner, role, body):
    """Who looked at whose account stands in the reading log, and nothing else grows by a look."""
    email, number = made(app, role, body=body)
    browser = Browser(app).sign_in(email)
    before = owner.execute("select count(*) from entry").fetchone()

    browser.get(f"/people/{number}")

    assert owner.execute("select person_id, what from reading").fetchall() == [(number, f"person:{number}")]
    assert owner.execute("select count(*) from entry").fetchone() == before
