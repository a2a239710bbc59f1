"""Bodies have dates: what was true of them stays true of its day."""

import time
from datetime import date

import pytest

from regulator.accounts import commands, queries
from regulator.accounts.authority import OPERATOR
from regulator.accounts.commands.loading import SHIPPED
from regulator.accounts.identity import actor_of
from regulator.accounts.queries.bodies import LISTED_SINCE
from regulator.errors import Invalid, Missing, NotNow, Refused
from tests.rooms.browsing import Browser, made

HEAD = "id,name,kind,nation,local_policing_body,jurisdiction_for_bank_holidays\n"


def test_the_list_is_loaded(in_app):
    """Every force and agency of the list is there, with its calendar, and with who oversees it."""
    assert len(queries.bodies()) == 58
    scotland = queries.body_named("police-scotland")
    assert (scotland.calendar, scotland.nation) == ("scotland", "Scotland")
    assert queries.overseer_of(scotland.id).slug == "scottish-police-authority"


def test_loading_again_changes_nothing(in_app, owner):
    """The same list loaded again writes nothing, and takes no time to speak of."""
    before = owner.execute("select count(*) from entry").fetchone()
    start = time.perf_counter()

    done = commands.load_bodies()

    assert done.written == 0
    assert time.perf_counter() - start < 1
    assert owner.execute("select count(*) from entry").fetchone() == before


@pytest.mark.parametrize(
    ("slug", "is_crown"),
    [
        ("nca", True),
        ("border-force", True),
        ("immigration-enforcement", True),
        ("hmrc", True),
        ("sfo", True),
        ("royal-military-police", True),
        ("btp", False),
        ("cnc", False),
        ("mdp", False),
        ("metropolitan", False),
        ("pirc", False),
    ],
)
def test_the_crown(in_app, slug, is_crown):
    """Agencies and service police are of the Crown; police forces, the special ones included, are not."""
    assert queries.body_named(slug).is_crown is is_crown


def test_a_new_name_in_the_list_gets_its_day(in_app, tmp_path):
    """A list with another name renames the body from the day given; before it, the old name stays."""
    path = tmp_path / "bodies.csv"
    path.write_text(SHIPPED.read_text().replace("Kent Police", "Kent and Medway Police"))

    done = commands.load_bodies(path, since=date(2027, 4, 1))

    kent = queries.body_named("kent").id
    assert done.written == 1
    assert queries.name_of(kent, date(2027, 3, 31)) == "Kent Police"
    assert queries.name_of(kent, date(2027, 4, 1)) == "Kent and Medway Police"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,id\n", ":1: the columns must be"),
        (HEAD + "kent,,territorial,England,,england-and-wales\n", ":2: a body needs"),
        (HEAD + "kent,Kent Police,territorial,England,,france\n", ":2: “france” is no calendar"),
        (HEAD + "kent,Kent Police\n", ":2: a body needs"),
    ],
)
def test_a_bad_list_names_its_line(in_app, tmp_path, text, sentence):
    """A list that cannot be read is refused with its line, and nothing is loaded."""
    path = tmp_path / "bodies.csv"
    path.write_text(text)

    with pytest.raises(Invalid, match=sentence):
        commands.load_bodies(path)


def test_a_missing_list_is_one_sentence(in_app, tmp_path):
    """A list that is not there is refused with a sentence."""
    with pytest.raises(Invalid, match="cannot be read"):
        commands.load_bodies(tmp_path / "none.csv")


def test_a_body_before_its_first_day(in_app):
    """Before the first name known a body is called that; it is not said to have had none."""
    kent = queries.body_named("kent").id

    assert queries.name_of(kent, date(1999, 1, 1)) == "Kent Police"


def test_renaming_keeps_the_old_name_for_its_days(in_app):
    """A body renamed is called by each name on that name’s days."""
    commands.rename_body("kent", "Kent Constabulary", date(2026, 6, 1), by=OPERATOR)

    names = queries.names_of(queries.body_named("kent").id)
    assert [(name.name, name.starts_on, name.ends_on) for name in names] == [
        ("Kent Constabulary", date(2026, 6, 1), None),
        ("Kent Police", LISTED_SINCE, date(2026, 5, 31)),
    ]


def test_a_name_cannot_begin_before_the_last(in_app):
    """A name cannot begin on or before the day the present one began: it would rewrite what was true."""
    with pytest.raises(NotNow, match="Choose a day after 1 April 2013"):
        commands.rename_body("kent", "Kent Constabulary", LISTED_SINCE, by=OPERATOR)


def test_another_overseer_from_a_day(in_app):
    """Oversight passes on a day: before it the old body oversees, from it the new one."""
    commands.change_overseer("kent", "mayor-of-west-yorkshire", date(2028, 5, 1), by=OPERATOR)

    kent = queries.body_named("kent").id
    assert queries.overseer_of(kent, date(2028, 4, 30)).slug == "police-and-crime-commissioner-for-kent"
    assert queries.overseer_of(kent, date(2028, 5, 1)).slug == "mayor-of-west-yorkshire"


