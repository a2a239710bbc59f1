"""How long a session lasts, what ends it, and what is kept of it."""

import psycopg
import pytest

from tests.rooms.browsing import Browser, later, made

WRONG = "That email address and password do not fit together"


@pytest.fixture
def browser(app):
    return Browser(app)


@pytest.fixture
def email(app):
    return made(app, "caseworker")[0]


ROLES = ("public", "staff", "body", "complainant", "administration", "body_administration", "system")
SECRETS = ("credential", "throttle", "one_use_link", "used_code", "web_session", "recovery_code")


def is_refused(connection, question):
    """Whether the database gives no right to ask this."""
    try:
        connection.execute(question)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def test_signing_out_ends_it(browser, email):
    """Signing out ends the session at the server: the old cookie opens nothing."""
    secret = browser.sign_in(email).secret

    assert browser.sign_out().status_code == 302
    browser.client.set_cookie("session", secret)
    assert not browser.is_in


def test_signing_out_is_never_a_link(browser, email):
    """A link cannot sign anybody out: it must be sent with the page’s own token."""
    browser.sign_in(email)

    assert browser.get("/sign-out").status_code == 405
    assert browser.client.post("/sign-out").status_code == 400
    assert browser.is_in


def test_the_secret_changes_at_each_proof(browser, email):
    """The session gets a new secret at the password and at the code, so that one planted before is worth nothing."""
    browser.get("/sign-in")
    anonymous = browser.secret
    browser.give_password(email)
    half = browser.secret
    browser.give_code(email)

    assert len({anonymous, half, browser.secret}) == 3
    for old in (anonymous, half):
        browser.client.set_cookie("session", old)
        assert not browser.is_in


def test_a_planted_secret_is_not_taken(browser, email):
    """A secret that the server did not make is never the secret of a session."""
    browser.client.set_cookie("session", "planted")
    browser.sign_in(email)

    assert browser.secret != "planted"


def test_a_session_idles_out(browser, email):
    """Somebody who does nothing for half an hour is signed out; each page before that starts the half hour anew."""
    browser.sign_in(email)
    for minutes in (20, 40, 60):
        with later(minutes=minutes):
            assert browser.is_in

    with later(minutes=91):
        assert not browser.is_in


def test_a_session_ends_after_a_days_work(browser, email):
    """However busy somebody is, after ten hours they sign in again."""
    browser.sign_in(email)
    for quarter in range(1, 40):
        with later(minutes=15 * quarter):
            assert browser.is_in

    with later(hours=10, minutes=1):
        assert not browser.is_in


def test_use_is_noted_once_a_minute(browser, email, owner):
    """That a session is in use is written once a minute at most, not with every page."""
    browser.sign_in(email).get("/account")
    seen = "select seen_at from web_session where signed_in_at is not null"
    first = owner.execute(seen).fetchone()
    browser.get("/account")
    second = owner.execute(seen).fetchone()
    with later(minutes=2):
        browser.get("/account")

    assert first == second
    assert owner.execute(seen).fetchone() > second


def test_the_table_holds_no_secret(browser, email, owner):
    """Who reads the table of sessions cannot use one: it has only hashes."""
    browser.sign_in(email)

    rows = owner.execute("select * from web_session").fetchall()
    assert browser.secret not in str(rows)


def test_a_visitor_who_stores_nothing_has_no_session(browser, owner):
    """Reading the first page sets no cookie and writes no row."""
    answer = browser.get("/")

    assert "Set-Cookie" not in answer.headers
    assert owner.execute("select count(*) from web_session").fetchone() == (0,)


def test_the_half_way_lasts_ten_minutes(browser, email):
    """Who gave a password and then went away begins again."""
    browser.give_password(email)

    with later(minutes=11):
        assert browser.get("/sign-in/code").location == "/sign-in"
