"""A mail server that takes what it is given, and a case to write about."""

import pytest

from tests.rooms import bare, mailbox


@pytest.fixture
def post(app, monkeypatch):
    """A mail server that the application sends to."""
    with mailbox.mail_server(app, monkeypatch) as box:
        yield box


@pytest.fixture
def case(in_app):
    """A case to write about."""
    return bare.new_case(bare.new_body())
