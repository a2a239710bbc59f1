"""Whom the application believes about who asks, and how: only the proxies it was told stand in front of it."""

from dataclasses import replace

import pytest
from flask import request

from regulator import create_app
from regulator.access import public
from regulator.accounts import throttle
from regulator.accounts.throttle import ADDRESS
from regulator.db import db
from tests.rooms.browsing import Browser

NEAR, FAR, FORGED = "203.0.113.9", "198.51.100.7", "192.0.2.1"
SAID = {
    "X-Forwarded-For": f"{FORGED}, {NEAR}",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "regulator.example.test",
}


@pytest.fixture
def behind(app):
    """The application told how many proxies stand in front of it, with a page that says what it was asked."""
    made = []

    def start(proxies):
        fresh = create_app(replace(app.extensions["regulator"], trusted_proxies=proxies))
        view = public(lambda: f"{request.remote_addr} {request.scheme} {request.host}")
        fresh.add_url_rule("/asked", "asked", view)
        made.append(fresh)
        return fresh

    yield start
    for fresh in made:
        with fresh.app_context():
            db.session.remove()
            db.engine.dispose()


def seen(app, headers):
    """What the application takes a request with these headers to be."""
    return app.test_client().get("/asked", headers=headers).text


def from_address(app, said):
    """A browser whose requests come with an address said to be its own."""
    browser = Browser(app)
    browser.client.environ_base["HTTP_X_FORWARDED_FOR"] = said
    return browser


def wear_out(app, address):
    """As many attempts to sign in as one network address has."""
    with app.app_context():
        for _ in range(ADDRESS.most):
            throttle.attempt(ADDRESS, address)


def refuses(browser):
    """Whether the next attempt from this browser is refused for being one too many."""
    return browser.give_password("somebody-else@example.test").status_code == 429


def test_without_a_proxy_nobody_is_believed(behind):
    """Told of no proxy, the application hears nobody who says where a request came from, or how, or to whom."""
    assert seen(behind(0), SAID) == "127.0.0.1 http localhost"


def test_one_proxy_is_believed(behind):
    """Behind one proxy, address, scheme and host are what that proxy says, not what its client said to it before."""
    assert seen(behind(1), SAID) == f"{NEAR} https regulator.example.test"


def test_two_proxies_are_believed(behind):
    """Behind two, the outer one’s word counts: it saw the client, and the inner one saw only the outer."""
    said = {"X-Forwarded-For": f"{FORGED}, {NEAR}, {FAR}", "X-Forwarded-Proto": "https, http"}

    assert seen(behind(2), said).startswith(f"{NEAR} https ")


def test_too_few_words_are_no_word(behind):
    """A request that did not pass through all the proxies is taken as it came."""
    assert seen(behind(2), {"X-Forwarded-For": FORGED}) == "127.0.0.1 http localhost"


def test_the_throttle_counts_the_client(behind):
    """Behind a proxy too many attempts from one address stop that address, whatever else it says, and no other."""
    app = behind(1)
    wear_out(app, NEAR)

    assert refuses(from_address(app, f"{FORGED}, {NEAR}"))
    assert not refuses(from_address(app, f"{NEAR}, {FAR}"))


def test_a_forged_address_gains_nothing(behind):
    """Told of no proxy, whoever invents an address is counted as the one that asks."""
    app = behind(0)
    wear_out(app, "127.0.0.1")

    assert refuses(from_address(app, FORGED))
