"""A body’s own affairs on a case: notes the regulator cannot read, items sent back and chased, teams, receipts."""

from __future__ import annotations

import hashlib

import make
import psycopg
import pytest
from make_audit import audit_at

from regulator.casework.queries import get
from regulator.errors import Conflict, Invalid, NotNow, Refused
from regulator.evidence import commands, queries, teams
from regulator.evidence.keeping import READ

MET = "metropolitan"
CANARY = "Do not tell them about the kestrel"
LINK = "https://example.org/case"


@pytest.fixture
def walk(in_app):
    """An audit of one body that was asked two things; the first is with its contributor."""
    walk = audit_at("gathering", MET)
    asked = [{"question": "Which log?"}, {"question": "Who checks?"}]
    walk.take("auditor", "request_evidence", items=asked)
    walk.take(f"{MET}/contact", "assign_item", draft_item=items(walk)[0].id, hand_to=who(walk).person_id)
    return walk


def who(walk, role="contributor"):
    """Somebody of the body."""
    return walk.who(f"{MET}/{role}")


def items(walk, by=None):
    """The items as a person of the body is shown them."""
    return queries.items_of(walk.case.case_id, by=by or who(walk, "contact"))


def case(walk, role="contact"):
    """The case as somebody of the body was shown it."""
    return get(walk.case.reference, by=who(walk, role))


def answer(walk, role="contact", *places, words="It is so."):
    """Answer items, all or those at some places."""
    rows = [
        {"item": one.id, "answer": words} for at, one in enumerate(items(walk)) if at in places or not places
    ]
    walk.take(f"{MET}/{role}", "answer_item", item_answer=rows)


def test_note_is_the_bodys_alone(walk, owner):
    """A note is read by colleagues; no role of the regulator’s may select it, nor does any word of it stand elsewhere."""
    commands.add_note(case(walk), CANARY, by=who(walk, "contact"))

    notes = queries.notes_of(walk.case.case_id, by=who(walk, "approving_officer"), whole=True)
    told = owner.execute("select distinct audience from entry_words where words like %s", (f"%{CANARY}%",))
    facts = owner.execute("select 1 from entry where canonical::text like %s", (f"%{CANARY}%",)).fetchone()
    mail = owner.execute("select 1 from house_mail where words like %s", (f"%{CANARY}%",)).fetchone()
    assert [one.words for one in notes] == [CANARY]
    assert told.fetchall() == [("body_only",)]
    assert facts is None
    assert mail is None
    assert queries.notes_of(walk.case.case_id, by=walk.who("auditor"), whole=True) == []


