"""What was written and given in a step stands with its entry, whether it happens now or is told of long ago."""

import re
from contextlib import nullcontext

import make
import pytest
from rooms.staff_pages import At, words

from regulator import moments

ENTRY = re.compile(r'<li class="timeline__entry.*?</li>\s*(?=<li class="timeline__entry|</ol>)', re.DOTALL)
LONG_AGO = "2026-03-02T10:00"


def entry(page, sentence):
    """The entry of a timeline that has this sentence."""
    return next(found for found in ENTRY.findall(page.text) if sentence in found)


@pytest.mark.parametrize("when", [None, LONG_AGO])
def test_letters_stand_with_their_entry(app, when):
    """A letter is found from the entry of its step, by staff and by whoever got it, who reads its words once."""
    with app.app_context(), moments.as_at(make.at(when)) if when else nullcontext():
        case, people = make.complaint_at("investigating")
        make.act(case.case_id, people.caseworker, "message_complainant", message="We begin next week.")

    staff = At(app, people.caseworker).get(f"/cases/{case.reference}")
    theirs = At(app, people.complainant(case.case_id)).get("/complaint/status")

    assert 'href="/letters/' in entry(staff, "wrote to the complainant")
    assert 'href="#letter-' in entry(theirs, "We wrote to you")
    assert words(theirs).count("We begin next week.") == 1


def test_written_down_at_once(app):
    """A case told afterwards says once on which day it was written down, and the complainant is not told it at all."""
    with app.app_context(), moments.as_at(make.at(LONG_AGO)):
        case, people = make.complaint_at("investigating")

    staff = At(app, people.caseworker).get(f"/cases/{case.reference}")
    theirs = At(app, people.complainant(case.case_id)).get("/complaint/status")

    assert "Much of this was written down at once, on" in words(staff)
    assert "written down" not in entry(staff, "accepted the complaint") + words(theirs)


def test_written_down_later(app):
    """One thing that happened before it was written down says both days."""
    with app.app_context():
        with moments.as_at(make.at(LONG_AGO)):
            case, people = make.complaint_at("received")
        rang = {
            "by": people.caseworker,
            "data": {"note": "Rang the force."},
            "occurred": make.at("2026-03-03T10:00"),
        }
        make.take("add_note", case.case_id, **rang)

    staff = At(app, people.caseworker).get(f"/cases/{case.reference}")

    assert "written down" in entry(staff, "added a note")
    assert "written down at once" not in words(staff)
