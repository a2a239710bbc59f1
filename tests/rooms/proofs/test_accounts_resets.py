"""How a new password is asked for and set, and the mail that carries the links."""

import pytest

from regulator.accounts import demonstration, mail
from regulator.accounts.mail import Handed
from tests.rooms.browsing import Browser, later
from tests.rooms.proving import delivered

NEW = "seven quiet herons waiting"


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


def test_old_mail_is_cleared_away(app, browser, email, owner):
    """A month after it went out nothing is left of a message, not even the address."""
    browser.send("/forgotten", email=email)
    with app.app_context():
        mail.deliver(lambda _: Handed("sent"))

    with later(days=31), app.app_context():
        mail.deliver(None)

    assert owner.execute("select count(*) from house_mail").fetchone() == (0,)
