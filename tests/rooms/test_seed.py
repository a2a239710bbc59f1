"""The seed story: complaints at every point of their course, a few cases of the other kinds; told by steps, kept once."""

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
from regulator.actors import Actor, Side
from regulator.casework.editions import current
from regulator.casework.queries import cases
from regulator.cli import main
from regulator.errors import Missing, Refused


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
    stages = {stage for (stage,) in look.execute("select stage from case_file where kind = 'complaint'")}

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


OTHER_KINDS = {
    ("audit", "gathering", "metropolitan, essex"),
    ("audit", "following_up", "south-wales"),
    ("inspection", "announced", "essex"),
    ("inspection", "planned", "metropolitan"),
    ("enforcement", "intent_given", "metropolitan"),
    ("enforcement", "in_force", "south-wales"),
}


def test_other_kinds(look: psycopg.Connection) -> None:
    """There are a few cases of each other kind, at the points where somebody has something to do."""
    found = look.execute(
        "select case_file.kind, stage, string_agg(slug, ', ' order by party.id) from case_file"
        " join party on party.case_id = case_file.id join body on body.id = party.body_id"
        " where case_file.kind <> 'complaint' and capacity = 'subject' group by case_file.id"
    )

    assert set(found.fetchall()) == OTHER_KINDS


SOMETHING_TO_DO = {
    "evidence soon due": ("evidence", "clock.is_open and last_day - current_date between 0 and 14"),
    "a recommendation overdue": ("recommendation", "clock.is_open and last_day < current_date"),
    "one claimed done, to be verified": ("verify", "clock.is_open and last_day >= current_date"),
    "representations due": ("representations", "clock.is_open and last_day - current_date between 7 and 21"),
    "a step soon due": ("compliance", "clock.is_open and last_day - current_date between 0 and 14"),
    "an application waiting": ("certificate", "clock.is_open and last_day >= current_date"),
}


@pytest.mark.parametrize(("clock", "runs"), SOMETHING_TO_DO.values(), ids=SOMETHING_TO_DO)
def test_something_to_do(look: psycopg.Connection, clock: str, runs: str) -> None:
    """In the other kinds one thing is overdue, some are due soon, and some wait for the regulator."""
    asked = f"select 1 from clock join case_file on case_file.id = case_id where kind <> 'complaint' and name = %s and {runs}"

    assert len(look.execute(asked, [clock]).fetchall()) == 1


def test_one_body_answered(look: psycopg.Connection) -> None:
    """In the audit of two forces one has answered; an item of the other’s waits for its contributor."""
    bodies = look.execute(
        "select slug from evidence_request join party on party.id = party_id join body on body.id = body_id"
        " join case_file on case_file.id = evidence_request.case_id"
        " where case_file.kind = 'audit' and stage = 'gathering' and submitted_on is not null"
    )
    handed = look.execute(
        "select person.name from evidence_item join person on person.id = handed_to_id"
        " join case_file on case_file.id = evidence_item.case_id where case_file.kind = 'audit' and answer is null"
    )

    assert bodies.fetchall() == [("essex",)]
    assert handed.fetchall() == [("Raj Footnote",)]


@pytest.mark.parametrize("name", ["Dana Anecdote", "Alex Memoir", "Bola Treatise", "Paul Limerick"])
def test_unannounced(look: psycopg.Connection, kept_app: Flask, name: str) -> None:
    """Of an unannounced inspection that is still planned nobody outside the regulator finds anything."""
    (reference,) = look.execute(
        "select reference from case_file where kind = 'inspection' and stage = 'planned'"
    ).fetchone()
    number, home, role, side = look.execute(OUTSIDER, [name]).fetchone()
    outsider = Actor(name, frozenset({role}), Side(side), person_id=number, body_id=home)

    with kept_app.app_context(), pytest.raises(Missing):
        cases.get(reference, by=outsider)


OUTSIDER = """
    select person.id, body_id, role, case role when 'oversight_contact' then 'oversight' else 'body' end
    from person join role_held on role_held.person_id = person.id where name = %s
"""


def test_owners(look: psycopg.Connection) -> None:
    """Work is spread over several people, and of complaints and of the other kinds one thing each is late."""
    owners = look.execute("select count(distinct owner_id) from case_file where is_open").fetchone()
    late = look.execute(
        "select name from clock where is_open and last_day < current_date or was_late order by 1"
    )

    assert owners[0] >= 8
    assert late.fetchall() == [("recommendation",), ("screen",)]


def test_nothing_goes_out(look: psycopg.Connection) -> None:
    """Letters of the story are never sent, but its cases are live: those written from now on are. All that is left to be
    done is to destroy the files of the record that was destroyed.
    """
    assert look.execute("select distinct state from outbox").fetchall() == [("historic",)]
    assert look.execute("select distinct is_historic from case_file").fetchall() == [(False,)]
    assert look.execute("select task_name from jobs.procrastinate_jobs").fetchall() == [("destroy_files",)]


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
