"""Somebody who complains for another is checked by a person here before the complaint is accepted."""

from __future__ import annotations

import make
import pytest
from make import PASSED
from rooms.staff_pages import At, words

from regulator.errors import NotNow

ACTING = {"representative_name": "Rae Solicitor", "authority": "solicitor", "authority_words": "Codex & Co"}


def test_who_acts_is_confirmed_first(in_app):
    """A complaint made for somebody is accepted only once it is confirmed that whoever made it may act; then nothing is left to confirm."""
    taken, people = make.complaint_at("screening", **ACTING)
    with pytest.raises(NotNow, match="Check first that the representative may act"):
        make.act(taken.case_id, people.caseworker, "accept", remit_answers=PASSED)

    make.act(taken.case_id, people.caseworker, "check_authority", authority_checked=True)
    make.act(taken.case_id, people.caseworker, "accept", remit_answers=PASSED)
    with pytest.raises(NotNow, match="Nobody’s authority is waiting"):
        make.act(taken.case_id, people.caseworker, "check_authority", authority_checked=True)


def test_who_may_not_act_no_longer_does(in_app):
    """Where they may not act, the representation is ended, and the complaint goes on without them."""
    taken, people = make.complaint_at("screening", **ACTING)
    make.act(taken.case_id, people.caseworker, "end_representation", reason="Nobody asked them to")

    make.act(taken.case_id, people.caseworker, "accept", remit_answers=PASSED)


def test_who_was_added_was_checked_already(in_app):
    """Somebody added later was checked when they were added, and nothing is left to confirm."""
    taken, people = make.complaint_at("screening")
    added = {"representative_name": "Rae Solicitor", "authority": "solicitor", "authority_checked": True}
    make.act(taken.case_id, people.caseworker, "add_representative", **added)

    make.act(taken.case_id, people.caseworker, "accept", remit_answers=PASSED)


def test_what_lets_them_act_is_read(in_app):
    """Whoever confirms it reads who acts and what they said lets them."""
    taken, people = make.complaint_at("screening", **ACTING)
    page = words(At(in_app, people.caseworker).get(f"/cases/{taken.reference}/check-authority"))

    assert "Rae Solicitor: Solicitor instructed by the complainant: Codex & Co" in page
