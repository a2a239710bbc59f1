"""The database’s own catalogue: who owns what, and that every table has its second lock."""

from __future__ import annotations

import re

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from regulator.dbroles import LOGIN, ROLES
from regulator.ledger.recording import UNRECORDED
from regulator.tables import metadata

AUDIENCES = {f"regulator_{role}" for role in ROLES}

NO_POLICY = {
    "alembic_version": "the migrations’ own, which no role but the owner may read",
    "throttle": "read before anyone is known, only through functions that answer one question each",
    "used_code": "read before anyone is known, only through functions that answer one question each",
    "code_request": "what somebody typed, until the worker looks: no role reads it",
    "draft": "nobody’s but its writer’s, opened by code through functions that answer one question each",
    "procrastinate_jobs": "ids and no words, for the engine and the system alone",
    "procrastinate_events": "what became of those jobs",
    "procrastinate_periodic_defers": "which of those jobs come again",
    "procrastinate_workers": "which workers are alive",
}
TABLES = (
    "select n.nspname as schema, c.relname as name, c.relrowsecurity as locked, c.relkind as kind,"
    " pg_get_userbyid(c.relowner) as owner, c.reloptions as options"
    " from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where n.nspname in ('public', 'jobs') and c.relkind = any(%s)"
)
POLICIES = "select tablename, policyname, permissive, roles, cmd, qual, with_check from pg_policies"
FUNCTIONS = (
    "select n.nspname as schema, p.proname as name, p.prosecdef as definer, p.proconfig as settings,"
    " coalesce(array_to_string(p.proacl, ' '), '=X') as grants"
    " from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public'"
    " and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
)


@pytest.fixture
def ask(catalogue: psycopg.Connection):
    """Asks the catalogue of a freshly migrated database, as its owner."""
    cursor = catalogue.cursor(row_factory=namedtuple_row)
    return lambda query, *given: cursor.execute(query, given).fetchall()


def test_every_table_is_locked(ask):
    """Every table has row-level security and a policy, or stands in a list with its reason."""
    locked = {policy.tablename for policy in ask(POLICIES)}
    tables = {table.name: table.locked for table in ask(TABLES, ["r", "p"])}

    bare = {name for name, is_locked in tables.items() if not is_locked or name not in locked}

    assert bare == set(NO_POLICY)


def test_every_table_of_ours_has_row_security(ask):
    """Every mapped table has row-level security on, with a policy or without."""
    off = {table.name for table in ask(TABLES, ["r"]) if table.schema == "public" and not table.locked}

    assert off == {"alembic_version"}


def test_one_role_a_policy(ask):
    """Each policy is for one audience, so that it needs no OR, and has none."""
    wrong = [
        (policy.tablename, policy.policyname)
        for policy in ask(POLICIES)
        if len(policy.roles) != 1
        or policy.roles[0] not in AUDIENCES
        or policy.permissive != "PERMISSIVE"
        or re.search(r"\bOR\b", f"{policy.qual} {policy.with_check}")
    ]

    assert wrong == []


def test_one_policy_a_role(ask):
    """An audience has one policy for reading a table: two would be joined by OR."""
    reading = [
        (policy.tablename, policy.roles[0]) for policy in ask(POLICIES) if policy.cmd in ("SELECT", "ALL")
    ]

    assert sorted(reading) == sorted(set(reading))


def test_settings_are_read_once(ask):
    """A policy reads who asks in a sub-select, evaluated once, and bears an empty setting."""
    for policy in ask(POLICIES):
        said = f"{policy.qual} {policy.with_check}"
        readings = said.count("current_setting(")

        assert said.count("NULLIF(current_setting(") == readings, policy
        assert len(re.findall(r"\( ?SELECT [^()]*\(?NULLIF\(current_setting", said)) == readings, policy


def test_no_membership_by_list(ask):
    """No policy can be answered by hashing every case: none says “in (select ...)”, and each EXISTS has an OFFSET."""
    grown = {"person"}  # some hundreds of people, however many cases
    for policy in ask(POLICIES):
        said = f"{policy.qual} {policy.with_check}"
        tables = re.findall(r"EXISTS \( SELECT 1\s+FROM (\w+)", said)

        assert not re.search(r"\bIN \( ?SELECT", said), policy
        assert said.count("OFFSET 0") >= len([table for table in tables if table not in grown]), policy


def test_writing_is_the_engines(ask):
    """Only the engine writes cases, people and the ledger; every other audience may at most say that it looked."""
    allowed = {
        ("reading", "INSERT"),
        *(("house_mail", verb) for verb in ("INSERT", "UPDATE", "DELETE")),  # the worker’s own letters
        *(("notice_to_staff", verb) for verb in ("INSERT", "UPDATE")),  # what it told whom of their own cases
        *(("outbox", verb) for verb in ("UPDATE",)),
    }
    grants = ask(
        "select distinct table_name as name, privilege_type as verb from information_schema.table_privileges"
        " where table_schema = 'public' and privilege_type <> 'SELECT' and grantee = any(%s)",
        sorted(AUDIENCES - {"regulator_engine"} | {LOGIN, "PUBLIC"}),
    )

    assert {(grant.name, grant.verb) for grant in grants} <= allowed


