"""Under which rules a case is opened, where several editions serve its kind: staff choose, and the case keeps them."""

import make
import pytest
import sqlalchemy as sa
from rooms.staff_pages import At, words
from rooms.test_enforcement_pages import answered

from regulator.casework import editions

PATH = "/cases/new/enforcement"


@pytest.fixture
def officer(app):
    """An enforcement officer in a browser."""
    with app.app_context():
        return At(app, make.person("enforcement_officer"))


def test_the_page_offers_both(officer):
    """Where two editions serve a kind, the page says which is chosen and leads to the other."""
    page = officer.get(PATH)

    assert "Under which rules? Draft rules of 2026 chosen Data Protection Act 2018, part 6" in words(page)
    assert 'href="/cases/new/enforcement?rules=dpa-2018"' in page.text


def test_the_questions_are_those_of_the_rules(officer):
    """Under the other rules the questions are theirs: their instruments and not ours."""
    ours, theirs = officer.get(PATH).text, officer.get(f"{PATH}?rules=dpa-2018").text

    assert "enforcement notice" in theirs.lower()
    assert ours != theirs


def test_where_there_is_one_nothing_is_asked(officer, app):
    """Where one edition serves a kind, nobody is asked under which rules it is opened."""
    with app.app_context():
        manager = make.person("manager")

    assert "Under which rules?" not in words(At(app, manager).get("/cases/new/audit"))


@pytest.mark.parametrize("rules", ["dpa-2019", "dpa-2018/x", "2026"])
def test_rules_that_are_not_there(officer, rules):
    """Rules that are not there are not found."""
    assert officer.get(f"{PATH}?rules={rules}").status_code == 404


def test_rules_that_do_not_serve_the_kind(app):
    """An audit is not opened under rules that have none."""
    with app.app_context():
        manager = make.person("manager")

    assert At(app, manager).get("/cases/new/audit?rules=dpa-2018").status_code == 404


def test_the_case_keeps_what_was_chosen(officer, app):
    """A notice proposed under the other rules keeps them."""
    with app.app_context():
        said = answered(instrument="compliance")
    mine = {name: one for name, one in said.items() if not name.startswith("preconditions-")}
    tests = [one.code for one in editions.editions()["dpa-2018"].choices("preconditions")]
    path = f"{PATH}?rules=dpa-2018"
    sent = officer.send(path, **mine, **{f"preconditions-{one}-answer": "passes" for one in tests})
    engine = sa.create_engine(app.extensions["regulator"].owner_database_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        found = connection.execute(sa.text("select edition from case_file")).scalars().all()

    assert sent.status_code == 302
    assert found == ["dpa-2018"]
