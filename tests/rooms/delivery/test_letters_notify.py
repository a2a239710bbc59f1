"""Letters by GOV.UK Notify: each once, whatever goes down in the middle, and what became of it asked for."""

import pytest

from regulator.letters import delivery, queries
from tests.rooms import bare, ground, mailbox, notifier
from tests.rooms.delivery_ground import deliver, later


@pytest.fixture
def notify(in_app, monkeypatch):
    """A Notify that the application sends to."""
    with notifier.notifier(in_app, monkeypatch) as box:
        yield box


@pytest.fixture
def carys(in_app):
    """A caseworker."""
    return bare.staff(bare.new_person("Carys"))


def ask(app, **time):
    """Let the worker ask what became of letters, some time later."""
    with later(**time):
        delivery.ask_after()
        deliver(app)


def test_letter_goes_to_notify(in_app, owner, notify, case):
    """A letter goes to Notify with its words, under its own reference, and no mail server is asked."""
    number = ground.letter(case, text="Dear Ada")

    deliver(in_app)

    (taken,) = notify.taken
    assert taken["email_address"] == "ada@example.test"
    assert taken["template_id"] == notifier.TEMPLATE
    assert taken["personalisation"]["body"] == "We have your complaint\n\nDear Ada"
    message_id = owner.execute("select message_id from outbox where letter_id = %s", (number,)).fetchone()[0]
    assert f"<{taken['reference']}>" == message_id
    assert ground.state_of(owner, number) == "sent"


@pytest.mark.parametrize(
    "became",
    [("delivered", "delivered"), ("sending", "sent"), ("permanent-failure", "bounced")],
)
def test_what_became_of_it(in_app, owner, notify, case, became):
    """The worker asks Notify what became of a letter; one that came back becomes a task, and an entry says so."""
    status, state = became
    number = ground.letter(case)
    deliver(in_app)
    notify.become(status)

    ask(in_app, minutes=5)

    assert ground.state_of(owner, number) == state
    told = owner.execute("select count(*) from entry where step = 'letter_came_back'").fetchone()
    assert told == (1 if state == "bounced" else 0,)


def test_notify_is_down(in_app, owner, notify, case):
    """While Notify is down a letter waits; once it is up again the letter goes, once."""
    notify.is_down = True
    number = ground.letter(case)
    deliver(in_app)
    assert ground.state_of(owner, number) == "queued"
    assert "503" in ground.problem_of(owner, number)

    notify.is_down = False
    with later(minutes=5):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(notify.taken) == 1


def test_nobody_is_there(in_app, owner, case, monkeypatch):
    """A letter waits while Notify cannot be reached at all."""
    notifier.point_to(in_app, monkeypatch, mailbox.free_port())
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "queued"
    assert "could not be reached" in ground.problem_of(owner, number)


def test_answer_that_was_lost(in_app, owner, notify, case):
    """Where the line breaks once Notify took a letter, nobody knows; asked later, Notify does, and nothing goes twice."""
    notify.after = None
    number = ground.letter(case)
    deliver(in_app)
    assert ground.state_of(owner, number) == "unknown"

    ask(in_app, minutes=5)

    assert ground.state_of(owner, number) == "sent"
    assert len(notify.taken) == 1


def test_error_after_it_was_taken(in_app, owner, notify, case):
    """A letter that Notify took and answered with an error is not sent a second time when it is tried again."""
    notify.after = 500
    number = ground.letter(case)
    deliver(in_app)
    assert ground.state_of(owner, number) == "queued"

    with later(minutes=5):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(notify.taken) == 1


def test_worker_dies_over_it(in_app, owner, notify, case):
    """Of a letter over which a worker died Notify knows whether it has it: it is sent, and not sent again."""
    number = ground.letter(case)
    deliver(in_app)
    owner.execute("update outbox set state = 'attempting', sent_at = null where letter_id = %s", (number,))

    with later(hours=1):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(notify.taken) == 1


def test_worker_died_before_notify_had_it(in_app, owner, notify, case):
    """Of a letter over which a worker died and which Notify does not have, a person decides."""
    number = ground.letter(case)
    owner.execute("set search_path = public, jobs")
    owner.execute("delete from jobs.procrastinate_jobs")
    owner.execute("update outbox set state = 'attempting', attempts = 1 where letter_id = %s", (number,))

    with later(hours=1):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "unknown"
    assert notify.taken == []


def test_one_of_several_is_refused(in_app, owner, notify, case, carys):
    """A letter to several addresses of which Notify refuses one goes to the others, and a person is told."""
    notify.answers["b@example.test"] = 400
    number = ground.letter(case, ground.to_complainant("a@example.test, b@example.test"))

    deliver(in_app)

    assert [one["email_address"] for one in notify.taken] == ["a@example.test"]
    assert "Not delivered to 1 of 2 addresses" in ground.problem_of(owner, number)
    assert "b@example.test" not in ground.problem_of(owner, number)
    assert [row.id for row in queries.troubled(by=carys)] == [number]


def test_refused_for_good(in_app, owner, notify, case):
    """A letter that Notify refuses for good is not tried again."""
    notify.answers["ada@example.test"] = 400
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "failed"


def test_callback(in_app, owner, notify, case):
    """When Notify calls back with the token agreed, the letter is asked about at once."""
    number = ground.letter(case)
    deliver(in_app)
    notify.become("delivered")
    sent = {"reference": notify.taken[0]["reference"], "status": "delivered"}
    headers = {"Authorization": f"Bearer {notifier.TOKEN}"}

    answer = in_app.test_client().post("/letters/notify-callback", json=sent, headers=headers)
    deliver(in_app)

    assert answer.status_code == 204
    assert ground.state_of(owner, number) == "delivered"


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer wrong", "Bearer é"])
def test_callback_of_a_stranger(in_app, owner, notify, case, token):
    """Without the token there is no such page, and nothing is asked."""
    ground.letter(case)
    deliver(in_app)
    sent = {"reference": notify.taken[0]["reference"]}

    answer = in_app.test_client().post(
        "/letters/notify-callback", json=sent, headers={"Authorization": token}
    )

    assert answer.status_code == 404
    assert ground.jobs_of(owner, "ask_about") == []


@pytest.mark.parametrize("sent", [None, [], {}, {"reference": 7}, {"reference": "no such"}])
def test_callback_that_says_nothing(in_app, owner, notify, sent):
    """A call that names no letter of ours changes nothing."""
    headers = {"Authorization": f"Bearer {notifier.TOKEN}"}

    answer = in_app.test_client().post("/letters/notify-callback", json=sent, headers=headers)

    assert answer.status_code == 204
    assert ground.jobs_of(owner, "ask_about") == []
