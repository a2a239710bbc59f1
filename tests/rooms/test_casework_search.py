"""Finding a case by its reference, and the lists of people who have a step in every kind of case."""

import make
import pytest
from rooms.engine_ground import proposed, serve
from rooms.staff_pages import At, words

from regulator.casework import worklists


def ways_to_type(reference):
    """A reference as people type it."""
    return {
        "as it is": reference,
        "in small letters": reference.lower(),
        "without hyphens": reference.replace("-", ""),
        "with spaces": f" {reference.replace('-', ' ').lower()} ",
        "with look-alikes": reference[:2] + reference[2:].replace("0", "O").replace("1", "l"),
    }


@pytest.mark.parametrize("way", list(ways_to_type("C-0000-0000")))
def test_a_reference_leads_to_its_case(app, way):
    """A reference typed into the search opens its case, whichever list one is at and however it was typed."""
    with app.app_context():
        case, people = make.complaint_at("withdrawn")
    typed = ways_to_type(case.reference)[way]

    answer = At(app, people.caseworker).get(f"/cases?whose=mine&words={typed}")

    assert (answer.status_code, answer.location) == (302, f"/cases/{case.reference}")


def test_a_reference_that_is_none(app):
    """A reference of no case is said to be none, with what to do; so is one of a case behind a wall."""
    with app.app_context():
        case, people = make.complaint_at("received")
        other = make.person("manager")
        make.act(
            case.case_id, people.manager, "restrict", people=[people.lawyer.person_id], reason="A colleague."
        )
    browser = At(app, other)

    none, hidden = (words(browser.get(f"/cases?words={one}")) for one in ("c00000000", case.reference))

    assert "No case C-0000-0000 No case that you may see has this reference." in none
    assert f"No case {case.reference} No case that you may see has this reference." in hidden


@pytest.mark.parametrize(
    "typed", ["metropolitan", "C-", "X-7F3K-92QX", "C-7F3K-92Q", "C-UUUU-UUUU", "%", "’"]
)
def test_words_that_are_no_reference(app, typed):
    """Words that can be no reference are looked for in titles, as before."""
    with app.app_context():
        case, people = make.complaint_at("received")
    page = At(app, people.manager).get(f"/cases?whose=everything&words={typed}")

    assert page.status_code == 200
    assert "has this reference" not in page.text
    assert (case.reference in page.text) is (typed in ("metropolitan", "C-"))


def test_the_kind_is_shown(app):
    """Each row of a list says which kind of case it is."""
    with app.app_context():
        case, people = make.complaint_at("received")

    assert f"{case.reference} Complaint, today" in words(
        At(app, people.manager).get("/cases?whose=everything")
    )


@pytest.fixture
def all_kinds(app, monkeypatch):
    """The application with enforcement in service, its own rules stood in for."""
    with app.app_context():
        serve(monkeypatch, "enforcement", "audit")
    return app


def test_filter_by_kind(all_kinds):
    """A list is narrowed to a kind of case, and the stages to choose from are then those of that kind."""
    with all_kinds.app_context():
        case, people = make.complaint_at("received")
        other = proposed()
    browser = At(all_kinds, people.manager)

    every, one = (
        browser.get("/cases?whose=everything"),
        browser.get("/cases?whose=everything&kind=enforcement"),
    )

    assert case.reference in every.text
    assert other.reference in every.text
    assert case.reference not in one.text
    assert other.reference in one.text
    assert 'value="screening"' in every.text
    assert 'value="screening"' not in one.text
    assert 'value="in_force"' in one.text


def test_my_turn(all_kinds):
    """A lawyer begins at the cases whose next step is for a lawyer, and at those they own."""
    with all_kinds.app_context():
        mine = make.complaint_at("investigating")[0]
        lawyer, manager = make.person("lawyer"), make.person("manager")
        team = make.team("Law")
        make.act(mine.case_id, manager, "assign", person=lawyer.person_id, team=team)
        case, other = proposed(), make.complaint_at("received")[0]

    page = At(all_kinds, lawyer).get("/cases")

    assert "My turn" in words(page)
    assert (case.reference in page.text, mine.reference in page.text) == (True, True)
    assert other.reference not in page.text


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("manager", ["Plan an audit"]),
        ("caseworker", ["Propose a notice, a warning or a reprimand"]),
        ("reviewer", []),
        ("intake_officer", []),
    ],
)
def test_opening_a_case(all_kinds, role, offered):
    """Whoever may open a case of a kind is offered it where they begin the day, and nobody else is."""
    with all_kinds.app_context():
        by = make.person(role)
        with all_kinds.test_request_context():
            found = [one.label for one in worklists.openings(by)]
    page = At(all_kinds, by).get("/cases")

    assert found == offered
    assert all(label in words(page) for label in offered)


def test_the_right_person_first(app):
    """Giving a case to somebody offers first those whose turn it is, the least busy first, each with how many cases they have."""
    with app.app_context():
        case, people = make.complaint_at("investigating")
        team = make.team("Casework")
        make.person("caseworker", name="Zoe Idle")
        busy, lawyer = people.caseworker, people.lawyer
        for _ in range(2):
            theirs = make.complaint_at("received")[0]
            make.act(theirs.case_id, people.manager, "assign", person=busy.person_id, team=team)
    text = At(app, people.manager).get(f"/cases/{case.reference}/assign").text
    offered = words(At(app, people.manager).get(f"/cases/{case.reference}/assign"))

    assert text.index("Zoe Idle") < text.index(f"{busy.name} (") < text.index(f"{lawyer.name} (")
    assert "Zoe Idle (Caseworker), no open cases" in offered
    assert f"{busy.name} (Caseworker), 2 open cases" in offered
