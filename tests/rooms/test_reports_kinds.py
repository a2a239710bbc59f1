"""The dashboard over every kind of case: each case counts once, however many bodies and clocks it has and whatever its edition."""

import make
import pytest
from rooms.staff_pages import words

from regulator.db import db
from tests.rooms.dashboard_ground import dashboard, put_case, put_clock, tables

KINDS = {
    "complaint": "investigating",
    "audit": "fieldwork",
    "inspection": "drafting",
    "enforcement": "in_force",
}


@pytest.fixture
def manager(app):
    """A manager."""
    with app.app_context():
        return make.person("manager")


def put_party(owner, case, body, number):
    """A body’s part in a case, put there without the steps that would make it."""
    owner.execute("set session_replication_role = replica")
    owner.execute(
        "insert into party (id, case_id, body_id, capacity, sees, due_on)"
        " values (%s, %s, %s, 'subject', true, '9999-12-31')",
        (number, case, body),
    )
    owner.execute("set session_replication_role = origin")


def test_all_four_kinds(app, owner, manager):
    """Each kind with an open case has its stages drawn and told, with a table of the same numbers."""
    for number, (kind, stage) in enumerate(KINDS.items(), 1):
        put_clock(owner, put_case(owner, kind, stage, number), "met", ago=1)
    page = dashboard(app, manager)
    stages = ({"Fieldwork": [1, 0]}, {"Investigating": [1, 0]}, {"In force": [1, 0]}, {"Drafting": [1, 0]})

    assert tables(page)[:4] == list(stages)
    assert tables(page)[4:] == [{"Verify it": [1, 1, 0, 0]}] * 4
    assert page.text.count('role="img"') == 8
    assert "4 cases are open; none is overdue." in words(page)
    assert "All 4 promises were kept." in words(page)


def test_several_bodies(app, owner, manager):
    """A case about several bodies is one case; what is owed to each of them is a promise of its own."""
    case = put_case(owner)
    with app.app_context():
        numbers = [make.body_id(slug) for slug in ("kent", "essex", "surrey")]
        db.session.remove()
    for number, body in enumerate(numbers, 1):
        put_party(owner, case, body, number)
        put_clock(owner, case, "met", ago=number)
    put_clock(owner, case, due=-3)
    page = dashboard(app, manager)

    assert tables(page) == [{"Fieldwork": [1, 0]}, {"Verify it": [4, 3, 0, 1]}]
    assert "1 case is open" in words(page)


def test_several_editions(app, owner, manager):
    """Cases of one kind under two editions stand together at the stage they share."""
    put_case(owner, "enforcement", "in_force", 1)
    other = put_case(owner, "enforcement", "in_force", 2)
    owner.execute("set session_replication_role = replica")
    owner.execute("update case_file set edition = 'dpa-2018' where id = %s", (other,))
    owner.execute("set session_replication_role = origin")
    page = dashboard(app, manager)

    assert tables(page)[0] == {"In force": [2, 0]}


def test_what_others_owe_is_no_promise(app, owner, manager):
    """What a body, one that oversees it or a tribunal owes is none of our promises, kept or broken."""
    case = put_case(owner, "inspection", "published")
    for side in ("body", "oversight", "complainant"):
        put_clock(owner, case, "met", ago=1, owed_by=side)

    assert "No promise was kept or broken" in words(dashboard(app, manager))