@pytest.mark.parametrize(
    "role", ["staff", "engine", "complainant", "oversight", "public", "system", "administration"]
)
def test_no_role_but_the_bodys_reads_notes(walk, owner, role):
    """The database itself refuses the words of a note to every role but the body’s."""
    commands.add_note(case(walk), CANARY, by=who(walk, "contact"))

    with owner.transaction(force_rollback=True):
        owner.execute(f"set local role regulator_{role}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), owner.transaction():
            owner.execute("select words from body_note")


def test_note_about_an_item(walk):
    """A contributor notes something about an item handed to them, and reads what is noted about it and no more."""
    first, second = items(walk)
    commands.add_note(case(walk), "The whole.", by=who(walk, "contact"))
    commands.add_note(case(walk), "Not yours.", by=who(walk, "contact"), item=second.id)
    commands.add_note(case(walk), "Mine.", by=who(walk), item=first.id)

    seen = queries.notes_of(walk.case.case_id, by=who(walk), whole=False)
    assert [one.words for one in seen] == ["Mine."]
    with pytest.raises(Refused):
        commands.add_note(case(walk), "Another’s.", by=who(walk), item=second.id)
    with pytest.raises(Refused):
        commands.add_note(case(walk), "The whole.", by=who(walk))
    with pytest.raises(Invalid, match="Write the note"):
        commands.add_note(case(walk), "  ", by=who(walk, "contact"))


def test_sent_back(walk, owner):
    """The approving officer sends one item back with a word: it must be answered anew, and its writer gets a letter."""
    answer(walk)
    officer = who(walk, "approving_officer")
    commands.send_back(case(walk), items(walk)[0].id, "Give the dates.", by=officer, link=LINK)

    with pytest.raises(NotNow, match="Item 1 was sent back to a colleague and not answered anew"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    letter = owner.execute("select words from house_mail order by id desc").fetchone()[0]
    staff = owner.execute("select count(*) from entry where step = 'send_item_back' and for_staff").fetchone()
    assert "item 1" in letter
    assert "Give the dates." not in letter
    assert staff == (0,)
    answer(walk, "contact", 0, words="On 3 March 2026.")
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)


def test_only_the_approving_officer_sends_back(walk):
    """A contact sends nothing back, nothing is sent back with no word, and nothing once it was submitted."""
    answer(walk)
    one, officer = items(walk)[0].id, who(walk, "approving_officer")

    with pytest.raises(Refused):
        commands.send_back(case(walk), one, "Why?", by=who(walk, "contact"), link=LINK)
    with pytest.raises(Invalid):
        commands.send_back(case(walk), one, " ", by=officer, link=LINK)
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    with pytest.raises(NotNow, match="submitted already"):
        commands.send_back(case(walk), one, "Why?", by=officer, link=LINK)


def test_chased_once_a_day(walk, owner):
    """Whoever has an item is reminded by a letter, once a day; where nobody has it, there is nobody to remind."""
    first, second = items(walk)
    named = commands.chase(case(walk), first.id, by=who(walk, "contact"), link=LINK)

    to = owner.execute("select recipient, words from house_mail order by id desc").fetchone()
    email = owner.execute("select email from person where id = %s", (who(walk).person_id,)).fetchone()[0]
    assert named == who(walk).name
    assert to[0] == email
    assert LINK in to[1]
    with pytest.raises(NotNow, match="today already"):
        commands.chase(case(walk), first.id, by=who(walk, "contact"), link=LINK)
    with pytest.raises(NotNow, match="Nobody has this item"):
        commands.chase(case(walk), second.id, by=who(walk, "contact"), link=LINK)
    with pytest.raises(Refused):
        commands.chase(case(walk), first.id, by=who(walk), link=LINK)


def test_handed_to_a_team(walk):
    """An item handed to a team may be answered by each of its people, and by no other contributor."""
    contact, contributor = who(walk, "contact"), who(walk)
    stranger = make.person("contributor", body=MET)
    teams.keep_team(None, "Analysts", [contributor.person_id], by=contact)
    (team,) = queries.teams(by=contact)
    second = items(walk)[1]
    walk.take(
        f"{MET}/contact", "answer_item", item_answer=[{"item": second.id, "hand_to": f"team-{team.id}"}]
    )

    assert items(walk)[1].has_it == "The team Analysts"
    assert [one.is_handed_to(contributor) for one in items(walk, contributor)] == [True, True]
    assert [one.is_handed_to(stranger) for one in items(walk, stranger)] == [False, False]
    answer(walk, "contributor", 1)
    assert items(walk)[1].answer == "It is so."


def test_teams_are_a_bodys_own(walk):
    """A team has people of its own body alone, a name of its own, and is made by the contact."""
    contact = who(walk, "contact")
    teams.keep_team(None, "Analysts", [], by=contact)

    with pytest.raises(Invalid, match="Another team"):
        teams.keep_team(None, "analysts", [], by=contact)
    with pytest.raises(Invalid, match="your own organisation"):
        teams.keep_team(None, "Others", [make.person("contributor", body="kent").person_id], by=contact)
    with pytest.raises(Refused):
        teams.keep_team(None, "Mine", [], by=who(walk))
    assert queries.teams(by=make.person("contact", body="kent")) == []


def test_signed_as_it_was_read(walk):
    """Signing while a colleague saves ends in a sentence that says which item changed, and nothing is signed."""
    answer(walk)
    read = " ".join(f"{one.id}:{one.version}" for one in items(walk))
    answer(walk, "contact", 1, words="It is otherwise.")

    with pytest.raises(Conflict, match="saved item 2 while you were reading"):
        walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True, **{READ: read})
    assert queries.sent_by_body(walk.case.case_id, by=who(walk, "contact")) == []


def test_kept_item_by_item(walk):
    """What was signed is kept item by item with the hash of each; what is held back is not among the words."""
    answer(walk)
    held = {"item": items(walk)[1].id, "answer": "Counsel said no.", "mark": "privileged", "ground": "Advice"}
    walk.take(f"{MET}/contact", "answer_item", item_answer=[held])
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)

    first, second = queries.sent_items(walk.case.case_id, by=walk.who("auditor"))
    assert (first.answer, first.answer_hash) == ("It is so.", hashlib.sha256(b"It is so.").hexdigest())
    assert (second.answer, second.mark, second.ground) == ("", "privileged", "Advice")


def test_versions_stay(walk):
    """An item that was returned and mended stands in two versions, the first with what was missing of it."""
    answer(walk)
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    one = items(walk)[0]
    walk.take("auditor", "return_items", returned_items=[{"item": one.id, "missing": "The dates."}])
    answer(walk, "contact", 0, words="It is so since 3 March.")
    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)

    found = [
        row for row in queries.sent_items(walk.case.case_id, by=who(walk, "contact")) if row.item_id == one.id
    ]
    assert [(row.version, row.answer, row.missing) for row in found] == [
        (1, "It is so.", "The dates."),
        (2, "It is so since 3 March.", None),
    ]
