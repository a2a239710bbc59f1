"""Letters go out, or are shown to a person, whatever the mail server says of them."""

from dataclasses import replace

import pytest

from regulator import ledger, moments
from regulator.actors import SYSTEM
from regulator.errors import NotNow
from regulator.letters import commands, delivery
from tests.rooms import ground, mailbox
from tests.rooms.delivery_ground import deliver, later


def test_letter_goes_once(in_app, owner, post, case):
    """A letter is sent once, in plain text, from the regulator by name."""
    number = ground.letter(case, text="Dear Ada Example\n\nWe have your complaint – thank you.\n.\nThe end")

    deliver(in_app)
    deliver(in_app)

    (sent,) = post.letters
    assert sent["To"] == "ada@example.test"
    assert sent["From"] == "Biometrics and Facial Recognition Regulator <regulator@example.test>"
    assert sent.get_content_type() == "text/plain"
    text = sent.get_content().replace("\r\n", "\n")
    assert text == (
        "We have your complaint\n\nDear Ada Example\n\nWe have your complaint – thank you.\n.\nThe end\n"
    )
    assert ground.state_of(owner, number) == "sent"


def test_subject_says_the_reference_alone(in_app, post, case):
    """What can be read on a locked screen is the reference and who writes, never what the case is about."""
    ground.letter(case, subject="Your complaint about a camera in the market")

    deliver(in_app)

    assert post.letters[0]["Subject"] == (
        f"CO-{case:08}: a letter from Biometrics and Facial Recognition Regulator"
    )


def test_nobody_adds_a_header(in_app, owner, post, case):
    """Words and names that hold line ends add no header and no recipient."""
    victim = ground.to_complainant(
        "ada@example.test\r\nBcc: eve@example.test", "Ada\r\nBcc: eve@example.test"
    )
    ground.letter(case, victim, subject="Hello\r\nBcc: eve@example.test")
    good = ground.letter(case, text="Bcc: eve@example.test\r\n\r\nWords")

    deliver(in_app)

    (sent,) = post.letters
    assert sent["Bcc"] is None
    assert sent["To"] == "ada@example.test"
    assert ground.state_of(owner, good) == "sent"


def test_body_is_written_to_at_every_contact(in_app, owner, post, case):
    """A letter to a force goes to each of its contacts in one message."""
    ground.letter(case, ground.to_complainant("one@force.test, two@force.test"))

    deliver(in_app)

    assert post.letters[0]["To"] == "one@force.test, two@force.test"


def test_without_mail_server_it_is_shown(in_app, owner, case):
    """Where there is no mail server, in development, a letter is shown on a page in place of being sent."""
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "on_page"
    assert "We have your complaint" in in_app.test_client().get("/development/letters").text


def test_historic_letter_is_never_sent(in_app, owner, post, case):
    """A letter that a replay writes is kept and never sent."""
    number = ground.letter(case, historic=True)

    with later(days=3):
        delivery.look_after()
    deliver(in_app)

    assert post.taken == []
    assert ground.state_of(owner, number) == "historic"


def test_letter_without_address_waits_on_paper(in_app, owner, post, case):
    """A letter to somebody with no address for mail is not lost: it waits to be posted."""
    number = ground.letter(case, ground.to_complainant(None))

    deliver(in_app)

    assert ground.state_of(owner, number) == "on_paper"
    assert ground.jobs_of(owner, "deliver") == []


def test_step_undone_writes_no_letter(in_app, owner, post, case):
    """A step that is refused after it wrote a letter leaves neither letter nor job, and nothing goes out."""

    def refused() -> None:
        with ledger.change("acknowledge", by=SYSTEM, streams=[f"case:{case}"]):
            commands.write(
                case_id=case,
                template="acknowledgment",
                recipient=ground.to_complainant(),
                subject="We have your complaint",
                text="Dear Ada",
                written_at=moments.now(),
                historic=False,
            )
            raise NotNow("The rules changed their mind.")

    with pytest.raises(NotNow):
        refused()
    deliver(in_app)

    assert owner.execute("select count(*) from letter").fetchone() == (0,)
    assert ground.jobs_of(owner, "deliver") == []
    assert post.taken == []


