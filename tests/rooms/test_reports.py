"""The dashboard: what is open and overdue, which promises were kept, for whom, over which time, and what it may not tell."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import html5lib
import make
import pytest
from rooms.staff_pages import At, statements, words

from regulator import moments
from regulator.reports import sentences
from regulator.reports.periods import Period, first_day
from regulator.reports.queries import OpenCases, Promises

CASE = """
insert into case_file (reference, kind, edition, edition_digest, stage, stage_moves, is_open, title, opened_on,
                       is_restricted, is_historic, legal_hold, due_on, owner_id, team_id)
values (%(reference)s, %(kind)s, '2026-draft', '', %(stage)s, 1, true, 'A case', current_date, false, false, false,
        '9999-12-31', null, null)
returning id
"""
CLOCK = """
insert into clock (case_id, name, label, owed_by, owed_to, keys, started_on, last_day, late_from, original_last_day,
                   is_open, is_held, paused_since, ended, ended_on, was_late, derivation, for_body, for_complainant,
                   for_oversight, for_public)
values (%(case)s, 'verify', 'Verify it', %(owed_by)s, '', '{}', %(last_day)s, %(last_day)s,
        %(last_day)s::date + interval '1 day', %(last_day)s, %(ended)s::text is null, %(held)s, %(paused)s, %(ended)s,
        %(ended_on)s, %(late)s, '{}', false, false, false, false)
"""


def put_case(owner, kind="audit", stage="fieldwork", number=1):
    """A case put there without the steps that would make it."""
    owner.execute("set session_replication_role = replica")
    given = {"reference": f"X-0000-{number:04}", "kind": kind, "stage": stage}
    (found,) = owner.execute(CASE, given).fetchone()
    owner.execute("set session_replication_role = origin")
    return found


def put_clock(owner, case, ended=None, ago=0, due=-5, **more):
    """A clock put there likewise: its last day so many days from today, ended so many days ago."""
    today = moments.today()
    given = {"owed_by": "regulator", "held": False, "paused": None, "late": False, **more}
    given |= {"case": case, "ended": ended, "last_day": today + timedelta(days=due)}
    given["ended_on"] = today - timedelta(days=ago) if ended else None
    owner.execute("set session_replication_role = replica")
    owner.execute(CLOCK, given)
    owner.execute("set session_replication_role = origin")


def tables(page):
    """The tables of a page, each as its rows: what it is of, and its numbers."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    rows = [[row for row in table.iter("tr") if row.find("td") is not None] for table in tree.iter("table")]
    cells = [[["".join(cell.itertext()) for cell in row] for row in table] for table in rows]
    return [{name: list(map(int, numbers)) for name, *numbers in table} for table in cells]


def dashboard(app, by, asked=""):
    """The dashboard as somebody sees it."""
    return At(app, by).get(f"/dashboard?{asked}")


@pytest.fixture
def office(app):
    """A cast in a team, with a case of the caseworker’s and one of nobody’s."""
    with app.app_context():
        north = make.team("North")
        roles = ("intake_officer", "caseworker", "manager", "reviewer", "lawyer", "records_manager")
        people = {role: make.person(role, team=north) for role in roles}
        people |= {role: make.person(role) for role in ("contact", "contributor", "approving_officer")}
        cast = make.Cast(**people)
        mine = make.complaint_at("investigating", cast)[0]
        make.act(mine.case_id, cast.manager, "assign", person=cast.caseworker.person_id, team=north)
        make.complaint_at("screening", cast)
        make.complaint_at("withdrawn", cast)
    return cast


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


def test_promises_that_steps_kept(app, office):
    """What was done in time is a promise kept."""
    page = dashboard(app, office.manager)

    assert tables(page)[1]["Acknowledge the complaint"] == [3, 3, 0, 0]
    assert re.search(r"All \d+ promises were kept\.", words(page))


def test_a_promise_broken_and_one_overdue(app):
    """What was done late is broken for good; what is open and late is overdue today."""
    with app.app_context():
        started = moments.now()
        late, people = make.complaint_at("received")
        make.complaint()
        with moments.as_at(started + timedelta(days=20)):
            make.act(late.case_id, people.intake_officer, "acknowledge")
    with moments.as_at(started + timedelta(days=21)):
        page = dashboard(app, people.manager)

    assert tables(page)[1] == {"Acknowledge the complaint": [2, 0, 1, 1]}
    assert "None of 2 promises was kept. 1 came to an end late and 1 is overdue today." in words(page)


