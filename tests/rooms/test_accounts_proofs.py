"""Second factor, recovery codes, passwords and one-use links: what proves a person, and how it is got and lost."""

import re

import pytest

from regulator.accounts import demonstration, mail, second_factor
from regulator.accounts.mail import Handed
from regulator.moments import now
from tests.rooms.browsing import Browser, code_now, later, made

NEW = "seven quiet herons waiting"


@pytest.fixture
def browser(app):
    return Browser(app)


@pytest.fixture
def email(app):
    return made(app, "caseworker")[0]


@pytest.fixture
def invited(app):
    """The path of an invitation."""
    from regulator.accounts import commands
    from regulator.accounts.authority import OPERATOR

    with app.app_context():
        link = commands.invite_person("Bo Example", "bo@example.test", ["caseworker"], by=OPERATOR).link
    return link.split("8000")[-1]


def delivered(app, email):
    """The links in the mail that the worker delivered to an address, the latest first."""
    with app.app_context():
        mail.deliver(None)
        words = [message.words for message in mail.posted() if message.recipient == email]
    return [link for text in words for link in re.findall(r"/(?:reset|invitation)/\S+", text)]


def enrolled(browser):
    """Set up the second factor as a person does who cannot scan; returns its secret and the page after."""
    page = browser.get("/second-factor").text
    secret = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    answer = browser.send("/second-factor", code=second_factor.code_at(secret, now()))
    return secret, answer


def codes_on(page):
    """The recovery codes that a page shows."""
    return re.findall(r'<li class="code__value">([0-9A-Z-]+)</li>', page.text)


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


def test_asking_for_a_new_password_reveals_nothing(browser, email):
    """Whoever asks for a new password gets the same page, whether the address is known or not."""
    known = browser.send("/forgotten", email=email)
    unknown = browser.send("/forgotten", email="nobody@example.test")

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text


def test_asking_does_the_same_work(browser, email, owner):
    """The page only writes down what was asked, so it takes as long for a known address as for an unknown one."""
    browser.send("/forgotten", email=email)
    browser.send("/forgotten", email="nobody@example.test")

    rows = owner.execute("select state, words from house_mail").fetchall()
    assert rows == [("asked", ""), ("asked", "")]
    assert owner.execute("select count(*) from one_use_link").fetchone() == (0,)


def test_only_a_known_address_gets_mail(app, browser, email):
    """The worker sends a link to somebody with an account, and forgets the other request."""
    browser.send("/forgotten", email=email.upper())
    browser.send("/forgotten", email="nobody@example.test")

    assert len(delivered(app, email)) == 1
    assert delivered(app, "nobody@example.test") == []


def test_a_new_password_by_link(app, browser, email):
    """A link sets a new password, once; the old one works no longer, and sessions before it end."""
    browser.sign_in(email)
    fresh = Browser(app)
    fresh.send("/forgotten", email=email)
    (link,) = delivered(app, email)

    assert fresh.send(link, password=NEW).status_code == 200

    assert not browser.is_in
    assert fresh.get(link).status_code == 404
    assert fresh.give_password(email).status_code == 200
    assert fresh.give_password(email, NEW).location == "/sign-in/code"


def test_a_reset_link_does_not_replace_the_second_factor(app, email):
    """Who can read somebody’s mail still needs their app."""
    fresh = Browser(app)
    fresh.send("/forgotten", email=email)
    fresh.send(delivered(app, email)[0], password=NEW)

    fresh.give_password(email, NEW)

    assert not fresh.is_in


def test_a_reset_link_lasts_an_hour(app, browser, email):
    """After an hour a link for a new password is not found."""
    browser.send("/forgotten", email=email)
    (link,) = delivered(app, email)

    with later(minutes=61):
        assert browser.get(link).status_code == 404


def test_a_second_link_ends_the_first(app, browser, email):
    """Of two links for a new password only the later works."""
    browser.send("/forgotten", email=email)
    delivered(app, email)
    browser.send("/forgotten", email=email)
    later_one, first = delivered(app, email)

    assert browser.get(first).status_code == 404
    assert browser.get(later_one).status_code == 200


def test_a_changed_password_ends_the_other_sessions(app, browser, email):
    """Who changes the password stays signed in here, in a session with a new secret, and nowhere else."""
    browser.sign_in(email)
    with later(minutes=1):
        other = Browser(app).sign_in(email)
    before = browser.secret

    answer = browser.send("/account/password", present=demonstration.PASSWORD, password=NEW)

    assert answer.status_code == 302
    assert browser.is_in
    assert browser.secret != before
    assert not other.is_in


def test_a_password_is_not_changed_without_the_old_one(app, browser, email):
    """Somebody at an open screen cannot set a password of their own."""
    browser.sign_in(email).send("/account/password", present="not the password", password=NEW)

    assert Browser(app).give_password(email).status_code == 302


def test_mail_goes_out_once_and_is_forgotten(app, browser, email, owner):
    """A message that the mail server took is never sent again, and its words are gone from the database."""
    browser.send("/forgotten", email=email)
    sent = []
    with app.app_context():
        for _ in range(2):
            mail.deliver(lambda message: sent.append(message.recipient) or Handed("sent"))

    assert sent == [email]
    assert owner.execute("select state, words from house_mail").fetchall() == [("sent", "")]


def test_mail_half_sent_is_left_alone(app, browser, email, owner):
    """When the worker dies while handing a message over, it is marked unknown later, and not sent again by itself."""
    browser.send("/forgotten", email=email)

    def dies(message):
        raise KeyboardInterrupt

    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            mail.deliver(dies)
        assert mail.deliver(lambda _: Handed("sent")) == 0
    with later(minutes=20), app.app_context():
        mail.deliver(lambda _: Handed("sent"))

    assert owner.execute("select state, words from house_mail").fetchall() == [("unknown", "")]


def test_mail_is_tried_again_and_then_given_up(app, browser, email, owner):
    """A mail server that cannot be reached is tried five times, and then the message has failed."""
    browser.send("/forgotten", email=email)

    with app.app_context():
        for _ in range(6):
            mail.deliver(lambda _: Handed("queued", "It gave no answer."))

    assert owner.execute("select state, attempts from house_mail").fetchall() == [("failed", 5)]


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
