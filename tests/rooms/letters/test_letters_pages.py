"""Who reads which letters, where they are listed, and who is written to."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import ProgrammingError

from config import Environment
from regulator import create_app, ledger, moments
from regulator.accounts.models import Person, RoleHeld
from regulator.actors import PUBLIC, SYSTEM, Actor
from regulator.db import db, engine_role
from regulator.errors import Missing
from regulator.letters import commands, delivery, queries
from regulator.letters.models import Letter
from regulator.worker import work
from tests.rooms import bare, ground, mailbox


def may_read(number: int, by: Actor) -> bool:
    """Whether the letter is there for this person."""
    try:
        return queries.get(number, by=by).id == number
    except Missing:
        return False


def test_letter_is_for_its_reader(in_app, owner, body, case, carys):
    """A letter is there for whom it was written to and for staff; nobody else finds it."""
    to_body = ground.letter(case, ground.to_body(ground.party_of(owner, case, body)))
    to_complainant = ground.letter(case)
    other = bare.new_case(bare.new_body("southshire"))
    readers = {
        "staff": carys,
        "their force": bare.officer(body),
        "their complainant": bare.complainant(case),
        "another force": bare.officer(bare.new_body("westshire")),
        "another complainant": bare.complainant(other),
        "an administrator": bare.administrator(bare.new_person("Rhys")),
        "the public": PUBLIC,
    }

    assert {name for name, by in readers.items() if may_read(to_body, by)} == {"staff", "their force"}
    assert {name for name, by in readers.items() if may_read(to_complainant, by)} == {
        "staff",
        "their complainant",
    }


def test_letters_of_a_case(in_app, owner, body, case, carys):
    """Staff find every letter of a case, and how far each came; a force and a complainant find their own."""
    to_body = ground.letter(case, ground.to_body(ground.party_of(owner, case, body)))
    to_complainant = ground.letter(case)

    ours = queries.of_case(case, by=carys)
    theirs = queries.of_case(case, by=bare.officer(body))
    hers = queries.of_case(case, by=bare.complainant(case))

    assert [letter.id for letter in ours] == [to_body, to_complainant]
    assert [letter.standing.label for letter in ours] == ["Waiting to be sent"] * 2
    assert [(letter.id, letter.standing) for letter in theirs] == [(to_body, None)]
    assert [(letter.id, letter.standing) for letter in hers] == [(to_complainant, None)]


def test_letter_to_one_force_of_two(in_app, owner, body):
    """In a case about two forces, a letter to one is not there for the other."""
    other = bare.new_body("southshire")
    case = bare.new_case(body, other)
    number = ground.letter(case, ground.to_body(ground.party_of(owner, case, body)))

    assert may_read(number, bare.officer(body))
    assert not may_read(number, bare.officer(other))


def test_letter_is_hashed(in_app, owner, case):
    """A letter’s hash is that of its subject and words, whatever the ends of its lines."""
    number = ground.letter(case, text="Dear Ada\r\nThank you.")

    kept = owner.execute("select text_hash from letter where id = %s", (number,)).fetchone()[0]

    assert kept == hashlib.sha256(b"We have your complaint\n\nDear Ada\nThank you.").hexdigest()


def test_letter_stays_as_written(in_app, case):
    """Not even a step can rewrite a letter."""
    number = ground.letter(case)

    def rewrite() -> None:
        with ledger.change("rewrite", by=SYSTEM, streams=[f"case:{case}"]):
            db.session.get_one(Letter, number).words = "We never had it."

    with pytest.raises(ProgrammingError, match="a letter stays as it was sent"):
        rewrite()


def test_page_of_a_letter(in_app, owner, case, carys, monkeypatch):
    """Staff read a letter as it was written and how far it came, and the look is written down."""
    number = ground.letter(case, text="Dear Ada\n\nThank you.")

    page = ground.browser_of(in_app, monkeypatch, carys).get(f"/letters/{number}")

    assert page.status_code == 200
    for words in ("We have your complaint", "Thank you.", "Ada Example", "Waiting to be sent"):
        assert words in page.text
    seen = owner.execute("select person_id, case_id, what from reading").fetchall()
    assert seen == [(carys.person_id, case, f"letter:{number}")]


def test_page_for_the_complainant(in_app, case, monkeypatch):
    """The complainant reads the letter itself and nothing about its delivery."""
    number = ground.letter(case)
    browser = ground.browser_of(in_app, monkeypatch, bare.complainant(case))

    page = browser.get(f"/letters/{number}")

    assert page.status_code == 200
    assert "We have your complaint." in page.text
    assert "Delivery" not in page.text


@pytest.mark.parametrize("path", ["", "/send-again", "/settle"])
def test_pages_for_a_stranger(in_app, owner, case, monkeypatch, path):
    """For another force there is no such letter, whatever page of it is asked for."""
    number = ground.letter(case)
    browser = ground.browser_of(in_app, monkeypatch, bare.officer(bare.new_body("southshire")))

    answer = browser.get(f"/letters/{number}{path}")

    assert answer.status_code == (403 if path else 404)
    assert "We have your complaint" not in answer.text
    assert owner.execute("select count(*) from reading").fetchone() == (0,)


def test_letters_that_need_a_person(in_app, owner, case, carys, failed):
    """Letters refused, held up or perhaps lost are listed, oldest first; those under way or to be posted are not."""
    ground.letter(case, ground.to_complainant(None))
    held_up = ground.letter(case, ground.to_complainant(None))
    owner.execute("update outbox set problem = 'No address' where letter_id = %s", (held_up,))
    lost = ground.letter(case)
    ground.letter(case)
    owner.execute("update outbox set state = 'unknown', problem = 'Who knows' where letter_id = %s", (lost,))

    listed = queries.troubled(by=carys)

    assert [letter.id for letter in listed] == [failed, held_up, lost]
    assert [letter.standing.label for letter in listed] == [
        "Not delivered",
        "Cannot be posted",
        "Delivery unknown",
    ]


def test_letter_that_waits_too_long(in_app, owner, case, carys, monkeypatch):
    """A letter that waits for the mail server is shown to a person once it was tried three times."""
    with mailbox.mail_server(in_app, monkeypatch):
        pass
    number = ground.letter(case)
    listed = []
    for tries in range(1, 4):
        with moments.as_at(moments.now() + timedelta(hours=tries)):
            delivery.look_after()
            work(in_app, once=True)
        listed.append([letter.id for letter in queries.troubled(by=carys)])

    assert listed == [[], [], [number]]
    assert queries.get(number, by=carys).standing.label == "Waiting for the mail server"


def test_list_page(in_app, case, carys, failed, monkeypatch):
    """The list of letters that need a person says why each does, and leads to it."""
    page = ground.browser_of(in_app, monkeypatch, carys).get("/letters/troubled")

    assert "Not delivered" in page.text
    assert "550 no such person" in page.text
    assert f'href="/letters/{failed}"' in page.text


def test_empty_list_page(in_app, carys, monkeypatch):
    """With nothing to do, the list says so."""
    page = ground.browser_of(in_app, monkeypatch, carys).get("/letters/troubled")

    assert "No letter needs you" in page.text


def test_long_list_has_pages(in_app, owner, case, carys, monkeypatch):
    """A long list is read page by page, and each letter stands on one of them."""
    monkeypatch.setattr(queries, "PAGE", 2)
    numbers = [ground.letter(case, ground.to_complainant(None), subject=f"Letter {n}") for n in range(3)]
    browser = ground.browser_of(in_app, monkeypatch, carys)

    first = browser.get("/letters/to-post").text
    second = browser.get(f"/letters/to-post?after={numbers[1]}").text

    assert "Letter 1" in first
    assert "Letter 2" not in first
    assert f"/letters/to-post?after={numbers[1]}" in first
    assert "Letter 2" in second


def test_walled_letter_is_not_listed(in_app, owner, body, carys):
    """A letter of a case behind a wall is listed for nobody outside the wall."""
    inside = bare.new_person("Ines")
    case = bare.new_case(body, inside=[inside])
    number = ground.letter(case, ground.to_complainant(None))

    assert [letter.id for letter in queries.to_post(by=carys)] == []
    assert [letter.id for letter in queries.to_post(by=bare.staff(inside))] == [number]


def test_list_is_for_staff(in_app, body, case):
    """Nobody but staff has a list of letters that need a person."""
    ground.letter(case, ground.to_complainant(None))

    assert queries.troubled(by=bare.officer(body)) == []
    assert queries.troubled(by=bare.complainant(case)) == []
    assert queries.to_post(by=bare.officer(body)) == []
    assert queries.to_post(by=bare.complainant(case)) == []


def test_development_page(in_app):
    """On a machine of one’s own a page stands in for the mail server, and says when it is empty."""
    page = in_app.test_client().get("/development/letters")

    assert page.status_code == 200
    assert "No letter yet" in page.text


def test_development_page_is_not_in_production(in_app):
    """In production no page shows letters to whoever asks."""
    config = replace(in_app.extensions["regulator"], environment=Environment.PRODUCTION)

    paths = {rule.rule for rule in create_app(config).url_map.iter_rules()}

    assert "/letters/troubled" in paths
    assert not any(path.startswith("/development") for path in paths)


def hold(person: int, role: str, starts: date, ends: date | None = None) -> None:
    """Give a role."""
    with ledger.change("give_role", by=SYSTEM, streams=[f"person:{person}"]):
        db.session.add(RoleHeld(person_id=person, role=role, starts_on=starts, ends_on=ends))


def test_contacts_of_a_body(in_app, body):
    """Letters to a force go to those who are its contacts today: not to former ones, leavers or other roles."""
    today, long_ago = moments.today(), date(2020, 1, 1)
    people = {name: bare.new_person(name, body) for name in ("Ann", "Bo", "Former", "Left", "Other", "Soon")}
    elsewhere = bare.new_person("Elsewhere", bare.new_body("southshire"))
    for name in ("Bo", "Ann", "Left"):
        hold(people[name], "contact", long_ago)
    hold(people["Former"], "contact", long_ago, today)
    hold(people["Soon"], "contact", today + timedelta(days=1))
    hold(people["Other"], "contributor", long_ago)
    hold(elsewhere, "contact", long_ago)
    with ledger.change("leave", by=SYSTEM, streams=[f"person:{people['Left']}"]):
        db.session.get_one(Person, people["Left"]).left_on = today

    with engine_role([]):
        contacts = commands.contacts_of(body)

    assert contacts == "ann@example.test, bo@example.test"


def test_body_without_contact(in_app, body):
    """A force that has no contact is written to on paper."""
    with engine_role([]):
        assert commands.contacts_of(body) is None


def test_holders_of_a_role(in_app, body):
    """Letters to the managers go to the regulator’s own."""
    hold(bare.new_person("Mair"), "manager", date(2020, 1, 1))
    hold(bare.new_person("Mal", body), "manager", date(2020, 1, 1))

    with engine_role([]):
        assert commands.holders_of("manager") == "mair@example.test"
