"""The seed story: complaints at every point of their course, told through steps and kept once."""

from __future__ import annotations

import dataclasses
import re

import psycopg
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from replaying import counted, is_whole

from config import Environment
from regulator import moments
from regulator.accounts import demonstration, doors
from regulator.accounts.codes import hash_code
from regulator.accounts.roles import RoleSide, open_to
from regulator.casework.editions import current
from regulator.cli import main
from regulator.errors import Refused


def seed(app: Flask, *given: str) -> Result:
    """Run `regulator seed` over the test’s own database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENVIRONMENT", "development")
        patch.setattr("regulator.create_app", lambda _config: app)
        return CliRunner().invoke(main, ["seed", *given])


@pytest.fixture(scope="module")
def told(kept_app: Flask) -> Result:
    """The story, told once for all these tests, which only look."""
    return seed(kept_app)


@pytest.fixture
def look(told: Result, catalogue: psycopg.Connection) -> psycopg.Connection:
    """A connection as the owner, to look at what was told."""
    assert told.exit_code == 0, told.output
    return catalogue


def test_every_stage(look: psycopg.Connection) -> None:
    """There is a complaint at every stage, open and ended."""
    stages = {stage for (stage,) in look.execute("select distinct stage from case_file")}

    assert stages == set(current().kinds["complaint"].stages)


ONE_OF = {
    "overdue": "select 1 from clock where is_open and last_day < current_date",
    "on hold": "select 1 from entry where step = 'hold'",
    "waiting for an answer": "select 1 from clock where paused_since is not null",
    "restricted": "select 1 from case_file where is_restricted",
    "with somebody who acts": "select 1 from participant where capacity = 'representative'",
    "anonymous": "select 1 from participant where capacity = 'complainant' and name is null",
    "in Welsh": "select 1 from participant where language = 'cy'",
    "with a long name": "select 1 from participant where length(name) > 60",
    "with more time asked": "select 1 from clock where is_held and name = 'account'",
    "partly answered": "select 1 from evidence_item where answer is null and handed_to_id is null",
    "with an account in": "select 1 from issued_version where what = 'account'",
    "commented on": "select 1 from comment where accepted is null",
    "nobody’s": "select 1 from case_file where is_open and owner_id is null",
    "without consent to be named": "select 1 from participant where not shares_identity",
}


@pytest.mark.parametrize("query", ONE_OF.values(), ids=ONE_OF)
def test_one_of_each(look: psycopg.Connection, query: str) -> None:
    """There is a complaint for each thing that makes one different."""
    assert look.execute(query).fetchone()


def test_owners(look: psycopg.Connection) -> None:
    """Work is spread over several people, and one thing alone is late."""
    owners = look.execute("select count(distinct owner_id) from case_file where is_open").fetchone()
    late = look.execute("select name from clock where is_open and last_day < current_date or was_late")

    assert owners[0] >= 5
    assert late.fetchall() == [("screen",)]


def test_nothing_goes_out(look: psycopg.Connection) -> None:
    """Letters of the story are never sent, but its cases are live: those written from now on are."""
    assert look.execute("select distinct state from outbox").fetchall() == [("historic",)]
    assert look.execute("select distinct is_historic from case_file").fetchall() == [(False,)]
    assert counted(look)["jobs.procrastinate_jobs"] == 0


def test_recorded(look: psycopg.Connection, kept_app: Flask) -> None:
    """Every row of the story is accounted for by the record, and nothing in it is still to come."""
    assert is_whole(kept_app)
    last = look.execute("select max(occurred) from entry where case_id is not null").fetchone()
    assert last[0] <= moments.now()


def test_everybody_signs_in(told: Result, kept_app: Flask) -> None:
    """Somebody with each role that people hold can sign in."""
    with kept_app.app_context():
        found = {one.role for one in demonstration.sign_ins()}
        wanted = {role.label for role in open_to(RoleSide)}

    assert found == wanted


def test_follow(told: Result, kept_app: Flask, look: psycopg.Connection) -> None:
    """Two complaints can be followed as the public, with codes that are said and never kept."""
    offered = re.findall(r"(C-\w{4}-\w{4})  code ([\w-]+)", told.output)

    with kept_app.app_context():
        claims = [doors.claim_found(ref, hash_code(code), moments.today()) for ref, code in offered]
        wrong = doors.claim_found(offered[0][0], hash_code(offered[1][1]), moments.today())
    assert [claim.capacity for claim in claims if claim] == ["complainant", "complainant"]
    assert wrong is None
    kept = {text for (text,) in look.execute("select code_hash from access_code")}
    assert not kept & {code for _, code in offered}


def test_codes_again(told: Result, kept_app: Flask) -> None:
    """The codes can be asked for again, and are the same."""
    assert seed(kept_app, "--codes").output in told.output


@pytest.mark.parametrize("given", [(), ("--if-empty",), ("--codes",)])
def test_again(look: psycopg.Connection, kept_app: Flask, given: tuple[str, ...]) -> None:
    """Asked for again it changes nothing, however it is asked for."""
    before = counted(look)

    again = seed(kept_app, *given)

    assert again.exit_code == 0
    assert counted(look) == before


def test_production(kept_app: Flask) -> None:
    """Invented people are never put where real people’s cases are kept."""
    config = kept_app.extensions["regulator"]
    kept_app.extensions["regulator"] = dataclasses.replace(config, environment=Environment.PRODUCTION)
    try:
        refused = seed(kept_app)
    finally:
        kept_app.extensions["regulator"] = config

    assert isinstance(refused.exception, Refused)
