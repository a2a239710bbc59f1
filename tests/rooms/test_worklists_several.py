"""Several cases given at once, lists kept by name, and promises about to break."""

from datetime import timedelta
from urllib.parse import quote

import make
import pytest
from rooms.staff_pages import HIDDEN, At, errors, words
from rooms.test_casework_views_lists import listed

from regulator import moments


@pytest.fixture
def office(app):
    """A manager and a cast of one team, with four complaints: three that nobody has, one that the lawyer has."""
    with app.app_context():
        north = make.team("North")
        roles = ("intake_officer", "caseworker", "manager", "reviewer", "lawyer", "records_manager")
        people = {role: make.person(role, team=north) for role in roles}
        people |= {role: make.person(role) for role in ("contact", "contributor", "approving_officer")}
        cast = make.Cast(**people)
        cases = {
            name: make.complaint_at("investigating", cast)[0] for name in ("one", "two", "three", "taken")
        }
        make.act(cases["taken"].case_id, cast.manager, "assign", person=cast.lawyer.person_id, team=north)
    return cast, cases


def entries(owner, case, step):
    """How often a step stands in the chain of a case."""
    asked = "select count(*) from entry where case_id = %s and step = %s"
    return owner.execute(asked, (case.case_id, step)).fetchone()[0]


def give(browser, cases, person, *, drawn=None, **more):
    """Send the form for several cases; `drawn` is what an earlier page of it carried."""
    asked = "&".join(f"case={one.reference}" for one in cases)
    carried = drawn or browser.drawn(f"/cases/assign?{asked}")
    said = {
        **carried,
        "case": [one.reference for one in cases],
        "person": str(person.person_id),
        "team": str(person.team_id),
        **more,
    }
    return browser.post("/cases/assign", said), carried


def test_each_case_has_its_own_answer(app, office, owner):
    """Those that can be given are; one that needs a reason is left, and says so; each has an entry of its own."""
    people, cases = office
    page, _ = give(At(app, people.manager), cases.values(), people.caseworker)
    said = words(page)

    assert f"3 given to {people.caseworker.name}" in said
    assert "1 left as they were" in said
    assert [entries(owner, cases[name], "assign") for name in ("one", "two", "three")] == [1, 1, 1]
    assert entries(owner, cases["taken"], "reassign") == 0


def test_sent_twice_given_once(app, office, owner):
    """The same form sent again gives nothing twice, and says so of each."""
    people, cases = office
    browser, both = At(app, people.manager), [cases["one"], cases["taken"]]
    _, carried = give(browser, both, people.caseworker, reason="The lawyer is away.")
    again, _ = give(browser, both, people.caseworker, drawn=carried, reason="The lawyer is away.")

    assert f"2 with {people.caseworker.name} already" in words(again)
    assert entries(owner, cases["one"], "assign") == 1
    assert entries(owner, cases["taken"], "reassign") == 1


def test_an_interest_stops_one_case_alone(app, office, owner):
    """A case in which the person declared an interest is left, with what they declared; the others are given."""
    people, cases = office
    with app.app_context():
        make.act(
            cases["two"].case_id,
            people.caseworker,
            "declare_interest",
            interest="knows_person",
            interest_words="A neighbour.",
            stands_aside=False,
        )
    page, _ = give(At(app, people.manager), [cases["one"], cases["two"]], people.caseworker)

    assert f"1 given to {people.caseworker.name}" in words(page)
    assert "Declared an interest in this case" in words(page)
    assert entries(owner, cases["two"], "assign") == 0


def test_only_managers_give(app, office):
    """Somebody who may not give cases has neither boxes nor the page; one that is out of sight is not on it."""
    people, cases = office
    with app.app_context():
        make.act(
            cases["one"].case_id,
            people.manager,
            "restrict",
            people=[people.lawyer.person_id],
            reason="One of us.",
        )
        outsider = make.person("manager")
    hers, page = (
        At(app, people.caseworker),
        At(app, outsider).get(f"/cases/assign?case={cases['one'].reference}"),
    )

    assert hers.get(f"/cases/assign?case={cases['two'].reference}").status_code == 403
    assert 'name="case"' not in hers.get("/cases?whose=everything").text
    assert "No case was chosen" in words(page)
    assert cases["one"].reference not in page.text


def test_nobody_chosen(app, office):
    """A form without a person says so beside the question and keeps the cases that were ticked."""
    people, cases = office
    browser = At(app, people.manager)
    page = browser.send(f"/cases/assign?case={cases['one'].reference}", case=cases["one"].reference)

    assert "Choose a person" in errors(page)
    assert f'value="{cases["one"].reference}" checked' in page.text


def test_a_list_is_kept_by_name(app, office, owner):
    """A list kept by name stands above the work of whoever kept it, and of nobody else; it can be let go."""
    people, _ = office
    mine, theirs = At(app, people.caseworker), At(app, people.lawyer)
    kept = mine.send("/cases/lists/new?whose=everything&stage=investigating", name="Under way")
    shown = mine.get("/cases").text
    twice = mine.send("/cases/lists/new?whose=everything", name="under WAY")
    (number,) = owner.execute("select id from saved_list").fetchone()
    refused = theirs.send("/cases/lists", list=str(number))
    stays = mine.get("/cases").text
    gone = mine.send("/cases/lists", list=str(number))

    assert (kept.status_code, refused.status_code, gone.status_code) == (302, 302, 302)
    assert "Under way" in shown
    assert "Under way" in stays
    assert "Under way" not in theirs.get("/cases").text
    assert "You have a list of that name already." in errors(twice)
    assert "Under way" not in mine.get("/cases").text
    assert owner.execute("select count(*) from entry where step = 'save_list'").fetchone() == (1,)


def test_filters_in_the_address(app, office):
    """Body, owner and how soon something is due each narrow a list, and the page says which are used."""
    people, cases = office
    browser = At(app, people.manager)
    with app.app_context():
        kent, met = make.body_id("kent"), make.body_id("metropolitan")
    owned = browser.get(f"/cases?whose=everything&owner={people.lawyer.person_id}")

    assert listed(owned) == [cases["taken"].reference]
    assert f"Owner: {people.lawyer.name}" in words(owned)
    assert listed(browser.get(f"/cases?whose=everything&body={kent}")) == []
    assert len(listed(browser.get(f"/cases?whose=everything&body={met}"))) == 4
    assert listed(browser.get("/cases?whose=everything&within=7")) == []
    assert len(listed(browser.get("/cases?whose=everything&within=30"))) == 4
    assert browser.get("/cases?body=x&owner=-1&within=999").status_code == 200
    assert "Kent" in browser.get("/cases/filters?whose=everything").text


def test_promises_about_to_break(app, office):
    """A case stands among them in the days before its update is due, not earlier, and not once that is late."""
    people, cases = office
    browser = At(app, people.manager)

    def shows(days):
        with moments.as_at(moments.now() + timedelta(days=days)):
            return len(listed(browser.get("/cases?whose=everything&which=promises")))

    assert [shows(days) for days in (10, 26, 29)] == [0, len(cases), 0]


def test_a_name_with_markup_is_words(app, office):
    """Whatever a list is called is shown as it was typed."""
    people, _ = office
    browser = At(app, people.caseworker)
    browser.send("/cases/lists/new?stage=told", name="<b>Mine</b>")

    assert "&lt;b&gt;Mine&lt;/b&gt;" in browser.get("/cases").text
    assert dict(HIDDEN.findall(browser.get(f"/cases/lists/new?words={quote('a b')}").text))
