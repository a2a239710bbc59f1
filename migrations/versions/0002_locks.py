"""The second lock on every row: grants, row-level security by role, and triggers that refuse unrecorded writes.

A policy is written for one role, so it never says OR; values of the session stand in a sub-select, evaluated once. An
`exists` ends in `offset 0`, which changes no answer and keeps the planner from hashing every case to look one up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ME = "(select nullif(current_setting('app.person', true), '')::bigint)"
MY_BODY = "(select nullif(current_setting('app.body', true), '')::bigint)"
MY_CASE = "(select nullif(current_setting('app.case', true), '')::bigint)"
PINNED = "any ((select string_to_array(nullif(current_setting('app.case', true), ''), ','))::bigint[])"

OF_NO_CASE_OR_PINNED = f"case when case_id is null then true else case_id = {PINNED} end"

READERS = ("staff", "body", "complainant", "public", "administration", "body_administration")
EVERYONE = (*READERS, "engine", "system")

REFERENCE = ("body", "body_name", "body_oversight", "body_succession", "holiday", "team")
CASE_ROWS = (
    "party",
    "participant",
    "access_code",
    "clock",
    "case_link",
    "wall_member",
    "issued_version",
    "complaint",
    "allegation",
    "remit_answer",
    "account_request",
    "account_item",
    "view_paragraph",
    "view_comment",
    "document",
    "letter",
    "outbox",
)
PEOPLE = ("person", "role_held", "credential", "recovery_code", "one_use_link")
DOORKEEPING = ("web_session", "throttle")
LEDGER = ("chain", "entry", "entry_words", "answered", "reading")
RECORDED = (
    *REFERENCE,
    *PEOPLE,
    "case_file",
    *(name for name in CASE_ROWS if name not in ("clock", "outbox")),
)


def of_visible_case(table: str) -> str:
    """A row whose case the reader sees, by the case’s own policy."""
    return f"exists (select 1 from case_file c where c.id = {table}.case_id offset 0)"


def of_visible_entry(table: str) -> str:
    """A row whose entry the reader sees."""
    return f"exists (select 1 from entry e where e.id = {table}.entry_id offset 0)"


def of_my_party(table: str) -> str:
    """A row of my body’s own part in the case, or of the case for every body in it."""
    return (
        f"exists (select 1 from party p where p.case_id = {table}.case_id and p.sees"
        f" and p.id = coalesce({table}.party_id, p.id) and p.body_id = {MY_BODY} offset 0)"
    )


INSIDE = "any ((select my_walls())::bigint[])"
WALL = f"case when is_restricted then id = {INSIDE} else true end"
IN_MY_DESK = (
    "exists (select 1 from party p where p.case_id = case_file.id and p.sees and p.body_id = "
    + MY_BODY
    + " offset 0)"
)

# role -> table -> (columns it may read, rows it may read)
ALL = "*"
READS: dict[str, dict[str, tuple[str, str]]] = {
    "staff": {
        "case_file": (ALL, WALL),
        **{
            table: (ALL, of_visible_case(table))
            for table in CASE_ROWS
            if table not in ("access_code", "account_item", "case_link", "wall_member")
        },
        "wall_member": (ALL, f"case_id = {INSIDE}"),
        "case_link": (
            ALL,
            of_visible_case("case_link")
            + " and exists (select 1 from case_file o where o.id = case_link.other_id offset 0)",
        ),
        "account_item": (
            "id, case_id, request_id, party_id, number, question, handed_to_id, version, answered_by_id",
            of_visible_case("account_item"),
        ),
        "entry": (ALL, "for_staff and " + of_visible_case("entry")),
        "entry_words": (ALL, "audience <> 'body_only' and " + of_visible_entry("entry_words")),
        "person": (ALL, "true"),
        "role_held": (ALL, "true"),
        "reading": (ALL, of_visible_case("reading")),
    },
    "body": {
        "case_file": (
            "id, reference, kind, edition, edition_digest, stage, stage_moves, is_open, opened_on, is_historic",
            IN_MY_DESK,
        ),
        "party": (ALL, f"body_id = {MY_BODY} and sees"),
        "participant": (
            "id, case_id, capacity, name",
            "shares_identity and " + of_visible_case("participant"),
        ),
        "clock": (ALL, "for_body and " + of_my_party("clock")),
        "issued_version": (ALL, "audience = 'body' and " + of_my_party("issued_version")),
        "allegation": (
            "id, case_id, number, words, finding, standard, reasons",
            of_visible_case("allegation"),
        ),
        "account_request": (ALL, of_my_party("account_request")),
        "account_item": (ALL, of_my_party("account_item")),
        "view_paragraph": (
            ALL,
            "exists (select 1 from issued_version v where v.id = view_paragraph.version_id offset 0)",
        ),
        "view_comment": (ALL, "side = 'body' and " + of_my_party("view_comment")),
        "document": (ALL, "for_body and " + of_my_party("document")),
        "letter": (ALL, "to_side = 'body' and " + of_my_party("letter")),
        "entry": (
            "id, case_id, seq, step, by_role, occurred, occurred_is_day, recorded, party_id, for_body",
            "for_body and " + of_my_party("entry"),
        ),
        "entry_words": (
            "entry_id, audience, words",
            "audience in ('body', 'body_only') and " + of_visible_entry("entry_words"),
        ),
        "person": (ALL, f"body_id = {MY_BODY}"),
        "role_held": (
            ALL,
            "exists (select 1 from person p where p.id = role_held.person_id offset 0)",
        ),
    },
    "complainant": {
        "case_file": (
            "id, reference, kind, edition, edition_digest, stage, stage_moves, is_open, opened_on, is_historic",
            f"id = {MY_CASE}",
        ),
        "participant": (ALL, f"case_id = {MY_CASE}"),
        "clock": (ALL, f"for_complainant and case_id = {MY_CASE}"),
        "issued_version": (ALL, f"audience = 'complainant' and case_id = {MY_CASE}"),
        "complaint": (ALL, f"case_id = {MY_CASE}"),
        "allegation": ("id, case_id, number, words", f"case_id = {MY_CASE}"),
        "view_paragraph": (
            ALL,
            "exists (select 1 from issued_version v where v.id = view_paragraph.version_id offset 0)",
        ),
        "view_comment": (ALL, f"side = 'complainant' and case_id = {MY_CASE}"),
        "document": (ALL, f"for_complainant and case_id = {MY_CASE}"),
        "letter": (ALL, f"to_side = 'complainant' and case_id = {MY_CASE}"),
        "entry": (
            "id, case_id, seq, step, by_role, occurred, occurred_is_day, recorded, party_id, for_complainant",
            f"for_complainant and case_id = {MY_CASE}",
        ),
        "entry_words": (
            "entry_id, audience, words",
            "audience = 'complainant' and " + of_visible_entry("entry_words"),
        ),
    },
    "administration": {
        "person": (ALL, "true"),
        "role_held": (ALL, "true"),
        "entry": (ALL, "case_id is null"),
        "entry_words": (ALL, of_visible_entry("entry_words")),
    },
    "body_administration": {
        "person": (ALL, f"body_id = {MY_BODY}"),
        "role_held": (ALL, "exists (select 1 from person p where p.id = role_held.person_id offset 0)"),
    },
    "system": {
        "case_file": (ALL, "true"),
        "clock": (ALL, "true"),
        "letter": (ALL, "true"),
        "outbox": (ALL, "true"),
    },
}


# Whoever reads may say so in their own name, of a case they see.
LOOKERS = ("staff", "body", "complainant", "administration", "body_administration")
LOOK = (
    "side = '{role}' and person_id is not distinct from "
    + ME
    + " and case when case_id is null then true else "
    + "exists (select 1 from case_file c where c.id = reading.case_id offset 0) end"
)
LOOK_AT_NO_CASE = f"side = '{{role}}' and person_id = {ME} and case_id is null"


def grant(role: str, table: str, columns: str, rows: str) -> None:
    """Let a role read some columns of some rows."""
    names = "" if columns == ALL else f" ({columns})"
    op.execute(f"grant select{names} on {table} to regulator_{role}")
    op.execute(f"create policy {role}_reads on {table} for select to regulator_{role} using ({rows})")


def engine(table: str, rows: str, verbs: str = "select, insert, update, delete") -> None:
    """Let the engine work on the rows of the cases it is pinned to."""
    op.execute(f"grant {verbs} on {table} to regulator_engine")
    op.execute(
        f"create policy engine_works on {table} to regulator_engine using ({rows}) with check ({rows})"
    )


MY_WALLS = f"""create function my_walls() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(case_id), '{{}}') from wall_member where person_id = {ME}
$$"""
FUNCTIONS = (
    """create function need_intent() returns trigger language plpgsql as $$
