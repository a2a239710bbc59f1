"""Standards: read on a page, chosen from those in force on the day concerned, and kept as the version they were."""

import dataclasses
from datetime import date

import make
import pytest
from rooms.staff_pages import At, words

from regulator.casework import editions
from regulator.errors import Invalid


@pytest.fixture
def reworded(app, monkeypatch):
    """Rules in which one standard was worded anew in 2024."""
    edition = editions.editions()["2026-draft"]
    old = dataclasses.replace(edition.standards["LFR-WHO"], in_force_to="2023-12-31")
    new = dataclasses.replace(
        old,
        code="LFR-WHO-2",
        title="Who, worded anew",
        in_force_from="2024",
        in_force_to="",
        follows="LFR-WHO",
    )
    every = {**edition.standards, old.code: old, new.code: new}
    changed = {**editions.editions(), "2026-draft": dataclasses.replace(edition, standards=every)}
    monkeypatch.setattr(editions, "editions", lambda: changed)
    return app


def test_the_page_lists_them_with_their_dates(app):
    """Each standard is there with its clause, words, dates and source, and says where nobody confirmed it."""
    with app.app_context():
        people = make.cast()
    said = words(At(app, people.lawyer).get("/rules/2026-draft/standards"))

    assert (
        "Who may be on a watchlist is not left to an officer’s discretion the “who” question LFR-WHO" in said
    )
    assert "From 21 April 2026" in said
    assert "Not confirmed" in said
    assert "Scientific advance" in said


def test_the_page_of_a_day(reworded):
    """Asked for a day, the page lists what was in force on it, and which version took the place of which."""
    with reworded.app_context():
        people = make.cast()
    browser = At(reworded, people.lawyer)
    then = words(browser.get("/rules/2026-draft/standards?on=2023-05-01"))
    every = words(browser.get("/rules/2026-draft/standards?on=nonsense"))

    assert "Who, worded anew" not in then
    assert "DPA-164A" not in then
    assert "Took the place of LFR-WHO" in every
    assert "LFR-WHO-2 took its place" in every


def test_rules_that_are_not_there(app):
    """The standards of an edition that is not there are not found."""
    with app.app_context():
        people = make.cast()

    assert At(app, people.lawyer).get("/rules/2030/standards").status_code == 404


def shared(app, people, case):
    """The page on which the findings of a complaint are written."""
    return At(app, people.caseworker).get(f"/cases/{case.reference}/share-provisional-view").text


@pytest.mark.parametrize(("happened", "offered"), [("2023-06-01", "LFR-WHO"), ("2025-06-01", "LFR-WHO-2")])
def test_only_what_was_in_force_when_it_happened(reworded, happened, offered):
    """Of a complaint about a known day, a finding chooses among the standards in force on that day."""
    with reworded.app_context():
        case, people = make.complaint_at("investigating", happened_on=date.fromisoformat(happened))
    page = shared(reworded, people, case)

    assert f'value="{offered}"' in page
    assert page.count('value="LFR-WHO"') + page.count('value="LFR-WHO-2"') == page.count(f'value="{offered}"')


def test_a_day_not_known(reworded):
    """Where the day is not known, every version is offered, and one that is over says until when it was in force."""
    with reworded.app_context():
        case, people = make.complaint_at("investigating", happened_on=None)
    page = shared(reworded, people, case)

    assert 'value="LFR-WHO"' in page
    assert 'value="LFR-WHO-2"' in page
    assert "until 31 December 2023" in page


def test_a_finding_under_no_standard(app):
    """A finding that names no standard of the rules is refused beside the question."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        found = [{**row, "standard": "NO-SUCH"} for row in make.findings(1, 2)]
        with pytest.raises(Invalid, match="Choose the standard"):
            make.act(
                case.case_id,
                people.caseworker,
                "share_provisional_view",
                findings=found,
                view_to_complainant=["We think so."],
                view_to_body=["We think so."],
            )
