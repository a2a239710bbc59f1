"""What is not public never shows in the register: no row, title, name, count or error tells of it."""

from __future__ import annotations

from datetime import date

import make
import make_register as made
import pytest

from regulator.actors import PUBLIC
from regulator.casework import queries as casework
from regulator.casework.models import ClockRow
from regulator.db import ask_as, asking, db
from regulator.documents.models import Document
from regulator.errors import Missing
from regulator.evidence.models import EvidenceRequest
from regulator.findings.models import Publication, PublicComment, Recommendation, Report
from regulator.letters.models import Letter
from regulator.register import queries, showing
from tests.rooms.staff_pages import At, words

PATHS = (
    "/register",
    "/register/bodies",
    "/register/bodies/kent",
    "/register?body=kent",
    "/register?kind=audit",
)


@pytest.fixture
def client(in_app):
    """A browser in which nobody is signed in."""
    return in_app.test_client()


def everything(client, *more):
    """Every page of the register, whole, with its markup."""
    return "\n".join(client.get(path).text for path in (*PATHS, *more))


def test_what_is_not_published_is_not_there(client):
    """A case of which nothing is published changes no page of the register by a letter."""
    before = everything(client)
    made.case("audit", "kent")
    made.case("inspection", "kent", stage="published")
    complaint, _ = make.complaint_at("closed")

    assert everything(client) == before
    assert complaint.reference not in before


def test_unpublished_and_unknown_are_one(client):
    """Asking for a case that is not public, or for none, gives the same page word for word."""
    hidden = made.case("audit", "kent")
    complaint, _ = make.complaint_at("closed")

    answers = [client.get(f"/register/{r}") for r in (hidden.reference, complaint.reference, "A-NONE-0000")]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert len({words(one) for one in answers}) == 1


@pytest.mark.parametrize("role", ["manager", "publisher", "observer", "contact"])
def test_nor_to_whoever_is_signed_in(in_app, role):
    """Somebody who sees a case elsewhere does not see it in the register before it is published."""
    hidden = made.case("audit", "kent")
    by = make.person(role, body="kent") if role == "contact" else make.person(role)

    assert At(in_app, by).get(f"/register/{hidden.reference}").status_code == 404
    assert hidden.reference not in At(in_app, by).get("/register").text


def test_the_title_inside(client):
    """What a case is called inside, and what staff and bodies are told of it, is on no page."""
    one = made.published("audit", "kent")

    assert made.SECRET not in everything(client, f"/register/{one.reference}")
    assert "Gwenllian" not in everything(client, f"/register/{one.reference}")


def test_withheld_words_and_grounds(in_app, client):
    """What was withheld, on what ground, and who checked it, is on no page."""
    from regulator import ledger
    from regulator.actors import SYSTEM

    one = made.published("audit", "kent")
    with ledger.change("publish_summary", by=SYSTEM, streams=[f"case:{one.id}"]) as intent:
        intent.tell("internal", "Somebody withheld a part")
        intent.words["internal"].fields = {
            "withheld": "national_security",
            "withheld_words": "the name of the ship",
        }
        intent.data["withheld"] = "national_security"

    told = everything(client, f"/register/{one.reference}")

    assert "the name of the ship" not in told
    assert "national security" not in told.lower().replace("_", " ")


def test_the_recommendation_commented_on(client):
    """A comment in public tells nothing of the words of the recommendation, which may be withheld."""
    one = made.published("inspection", "kent", stage="published")
    number = made.recommend(one, "kent", 3, "Burn the list of informants.")
    made.comment(one, "kent", "It is done.", recommendation_id=number)

    told = everything(client, f"/register/{one.reference}")

    assert "Recommendation 3: <strong>Done</strong>" in told
    assert "It is done." in told
    assert "informants" not in told


def test_a_clock_that_is_not_public(client):
    """The day of a clock that the public is not told of is on no page."""
    one = made.published("inspection", "kent", stage="published")
    made.clock(one, "kent", "s55_comments", 10, public=False)

    assert "due by" not in client.get(f"/register/{one.reference}").text


def test_other_cases_of_a_body(client):
    """A body’s page counts and lists what is published about it, and not what else there is."""
    one = made.published("audit", "kent")
    other = made.case("enforcement", "kent", stage="intent_given")

    said = everything(client)

    assert one.reference in said
    assert other.reference not in said
    assert words(client.get("/register/bodies")).count("1 published") == 1


def test_who_oversees_is_not_the_subject(client):
    """A body that only oversees another in a case does not stand as one that it is about."""
    from regulator import ledger
    from regulator.actors import SYSTEM
    from regulator.casework.models import Party

    one = made.published("inspection", "kent", stage="published")
    with ledger.change("sees", by=SYSTEM, streams=[f"case:{one.id}"]) as intent:
        db.session.add(Party(case_id=one.id, body_id=make.body_id("essex"), capacity="oversight"))
        intent.tell("internal", "The overseer was shown it.")

    assert "Essex" not in words(client.get(f"/register/{one.reference}"))
    assert one.reference not in client.get("/register/bodies/essex").text


def test_queries_ask_as_the_public(in_app):
    """Every query of the register asks as the public, whoever asked before it."""
    hidden, shown = made.case("audit", "kent"), made.published("audit", "kent")
    by = make.person("manager")
    asked = (
        queries.published,
        lambda: queries.get(shown.reference),
        lambda: queries.papers([hidden.id, shown.id]),
        lambda: queries.subjects([hidden.id, shown.id]),
        lambda: queries.bodies([make.body_id("kent")]),
        queries.how_many,
        lambda: queries.comments(hidden.id),
        lambda: queries.last_days([hidden.id]),
        lambda: showing.sheet_of(shown.reference),
    )

    roles = set()
    for ask in asked:
        ask_as(by)
        with in_app.test_request_context():
            ask()
        roles.add(asking().role)

    assert roles == {"public"}


def test_queries_give_nothing_of_what_is_hidden(in_app):
    """Asked for a case that is not public by its number, the queries of the register give nothing."""
    hidden = made.case("inspection", "kent", stage="published")
    made.clock(hidden, "kent", "s55_comments", 10)
    made.comment(hidden, "kent", "Nobody reads this.")

    assert queries.published().rows == []
    assert queries.papers([hidden.id]) == {}
    assert queries.subjects([hidden.id]) == {}
    assert queries.comments(hidden.id) == []
    assert not queries.last_days([hidden.id])[hidden.id]
    assert queries.how_many() == {}
    assert casework.timeline(hidden.id, by=PUBLIC) == []
    with pytest.raises(Missing):
        queries.get(hidden.reference)


def test_the_public_reads_no_more_of_a_published_case(in_app):
    """Of a published case the public reads what is published, and no report, recommendation, letter or document."""
    one = made.published("audit", "kent")
    made.recommend(one, "kent", 1, "Burn the list.")
    ask_as(PUBLIC)

    for table in (Recommendation, Report, Letter, Document, EvidenceRequest):
        with pytest.raises(Exception, match="permission denied"), db.session.begin_nested():
            db.session.query(table).all()
    assert db.session.query(Publication.id).count() == 1
    with pytest.raises(Exception, match="permission denied"), db.session.begin_nested():
        db.session.query(Publication.replaced).all()
    assert db.session.query(PublicComment).count() == 0
    assert db.session.query(ClockRow).count() == 0


def test_a_day_told_to_nobody(client):
    """When a case was opened, which may be long before anything of it is public, is on no page."""
    one = made.published("audit", "kent", opened_on=date(2019, 7, 6))

    assert "2019" not in everything(client, f"/register/{one.reference}")
