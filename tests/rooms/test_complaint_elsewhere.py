"""What belongs to another body is turned away kindly, before anybody has typed a page, with who can help."""

import pytest
from rooms.complaint_pages import Anybody, answers, walk
from rooms.staff_pages import words

from regulator.casework import editions
from tests.linting import faults, read

EARLY = ("body", "subject", "nation")


def led(app, **said):
    """Where the first answers lead, and the browser that gave them."""
    browser = Anybody(app)
    every = {**answers(app), **said}
    path, locations = "/complain/form/organisation", []
    while path.startswith("/complain/form/") and not path.endswith("technology"):
        path = browser.send(path, **{name: every[name] for name in EARLY}).location
        locations.append(path)
    return path, browser


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"body": "other"}, "ico.org.uk"),
        ({"subject": "conduct"}, "policeconduct.gov.uk"),
        ({"subject": "conduct", "nation": "scotland"}, "Police Investigations and Review Commissioner"),
        ({"subject": "conduct", "nation": "northern_ireland"}, "The Police Ombudsman for Northern Ireland"),
        ({"subject": "data_rights"}, "The organisation itself, and after it the Information Commissioner"),
        ({"subject": "technology", "nation": "scotland"}, "biometricscommissioner.scot"),
        ({"subject": "covert"}, "The Investigatory Powers Tribunal"),
        ({"subject": "forensic"}, "The Forensic Science Regulator"),
        ({"subject": "court"}, "The court that deals with it"),
        ({"subject": "commissioner"}, "The First-tier Tribunal"),
        ({"subject": "us"}, "ombudsman.org.uk"),
        ({"nation": "abroad"}, "The authority of that country"),
    ],
)
def test_led_elsewhere(app, said, who):
    """Each kind of complaint that somebody else deals with leads to a sound page that says who."""
    path, browser = led(app, **said)
    page = browser.get(path)

    assert path == "/complain/elsewhere"
    assert who in words(page)
    assert faults(read(page.text)) == []


@pytest.mark.parametrize("nation", ["england", "wales", "northern_ireland", "unsure"])
@pytest.mark.parametrize("subject", ["technology", "unsure"])
def test_ours(app, subject, nation):
    """What is ours, or may be, leads on without a word about anybody else."""
    path, _ = led(app, subject=subject, nation=nation)

    assert path == "/complain/code"


def test_may_go_on_where_the_law_allows(app):
    """Where another body is the better one but we may be asked, the page lets them go on; where not, it does not."""
    _, open_ = led(app, subject="conduct")
    _, closed = led(app, body="other")

    assert "Go on with my complaint to you" in words(open_.get("/complain/elsewhere"))
    assert "Go on with my complaint to you" not in words(closed.get("/complain/elsewhere"))
    assert closed.get("/complain/check").location == "/complain/elsewhere"


def test_going_on_makes_a_complaint(app, owner):
    """Who goes on all the same makes a complaint like any other."""
    browser = Anybody(app)
    walk(browser, answers(app, subject="conduct"))
    browser.send("/complain/check")

    assert owner.execute("select stage from case_file").fetchone() == ("received",)


def test_every_signpost_is_reached():
    """No signpost of the edition stands where an earlier one always comes first."""
    edition = editions.current()
    reached = {
        found.name
        for body in ("1", "other")
        for subject in edition.choices("complaint_subjects")
        for nation in edition.choices("nations")
        if (found := edition.intake.signpost({"body": body, "subject": subject.code, "nation": nation.code}))
    }

    assert reached == {one.name for one in edition.intake.signposts}
