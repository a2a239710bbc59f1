"""Mail that belongs to no case goes the same way as letters do."""

import pytest

from regulator import ledger
from regulator.accounts import mail
from regulator.actors import SYSTEM
from regulator.letters import tasks
from regulator.worker import work
from tests import make
from tests.rooms import mailbox


@pytest.fixture
def post(app, monkeypatch):
    """A mail server that the application sends to."""
    with mailbox.mail_server(app, monkeypatch) as box:
        yield box


def posted(owner) -> tuple[str, str | None, str]:
    """State, problem and words of the one message there is."""
    return owner.execute("select state, problem, words from house_mail").fetchone()


def invite() -> None:
    """Post a message in a change, as an invitation is posted."""
    with ledger.change("invite_person", by=SYSTEM, streams=["house"]):
        mail.post("bo@example.test", "Your account", "Set your password here: https://example.test/secret")


def test_invitation_goes_once(in_app, owner, post):
    """An invitation is sent once, and its words, which hold a secret, are forgotten."""
    invite()

    tasks.deliver_house_mail()
    tasks.deliver_house_mail()

    (sent,) = post.letters
    assert (sent["To"], sent["Subject"]) == ("bo@example.test", "Your account")
    assert "https://example.test/secret" in sent.get_content()
    assert posted(owner) == ("sent", None, "")


def test_refused_invitation(in_app, owner, post):
    """An invitation that the mail server refuses has failed and says why."""
    post.answers["bo@example.test"] = "550 nobody"
    invite()

    tasks.deliver_house_mail()

    assert posted(owner) == ("failed", "The mail server said “550 nobody”.", "")


def test_invitation_waits_for_mail_server(in_app, owner, post):
    """An invitation that the mail server cannot take now waits with its words."""
    post.answers["bo@example.test"] = "451 later"
    invite()

    tasks.deliver_house_mail()

    state, _, words = posted(owner)
    assert state == "queued"
    assert "secret" in words


def test_invitation_that_may_be_lost(in_app, owner, post):
    """An invitation of which nobody knows whether it arrived is not sent again by itself."""
    post.after = None
    invite()

    tasks.deliver_house_mail()
    tasks.deliver_house_mail()

    assert posted(owner)[0] == "unknown"
    assert len(post.taken) == 1


def test_invitation_on_the_page(in_app, owner):
    """Without a mail server, in development, an invitation is shown on a page."""
    invite()

    tasks.deliver_house_mail()

    assert posted(owner)[0] == "on_page"
    assert "https://example.test/secret" in in_app.test_client().get("/development/mail").text


def test_complaint_is_acknowledged_by_mail(in_app, owner, post):
    """A complainant who gave an address is written to when the complaint is acknowledged, through the same worker."""
    make.complaint_at("screening")

    work(in_app, once=True)

    assert {str(letter["To"]) for letter in post.letters} == {"ada@example.test"}
    states = owner.execute("select distinct state from outbox").fetchall()
    assert states == [("sent",)]
