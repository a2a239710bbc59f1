"""Worklists: whose work, which of it, the soonest due first, and the same cost however long they are."""

import re
from datetime import timedelta

import make
import pytest
from rooms.staff_pages import At, statements, words

from regulator import moments

REFERENCE = re.compile(r"C-[0-9A-Z]{4}-[0-9A-Z]{4}")
MANY = """
insert into case_file (reference, kind, edition, edition_digest, stage, stage_moves, is_open, title, opened_on,
                       is_restricted, is_historic, legal_hold, due_on, due_clock, waits_for, team_id)
select 'C-' || lpad(n::text, 4, '0') || '-' || lpad(mod(n, 7)::text, 4, '0'), 'complaint', '2026-draft', '', 'screening', 1,
       true, 'Case number ' || n, current_date, false, false, false, current_date + 30 + n / 3, 'Say whether we can look into it',
       'regulator', null
from generate_series(%s::int, %s::int) n
"""


def listed(page):
    """The references on a page, in order."""
    return list(dict.fromkeys(REFERENCE.findall(words(page))))


def many(owner, count, first=1):
    """Cases up to so many, put there without the steps that would make them."""
    owner.execute("set session_replication_role = replica")
    owner.execute(MANY, (first, count))
    owner.execute("set session_replication_role = origin")


@pytest.fixture
def office(app):
    """Two teams, a cast in one of them, and a case in each of several places."""
    with app.app_context():
        north, south = make.team("North"), make.team("South")
        roles = ("intake_officer", "caseworker", "manager", "reviewer", "lawyer", "records_manager")
        people = {role: make.person(role, team=north) for role in roles}
        people |= {role: make.person(role) for role in ("contact", "contributor", "approving_officer")}
        cast = make.Cast(**people)
        cases = {"new": make.complaint(), "screening": make.complaint_at("screening", cast)[0]}
        for name, owner, team in (("mine", cast.caseworker, north), ("theirs", cast.lawyer, south)):
            cases[name] = make.complaint_at("investigating", cast)[0]
            make.act(cases[name].case_id, cast.manager, "assign", person=owner.person_id, team=team)
        cases["closed"] = make.complaint_at("withdrawn", cast)[0]
        return cast, {name: case.reference for name, case in cases.items()}


LISTS = """
caseworker     |                    | mine
caseworker     | whose=mine         | mine
caseworker     | whose=team         | mine
caseworker     | whose=unassigned   | new screening
caseworker     | whose=everything   | new screening mine theirs closed
intake_officer |                    | new screening
manager        |                    | new screening mine
lawyer         |                    | theirs
"""


