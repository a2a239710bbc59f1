"""A letter that came back becomes a task: told once, in the record, until somebody saw to it."""

import subprocess
import sys

import pytest

from config import ROOT
from regulator.letters import bounces, commands, queries
from regulator.letters.commands import Address
from tests.rooms import bare, ground
from tests.rooms.delivery_ground import deliver

REPORT = """From: MAILER-DAEMON@mx.example.test
To: regulator@example.test
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test

Final-Recipient: rfc822; ada@example.test
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ada@example.test> no such person

--b
Content-Type: message/rfc822

Message-ID: {number}
Subject: anything

Words.
--b--
"""


@pytest.fixture
def carys(in_app):
    """A caseworker."""
    return bare.staff(bare.new_person("Carys"))


@pytest.fixture
def sent(in_app, post, case):
    """A letter that the mail server took."""
    number = ground.letter(case)
    deliver(in_app)
    return number


def report(owner, number: int, action: str = "failed") -> bytes:
    """What the mail server sends back about a letter."""
    found = owner.execute("select message_id from outbox where letter_id = %s", (number,)).fetchone()
    return REPORT.format(action=action, number=found[0]).encode()


def pipe(app, words: bytes) -> str:
    """What the command says that the mail server pipes a message to."""
    command = [sys.executable, "-m", "regulator.cli", "letters", "bounced"]
    done = subprocess.run(
        command, input=words, cwd=ROOT, env=ground.environ_of(app), capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode()


def test_report_makes_a_task(in_app, owner, sent, carys):
    """A report piped in makes the letter a task, with an entry for staff that says why and names no address."""
    said = pipe(in_app, report(owner, sent))

    assert "it waits for somebody now" in said
    assert ground.state_of(owner, sent) == "bounced"
    assert "550 5.1.1" in ground.problem_of(owner, sent)
    assert "ada@example.test" not in ground.problem_of(owner, sent)
    assert [row.id for row in queries.troubled(by=carys)] == [sent]
    steps = [step for (step,) in owner.execute("select step from entry order by id")]
    assert steps[-1] == "letter_came_back"
    assert bare.sentences(bare.proved(in_app)) == []


def test_report_twice_is_one_task(in_app, owner, sent):
    """The same report piped in twice is one entry."""
    for _ in range(2):
        said = pipe(in_app, report(owner, sent))

    assert "was seen to already" in said
    assert owner.execute("select count(*) from entry where step = 'letter_came_back'").fetchone() == (1,)


def test_delay_is_no_bounce(in_app, owner, sent):
    """A report that delivery takes longer is none that it failed."""
    assert bounces.read(report(owner, sent, "delayed")) is None


def test_answer_of_a_person_is_no_bounce(owner, sent):
    """Somebody who answers a letter, and quotes it, did not send it back."""
    words = report(owner, sent).replace(b"multipart/report; report-type=delivery-status", b"text/plain")
    words = words.replace(b"MAILER-DAEMON@mx", b"ada@mail")

    assert bounces.read(words) is None


def test_strangers_report(in_app, owner, sent):
    """A report about a letter that never went out from here changes nothing."""
    words = REPORT.format(action="failed", number="<12345678-1234-1234-1234-123456789abc@example.test>")

    said = pipe(in_app, words.encode())

    assert "about no letter that went out from here" in said
    assert ground.state_of(owner, sent) == "sent"


def test_refusal_is_in_the_record(in_app, owner, post, case):
    """A letter that the mail server refuses at once is an entry of the case as well."""
    post.answers["ada@example.test"] = "550 no such person"
    number = ground.letter(case)

    deliver(in_app)

    assert ground.state_of(owner, number) == "failed"
    (step,) = owner.execute("select step from entry order by id desc limit 1").fetchone()
    assert step == "letter_refused"


def test_new_address(in_app, owner, post, sent, carys):
    """A letter sent to a new address goes there with the same words; the first stays as it was and waits for nobody."""
    commands.came_back(sent, "It came back.")

    again = commands.readdress(
        sent, by=carys, to=Address(email="ada@new.example.test"), reason="She rang us."
    )
    deliver(in_app)

    assert ground.state_of(owner, sent) == "settled"
    assert ground.state_of(owner, again) == "sent"
    assert post.letters[-1]["To"] == "ada@new.example.test"
    first, second = (queries.get(number, by=carys) for number in (sent, again))
    assert (second.words, second.text_hash, second.again_of_id) == (first.words, first.text_hash, first.id)
    assert first.address == "ada@example.test"
    assert queries.troubled(by=carys) == []


def test_by_post_instead(in_app, owner, post, sent, carys):
    """A letter that came back may be posted instead: it gets its paper and stands on the list of the post."""
    commands.came_back(sent, "It came back.")

    again = commands.readdress(sent, by=carys, to=Address(postal="14 Long Acre"), reason="From her form.")
    deliver(in_app)

    assert [row.id for row in queries.to_post(by=carys)] == [again]
    assert queries.get(again, by=carys).sha256


def test_new_address_is_asked_for(in_app, owner, sent, carys, monkeypatch):
    """The page for a new address asks for the one that goes with the way chosen, and keeps what was typed."""
    commands.came_back(sent, "It came back.")
    browser = ground.browser_of(in_app, monkeypatch, carys)

    page = browser.post(f"/letters/{sent}/readdress", data={"way": "email", "reason": "She rang."}).text

    assert "Enter an email address, like name@example.com" in page
    assert "She rang." in page
    assert ground.state_of(owner, sent) == "bounced"


def test_discreet_letter(in_app, post, case):
    """To somebody who asked for it, nothing on the outside of a letter says who writes or about what."""
    to = commands.Recipient("complainant", "Ada", "ada@example.test", None, None, is_discreet=True)
    ground.letter(case, to)

    deliver(in_app)

    (letter,) = post.letters
    assert letter["Subject"] == "A letter for you"
    assert letter["From"] == "regulator@example.test"
