"""Codes cannot be guessed by trying: tries run out, and the page says when to try again."""

import make
from rooms.complaint_pages import Anybody, with_code
from rooms.staff_pages import words

from regulator import moments


def test_tries_run_out_and_the_page_says_until_when(app):
    """After ten wrong codes for a reference nothing is looked at, not even the right code, until the time that the page says."""
    case, _, code = with_code(app)
    wrong, right = {"reference": case.reference, "code": "wrong"}, {"reference": case.reference, "code": code}
    with moments.as_at(make.at("2026-11-20T10:00")):
        tries = [Anybody(app).send("/complaint", **wrong) for _ in range(11)]
        refused = Anybody(app).send("/complaint", **right)
    with moments.as_at(make.at("2026-11-20T10:16:01")):
        opened = Anybody(app).send("/complaint", **right)

    assert [one.status_code for one in tries] == [200] * 10 + [429]
    for page in (tries[-1], refused):
        assert "There were too many attempts. Wait until 10:16am, then try again." in words(page)
    assert opened.location == "/complaint/status"


def test_whoever_guesses_references_runs_out_too(app):
    """One address that tries reference after reference is refused in the same words, whichever it tries next."""
    case, _, code = with_code(app)
    one = Anybody(app)
    with moments.as_at(make.at("2026-11-20T10:00")):
        tries = [one.send("/complaint", reference=f"C-0000-{at:04}", code="wrong") for at in range(30)]
        last = one.send("/complaint", reference=case.reference, code=code)

    assert {page.status_code for page in tries} == {200}
    assert last.status_code == 429
    assert "Wait until 10:16am, then try again." in words(last)
