"""The pages that tell the rules: every edition with its kinds, that of new cases first."""

import make
from rooms.staff_pages import At, words


def test_every_edition_is_listed_with_its_kinds(app):
    """Staff are shown every edition, first that of new cases, and the kinds that each of them has."""
    with app.app_context():
        people = make.cast()
    page = At(app, people.lawyer).get("/rules")
    said = words(page)

    assert said.index("Draft rules of 2026") < said.index("Data Protection Act 2018, part 6")
    assert 'href="/rules/enforcement"' in page.text
    assert 'href="/rules/dpa-2018/enforcement"' in page.text
    assert "/rules/dpa-2018/complaint" not in page.text


def test_a_kind_is_told_under_the_edition_that_was_asked_for(app):
    """The rules of a kind under another edition are its own: other steps, other clocks, other sources."""
    with app.app_context():
        people = make.cast()
    browser = At(app, people.lawyer)
    ours, theirs = (words(browser.get(f"/rules/{where}enforcement")) for where in ("", "dpa-2018/"))

    assert "Certify a step" in ours
    assert "Certify a step" not in theirs
    assert "Record that a step was done" in theirs
    assert "Sections 142, 146 and 150 of the Data Protection Act 2018" in theirs


def test_rules_that_are_not_there(app):
    """A kind that an edition does not have, and an edition that is not there, are not found."""
    with app.app_context():
        people = make.cast()
    browser = At(app, people.lawyer)

    asked = [
        browser.get(f"/rules/{where}").status_code for where in ("dpa-2018/complaint", "dpa-2019/enforcement")
    ]
    assert asked == [404, 404]