CLOCKS = [
    ({"ended": "met"}, [1, 1, 0, 0]),
    ({"ended": "met", "late": True}, [1, 0, 1, 0]),
    ({"ended": "case_ended", "late": True}, [1, 0, 1, 0]),
    ({"ended": "case_ended"}, None),
    ({"ended": "expired"}, None),
    ({"ended": "met", "owed_by": "body"}, None),
    ({"ended": "met", "ago": 400}, None),
    ({}, [1, 0, 0, 1]),
    ({"due": 0}, None),
    ({"held": True}, None),
    ({"paused": date(2020, 1, 1)}, None),
    ({"paused": date(2999, 1, 1)}, [1, 0, 0, 1]),
    ({"owed_by": "body"}, None),
]


@pytest.mark.parametrize(("clock", "expected"), CLOCKS)
def test_what_counts_as_a_promise(app, owner, clock, expected):
    """Kept, broken or overdue is what we owed: not what nobody wanted any more, nor what is held or stands still."""
    with app.app_context():
        people = make.cast()
    put_clock(owner, put_case(owner), **clock)
    found = tables(dashboard(app, people.manager))[1:]

    assert found == ([{"Verify it": expected}] if expected else [])


def test_the_period(app, owner):
    """A promise counts in each period that its end falls in."""
    with app.app_context():
        people = make.cast()
    case = put_case(owner)
    with moments.as_at(make.at("2026-11-23T12:00")):
        for ended_ago in (0, 22, 23, 91, 92, 326, 327):
            put_clock(owner, case, "met", ago=ended_ago)
        counted = {
            period: tables(dashboard(app, people.manager, f"period={period}"))[1]["Verify it"][0]
            for period in Period
        }
        said = words(dashboard(app, people.manager, "period=month"))

    assert counted == {"month": 2, "quarter": 4, "year": 6}
    assert "From 1 November 2026 to 23 November 2026: All 2 promises were kept." in said


FIRST_DAYS = [
    ("2026-11-23", "2026-11-01", "2026-08-24", "2026-01-01"),
    ("2026-05-31", "2026-05-01", "2026-03-01", "2026-01-01"),
    ("2026-02-10", "2026-02-01", "2025-11-11", "2026-01-01"),
]


@pytest.mark.parametrize("days", FIRST_DAYS)
def test_first_days(days):
    """A month and a year begin on their first day; three months begin the day after the same day three months before."""
    today, *firsts = map(date.fromisoformat, days)

    assert [first_day(period, today) for period in Period] == firsts


def test_each_kind_is_counted_apart(app, office, owner):
    """Each kind has a picture, a sentence and a table of its own, in the order of the rules."""
    case = put_case(owner, "audit", "fieldwork")
    put_clock(owner, case, "met", late=True)
    page = dashboard(app, office.manager)
    said = words(page)

    assert "3 cases are open; none is overdue." in said
    assert "1 case is open; it is not overdue." in said
    assert "The only promise was not kept. 1 came to an end late." in said
    assert len(tables(page)) == page.text.count('role="img"') == 4


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


STANDING = [
    ([], "No case is open."),
    ([(1, 0)], "1 case is open; it is not overdue."),
    ([(1, 1)], "1 case is open; it is overdue."),
    ([(2, 1), (3, 0)], "5 cases are open; 1 of them is overdue."),
    ([(2, 1), (3, 1)], "5 cases are open; 2 of them are overdue."),
]


@pytest.mark.parametrize(("rows", "said"), STANDING)
def test_sentences_on_open_cases(rows, said):
    """What is open is told truly for none, one and many."""
    assert sentences.standing(OpenCases("audit", "2026-draft", "x", *row) for row in rows) == said


KEPT = [
    ((0, 0, 0), "No promise was kept or broken, and none is overdue today."),
    ((1, 0, 0), "The only promise was kept."),
    ((0, 1, 0), "The only promise was not kept. 1 came to an end late."),
    ((2, 0, 0), "All 2 promises were kept."),
    ((1, 1, 0), "1 of 2 promises was kept. 1 came to an end late."),
    ((0, 0, 2), "None of 2 promises was kept. 2 are overdue today."),
    ((34, 1, 1), "34 of 36 promises were kept. 1 came to an end late and 1 is overdue today."),
]


@pytest.mark.parametrize(("counted", "said"), KEPT)
def test_sentences_on_promises(counted, said):
    """What became of the promises is told truly for none, one and many."""
    assert sentences.kept([Promises("audit", "x", "X", *counted)]) == said
