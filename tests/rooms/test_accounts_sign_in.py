"""How somebody gets in, and how everybody else is kept out."""

import psycopg
import pytest

from regulator import create_app
from regulator.accounts import demonstration
from regulator.accounts.throttle import ACCOUNT, SECOND_FACTOR
from regulator.db import db
from tests.rooms.browsing import Browser, code_now, later, made

WRONG = "That email address and password do not fit together"


@pytest.fixture
def browser(app):
    return Browser(app)


@pytest.fixture
def email(app):
    return made(app, "caseworker")[0]


def test_a_password_alone_lets_nobody_in(browser, email):
    """After the right password a person is asked for a code, and no page opens before it is given."""
    answer = browser.give_password(email)

    assert answer.location == "/sign-in/code"
    assert browser.get("/account").location.startswith("/sign-in")


def test_password_and_code_let_a_person_in(browser, email):
    """A right password and a right code sign a person in, and the page says who they are."""
    browser.sign_in(email)

    assert "Ada Example" in browser.get("/account").text


def test_a_wrong_password_and_an_unknown_address_read_alike(browser, email):
    """Nobody learns from the answer whether an address has an account."""
    wrong = browser.give_password(email, "not the password at all")
    unknown = browser.give_password("nobody@example.test", "not the password at all")

    assert wrong.status_code == unknown.status_code
    assert WRONG in wrong.text
    assert WRONG in unknown.text


def test_an_unknown_address_costs_as_much(browser, email, monkeypatch):
    """For an unknown address a password is tried all the same, so that the answer takes as long."""
    from argon2 import PasswordHasher

    tried = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *given: tried.append(given[1]) or verify(*given))

    browser.give_password("nobody@example.test", "not the password at all")

    assert len(tried) == 1


@pytest.mark.parametrize("code", ["000000", "12345", "", "abcdef", "１２３４５６"])
def test_a_wrong_code_lets_nobody_in(browser, email, code):
    """A code that the app does not show is refused, whatever it looks like."""
    browser.give_password(email)

    browser.give_code(email, code or " ")

    assert not browser.is_in


def test_a_code_works_once(app, browser, email):
    """A code that let somebody in lets nobody in again, while the app still shows it."""
    browser.sign_in(email)
    other = Browser(app)
    other.give_password(email)

    answer = other.give_code(email, code_now(email))

    assert "not the code" in answer.text
    assert not other.is_in


def test_a_code_is_tried_only_so_often(browser, email):
    """After five wrong codes the right one is refused too, until the time is over."""
    browser.give_password(email)
    for _ in range(SECOND_FACTOR.most):
        browser.give_code(email, "000000")

    refused = browser.give_code(email)

    assert refused.status_code == 429
    assert not browser.is_in


def test_the_throttle_says_until_when(browser, email):
    """After five wrong passwords even the right one is refused, and the page says when to try again."""
    for _ in range(ACCOUNT.most):
        assert browser.give_password(email, "not the password at all").status_code == 200

    refused = browser.give_password(email)

    assert refused.status_code == 429
    assert "Wait until" in refused.text
    with later(minutes=ACCOUNT.minutes + 1):
        assert browser.give_password(email).status_code == 302


def test_the_throttle_survives_a_restart(app, browser, email):
    """Attempts are counted in the database, so an application started anew refuses as well."""
    for _ in range(ACCOUNT.most):
        browser.give_password(email, "not the password at all")
    fresh = create_app(app.extensions["regulator"])

    refused = Browser(fresh).give_password(email)

    assert refused.status_code == 429
    with fresh.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_success_clears_the_throttle(browser, email):
    """A right password forgets the wrong ones before it."""
    for _ in range(ACCOUNT.most - 1):
        browser.give_password(email, "not the password at all")
    browser.give_password(email)

    for _ in range(ACCOUNT.most):
        answer = browser.give_password(email, "not the password at all")

    assert answer.status_code == 200


def test_an_address_is_throttled_across_accounts(app, browser):
    """One network address cannot try many accounts without end."""
    from regulator.accounts.throttle import ADDRESS

    with app.app_context():
        from regulator.accounts import throttle

        for _ in range(ADDRESS.most):
            throttle.attempt(ADDRESS, "127.0.0.1")

    assert browser.give_password("somebody-else@example.test").status_code == 429


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/bodies", "/bodies"),
        ("/people?name=ada", "/people?name=ada"),
        ("https://elsewhere.test/", "/"),
        ("//elsewhere.test/", "/"),
        ("/\\elsewhere.test", "/"),
    ],
)
def test_sign_in_leads_where_one_was_going(browser, email, wanted, led):
    """After sign-in a person comes to the page they had asked for, and never to another site."""
    from urllib.parse import quote

    browser.give_password(email, path=f"/sign-in?next={quote(wanted)}")

    assert browser.give_code(email).location == led


def test_a_person_without_roles_cannot_sign_in(app, browser, owner):
    """Somebody whose last role has ended is refused like a stranger, and one signed in is out at the next page."""
    email, number = made(app, "caseworker")
    browser.sign_in(email)
    owner.execute("set app.intent = 'test'")
    owner.execute("update role_held set ends_on = current_date - 1 where person_id = %s", (number,))

    assert not browser.is_in
    assert WRONG in Browser(app).give_password(email).text


def test_sign_ins_leave_no_entry(browser, email, owner):
    """Signing in is in the log and the list of sessions, not in the ledger, which would otherwise hold little else."""
    before = owner.execute("select count(*) from entry").fetchone()

    browser.sign_in(email)

    assert owner.execute("select count(*) from entry").fetchone() == before


ROLES = ("public", "staff", "body", "complainant", "administration", "body_administration", "system")
SECRETS = ("credential", "throttle", "one_use_link", "used_code", "web_session", "recovery_code")


def is_refused(connection, question):
    """Whether the database gives no right to ask this."""
    try:
        connection.execute(question)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reads_what_proves_people(login, role):
    """No audience may read passwords, secrets, session secrets, attempts or links."""
    login.execute(f"set role regulator_{role}")

    assert [table for table in SECRETS if not is_refused(login, f"select * from {table}")] == []


def test_the_ledger_holds_no_proof(app, browser, email, owner):
    """Neither a password nor a secret nor a code stands anywhere in the ledger, not even hashed."""
    browser.sign_in(email)
    answer = browser.send("/account/recovery-codes", present=demonstration.PASSWORD)

    assert "Keep these recovery codes" in answer.text
    hashes = [row[0] for row in owner.execute("select code_hash from recovery_code").fetchall()]
    hashes += [*owner.execute("select password_hash, totp_secret from credential").fetchone()]
    ledger = str(owner.execute("select canonical from entry").fetchall())
    ledger += str(owner.execute("select words from entry_words").fetchall())
    assert len(hashes) == 12
    assert not [one for one in hashes if one in ledger]
