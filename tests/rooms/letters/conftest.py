"""A case with its body, somebody who works on it, and a letter that did not go."""

import pytest

from regulator.worker import work
from tests.rooms import bare, ground, mailbox


@pytest.fixture
def body(in_app):
    """A force."""
    return bare.new_body()


@pytest.fixture
def case(body):
    """A case about it."""
    return bare.new_case(body)


@pytest.fixture
def carys(in_app):
    """A caseworker."""
    return bare.staff(bare.new_person("Carys"))


@pytest.fixture
def failed(in_app, owner, case, monkeypatch):
    """A letter that the mail server refused."""
    with mailbox.mail_server(in_app, monkeypatch) as box:
        box.answers["ada@example.test"] = "550 no such person"
        number = ground.letter(case)
        work(in_app, once=True)
        assert ground.state_of(owner, number) == "failed"
        yield number
