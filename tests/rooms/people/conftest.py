"""Administrators, of the regulator and of one force, at a browser."""

import pytest

from tests.rooms.browsing import Browser, made


@pytest.fixture
def admin(app):
    return made(app, "administrator", name="Ann Administrator")


@pytest.fixture
def of_met(app):
    """The administrator of one force."""
    return made(app, "body_administrator", name="Mel Met", body="metropolitan")


@pytest.fixture
def browser(app, admin):
    return Browser(app).sign_in(admin[0])