begin
  if coalesce(current_setting('app.intent', true), '') = '' then
    raise exception 'a write to % with no intent', tg_table_name using errcode = 'check_violation';
  end if;
  return null;
end $$""",
    """create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation';
end $$""",
    # The ledger compares this count with the rows it heard of: SQL that passed it by inside an intent is refused.
    """create function count_written() returns trigger language plpgsql as $$
begin
  perform set_config('app.written',
    (coalesce(nullif(current_setting('app.written', true), ''), '0')::int + 1)::text, true);
  return null;
end $$""",
)
APPEND_ONLY = {
    "entry": "update or delete or truncate",
    "entry_words": "update or truncate",
    "reading": "update or delete or truncate",
}


def upgrade() -> None:
    """Apply."""
    op.execute("create extension if not exists btree_gist schema public")
    for name, owner in (
        ("body_name", "body_id"),
        ("body_oversight", "body_id"),
    ):
        op.execute(
            f"alter table {name} add constraint ex_{name}_one_at_a_time"
            f" exclude using gist ({owner} with =, daterange(starts_on, ends_on, '[]') with &&)"
        )
    everything = (*REFERENCE, *PEOPLE, *DOORKEEPING, *LEDGER, "case_file", *CASE_ROWS)
    op.execute("revoke all on all tables in schema public from public")
    for role in EVERYONE:
        op.execute(f"grant usage on schema public to regulator_{role}")
    for table in everything:
        op.execute(f"alter table {table} enable row level security")
    op.execute(MY_WALLS)
    op.execute("revoke all on function my_walls() from public")
    op.execute("grant execute on function my_walls() to regulator_staff")
    for table in REFERENCE:
        for role in (*READERS, "system"):
            grant(role, table, ALL, "true")
        engine(table, "true")
    for role, tables in READS.items():
        for table, (columns, rows) in tables.items():
            grant(role, table, columns, rows)
    for role in LOOKERS:
        rows = (LOOK_AT_NO_CASE if "administration" in role else LOOK).format(role=role)
        op.execute(f"grant insert on reading to regulator_{role}")
        op.execute(
            f"create policy {role}_looks on reading for insert to regulator_{role} with check ({rows})"
        )
    op.execute("grant insert on reading to regulator_engine")
    op.execute("create policy engine_looks on reading for insert to regulator_engine with check (true)")
    engine("case_file", f"id = {PINNED}")
    for table in CASE_ROWS:
        engine(table, f"case_id = {PINNED}")
    for table in PEOPLE:
        engine(table, "true")
    engine("chain", OF_NO_CASE_OR_PINNED, "select, insert, update")
    engine("entry", OF_NO_CASE_OR_PINNED, "select, insert")
    engine("entry_words", of_visible_entry("entry_words"), "select, insert")
    engine("answered", "true", "select, insert, update")
    op.execute("grant usage on all sequences in schema public to regulator_engine")
    op.execute("grant select on alembic_version to regulator_public")
    for function in FUNCTIONS:
        op.execute(function)
    for table, verbs in APPEND_ONLY.items():
        op.execute(
            f"create trigger append_only before {verbs} on {table}"
            " for each statement execute function refuse_rewriting()"
        )
    for table in RECORDED:
        op.execute(
            f"create trigger intent before insert or update or delete or truncate on {table}"
            " for each statement execute function need_intent()"
        )
        op.execute(
            f"create trigger written after insert or update or delete on {table}"
            " for each row execute function count_written()"
        )


def downgrade() -> None:
    """Undo."""
    connection = op.get_bind()
    for table, policy in connection.execute(
        sa.text("select tablename, policyname from pg_policies where schemaname = 'public'")
    ).all():
        op.execute(f"drop policy {policy} on {table}")
    for name in ("body_name", "body_oversight"):
        op.execute(f"alter table {name} drop constraint ex_{name}_one_at_a_time")
    for table in (*REFERENCE, *PEOPLE, *DOORKEEPING, *LEDGER, "case_file", *CASE_ROWS):
        op.execute(f"alter table {table} disable row level security")
    for role in EVERYONE:
        op.execute(f"revoke all on all tables in schema public from regulator_{role}")
        op.execute(f"revoke all on all sequences in schema public from regulator_{role}")
        op.execute(f"revoke usage on schema public from regulator_{role}")
    op.execute("drop function my_walls()")
    op.execute("drop function need_intent() cascade")
    op.execute("drop function count_written() cascade")
    op.execute("drop function refuse_rewriting() cascade")
