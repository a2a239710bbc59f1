"""The public register: what is published stands there with its status today, and it reads the same for everybody."""

from __future__ import annotations

from datetime import date, timedelta

import make
import make_register as made
import pytest

from regulator import moments
from tests.linting import faults, read
from tests.rooms.staff_pages import At, statements, words


@pytest.fixture
def client(in_app):
    """A browser in which nobody is signed in."""
    return in_app.test_client()


def page(client, path):
    """What a page says; its markup has no fault."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert faults(read(answer.text)) == []
    return words(answer)


def test_empty(client):
    """While nothing is published the register says so, and leads to the organisations overseen."""
    said = page(client, "/register")

    assert "Nothing is published yet" in said
    assert "Organisations we oversee" in said


def test_the_newest_stands_first(client):
    """What was published or corrected last stands first."""
    old, new = made.published(on="2026-02-02"), made.published("inspection", "essex", stage="published")
    made.publish(old, "Put right.", "2026-04-01", correction="A number was wrong.")

    said = page(client, "/register")

    assert said.index(old.reference) < said.index(new.reference)
    assert "Published 2 February 2026, corrected 1 April 2026" in said


def test_a_page_at_a_time(client):
    """Twenty stand on a page; the next page begins where it ended, and nothing is left out or told twice."""
    references = {made.published(on=f"2026-03-{day:02}").reference for day in range(1, 24)}
    first = client.get("/register")
    following = first.text.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")

    shown = [{one for one in references if one in text} for text in (first.text, client.get(following).text)]

    assert [len(one) for one in shown] == [20, 3]
    assert shown[0] | shown[1] == references


@pytest.mark.parametrize("after", ["x", "2026-13-01.3", "2026-03-01.x", "2026-03-01." + "9" * 40, "."])
def test_a_page_that_is_none(client, after):
    """An address that names no page shows the register from its beginning."""
    one = made.published()

    assert one.reference in client.get(f"/register?after={after}").text or after.endswith("9")


def test_filters(client):
    """The register is narrowed by organisation; one of which nothing is published cannot be asked for."""
    kent, essex = made.published("audit", "kent"), made.published("audit", "essex")

    of_kent, of_none = page(client, "/register?body=kent"), page(client, "/register?body=surrey")

    assert (kent.reference in of_kent, essex.reference in of_kent) == (True, False)
    assert essex.reference in of_none
    assert "Surrey" not in of_none


def test_a_publication(client):
    """A page says what was published and of whom, in public words, with the public sentence of where it stands."""
    one = made.published("audit", "kent", "essex", stage="following_up")

    said = page(client, f"/register/{one.reference.lower()}")

    assert said.startswith(f"Reference {one.reference} Audit summary: Essex Police and Kent Police")
    assert "The regulator is checking what has been done about its recommendations." in said
    assert "They are checked by people." in said
    assert "Published 2 March 2026" in said


def test_status_is_of_today(client):
    """The status is that of the stage where the case stands today, whatever it was when it was published."""
    one = made.published()
    made.move(one, "closed")

    assert "The audit is closed." in page(client, f"/register/{one.reference}")
    assert "The audit is closed." in page(client, "/register")


def test_status_with_its_day(client):
    """A status says its day where there is one day for all, and is left out where those of several bodies differ."""
    one = made.published("inspection", "kent", "essex", stage="published")
    made.clock(one, "kent", "s55_comments", 10)
    day = moments.today() + timedelta(days=10)

    same = page(client, f"/register/{one.reference}")
    made.clock(one, "essex", "s55_comments", 12)
    differing = page(client, f"/register/{one.reference}")

    assert f"Comments on it are due by {day.day} {day:%B %Y}." in same
    assert "due by" not in differing
    assert "The report is published." in differing


def test_a_stage_without_a_public_sentence(client):
    """Of a stage that the public does not see, nothing is told."""
    one = made.published("enforcement", "kent", stage="in_force")
    made.move(one, "proposed")

    said = page(client, f"/register/{one.reference}").lower()

    assert "proposed" not in said
    assert "proposed" not in page(client, "/register").lower()


def test_a_correction(client):
    """A corrected publication shows the words that stand, that it was corrected, when and why; the old words are gone."""
    one = made.published()
    made.publish(one, "We looked at twelve matches.", "2026-03-09", correction="The number was wrong.")

    answer = client.get(f"/register/{one.reference}")
    said = words(answer)

    assert "We looked at twelve matches." in said
    assert "We corrected this on 9 March 2026. The number was wrong." in said
    assert "Published 2 March 2026, and corrected since. These are the words that stand." in said
    assert "They are checked by people" not in answer.text


def test_two_corrections(client):
    """Each correction stays on the page with its day, the latest first, and only the last words stand."""
    one = made.published()
    made.publish(one, "Eleven matches.", "2026-03-09", correction="It was not ten.")
    made.publish(one, "Twelve matches.", "2026-03-10", correction="It was not eleven.")

    said = page(client, f"/register/{one.reference}")

    assert said.index("10 March 2026") < said.index("It was not ten.")
    assert "Twelve matches." in said
    assert "Eleven matches." not in said


def test_published_again(client):
    """What is published later without correcting anything stands beside what was there."""
    one = made.published()
    made.publish(one, "A year on, it is done.", "2026-05-04")

    said = page(client, f"/register/{one.reference}")

    assert "They are checked by people." in said
    assert "A year on, it is done." in said


def test_an_instrument_by_its_name(client):
    """A notice that says which it is stands in the register under that name."""
    one = made.case("enforcement", "kent", stage="in_force")
    made.publish(one, "Stop it.", what="compliance")

    assert "Compliance notice: Kent Police" in page(client, "/register")


def test_names_of_then_and_today(client):
    """A body stands under the name it had then, with today’s beside it, and its page has both."""
    one = made.published(on="2026-03-02")
    made.renamed("kent", "Kent and Medway Police", date(2026, 6, 1))

    said, of_body = page(client, f"/register/{one.reference}"), page(client, "/register/bodies/kent")

    assert "Audit summary: Kent Police" in said
    assert "Today its name is Kent and Medway Police" in said
    assert of_body.startswith("Territorial police force Kent and Medway Police")
    assert "Kent Police When our record began 31 May 2026" in of_body
    assert one.reference in of_body


def test_what_they_say(client):
    """What the body and who oversees it say in public stands under who said it, with the answer in words."""
    one = made.published("inspection", "kent", stage="published")
    made.comment(one, "kent", "It was done in May.")
    made.comment(one, "kent", "We are content.", side="oversight", answer=None)

    said = page(client, f"/register/{one.reference}")

    assert "Kent Police Done , 20 March 2026 It was done in May." in said
    assert "Police and Crime Commissioner for Kent, on Kent Police 20 March 2026 We are content." in said


def test_the_public_timeline(client):
    """What happened is told as far as the public is told it, the newest first."""
    one = made.published()
    made.publish(one, "Put right.", "2026-03-09", correction="A number was wrong.")

    said = page(client, f"/register/{one.reference}")
    told = said[said.index("What happened") :]

    assert told.index("The regulator corrected what it published") < told.index(
        "The regulator published a summary"
    )
    assert "written down" not in told


def test_bodies(client):
    """Everybody can see which organisations are overseen, with of how many cases about each something is published."""
    made.published("audit", "kent")
    made.published("audit", "kent", "essex")

    said = page(client, "/register/bodies")

    assert "Kent Police 2 published" in said
    assert "Essex Police 1 published" in said


def test_a_body(client):
    """A body’s page says what is published about it, what it is called, who oversees it and whose place it took."""
    one = made.published("audit", "kent")
    made.published("audit", "essex")
    made.merged("essex", "kent", date(2026, 7, 1))

    said, before = page(client, "/register/bodies/kent"), page(client, "/register/bodies/essex")

    assert one.reference in said
    assert "Before 1 July 2026 Essex Police did its work" in said
    assert "Who oversees it" in said
    assert "Since 1 July 2026 Kent Police does its work" in before


def test_a_body_with_nothing(client):
    """Of a body about which nothing is published its page says so."""
    assert "We have published nothing about it." in page(client, "/register/bodies/kent")


@pytest.mark.parametrize("role", ["manager", "publisher", "contact"])
def test_the_same_for_whoever_looks(in_app, client, role):
    """Somebody signed in reads of the register what everybody reads, and nothing more."""
    one = made.published()
    made.case("inspection")
    by = make.person(role, body="kent") if role == "contact" else make.person(role)
    paths = ("/register", f"/register/{one.reference}", "/register/bodies", "/register/bodies/kent")

    assert [words(At(in_app, by).get(path)) for path in paths] == [words(client.get(path)) for path in paths]


def test_ways_in(client):
    """The first page and the foot of every page lead to the register."""
    first = client.get("/").text

    assert first.count('href="/register"') == 2
    assert first.count('href="/register/bodies"') == 2


def test_few_statements(in_app, client):
    """A page of the register asks the same few things of the database however long it is."""
    for day in range(1, 13):
        made.published(on=f"2026-03-{day:02}")
    with statements(in_app) as many:
        client.get("/register")

    assert len([one for one in many if one.startswith(("SELECT", "WITH"))]) < 12
