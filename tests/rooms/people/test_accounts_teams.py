"""Teams: who makes them, what they may be called, and who may work in one."""

import logging
import re

import pytest

from regulator.accounts import commands, queries
from regulator.accounts.authority import OPERATOR
from regulator.accounts.identity import actor_of
from regulator.errors import Invalid, Missing, NotNow, Refused
from tests.rooms.administering import acting_as
from tests.rooms.browsing import Browser, made


@pytest.fixture
def casework(app):
    """A team, by its number."""
    with app.app_context():
        return commands.add_team("Casework", by=OPERATOR)


@pytest.fixture
def bo(app):
    return made(app, "caseworker", name="Bo Example")[1]


def entries(owner, stream):
    """The commands recorded in a stream since it began, in order, and by whom."""
    told = "select step, by_person_id from entry where stream = %s order by seq"
    return owner.execute(told, (stream,)).fetchall()


def members(page):
    """The people whom the page of teams links to, in its order."""
    return re.findall(r'href="/people/\d+">([^<]+)</a>', page.text)


def test_a_team_is_made(browser, admin, owner):
    """An administrator makes a team, which is there with nobody in it, and the house remembers who made it."""
    answer = browser.send("/people/teams/add", name="  Case   work ")

    assert answer.location == "/people/teams"
    page = browser.get("/people/teams").text
    assert "Case work" in page
    assert "Nobody yet" in page
    assert entries(owner, "house")[-1] == ("add_team", admin[1])


def test_without_a_team_the_page_says_what_to_do(browser):
    """Where there is no team, the page says so, and the page of an invitation does not ask for one."""
    assert "There are no teams yet" in browser.get("/people/teams").text
    assert 'name="team"' not in browser.get("/people/invite").text


@pytest.mark.parametrize("name", ["Casework", "casework", " CASEWORK  "])
def test_no_two_teams_have_one_name(browser, casework, owner, name):
    """A name that a team has is refused in a sentence, whatever its capitals, and nothing is written."""
    before = entries(owner, "house")

    answer = browser.send("/people/teams/add", name=name)

    assert "There is a team called Casework already." in answer.text
    assert entries(owner, "house") == before


@pytest.mark.parametrize("name", ["", "   "])
def test_a_team_has_a_name(app, browser, name):
    """Without a name there is no team, on the page and without it."""
    assert "Enter a name for the team" in browser.send("/people/teams/add", name=name).text
    with app.app_context(), pytest.raises(Invalid):
        commands.add_team(name, by=OPERATOR)


def test_a_team_is_renamed(browser, casework, admin, owner):
    """A team keeps its people under another name, and the house remembers what it was called."""
    answer = browser.send(f"/people/teams/{casework}/rename", name="Investigations")

    assert answer.location == "/people/teams"
    assert "Investigations" in browser.get("/people/teams").text
    assert entries(owner, "house")[-1] == ("rename_team", admin[1])
    (words,) = owner.execute("select words from entry_words order by entry_id desc limit 1").fetchone()
    assert "renamed the team Casework to Investigations" in words


def test_a_team_may_change_its_capitals(app, casework, admin):
    """A team’s own name does not stand in the way of writing it differently."""
    with acting_as(app, admin[1]) as by:
        commands.rename_team(casework, "CaseWork", by=by)

        assert queries.teams(by=by) == [(casework, "CaseWork")]


def test_a_team_cannot_take_anothers_name(browser, app, casework):
    """Renaming a team to what another is called, or to what it is called already, is refused beside the name."""
    with app.app_context():
        intake = commands.add_team("Intake", by=OPERATOR)

    taken = browser.send(f"/people/teams/{intake}/rename", name="casework")
    same = browser.send(f"/people/teams/{intake}/rename", name="Intake")

    assert "There is a team called Casework already." in taken.text
    assert "That is what it is called already." in same.text


def test_somebody_is_put_in_a_team(browser, casework, bo, admin, owner):
    """From the page of teams somebody is put in one: it is in their own record, and they act in it from then on."""
    answer = browser.send(f"/people/teams/{casework}/add-person", person=bo)

    assert answer.location == "/people/teams"
    page = browser.get("/people/teams")
    assert "Bo Example is in the team Casework." in page.text
    assert members(page) == ["Bo Example"]
    assert entries(owner, f"person:{bo}")[-1] == ("change_team", admin[1])
    with browser.app.app_context():
        assert actor_of(bo).team_id == casework


def test_who_is_in_it_is_not_offered_again(browser, app, casework, bo, admin):
    """Who can be put in a team is everybody of the regulator’s but its own people, those gone and oneself."""
    made(app, "contact", name="Kit Kent", body="kent")
    _, gone = made(app, "manager", name="Gus Gone")
    made(app, "reviewer", name="Cy Example")
    with acting_as(app, admin[1]) as by:
        commands.change_team(bo, casework, by=by)
        commands.leave(gone, by=by)

    page = browser.get(f"/people/teams/{casework}/add-person").text

    assert "Cy Example (no team)" in page
    for name in ("Bo Example", "Kit Kent", "Gus Gone", "Ann Administrator ("):
        assert name not in page


def test_somebody_changes_teams(browser, app, casework, bo):
    """From somebody’s own page they move to another team or out of any, and are in one team at a time."""
    with app.app_context():
        intake = commands.add_team("Intake", by=OPERATOR)
        commands.change_team(bo, casework, by=OPERATOR)

    answer = browser.send(f"/people/{bo}/change-team", team=intake)

    assert answer.location == f"/people/{bo}"
    page = browser.get(f"/people/{bo}").text
    assert "put Bo Example in the team Intake, before in Casework" in page
    browser.send(f"/people/{bo}/change-team", team="none")
    assert "took Bo Example out of the team Intake" in browser.get(f"/people/{bo}").text
    assert members(browser.get("/people/teams")) == []


