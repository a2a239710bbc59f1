"""A big database to measure on: quickly made, and as true as one that people made."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from rooms import bare

from config import Environment
from regulator.casework.searching.queries import Wanted, search
from regulator.cli import main

CASES = 70


def load(app: Flask) -> Result:
    """Run `regulator load` over the test’s own database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENVIRONMENT", "development")
        patch.setattr("regulator.create_app", lambda _config: app)
        return CliRunner().invoke(main, ["load", "--cases", str(CASES)])


@pytest.fixture(scope="module")
def loaded(kept_app: Flask) -> Result:
    """Some cases, loaded once for all these tests, which only look."""
    return load(kept_app)


def test_as_many_as_asked(loaded: Result, catalogue: psycopg.Connection):
    """There are as many cases as were asked for, of every kind, each with its clocks, words and search rows."""
    assert loaded.exit_code == 0, loaded.output
    (cases,) = catalogue.execute("select count(*) from case_file").fetchone()
    kinds = catalogue.execute(
        "select distinct kind from case_file where id >= 1000000000 order by 1"
    ).fetchall()
    bare_ones = catalogue.execute(
        "select count(*) from case_file c where not exists (select 1 from search_row s where s.case_id = c.id)"
    ).fetchone()

    assert cases >= CASES
    assert [kind for (kind,) in kinds] == ["audit", "complaint", "enforcement", "inspection"]
    assert bare_ones == (0,)


def test_the_record_is_whole(loaded: Result, kept_app: Flask):
    """The copies’ chains are as whole as those of the cases they were copied from."""
    with kept_app.app_context():
        assert bare.sentences(bare.proved(kept_app)) == []


def test_copies_are_found(loaded: Result, kept_app: Flask, catalogue: psycopg.Connection):
    """A copy is found by the name of whoever complains in it, which is not that of the case it was copied from."""
    name, reference = catalogue.execute(
        "select p.name, c.reference from participant p join case_file c on c.id = p.case_id"
        " where c.id >= 1000000000 and p.name is not null and not c.is_restricted limit 1"
    ).fetchone()
    (told,) = catalogue.execute(
        "select count(*) from participant where name = %s and case_id < 1000000000", (name,)
    ).fetchone()
    with kept_app.app_context():
        hits = search(Wanted(name), by=bare.staff(1)).rows

    assert told == 0
    assert reference in {hit.reference for hit in hits}


def test_only_into_an_empty_database(loaded: Result, kept_app: Flask):
    """Where there are cases already, nothing is loaded."""
    again = load(kept_app)

    assert again.exit_code != 0
    assert "Load into a database that has none" in str(again.exception)


def test_never_in_production(kept_app: Flask):
    """Nothing is loaded in production."""
    config = kept_app.extensions["regulator"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(kept_app.extensions, "regulator", replace(config, environment=Environment.PRODUCTION))
        refused = load(kept_app)

    assert refused.exit_code != 0
    assert "this is production" in str(refused.exception)