def test_no_overseer_from_a_day(in_app):
    """Oversight may end with nobody taking it on."""
    commands.change_overseer("kent", None, date(2028, 5, 1), by=OPERATOR)

    assert queries.overseer_of(queries.body_named("kent").id, date(2028, 5, 1)) is None


def test_a_body_does_not_oversee_itself(in_app):
    """A body cannot be its own overseer."""
    with pytest.raises(Invalid):
        commands.change_overseer("kent", "kent", date(2028, 5, 1), by=OPERATOR)


def test_a_merger(in_app):
    """Two forces become one on a day: they end the day before, and it is known which took their place."""
    slug = commands.merge_bodies(["kent", "sussex"], "Kent and Sussex Police", date(2028, 4, 1), by=OPERATOR)

    before = {body.slug for body in queries.bodies(date(2028, 3, 31))}
    after = {body.slug for body in queries.bodies(date(2028, 4, 1))}
    assert {"kent", "sussex"} <= before
    assert slug not in before
    assert slug in after
    assert not {"kent", "sussex"} & after
    merged = queries.body_named(slug)
    assert [each.predecessor.slug for each in queries.predecessors(merged.id)] == ["kent", "sussex"]
    kent = queries.body_named("kent", date(2030, 1, 1))
    assert kent.name == "Kent Police"
    assert [each.successor.slug for each in queries.successors(kent.id)] == [slug]
    assert queries.overseer_of(kent.id, date(2028, 4, 1)) is None


def test_a_merger_into_a_body_that_is_there(in_app):
    """A force may be taken into another that goes on."""
    slug = commands.merge_bodies(["city-of-london"], "metropolitan", date(2028, 4, 1), by=OPERATOR)

    assert slug == "metropolitan"
    assert "city-of-london" not in {body.slug for body in queries.bodies(date(2028, 4, 1))}


@pytest.mark.parametrize(
    ("slugs", "into", "error"),
    [
        ([], "Nowhere Police", Invalid),
        (["kent"], "kent", Invalid),
        (["atlantis"], "kent", Missing),
    ],
)
def test_a_merger_that_makes_no_sense(in_app, slugs, into, error):
    """A merger needs a body that ends and another that goes on."""
    with pytest.raises(error):
        commands.merge_bodies(slugs, into, date(2028, 4, 1), by=OPERATOR)


def test_a_body_ends_once(in_app):
    """A body that has given way already cannot give way again."""
    commands.merge_bodies(["kent"], "sussex", date(2028, 4, 1), by=OPERATOR)

    with pytest.raises(NotNow, match="has ended already"):
        commands.merge_bodies(["kent"], "surrey", date(2029, 4, 1), by=OPERATOR)


def test_an_ended_body_is_not_loaded_back(in_app):
    """Loading the list again does not bring back a body that was merged."""
    commands.merge_bodies(["kent"], "sussex", date(2026, 11, 1), by=OPERATOR)

    commands.load_bodies()

    assert "kent" not in {body.slug for body in queries.bodies(date(2026, 12, 1))}


def test_each_change_of_a_body_is_one_entry(in_app, owner):
    """A change of a body leaves one entry in that body’s stream."""
    kent = queries.body_named("kent").id
    commands.rename_body("kent", "Kent Constabulary", date(2026, 6, 1), by=OPERATOR)

    steps = owner.execute(
        "select step from entry where stream = %s order by seq", (f"body:{kent}",)
    ).fetchall()
    assert steps == [("add_body",), ("change_overseer",), ("rename_body",)]


def test_only_an_administrator_changes_bodies(app):
    """A caseworker reads bodies and changes none, on the page and behind it."""
    email, number = made(app, "caseworker")
    browser = Browser(app).sign_in(email)

    assert browser.get("/bodies/kent").status_code == 200
    assert browser.get("/bodies/kent/rename").status_code == 403
    assert browser.get("/bodies/merge").status_code == 403
    with app.app_context(), pytest.raises(Refused):
        commands.rename_body("kent", "Kent Constabulary", date(2026, 6, 1), by=actor_of(number))


def test_pages_of_bodies(app):
    """An administrator renames, moves and merges bodies on pages that say what is wrong."""
    browser = Browser(app).sign_in(made(app, "administrator")[0])

    assert "Kent Police" in browser.get("/bodies").text
    answer = browser.send("/bodies/kent/rename", name="Kent Constabulary", on=["1", "6", "2026"])
    assert answer.status_code == 302
    assert "Kent Constabulary" in browser.get("/bodies/kent").text
    answer = browser.send("/bodies/kent/rename", name="Other", on=["1", "6", "2026"])
    assert "Choose a day after 1 June 2026" in answer.text
    answer = browser.send("/bodies/kent/overseer", overseer="nobody", on=["1", "7", "2026"])
    assert answer.status_code == 302
    answer = browser.send(
        "/bodies/merge", slugs=["kent", "sussex"], into="Kent and Sussex Police", on=["1", "8", "2026"]
    )
    assert answer.location == "/bodies/kent-and-sussex-police"
    assert "took its place" in browser.get("/bodies/kent").text
    assert browser.get("/bodies/atlantis").status_code == 404
