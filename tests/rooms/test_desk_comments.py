"""Comments of a body: who signs them reads who wrote each, and the files given with them, as they stand."""

from __future__ import annotations

import io
import re

import pytest
from make_audit import audit_at
from rooms.seats import Seat as At
from rooms.test_desk_kinds import MET, drawn, place, said

pytestmark = pytest.mark.usefixtures("in_app")


def read_through(browser, path) -> dict[str, str]:
    """The page of signing as it is read, with its declaration ticked."""
    read = re.search(r'name="read_items" value="([^"]*)"', browser.get(path).text)
    return {**browser.drawn(path), "read_items": read[1], "response_signed": "yes"}


def test_comments_are_signed_as_they_were_read(app):
    """Who signs comments reads who wrote each and the files with them; what is saved meanwhile is not signed unread."""
    walk = audit_at("factual_accuracy")
    contact, officer = (At(app, walk.who(f"{MET}/{role}")) for role in ("contact", "approving_officer"))
    drafting, signing = f"{place(walk)}/comment-on-draft", f"{place(walk)}/sign-comments"
    before = drawn(contact, drafting)
    box = next(name for name in before if name.endswith("-words"))
    given = {"files": (io.BytesIO(b"The log"), "log.txt")}
    assert contact.post(drafting, {**before, box: "It was May.", **given}).status_code == 302
    read, page = read_through(officer, signing), said(officer, signing)
    assert contact.post(drafting, {**drawn(contact, drafting), box: "June."}).status_code == 302
    stale = officer.post(signing, read)
    staff, path = At(app, walk.who("auditor")), f"/cases/{walk.case.reference}"
    unsigned = staff.get(path).text
    assert officer.post(signing, read_through(officer, signing)).status_code == 302

    assert f"Written by {walk.who(f'{MET}/contact').name}" in page
    assert "log.txt" in page
    assert "This changed while you were writing" in stale.text
    assert "June." in stale.text
    assert ("log.txt" in unsigned, "June." in unsigned) == (False, False)
    assert ("log.txt" in staff.get(path).text, "June." in staff.get(path).text) == (True, True)
