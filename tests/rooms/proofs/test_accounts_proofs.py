"""Second factor, recovery codes, passwords and one-use links: what proves a person, and how it is got and lost."""

import re

import pytest

from regulator.accounts import demonstration, second_factor
from regulator.moments import now
from tests.rooms.browsing import Browser, code_now, later, made
from tests.rooms.proving import codes_on, enrolled

NEW = "seven quiet herons waiting"


def test_an_invitation_is_the_way_in(app, browser, invited):
    """Somebody invited sets a password and a second factor, sees ten recovery codes once, and is in."""
    answer = browser.send(invited, name="Bo Example", password=NEW)
    assert answer.location == "/second-factor"
    assert not browser.is_in

    _, done = enrolled(browser)

    assert len(codes_on(done)) == 10
    assert browser.is_in


def test_the_second_factor_is_required(app, browser, invited):
    """Who has a password and no second factor yet comes to the page that sets it up, and nowhere else."""
    browser.send(invited, name="Bo Example", password=NEW)
    fresh = Browser(app)

    answer = fresh.give_password("bo@example.test", NEW)

    assert fresh.get(answer.location).location == "/second-factor"
    assert fresh.get("/sign-in/recovery").location == "/second-factor"
    assert not fresh.is_in


def test_a_wrong_first_code_turns_nothing_on(browser, invited, owner):
    """A second factor counts only once the app has shown a right code."""
    browser.send(invited, name="Bo Example", password=NEW)

    answer = browser.send("/second-factor", code="000000")

    assert "not the code" in answer.text
    assert owner.execute("select totp_confirmed from credential").fetchall() == [(False,)]


def test_the_secret_is_encrypted(browser, invited, owner):
    """Who reads the table learns no secret of a second factor."""
    browser.send(invited, name="Bo Example", password=NEW)
    secret, _ = enrolled(browser)

    (kept,) = owner.execute("select totp_secret from credential").fetchone()
    assert secret not in kept
    sessions = str(owner.execute("select data from web_session").fetchall())
    assert secret not in sessions


def test_the_picture_keeps_to_the_policy(browser, invited):
    """The picture to scan is drawn in the page, with no style that the policy on content refuses."""
    browser.send(invited, name="Bo Example", password=NEW)

    page = browser.get("/second-factor").text

    assert 'role="img"' in page
    assert "style=" not in page
    assert "data:" not in page


def test_an_invitation_works_once(app, browser, invited):
    """A used invitation is not found, whoever tries it."""
    browser.send(invited, name="Bo Example", password=NEW)

    assert Browser(app).get(invited).status_code == 404


def test_an_invitation_expires(browser, invited):
    """After seven days an invitation is not found."""
    with later(days=6, hours=23):
        assert browser.get(invited).status_code == 200

    with later(days=7, minutes=1):
        assert browser.get(invited).status_code == 404


def test_an_invitation_is_not_a_reset(browser, invited):
    """A link lets somebody do what it was made for, and nothing else."""
    assert browser.get(invited.replace("invitation", "reset")).status_code == 404


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaaaaaa", "bo@example.test", "passwordpassword", "Bo Example Bo Example"]
)
def test_an_easy_password_is_refused(browser, invited, password):
    """A password that is short, common or one’s own name is refused with what to do, and the link stays good."""
    answer = browser.send(invited, name="Bo Example", password=password)

    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert browser.get(invited).status_code == 200


def test_a_recovery_code_works_once(app, browser, email):
    """A recovery code stands in for the app, once."""
    browser.sign_in(email)
    with later(minutes=1):
        code = codes_on(browser.send("/account/recovery-codes", present=demonstration.PASSWORD))[0]
    first, second = Browser(app), Browser(app)
    for each in (first, second):
        each.give_password(email)
        each.send("/sign-in/recovery", code=code.lower().replace("-", " "))

    assert first.is_in
    assert not second.is_in


def test_a_wrong_recovery_code_is_refused(browser, email):
    """A code that is none of one’s own lets nobody in."""
    browser.give_password(email)

    answer = browser.send("/sign-in/recovery", code="0000-0000-0000")

    assert "not one of your recovery codes" in answer.text
    assert not browser.is_in


def test_somebody_elses_recovery_code_is_refused(app, browser, email):
    """A recovery code belongs to one person."""
    other, _ = made(app, "manager")
    with_codes = Browser(app).sign_in(other)
    code = codes_on(with_codes.send("/account/recovery-codes", present=demonstration.PASSWORD))[0]

    browser.give_password(email)
    browser.send("/sign-in/recovery", code=code)

    assert not browser.is_in


def test_new_codes_end_the_old(app, browser, email):
    """Making new recovery codes makes the old ones useless."""
    browser.sign_in(email)
    old = codes_on(browser.send("/account/recovery-codes", present=demonstration.PASSWORD))[0]
    browser.send("/account/recovery-codes", present=demonstration.PASSWORD)
    other = Browser(app)
    other.give_password(email)

    other.send("/sign-in/recovery", code=old)

    assert not other.is_in
    assert "10 of 10 left" in browser.get("/account").text


def test_new_codes_ask_for_the_password(browser, email):
    """Somebody at an open screen cannot make recovery codes without the password."""
    answer = browser.sign_in(email).send("/account/recovery-codes", present="not the password")

    assert "not your present password" in answer.text
    assert not codes_on(answer)


def test_another_app_asks_for_the_password(app, browser, email):
    """A new authenticator app takes the old one’s place only with the password and a code that it shows."""
    browser.sign_in(email)
    page = browser.get("/account/second-factor").text
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    code = second_factor.code_at(secret, now())

    refused = browser.send("/account/second-factor", code=code, present="not the password")
    assert "not your present password" in refused.text
    with later(minutes=1):
        code = second_factor.code_at(secret, now())
        done = browser.send("/account/second-factor", code=code, present=demonstration.PASSWORD)

    assert len(codes_on(done)) == 10
    with later(minutes=2):
        other = Browser(app)
        other.give_password(email)
        other.give_code(email, code_now(email))
        assert not other.is_in
        other.give_code(email, second_factor.code_at(secret, now()))
        assert other.is_in


def test_two_at_once_use_a_link_once(app, invited):
    """Of two who send the same invitation at the same moment one gets in, and the other is told that it is used."""
    from concurrent.futures import ThreadPoolExecutor

    pages = [(one, one.token_of(invited)) for one in (Browser(app), Browser(app), Browser(app))]

    def send(page):
        browser, token = page
        data = {"csrf_token": token, "name": "Bo", "password": NEW}
        return browser.client.post(invited, data=data).status_code

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(send, pages))

    assert sorted(answers) == [302, 404, 404]


def test_two_at_once_use_a_code_once(app, email):
    """Of several who send the same code at the same moment one gets in."""
    from concurrent.futures import ThreadPoolExecutor

    browsers = [Browser(app), Browser(app), Browser(app)]
    for each in browsers:
        each.give_password(email)
    code = code_now(email)

    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda one: one.give_code(email, code).status_code, browsers))

    assert sorted(answers) == [200, 200, 302]


def test_many_at_once_gain_nothing(app, email):
    """However many try passwords at the same moment, no more than the allowed number is judged."""
    from concurrent.futures import ThreadPoolExecutor

    from regulator.accounts.throttle import ACCOUNT

    browsers = [Browser(app) for _ in range(ACCOUNT.most + 3)]

    with ThreadPoolExecutor() as pool:
        answers = list(
            pool.map(lambda one: one.give_password(email, "not the password").status_code, browsers)
        )

    assert sorted(answers) == [200] * ACCOUNT.most + [429] * 3
