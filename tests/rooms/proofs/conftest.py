"""Somebody with an account, and somebody invited, each at a browser."""

import pytest

from tests.rooms.browsing import Browser, made


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
