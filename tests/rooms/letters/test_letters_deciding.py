"""What a person may decide of a letter that did not go: to send it again or to settle it, with a reason and once."""

import json

import pytest

from regulator.actors import Actor, Side
from regulator.errors import Missing, NotNow, Refused
from regulator.letters import commands, queries
from regulator.worker import work
from tests.rooms import bare, ground, mailbox


def test_send_again(in_app, owner, carys, failed, monkeypatch):
    """A person may have a letter sent again, for a reason that stays in the case’s record; it keeps its number."""
    browser = ground.browser_of(in_app, monkeypatch, carys)
    with mailbox.mail_server(in_app, monkeypatch) as box:
        answer = browser.post(f"/letters/{failed}/send-again", data={"reason": "The mailbox is back."})
        work(in_app, once=True)

        assert answer.status_code == 302
        (sent,) = box.letters
    assert ground.state_of(owner, failed) == "sent"
    number = owner.execute("select message_id from outbox where letter_id = %s", (failed,)).fetchone()[0]
    assert sent["Message-ID"] == number
    step, says, stages = entry_of(owner)
    assert step == "send_again"
    assert says == {
        "says": "Carys had the letter “We have your complaint” sent again",
        "fields": {"reason": "The mailbox is back."},
    }
    assert stages == ("received", "received")


def entry_of(owner):
    """The newest entry: its step, its words for staff, and the stages before and after."""
    step, words, before, after = owner.execute(
        "select e.step, w.words, e.stage_from, e.stage_to from entry e join entry_words w on w.entry_id = e.id"
        " where w.audience = 'internal' order by e.id desc limit 1"
    ).fetchone()
    return step, json.loads(words), (before, after)


def test_reason_is_needed(in_app, case, carys, failed, monkeypatch):
    """Sending again asks for a reason."""
    browser = ground.browser_of(in_app, monkeypatch, carys)

    page = browser.post(f"/letters/{failed}/send-again", data={"reason": " "})

    assert "Say why it should go again" in page.text


def test_send_again_twice(in_app, owner, case, carys, failed):
    """Two people who press at once have the letter sent again once; the other is told."""
    commands.send_again(failed, by=carys, reason="The mailbox is back.")

    with pytest.raises(NotNow, match="need not be sent again"):
        commands.send_again(failed, by=carys, reason="The mailbox is back.")

    assert ground.jobs_of(owner, "deliver") == [{"letter": failed}]


def test_letter_that_changed_meanwhile(owner, carys, failed, monkeypatch):
    """A decision made about a letter as it was does not hold for the letter as it is."""
    seen = queries.get(failed, by=carys)
    owner.execute("update outbox set changed_at = changed_at + interval '1 second'")
    monkeypatch.setattr(queries, "get", lambda *_, **__: seen)

    with pytest.raises(NotNow):
        commands.send_again(failed, by=carys, reason="The mailbox is back.")

    assert ground.jobs_of(owner, "deliver") == []


@pytest.mark.parametrize(
    "state", ["queued", "attempting", "sent", "on_page", "on_paper", "historic", "settled"]
)
def test_letter_that_need_not_go_again(in_app, owner, case, carys, state):
    """A letter that is under way, was sent, or has no address is not sent again."""
    number = ground.letter(case)
    owner.execute("update outbox set state = %s where letter_id = %s", (state, number))

    with pytest.raises(NotNow):
        commands.send_again(number, by=carys, reason="To be sure.")


@pytest.mark.parametrize("decide", [commands.send_again, commands.settle])
def test_others_decide_nothing(owner, body, case, failed, decide):
    """A complainant, and an observer of ours, see the letter and decide nothing about its delivery."""
    observer = Actor("Olwen", frozenset({"observer"}), Side.staff, person_id=bare.new_person("Olwen"))

    for by in (bare.complainant(case), observer):
        with pytest.raises(Refused):
            decide(failed, by=by, reason="I say so.")
    with pytest.raises(Missing):
        decide(failed, by=bare.officer(body), reason="I say so.")

    assert ground.state_of(owner, failed) == "failed"


def test_settle(in_app, owner, case, carys, monkeypatch):
    """A letter that was posted leaves the list, and how it was posted stays in the case’s record."""
    number = ground.letter(case, ground.to_complainant(None))
    browser = ground.browser_of(in_app, monkeypatch, carys)

    answer = browser.post(f"/letters/{number}/settle", data={"reason": "Posted first class today."})

    assert answer.status_code == 302
    assert queries.troubled(by=carys) == []
    step, says, _ = entry_of(owner)
    assert step == "settle_letter"
    assert says["fields"] == {"reason": "Posted first class today."}


def test_letter_that_needs_nobody(in_app, owner, case, carys):
    """A letter under way cannot be put aside."""
    number = ground.letter(case)

    with pytest.raises(NotNow):
        commands.settle(number, by=carys, reason="Posted.")


def test_refusal_keeps_what_was_typed(in_app, case, carys, monkeypatch):
    """A decision that comes too late is refused on its own page, with the reason as it was typed."""
    number = ground.letter(case)
    browser = ground.browser_of(in_app, monkeypatch, carys)

    page = browser.post(f"/letters/{number}/settle", data={"reason": "Posted first class today."})

    assert "Nothing is left to do about this letter." in page.text
    assert "Posted first class today." in page.text


def test_letters_are_in_the_record(in_app, case, carys, failed):
    """Letters and what people decided about them are proved with the rest of the record."""
    ground.letter(case)
    commands.send_again(failed, by=carys, reason="The mailbox is back.")

    assert bare.sentences(bare.proved(in_app)) == []