def test_engine_never_rewrites(ask):
    """The engine adds to the ledger and the reading log, and cannot change or remove what is there."""
    grants = ask(
        "select table_name as name, privilege_type as verb from information_schema.table_privileges"
        " where grantee = 'regulator_engine' and table_name in ('entry', 'entry_words', 'reading', 'chain')"
    )

    assert {(grant.name, grant.verb) for grant in grants} == {
        *(("entry", verb) for verb in ("SELECT", "INSERT")),
        *(("entry_words", verb) for verb in ("SELECT", "INSERT")),
        *(("chain", verb) for verb in ("SELECT", "INSERT", "UPDATE")),
        ("reading", "INSERT"),
    }


def test_login_owns_nothing(ask):
    """The application’s login owns nothing, inherits nothing, and passes no policy by."""
    (login,) = ask("select * from pg_roles where rolname = %s", LOGIN)
    owned = ask("select 1 from pg_shdepend where refobjid = %s and deptype = 'o'", login.oid)
    granted = ask(
        "select table_name from information_schema.table_privileges where grantee in (%s, 'PUBLIC')"
        " and table_schema in ('public', 'jobs')",
        LOGIN,
    )

    assert not any((login.rolinherit, login.rolsuper, login.rolbypassrls, login.rolcreaterole))
    assert (owned, granted) == ([], [])


def test_audiences_hold_no_power(ask):
    """No audience can sign in, own, bypass or make anything, or take another’s part."""
    roles = ask("select * from pg_roles where rolname = any(%s)", sorted(AUDIENCES))
    members = ask(
        "select m.member::regrole::text as member from pg_auth_members m where m.roleid = any("
        "select oid from pg_roles where rolname = any(%s))",
        sorted(AUDIENCES),
    )
    creates = ask(
        "select r from unnest(%s::text[]) r where has_schema_privilege(r, 'public', 'create')", [*AUDIENCES]
    )

    assert {role.rolname for role in roles} == AUDIENCES
    assert not any(
        role.rolcanlogin or role.rolsuper or role.rolbypassrls or role.rolcreatedb for role in roles
    )
    assert {member.member for member in members} == {LOGIN}
    assert creates == []


def test_views_ask_as_their_reader(ask):
    """A view would ask as its owner, who sees everything, unless it says otherwise; a stored one cannot."""
    views = [view for view in ask(TABLES, ["v"]) if "security_invoker=true" not in (view.options or [])]

    assert (views, ask(TABLES, ["m"])) == ([], [])


def test_functions_that_see_more(ask):
    """A function that sees more than its caller names its schema, and is for the roles it was granted to."""
    wrong = [
        function.name
        for function in ask(FUNCTIONS)
        if function.definer
        and (
            "search_path=public, pg_temp" not in (function.settings or [])
            or re.search(r"(^| )=X", function.grants)
        )
    ]

    assert wrong == []


def test_recorded_tables_refuse(ask):
    """Every recorded table refuses a write with no intent, and counts what is written; no other does."""
    recorded = set(metadata.tables) - set(UNRECORDED)
    triggers = ask(
        "select tgrelid::regclass::text as name, tgname as trigger from pg_trigger where not tgisinternal"
    )

    for trigger in ("intent", "written"):
        assert {found.name for found in triggers if found.trigger == trigger} == recorded
    assert {found.name for found in triggers if found.trigger == "append_only"} == {
        "entry",
        "entry_words",
        "reading",
    }


def test_numbers_cannot_run_out_of_order(ask):
    """Numbers come from identity columns, which need no grant of their own and survive a dump."""
    serials = ask(
        "select table_name as name from information_schema.columns where table_schema = 'public'"
        " and column_default like 'nextval%%'"
    )

    assert serials == []


def test_time_is_read_in_one_place(ask):
    """No column, policy or trigger of ours reads the clock."""
    defaults = ask(
        "select table_name as name from information_schema.columns where table_schema = 'public'"
        " and column_default ~* 'now|current_|timestamp|clock'"
    )
    policies = [
        policy.policyname
        for policy in ask(POLICIES)
        if re.search(
            r"now\(|current_date|clock_timestamp", f"{policy.qual} {policy.with_check}", re.IGNORECASE
        )
    ]
    functions = ask(
        FUNCTIONS + " and p.prosrc ~* '\\mnow\\(|current_(date|timestamp)|clock_timestamp'",
    )

    assert (defaults, policies, functions) == ([], [], [])


def test_every_foreign_key_of_a_case_is_indexed(ask):
    """Rows of a case are found by its number without reading the table."""
    bare = ask(
        "select c.conrelid::regclass::text as name from pg_constraint c where c.contype = 'f'"
        " and c.confrelid = 'case_file'::regclass and not exists (select 1 from pg_index i"
        " where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])"
    )

    assert bare == []