@pytest.mark.parametrize(
    ("team", "sentence"), [(True, "is in the team Casework already"), (None, "is in no team already")]
)
def test_a_change_of_team_is_a_change(app, casework, team, sentence):
    """To be put where one is already is refused, and says where that is."""
    _, number = made(app, "caseworker")
    wanted = casework if team else None
    with app.app_context():
        if wanted:
            commands.change_team(number, wanted, by=OPERATOR)
        with pytest.raises(Invalid, match=sentence):
            commands.change_team(number, wanted, by=OPERATOR)


def test_only_the_regulators_own_work_in_teams(app, browser, casework):
    """A body’s people are in no team of the regulator’s: not by invitation, not later, and no page asks."""
    _, kit = made(app, "contact", name="Kit Kent", body="kent")

    invited = browser.send(
        "/people/invite", name="Bo", email="bo@kent.test", body="kent", roles=["contact"], team=casework
    )
    moved = browser.send(f"/people/{kit}/change-team", team=casework)

    assert "Only the regulator’s own people work in a team." in invited.text
    assert "Only the regulator’s own people work in a team." in moved.text
    assert "Change the team" not in browser.get(f"/people/{kit}").text


def test_who_has_left_joins_no_team(app, casework, bo):
    """Somebody who left is in no team’s list and is put in none."""
    with app.app_context():
        commands.change_team(bo, casework, by=OPERATOR)
        commands.leave(bo, by=OPERATOR)

        assert [team.members for team in queries.teams_with_members(by=OPERATOR)] == [()]
        with pytest.raises(NotNow, match="left on"):
            commands.change_team(bo, None, by=OPERATOR)


def test_nobody_changes_their_own_team(app, casework, admin):
    """An administrator changes others’ accounts, never their own."""
    with acting_as(app, admin[1]) as by, pytest.raises(Refused):
        commands.change_team(admin[1], casework, by=by)


def test_what_is_not_there(browser, app, casework, bo):
    """A team or a person that is not there is not found, and no team is made up."""
    for path in ("/people/teams/999/rename", "/people/teams/999/add-person", "/people/999/change-team"):
        assert browser.get(path).status_code == 404
    with app.app_context():
        with pytest.raises(Missing):
            commands.rename_team(999, "Another", by=OPERATOR)
        with pytest.raises(Invalid, match="no such team"):
            commands.change_team(bo, 999, by=OPERATOR)
        with pytest.raises(Invalid, match="no such team"):
            commands.invite_person("Cy", "cy@example.test", ["caseworker"], by=OPERATOR, team_id=999)


def test_an_invitation_names_a_team(browser, app, casework, owner):
    """Somebody of the regulator’s is invited into a team, and is in its list from the start; none is an answer too."""
    page = browser.get("/people/invite").text
    assert "Casework" in page
    who = {"body": "regulator", "roles": ["caseworker"]}

    browser.send("/people/invite", name="Bo Example", email="bo@example.test", team=casework, **who)
    browser.send("/people/invite", name="Cy Example", email="cy@example.test", team="", **who)

    assert members(browser.get("/people/teams")) == ["Bo Example"]
    told = "select team_id from person where email in ('bo@example.test', 'cy@example.test') order by name"
    teams = owner.execute(told).fetchall()
    assert teams == [(casework,), (None,)]


@pytest.mark.parametrize(
    ("role", "body"), [("body_administrator", "metropolitan"), ("manager", None), ("observer", None)]
)
def test_only_administrators_keep_teams(app, casework, bo, role, body):
    """Whoever is no administrator of the regulator’s opens none of these pages, and no command of theirs is taken."""
    email, number = made(app, role, body=body)
    browser = Browser(app).sign_in(email)

    for path in (
        "/people/teams",
        "/people/teams/add",
        f"/people/teams/{casework}/rename",
        f"/people/{bo}/change-team",
    ):
        assert browser.get(path).status_code == 403
    with app.app_context():
        by = actor_of(number)
        for act in (
            lambda: commands.add_team("Ours", by=by),
            lambda: commands.rename_team(casework, "Ours", by=by),
            lambda: commands.change_team(bo, casework, by=by),
        ):
            with pytest.raises(Refused):
                act()


def test_a_bodys_administrator_is_not_asked_for_a_team(app, casework):
    """An invitation to a body asks for no team, and the list of its people leads to none."""
    email, _ = made(app, "body_administrator", body="metropolitan")
    browser = Browser(app).sign_in(email)

    assert 'name="team"' not in browser.get("/people/invite").text
    assert "/people/teams" not in browser.get("/people").text


def test_the_page_asks_no_more_for_more_teams(browser, app, casework, bo):
    """The page of teams asks the database as often for many teams and people as for one."""

    def asked():
        seen = []
        handler = logging.Handler()
        handler.emit = lambda record: seen.append(record.facts["queries"])
        log = logging.getLogger("regulator.request")
        log.addHandler(handler)
        browser.get("/people/teams")
        log.removeHandler(handler)
        return seen

    browser.get("/people/teams")
    before = asked()
    with app.app_context():
        for number in range(5):
            team = commands.add_team(f"Team {number}", by=OPERATOR)
            commands.invite_person(
                f"P {number}", f"p{number}@example.test", ["caseworker"], by=OPERATOR, team_id=team
            )

    assert asked() == before
