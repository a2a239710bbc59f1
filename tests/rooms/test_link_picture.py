"""The picture of a case’s links: what it shows, what it says, and that it says no more than the list."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import make
import pytest
from rooms.staff_pages import At, words

from regulator.casework.link_picture import WIDTH, LinkedCase, lay_out
from regulator.casework.steps import OtherCase

HERE = ("C-0000-0000", "This case", "Complaint", "Screening")
RELATIONS = ("The same technology or system", "It led to the other case", "The same events")


def pictures(page):
    """The pictures of links on a page."""
    found = re.findall(r'<svg[^>]* class="linked-cases".*?</svg>', page.text, re.DOTALL)
    return [ET.fromstring(svg.replace(' xmlns="http://www.w3.org/2000/svg"', "")) for svg in found]


def lines(svg):
    """What a picture shows in words."""
    return [text.text for text in svg.iter("text")]


@pytest.fixture
def linked(app):
    """A case with two links to a second case and one to a third."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        second, _ = make.complaint_at("screening", people)
        third, _ = make.complaint_at("withdrawn", people)
        for other, relation in ((second, "leads_to"), (second, "same_events"), (third, "same_complainant")):
            given = {"other_case": OtherCase(other.case_id, other.reference), "relation": relation}
            make.act(case.case_id, people.caseworker, "link_case", **given)
    return people, case, second, third


def test_what_it_shows(app, linked):
    """Each case, this one first, stands in it once, with kind, stage and how they belong together."""
    people, case, second, third = linked
    (svg,) = pictures(At(app, people.caseworker).get(f"/cases/{case.reference}"))
    said = " ".join(lines(svg))

    assert [line for line in lines(svg) if line.startswith("C-")] == [
        case.reference,
        second.reference,
        third.reference,
    ]
    assert "This case Complaint Investigating" in said
    assert f"{second.reference} Complaint Screening" in said
    assert "It led to the other case; The same events" in said
    assert "The same complainant" in said


def test_what_it_says(app, linked):
    """Who does not see it hears how many cases there are, and of each what the picture shows."""
    people, case, second, _ = linked
    (svg,) = pictures(At(app, people.caseworker).get(f"/cases/{case.reference}"))

    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{svg.find('title').get('id')} {svg.find('desc').get('id')}"
    assert svg.find("title").text == f"{case.reference} is linked to 2 other cases"
    assert f"{second.reference}, Complaint, Screening: It led to the other case; The same events." in (
        svg.find("desc").text
    )


def test_the_list_says_the_same(app, linked):
    """The list beside it leads to each case, once, and says the same in words."""
    people, case, second, third = linked
    page = At(app, people.caseworker).get(f"/cases/{case.reference}")
    said = words(page)[words(page).index("Linked cases") :]

    assert page.text.count(f'href="/cases/{second.reference}"') == 1
    assert page.text.count(f'href="/cases/{third.reference}"') == 1
    assert "Complaint, Screening. It led to the other case; The same events." in said


def test_an_arrow_shows_what_came_of_what(app, linked):
    """An arrow leads to the case that came of the other, seen from either; likeness has none."""
    people, case, second, third = linked
    browser = At(app, people.caseworker)
    heads = {
        one.reference: [
            path.get("d")
            for path in pictures(browser.get(f"/cases/{one.reference}"))[0].iter("path")
            if path.get("d").endswith("Z")
        ]
        for one in (case, second, third)
    }

    assert ["l-10" in head for head in heads[case.reference]] == [True]
    assert ["l10" in head for head in heads[second.reference]] == [True]
    assert heads[third.reference] == []


def test_no_picture_without_links(app):
    """A case with no link has no picture and no list of links."""
    with app.app_context():
        case, people = make.complaint_at("screening")
    page = At(app, people.caseworker).get(f"/cases/{case.reference}")

    assert pictures(page) == []
    assert "Linked cases" not in words(page)


def test_a_case_behind_a_wall_is_not_in_it(app, linked):
    """A linked case that the reader may not see is neither drawn nor counted."""
    people, case, second, _ = linked
    with app.app_context():
        inside = {"people": [people.lawyer.person_id], "reason": "A colleague."}
        make.act(second.case_id, people.manager, "restrict", **inside)
    page = At(app, people.caseworker).get(f"/cases/{case.reference}")
    (svg,) = pictures(page)

    assert svg.find("title").text == f"{case.reference} is linked to 1 other case"
    assert second.reference not in "".join(svg.itertext())


def test_only_what_a_strict_policy_allows(app, linked):
    """It is drawn with presentation attributes alone: no style, no script, no address."""
    people, case, *_ = linked
    (svg,) = pictures(At(app, people.caseworker).get(f"/cases/{case.reference}"))

    assert {one.tag for one in svg.iter()} == {"svg", "title", "desc", "path", "rect", "text"}
    assert not {name for one in svg.iter() for name in one.attrib} & {"style", "href", "onload"}


@pytest.mark.parametrize("number", range(1, 9))
def test_nothing_lies_on_anything_else(number):
    """However many there are, the boxes stand one below the other inside the picture, this case in the middle."""
    others = [
        LinkedCase(
            f"C-{one}", "", "Enforcement", "Representations considered", RELATIONS[one % 3], "", frozenset()
        )
        for one in range(number)
    ]
    middle, *placed = lay_out(HERE, others)
    column = sorted([middle, *placed], key=lambda box: box.y)

    assert all(above.y + above.height < below.y for above, below in pairwise(column))
    assert column.index(middle) == number // 2
    assert all(box.y < box.branch <= box.y + box.height and box.x < WIDTH for box in placed)