def rows(table):
    """A table of who sees what, read as it stands."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("role", "asked", "expected"), rows(LISTS))
def test_whose_work(app, office, role, asked, expected):
    """Each list holds exactly the cases it is named for; each person begins at their own."""
    people, cases = office
    page = At(app, getattr(people, role)).get(f"/cases?{asked}")

    assert sorted(listed(page)) == sorted(cases[name] for name in expected.split())


def test_soonest_first(app, office):
    """The case due soonest stands first; what has no date stands last."""
    people, cases = office
    shown = listed(At(app, people.manager).get("/cases?whose=everything"))

    assert shown[0] in {cases["new"], cases["screening"]}
    assert shown[-1] == cases["closed"]


def test_overdue_and_soon(app, office):
    """Time makes a case due this week, then overdue; the list says so in words."""
    people, cases = office
    browser = At(app, people.caseworker)

    def shows(days, which):
        with moments.as_at(moments.now() + timedelta(days=days)):
            return listed(browser.get(f"/cases?whose=mine&which={which}"))

    with moments.as_at(moments.now() + timedelta(days=40)):
        late = words(browser.get("/cases?whose=mine"))

    assert shows(0, "week") == shows(0, "overdue") == []
    assert shows(25, "week") == [cases["mine"]]
    assert shows(40, "overdue") == [cases["mine"]]
    assert "days overdue" in late


def test_waiting_for_others(app, office):
    """A case that waits for somebody outside is found among those that wait, with whom it waits for."""
    people, _ = office
    with app.app_context():
        told, _ = make.complaint_at("told", people)
    page = At(app, people.manager).get("/cases?whose=everything&which=waiting")

    assert listed(page) == [told.reference]
    assert "Waits for the complainant" in words(page)


def test_filters(app, office):
    """A stage, a part of a title and the beginning of a reference each narrow a list."""
    people, cases = office
    browser = At(app, people.manager)
    part = cases["mine"][:6].lower()

    assert listed(browser.get("/cases?whose=everything&stage=received")) == [cases["new"]]
    assert len(listed(browser.get("/cases?whose=everything&words=metropolitan"))) == 5
    assert cases["mine"] in listed(browser.get(f"/cases?whose=everything&words={part}"))
    assert listed(browser.get("/cases?whose=everything&words=100%25")) == []


def test_restricted_cases_are_not_listed(app, office):
    """A case behind a wall is in no list, no search and no count of those outside."""
    people, _ = office
    with app.app_context():
        case, others = make.complaint_at("received")
        make.act(
            case.case_id, others.manager, "restrict", people=[others.lawyer.person_id], reason="A colleague."
        )
    outside = At(app, people.manager).get(f"/cases?whose=everything&words={case.reference}")
    counted = At(app, people.manager).get("/cases?whose=unassigned")
    inside = At(app, others.lawyer).get(f"/cases?whose=everything&words={case.reference[:6]}")

    assert f"/cases/{case.reference}" not in outside.text
    assert "Unassigned 2" in words(counted)
    assert listed(inside) == [case.reference]
    assert "Restricted" in words(inside)


def test_empty_lists_say_what_to_do(app):
    """A list with nothing in it says why that may be and what to do."""
    with app.app_context():
        people = make.cast()
    mine = words(At(app, people.caseworker).get("/cases"))
    narrowed = words(At(app, people.caseworker).get("/cases?whose=everything&stage=told"))

    assert "No case is yours A manager assigns cases." in mine
    assert "Nothing fits" in narrowed
    assert "Show all of them" in narrowed


@pytest.mark.parametrize(
    "asked",
    [
        "whose=nobody",
        "which=never",
        "after=x",
        "after=2026-13-40.1",
        "kind=x&stage=y",
        "words=%00",
        f"after=2026-12-01.{10**30}",
    ],
)
def test_nonsense_in_the_address(app, office, asked):
    """An address that means nothing is answered with a list, not an error."""
    people, _ = office

    assert At(app, people.caseworker).get(f"/cases?{asked}").status_code == 200


def test_pages_hold_every_case_once(app, owner):
    """The pages of a long list together hold every case once, in order, though many are due on one day."""
    with app.app_context():
        people = make.cast()
    many(owner, 80)
    browser, place, seen = At(app, people.manager), "/cases?whose=everything", []
    while place:
        page = browser.get(place)
        seen += listed(page)
        following = re.search(r'<a href="([^"]+)" rel="next">', page.text)
        place = following[1].replace("&amp;", "&") if following else None

    assert len(seen) == len(set(seen)) == 80
    assert seen == sorted(seen)


def test_counts_stop_at_a_hundred(app, owner):
    """A list of a hundred is counted exactly; beyond, it says so and counts no further."""
    with app.app_context():
        people = make.cast()
    many(owner, 100)
    exact = words(At(app, people.manager).get("/cases?whose=everything"))
    many(owner, 130, first=101)
    beyond = words(At(app, people.manager).get("/cases?whose=everything"))

    assert "Unassigned 100 " in exact
    assert "Unassigned 100+ " in beyond


def test_a_longer_list_costs_no_more(app, owner):
    """A list asks the database as often for a full page as for an empty one: seven times, once of them to be planned afresh."""
    with app.app_context():
        people = make.cast()
    browser = At(app, people.manager)
    browser.get("/cases?whose=everything")
    with statements(app) as none:
        browser.get("/cases?whose=everything")
    many(owner, 200)
    with statements(app) as full:
        browser.get("/cases?whose=everything")

    assert len(full) == len(none) <= 7
    assert not any("rollback" in statement.lower() for statement in full)


def test_a_reviewer_begins_at_reviews(app, office):
    """A reviewer begins at the decisions whose review was asked for, whoever had the case before."""
    people, _ = office
    with app.app_context():
        asked = make.complaint_at("under_review", people)[0]
    page = At(app, people.reviewer).get("/cases")

    assert listed(page) == [asked.reference]
