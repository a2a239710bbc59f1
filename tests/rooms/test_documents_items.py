"""A file belongs to the item it was given with: what is held back of another item does not hold it back."""

import io
import re

import pytest
from make_audit import audit_at
from rooms.seats import Seat as At
from rooms.test_desk_kinds import MET, ask, drawn, place, said

pytestmark = pytest.mark.usefixtures("in_app")


def file(name: str, words: str = "") -> tuple[io.BytesIO, str]:
    return io.BytesIO((words or name).encode()), name


def saved(browser, path: str, **more: object) -> int:
    """Send the page of the answers as it is drawn, with more."""
    return browser.post(path, {**drawn(browser, path), "key": "", **more}).status_code


def given_apart(walk, first: int, second: int) -> None:
    """Two items answered in one save, each with a file of its own, the second held back."""
    contact, path = At(walk.app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"
    told = {
        f"item_answer-{first}-answer": "Here.",
        f"item_answer-{first}-files": file("log.txt"),
        f"item_answer-{second}-answer": "Advice.",
        f"item_answer-{second}-mark": "privileged",
        f"item_answer-{second}-ground": "Legal advice.",
        f"item_answer-{second}-files": file("advice.txt"),
    }
    assert saved(contact, path, **told) == 302


def test_item_held_back_holds_back_its_own_files_alone(app):
    """Of two items answered in one save, the files of the one that is held back stay, and those of the other go."""
    walk = audit_at("gathering")
    walk.app = app
    given_apart(walk, *ask(walk)[MET])

    walk.take(f"{MET}/approving_officer", "submit_response", response_signed=True)
    staff = At(app, walk.who("auditor")).get(f"/cases/{walk.case.reference}").text

    assert ("log.txt" in staff, "advice.txt" in staff) == (True, False)


def test_contributor_has_the_files_of_their_own_item(app):
    """A contributor has the file given with their own item, and not the one given in the same save with another."""
    walk = audit_at("gathering")
    walk.app = app
    first, second = ask(walk)[MET]
    colleague = walk.who(f"{MET}/contributor")
    walk.take(f"{MET}/contact", "assign_item", draft_item=first, hand_to=colleague.person_id)
    given_apart(walk, first, second)

    page = At(app, colleague).get(place(walk)).text
    advice = re.search(
        r'href="(/documents/\d+)"[^>]*>\s*advice.txt',
        At(app, walk.who(f"{MET}/contact")).get(place(walk)).text,
    )

    assert ("log.txt" in page, "advice.txt" in page) == (True, False)
    assert advice is not None
    assert At(app, colleague).get(advice[1]).status_code == 404


def test_signing_shows_each_file_with_its_item(app):
    """Who signs reads each file under the item it was given with."""
    walk = audit_at("gathering")
    walk.app = app
    given_apart(walk, *ask(walk)[MET])

    signing = said(At(app, walk.who(f"{MET}/approving_officer")), f"{place(walk)}/submit-response")

    assert signing.index("Send the log") < signing.index("log.txt") < signing.index("Who checks?")
    assert signing.count("log.txt") == 1


def test_file_alone_is_saved(app, owner):
    """A file given with an item is kept though nothing else was changed, and the item’s own."""
    walk = audit_at("gathering")
    first, _ = ask(walk)[MET]
    contact, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"

    status = saved(contact, path, **{f"item_answer-{first}-files": file("log.txt")})

    assert status == 302
    assert owner.execute("select item_id from document where name = 'log.txt'").fetchall() == [(first,)]


def test_file_refused_stands_beside_its_item(app, owner):
    """A file that cannot be taken is refused beside its own item; what was typed stays, and nothing is saved."""
    walk = audit_at("gathering")
    first, _ = ask(walk)[MET]
    contact, path = At(app, walk.who(f"{MET}/contact")), f"{place(walk)}/answer-item"
    told = {f"item_answer-{first}-answer": "Kept.", f"item_answer-{first}-files": file("run.exe", "MZ\0\0")}

    answer = contact.post(path, {**drawn(contact, path), "key": "", **told})

    assert answer.status_code != 302
    assert "“run.exe” is not a kind of file that can be taken" in answer.text
    assert f'href="#item_answer-{first}-files"' in answer.text
    assert "Kept." in answer.text
    assert owner.execute("select count(*) from document where name = 'run.exe'").fetchone() == (0,)
