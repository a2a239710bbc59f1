"""The dashboard: what is open and overdue, for whom, and what it may not tell."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import make
import pytest
from rooms.staff_pages import At, statements, words

from regulator import moments
from tests.rooms.dashboard_ground import dashboard, put_case, put_clock, tables


def test_open_cases_by_stage(app, office):
    """Open cases are counted at each stage where there is one, closed ones nowhere."""
    page = dashboard(app, office.manager)

    assert tables(page)[0] == {"Screening": [1, 0], "Investigating": [1, 0]}
    assert "2 cases are open; none is overdue." in words(page)


def test_overdue_cases(app, office):
    """A case is overdue when something we owe on it is."""
    with moments.as_at(moments.now() + timedelta(days=400)):
        page = dashboard(app, office.manager)

    assert tables(page)[0] == {"Screening": [1, 1], "Investigating": [1, 1]}
    assert "2 cases are open; all are overdue." in words(page)


@pytest.mark.parametrize(
    ("who", "whose", "expected"),
    [
        ("manager", "everything", {"Screening": [1, 0], "Investigating": [1, 0]}),
        ("manager", "team", {"Investigating": [1, 0]}),
        ("caseworker", "mine", {"Investigating": [1, 0]}),
        ("caseworker", "nobody", {"Screening": [1, 0], "Investigating": [1, 0]}),
    ],
)
def test_whose(app, office, who, whose, expected):
    """All cases, a team’s and one’s own are counted apart; an address that means nothing counts all."""
    assert tables(dashboard(app, getattr(office, who), f"whose={whose}"))[0] == expected


def test_nothing_of_ones_own(app, office):
    """Somebody with no case reads that none of theirs is open."""
    page = words(dashboard(app, office.lawyer, "whose=mine"))

    assert "No case of yours is open." in page
    assert "No promise was kept or broken, and none is overdue today." in page


def test_no_team(app):
    """Somebody in no team is not asked about a team’s, and counts everybody’s if they ask all the same."""
    with app.app_context():
        _, people = make.complaint_at("screening")
    page = dashboard(app, people.manager, "whose=team")

    assert "whose=team" not in page.text
    assert tables(page)[0] == {"Screening": [1, 0]}


@pytest.mark.parametrize("whose", ["everything", "team", "mine"])
def test_each_number_leads_to_just_those_cases(app, office, whose):
    """Each number of open cases leads to a worklist with as many cases in it, those from the past in neither."""
    with app.app_context():
        past = make.complaint_at("investigating", office)[0]
        given = {"person": office.caseworker.person_id, "team": office.caseworker.team_id}
        make.act(past.case_id, office.manager, "assign", **given)
    browser = At(app, office.caseworker)
    with moments.as_at(moments.now() + timedelta(days=400)):
        page = browser.get(f"/dashboard?whose={whose}")
        found = re.findall(r'<td[^>]*><a href="([^"]+)"[^>]*>(\d+)</a>', page.text)
        listed = [browser.get(href.replace("&amp;", "&")).text.count("work__case") for href, _ in found]

    assert listed == [int(number) for _, number in found] != []


def test_cases_from_the_past_are_left_out(app, office, owner):
    """A case brought over or told again is in no number and in no list that a number leads to, and the page says so."""
    owner.execute("set session_replication_role = replica")
    owner.execute("update case_file set is_historic = true where stage = 'screening'")
    page = dashboard(app, office.manager)
    there = "/cases?whose=everything&kind=complaint&stage=screening"
    narrowed = At(app, office.manager).get(f"{there}&past=no")

    assert tables(page)[0] == {"Investigating": [1, 0]}
    assert "Cases brought over or told again from the past are left out." in words(page)
    assert "Nothing fits" in words(narrowed)
    assert "Cases from the past are left out" in words(narrowed)
    assert "work__case" in At(app, office.manager).get(there).text


def test_a_case_behind_a_wall_is_not_counted(app, office):
    """A case behind a wall, and its promises, are in the numbers of those inside alone."""
    before = tables(dashboard(app, office.lawyer))
    with app.app_context():
        case, others = make.complaint_at("investigating")
        inside = {"people": [others.lawyer.person_id], "reason": "A colleague."}
        make.act(case.case_id, others.manager, "restrict", **inside)
    outside = tables(dashboard(app, office.lawyer))
    within = tables(dashboard(app, others.lawyer))

    assert outside == before
    assert within[0]["Investigating"] == [2, 0]
    assert within[1] != before[1]


def test_the_picture_says_what_it_shows(app, office):
    """Each picture has a title and a description of its own, and says in words what it sets apart by colour."""
    with moments.as_at(moments.now() + timedelta(days=400)):
        page = dashboard(app, office.manager)
    svg = ET.fromstring(re.findall(r'<svg class="bars".*?</svg>', page.text, re.DOTALL)[0])

    assert svg.find("title").text == "Complaint: open cases by stage"
    assert svg.find("desc").text == "2 cases are open; all are overdue."
    assert "1, 1 overdue" in [text.text for text in svg.iter("text")]


def test_costs_the_same(app, owner):
    """The page asks the database as often for many cases and promises as for none."""
    with app.app_context():
        people = make.cast()
    browser = At(app, people.manager)
    browser.get("/dashboard")
    with statements(app) as none:
        browser.get("/dashboard")
    for number in range(30):
        put_clock(owner, put_case(owner, ("audit", "inspection")[number % 2], number=number), "met")
    with statements(app) as many:
        browser.get("/dashboard")

    assert len(many) == len(none) <= 5
    assert sum("group by" in statement.lower() for statement in many) == 2


@pytest.mark.parametrize("role", ["contact", "administrator"])
def test_for_staff_alone(app, role):
    """Nobody outside the regulator’s casework opens the dashboard or is shown the way to it."""
    with app.app_context():
        by = make.person(role)

    assert dashboard(app, by).status_code == 403
    assert "/dashboard" not in At(app, by).get("/account").text
