"""A role for those who oversee a body, and requests, items, paragraphs and comments that serve every kind of case."""

import re
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, ME, MY_BODY, of_case, of_party, reads

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RENAMED = {
    "account_request": "evidence_request",
    "account_item": "evidence_item",
    "view_paragraph": "paragraph",
    "view_comment": "comment",
}
FLAGS = (
    ("entry", "for_oversight"),
    ("clock", "for_oversight"),
    ("clock", "for_public"),
    ("document", "for_oversight"),
)
REFERENCE = ("body", "body_name", "body_oversight", "body_succession", "holiday", "team")

# The parts in cases of a body that oversees: its own, once it sees the case, and those of the bodies it oversees there.
MY_OVERSIGHT = f"""create function my_oversight() returns bigint[] language sql stable security definer
set search_path = public, pg_temp as $$
  select coalesce(array_agg(p.id), '{{}}') from party o join party p on p.id = o.id or p.overseen_by_id = o.id
  where o.body_id = {MY_BODY} and o.capacity = 'oversight' and o.sees
$$"""
MINE = "id = any ((select my_oversight())::bigint[])"
CASES = (
    "id, reference, kind, edition, edition_digest, stage, stage_moves, is_open, opened_on, is_historic",
    "exists (select 1 from party p where p.case_id = case_file.id offset 0)",
)
ENTRIES = "id, case_id, seq, step, by_role, occurred, occurred_is_day, recorded, party_id, for_oversight"
OVERSIGHT = {
    **dict.fromkeys(REFERENCE, (ALL, "true")),
    "party": (ALL, MINE),
    "case_file": CASES,
    "clock": (ALL, "for_oversight and " + of_party("clock")),
    "issued_version": (ALL, "audience = 'oversight' and " + of_party("issued_version")),
    "document": (ALL, "for_oversight and " + of_party("document")),
    "letter": (ALL, "to_side = 'oversight' and " + of_party("letter")),
    "entry": (ENTRIES, "for_oversight and " + of_party("entry")),
    "entry_words": (
        "entry_id, audience, words",
        "audience = 'oversight' and exists (select 1 from entry e where e.id = entry_words.entry_id offset 0)",
    ),
    "person": (ALL, f"body_id = {MY_BODY}"),
    "role_held": (ALL, "exists (select 1 from person p where p.id = role_held.person_id offset 0)"),
}
LOOK = f"""side = 'oversight' and person_id is not distinct from {ME} and case when case_id is null then true
    else exists (select 1 from case_file c where c.id = reading.case_id offset 0) end"""
OWN_CAPACITY = f"body_id = {MY_BODY} and sees and capacity = 'subject'"
ITEM = "good, holder, wanted_by, missing, returned_on, returned_version"
COMMENT = "id, case_id, paragraph_id, party_id, side, version, words, made_at, signed_on, accepted, reason"
ITEM_COLUMNS = {
    "good": sa.String(),
    "holder": sa.String(),
    "wanted_by": sa.Date(),
    "ground": sa.String(),
    "missing": sa.String(),
    "returned_on": sa.Date(),
    "returned_version": sa.Integer(),
}
COLUMN_GRANTS = {
    "case_file": CASES[0],
    "entry": ENTRIES,
    "entry_words": "entry_id, audience, words",
    "web_session": "person_id, made_at, seen_at, signed_in_at",
    "recovery_code": "id, person_id, used_at",
}
BACKFILL = "select set_config('app.intent', 'migrate', true)"


def upgrade() -> None:
    """Apply."""
    rename(RENAMED)
    add_columns()
    op.execute("grant usage on schema public to regulator_oversight")
    op.execute(MY_OVERSIGHT)
    op.execute("revoke all on function my_oversight() from public")
    op.execute("grant execute on function my_oversight() to regulator_oversight")
    op.execute(
        "grant execute on function session_found(text, timestamptz, timestamptz) to regulator_oversight"
    )
    for table, (columns, rows) in OVERSIGHT.items():
        reads("oversight", table, columns, rows)
    op.execute(
        "grant select (person_id, made_at, seen_at, signed_in_at) on web_session to regulator_oversight"
    )
    op.execute(
        "create policy oversight_reads on web_session for select to regulator_oversight"
        f" using (person_id = {ME})"
    )
    op.execute("grant select (id, person_id, used_at) on recovery_code to regulator_oversight")
    op.execute(
        "create policy oversight_reads on recovery_code for select to regulator_oversight"
        f" using (person_id = {ME})"
    )
    op.execute("grant insert on reading to regulator_oversight")
    op.execute(
        "create policy oversight_looks on reading for insert to regulator_oversight with check (" + LOOK + ")"
    )
    # Whoever works for a body that oversees another reads its cases only in that part.
    op.execute(f"alter policy body_reads on party using ({OWN_CAPACITY})")
    op.execute(f"grant select ({ITEM}) on evidence_item to regulator_staff")
    for role in ("staff", "complainant"):
        op.execute(f"revoke select on comment from regulator_{role}")
        op.execute(f"grant select ({COMMENT}) on comment to regulator_{role}")
    op.execute(f"alter policy staff_reads on comment using (signed_on is not null and {of_case('comment')})")