def test_letter_waits_for_mail_server(in_app, owner, monkeypatch, case):
    """While the mail server is down a letter waits, and goes once it is up again."""
    with mailbox.mail_server(in_app, monkeypatch) as gone:
        pass
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "queued"
    assert "could not be used" in ground.problem_of(owner, number)
    with mailbox.mail_server(in_app, monkeypatch) as post, later(minutes=2):
        delivery.look_after()
        deliver(in_app)
        assert len(post.taken) == 1
    assert gone.taken == []
    assert (ground.state_of(owner, number), ground.problem_of(owner, number)) == ("sent", None)


def test_busy_mail_server(in_app, owner, post, case):
    """A letter that the mail server cannot take now waits; one look a minute later it goes."""
    post.answers["ada@example.test"] = "451 try later"
    number = ground.letter(case)
    deliver(in_app)
    assert ground.state_of(owner, number) == "queued"

    post.answers.clear()
    with later(minutes=2):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "sent"
    assert len(post.taken) == 1


@pytest.mark.parametrize("answer", ["550 no such person", "553 <ada@example.test> is nobody"])
def test_refused_address(in_app, owner, post, case, answer):
    """A letter that the mail server refuses has failed, and says why without naming the address."""
    post.answers["ada@example.test"] = answer
    number = ground.letter(case)

    deliver(in_app)
    with later(days=1):
        delivery.look_after()

    assert ground.state_of(owner, number) == "failed"
    assert ground.problem_of(owner, number).startswith("The mail server said “55")
    assert "ada@" not in ground.problem_of(owner, number)
    assert ground.jobs_of(owner, "deliver") == []


def test_refused_words(in_app, owner, post, case):
    """A letter whose words the mail server refuses has failed."""
    post.after = "554 looks like spam"
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "failed"


def test_refused_sender_is_our_fault(in_app, owner, post, case):
    """A mail server that will not have us keeps every letter waiting, and fails none."""
    post.greeting = "550 who are you"
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "queued"


def test_password_is_kept_back(in_app, owner, post, case, monkeypatch):
    """A mail server that offers no encryption is not told our password, and the letter waits."""
    config = in_app.extensions["regulator"]
    server = replace(config.mail_server, user="regulator", password="secret")
    monkeypatch.setitem(in_app.extensions, "regulator", replace(config, mail_server=server))
    number = ground.letter(case)

    deliver(in_app)

    assert post.taken == []
    assert ground.state_of(owner, number) == "queued"
    assert "the password was kept back" in ground.problem_of(owner, number)


def test_address_that_is_none(in_app, owner, post, case):
    """A letter to something that is no address has failed."""
    number = ground.letter(case, ground.to_complainant("by pigeon"))

    deliver(in_app)

    assert ground.state_of(owner, number) == "failed"


def test_sent_in_part(in_app, owner, post, case):
    """A letter that reaches some of a force’s contacts is sent, and a person is told that it missed others."""
    post.answers["gone@force.test"] = "550 left the force"
    number = ground.letter(case, ground.to_complainant("gone@force.test, here@force.test"))

    deliver(in_app)

    assert len(post.taken) == 1
    assert ground.state_of(owner, number) == "sent"
    assert ground.problem_of(owner, number).startswith("Not delivered to 1 of 2 addresses.")


def test_line_breaks_after_the_words(in_app, owner, post, case):
    """Where the line breaks after the words went over, nobody knows, and it is not sent again by itself."""
    post.after = None
    number = ground.letter(case)

    deliver(in_app)
    with later(days=1):
        delivery.look_after()
        deliver(in_app)

    assert ground.state_of(owner, number) == "unknown"
    assert len(post.taken) == 1
