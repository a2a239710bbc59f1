"""Promises by team, person, month and kind: the same promises, each counted once, and what counts in words."""

import make
import pytest
from rooms.dashboard_ground import put_case, put_clock, tables
from rooms.staff_pages import At, words

from regulator import moments


@pytest.fixture
def office(app, owner):
    """Two teams: the north kept two promises and broke one, the south is late with one; one case has nobody."""
    with app.app_context():
        north, south = make.team("North"), make.team("South")
        people = {
            "ada": make.person("caseworker", name="Ada", team=north),
            "bo": make.person("caseworker", name="Bo", team=south),
            "chief": make.person("manager", name="Chief", team=north),
        }
    for number, (who, team, kind) in enumerate((("ada", north, "audit"), ("bo", south, "complaint")), 1):
        case = put_case(
            owner, kind=kind, stage="fieldwork" if kind == "audit" else "investigating", number=number
        )
        owner.execute("set session_replication_role = replica")
        owner.execute(
            "update case_file set owner_id = %s, team_id = %s where id = %s",
            (people[who].person_id, team, case),
        )
        owner.execute("set session_replication_role = origin")
        people[f"case of {who}"] = case
    put_clock(owner, people["case of ada"], ended="met", ago=1)
    put_clock(owner, people["case of ada"], ended="met", ago=2)
    put_clock(owner, people["case of ada"], ended="met", ago=3, late=True)
    put_clock(owner, people["case of bo"])
    put_clock(owner, people["case of bo"], ended="ended", ago=1)
    put_clock(owner, put_case(owner, number=9), ended="met", ago=1)
    return people


def compared(app, by, asked):
    """The page, and the numbers of its table."""
    page = At(app, by).get(f"/dashboard/promises?{asked}")
    return page, tables(page)[0]


def test_by_team_and_person(app, office):
    """Each team and person has what it kept, what ended late and what is overdue; what was no longer wanted is in none."""
    page, teams = compared(app, office["chief"], "way=team&period=year")
    _, people = compared(app, office["chief"], "way=person&period=year")

    assert teams == {"North": [3, 2, 1, 0], "South": [1, 0, 0, 1], "No team": [1, 1, 0, 0]}
    assert people == {"Ada": [3, 2, 1, 0], "Bo": [1, 0, 0, 1], "Nobody": [1, 1, 0, 0]}
    assert 'role="img"' in page.text
    assert "it was done on its last day or before" in words(page)


def test_by_kind_and_month(app, office):
    """By kind and by month the same promises are counted, each once; what is overdue counts in this month."""
    _, kinds = compared(app, office["chief"], "way=kind")
    _, months = compared(app, office["chief"], "way=month")
    today = moments.today()

    assert kinds == {"Audit": [4, 3, 1, 0], "Complaint": [1, 0, 0, 1]}
    assert sum(row[0] for row in months.values()) == 5
    assert months[f"{today:%B %Y}"][3] == 1


def test_whose(app, office):
    """Of one’s own cases, and of one’s team’s, only those are counted."""
    _, mine = compared(app, office["ada"], "way=person&whose=mine")
    _, team = compared(app, office["chief"], "way=team&whose=team")

    assert list(mine) == ["Ada"]
    assert list(team) == ["North"]


def test_behind_a_wall(app, office, owner):
    """A case that somebody may not see is in none of their numbers."""
    owner.execute("set session_replication_role = replica")
    owner.execute("update case_file set is_restricted = true where id = %s", (office["case of bo"],))
    owner.execute("set session_replication_role = origin")
    _, people = compared(app, office["chief"], "way=person")

    assert "Bo" not in people


def test_nothing_to_compare(app):
    """Where nothing was kept or broken the page says so and what to do; nonsense in the address is no error."""
    with app.app_context():
        by = make.person("manager")
    page = At(app, by).get("/dashboard/promises?way=x&whose=y&period=z")

    assert page.status_code == 200
    assert "Nothing to compare" in words(page)