def rename(names: Mapping[str, str]) -> None:
    """Give tables their new names, and their sequences, indexes and constraints with them."""
    connection = op.get_bind()
    for old, new in names.items():
        op.rename_table(old, new)
        op.execute(f"alter sequence {old}_id_seq rename to {new}_id_seq")
    constraints = sa.text("select conname from pg_constraint where conrelid = cast(:t as regclass)")
    indexes = sa.text("select indexname from pg_indexes where schemaname = 'public' and tablename = :t")
    for table in names.values():
        for (name,) in connection.execute(constraints, {"t": table}).all():
            if name != renamed(name, names):
                op.execute(f"alter table {table} rename constraint {name} to {renamed(name, names)}")
        for (name,) in connection.execute(indexes, {"t": table}).all():
            if name != renamed(name, names):
                op.execute(f"alter index {name} rename to {renamed(name, names)}")


def renamed(name: str, names: Mapping[str, str]) -> str:
    """The name of a constraint by our convention, with the new names of its table and of the one it refers to."""
    for old, new in names.items():
        name = re.sub(rf"^([a-z]+)_{old}(?=_|$)", rf"\1_{new}", name)
        name = re.sub(rf"^(fk_.+)_{old}$", rf"\1_{new}", name)
    return name


def add_columns() -> None:
    """What every kind of case needs beside what a complaint had."""
    for table, flag in FLAGS:
        op.add_column(table, sa.Column(flag, sa.Boolean(), nullable=False, server_default="false"))
        op.alter_column(table, flag, server_default=None)
    op.add_column("party", sa.Column("overseen_by_id", sa.BigInteger()))
    op.create_foreign_key("fk_party_overseen_by_id_party", "party", "party", ["overseen_by_id"], ["id"])
    op.create_index("ix_party_overseen_by_id", "party", ["overseen_by_id"])
    op.add_column("issued_version", sa.Column("request_id", sa.BigInteger()))
    op.create_foreign_key(
        "fk_issued_version_request_id_evidence_request",
        "issued_version",
        "evidence_request",
        ["request_id"],
        ["id"],
    )
    op.add_column("evidence_request", sa.Column("accepted_on", sa.Date()))
    # Numbered for each body by itself: a gap would tell one that another was asked too.
    op.drop_constraint("uq_evidence_request_case_id_number", "evidence_request", type_="unique")
    op.create_unique_constraint(
        "uq_evidence_request_party_id_number", "evidence_request", ["party_id", "number"]
    )
    for name, kind in ITEM_COLUMNS.items():
        op.add_column("evidence_item", sa.Column(name, kind))
    op.add_column("comment", sa.Column("draft", sa.String()))
    op.add_column("comment", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("comment", "version", server_default=None)
    op.add_column("comment", sa.Column("signed_on", sa.Date()))
    op.alter_column("comment", "words", nullable=True)
    op.execute(BACKFILL)
    op.execute("update comment set signed_on = (made_at at time zone 'Europe/London')::date")


def downgrade() -> None:
    """Undo."""
    op.execute(
        "alter policy body_reads on party using ("
        + OWN_CAPACITY.replace(" and capacity = 'subject'", "")
        + ")"
    )
    for table in (*OVERSIGHT, "web_session", "recovery_code"):
        op.execute(f"drop policy oversight_reads on {table}")
    op.execute("drop policy oversight_looks on reading")
    op.execute("revoke all on all tables in schema public from regulator_oversight")
    for table, columns in COLUMN_GRANTS.items():
        op.execute(f"revoke select ({columns}) on {table} from regulator_oversight")
    op.execute(
        "revoke execute on function session_found(text, timestamptz, timestamptz) from regulator_oversight"
    )
    op.execute("drop function my_oversight()")
    op.execute("revoke usage on schema public from regulator_oversight")
    op.execute(f"alter policy staff_reads on comment using ({of_case('comment')})")
    for role in ("staff", "complainant"):
        op.execute(f"revoke select ({COMMENT}) on comment from regulator_{role}")
        op.execute(f"grant select on comment to regulator_{role}")
    drop_columns()
    rename({new: old for old, new in RENAMED.items()})


def drop_columns() -> None:
    """Take away what was added; comments nobody signed have no words to keep."""
    op.execute(BACKFILL)
    op.execute("delete from comment where words is null")
    op.alter_column("comment", "words", nullable=False)
    for name in ("draft", "version", "signed_on"):
        op.drop_column("comment", name)
    for name in ITEM_COLUMNS:
        op.drop_column("evidence_item", name)
    op.drop_constraint("uq_evidence_request_party_id_number", "evidence_request", type_="unique")
    op.create_unique_constraint(
        "uq_evidence_request_case_id_number", "evidence_request", ["case_id", "number"]
    )
    op.drop_column("evidence_request", "accepted_on")
    op.drop_column("issued_version", "request_id")
    op.drop_column("party", "overseen_by_id")
    for table, flag in FLAGS:
        op.drop_column(table, flag)
