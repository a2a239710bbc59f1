"""Search: what each person finds, and what nobody finds who may not read it."""

from __future__ import annotations

from datetime import date

import make
import make_inspection
import pytest
from rooms.staff_pages import At, words

from regulator.actors import Actor, Side
from regulator.casework.searching import reading
from regulator.casework.searching.cli import rebuild
from regulator.casework.searching.queries import Hit, Wanted, search
from regulator.casework.searching.showing import matches
from regulator.db import db


def found(typed: str, by: Actor, **more) -> set[str]:
    """The references of what somebody finds."""
    return {hit.reference for hit in search(Wanted(typed, **more), by=by).rows}


@pytest.fixture
def case(in_app):
    """A complaint being looked into, and the people who do it."""
    return make.complaint_at(
        "investigating",
        name="Siân Llewellyn",
        what_happened="A quixotic camera stopped me at the market.",
        allegations=["The watchlist was zebra striped"],
    )


@pytest.mark.parametrize(
    "typed",
    ["quixotic", "Quixotic cameras", "zebra", '"zebra striped"', "sian", "Sian Llewelyn", "llewellyn market"],
)
def test_staff_find_words_and_names(case, typed):
    """A caseworker finds a case by words anybody said in it, and by names spelt nearly right."""
    taken, people = case

    assert taken.reference in found(typed, people.caseworker)


@pytest.mark.parametrize("typed", ["quixotic -camera", "unicorn", '"striped zebra"', "the", ""])
def test_words_that_are_not_there(case, typed):
    """Words that do not stand in a case do not find it."""
    assert found(typed, case[1].caseworker) == set()


def test_part_of_a_reference(case):
    """Part of a reference finds its case, with its hyphens or without."""
    taken, people = case
    whole = taken.reference

    assert whole in found(whole[-7:], people.caseworker)
    assert whole in found(whole.replace("-", "").lower()[2:8], people.caseworker)


def test_body_never_finds_the_complainant(case):
    """A force finds its case by what it was shown of it, and not by who complained, nor by words not shown to it."""
    taken, people = case

    assert taken.reference in found("zebra", people.contact)
    for typed in ("llewellyn", "sian", "quixotic", "ada example", "ada@example.test"):
        assert found(typed, people.contact) == set(), typed


def test_body_finds_who_lets_it_know(in_app):
    """A force finds a case by the name of a complainant who agreed that it may know."""
    taken, people = make.complaint_at("investigating", name="Siân Llewellyn", shares_identity=True)

    assert taken.reference in found("llewelyn", people.contact)


def test_two_forces(case):
    """One force finds nothing of a case about another."""
    other = make.person("contact", body="surrey")

    assert found("zebra", other) == set()
    assert found(case[0].reference[2:6], other) == set()


def test_case_not_shown_yet(in_app):
    """A force finds nothing of a case that it has not been shown."""
    taken, people = make.complaint_at("received", allegations=["The watchlist was zebra striped"])

    assert found("zebra", people.contact) == set()
    assert found("zebra", people.caseworker) == {taken.reference}


def test_restricted(case):
    """Only those inside the wall find a restricted case, and the others are not told that there is one."""
    taken, people = case
    make.act(
        taken.case_id, people.manager, "restrict", people=[people.lawyer.person_id], reason="A colleague."
    )

    assert found("zebra", people.lawyer) == {taken.reference}
    assert search(Wanted("zebra"), by=people.caseworker).many == 0


def test_filters(case):
    """What is found is narrowed to a kind, to open or closed cases, and to a body, before it is counted."""
    taken, people = case
    by, met, other = people.caseworker, make.body_id(), make.body_id("surrey")

    assert found("zebra", by, kind="complaint", is_open=True, body=met) == {taken.reference}
    for wrong in ({"kind": "audit"}, {"is_open": False}, {"body": other}):
        assert search(Wanted("zebra", **wrong), by=by).many == 0, wrong


def test_nobody_else_searches(case):
    """A complainant, and whoever is not signed in, cannot search at all."""
    for by in (make.complainant(case[0].case_id), Actor("Nobody", frozenset(), Side.public)):
        with pytest.raises(Exception, match="permission denied"):
            search(Wanted("zebra"), by=by)
        db.session.rollback()


def test_page_says_why(app):
    """The page says how many cases have the words, and shows the line in which they stand."""
    with app.app_context():
        _, people = make.complaint_at("investigating", what_happened="A quixotic camera stopped me.")

    page = At(app, people.caseworker).get("/search?words=quixotic")

    assert "1 case with “quixotic”" in words(page)
    assert "What happened A quixotic camera stopped me." in words(page)
    assert "<mark>quixotic</mark>" in page.text


def test_page_of_a_body(app):
    """A force’s page shows only its own words, and leads to the case as the force reads it."""
    with app.app_context():
        taken, people = make.complaint_at("investigating", allegations=["The watchlist was zebra striped"])

    page = At(app, people.contact).get("/search?words=zebra")

    assert f'href="/body/cases/{taken.reference}"' in page.text
    assert "Ada" not in page.text


def test_a_contributor_does_not_search(app):
    """A contributor, who is shown of a case what was handed to them alone, cannot search the rest of it."""
    with app.app_context():
        _, people = make.complaint_at("investigating")

    assert At(app, people.contributor).get("/search?words=camera").status_code == 403
    assert "/search" not in At(app, people.contributor).get("/body").text


def test_rebuilt(case, owner):
    """Rebuilding makes the same rows again from the record, and none that was not there."""
    rows = "select case_id, audience, body_id, words, names, said from search_row order by 1, 2, 3"
    before = owner.execute(rows).fetchall()
    owner.execute("delete from search_row")

    assert rebuild() == 1
    assert owner.execute(rows).fetchall() == before


def test_nobody_in_particular_is_asked(owner):
    """No policy on what search reads depends on the person who asks: a row is read for everybody of its audience."""
    tables = [source.table.name for source in reading.sources()]
    policies = owner.execute(
        "select tablename, policyname from pg_policies where tablename = any(%s) and qual ~ 'app\\.person'"
        " and roles && '{regulator_staff,regulator_body,regulator_oversight}'::name[]",
        (tables,),
    ).fetchall()

    assert policies == []


def test_an_unannounced_inspection(in_app):
    """A force finds nothing of an inspection before it is shown it, whatever it types."""
    walk = make_inspection.planned("metropolitan", unannounced=True)
    contact, reference = make.person("contact"), walk.case.reference

    for typed in (reference[3:], "inspection", "metropolitan"):
        assert found(typed, contact) == set()
    assert found(reference[3:], make.person("inspector")) == {reference}


@pytest.mark.parametrize(
    ("typed", "hits"),
    [("camera", ["cameras"]), ("policies", ["policy"]), ("Siân", ["sian"]), ("-camera came", ["came"])],
)
def test_what_is_marked(typed: str, hits: list[str]):
    """What is marked is the words typed, in any of their forms, and not words that only begin alike."""
    hit = Hit(
        "C-1", "complaint", "e", "s", True, date(2026, 3, 2), None, None, [("x.y", LINE)], by_name=False
    )

    (match,) = matches(hit, typed)

    assert [piece.words for piece in match.pieces if piece.is_hit] == hits


LINE = "The cameras came, sian said, and nobody had read the policy."
