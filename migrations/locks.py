"""The second lock on a table of a case: row-level security by role, grants, and triggers that refuse unrecorded writes.

For migrations from 0006 on. A policy is written for one role, so it never says OR; `exists` ends in `offset 0`.
"""

from __future__ import annotations

from alembic import op

ME = "(select nullif(current_setting('app.person', true), '')::bigint)"
MY_BODY = "(select nullif(current_setting('app.body', true), '')::bigint)"
MY_CASE = "(select nullif(current_setting('app.case', true), '')::bigint)"
PINNED = "any ((select string_to_array(nullif(current_setting('app.case', true), ''), ','))::bigint[])"
ALL = "*"

Reads = tuple[str, str]
"""The columns a role may read, and the rows."""


def of_case(table: str) -> str:
    """A row whose case the reader sees, by the case’s own policy."""
    return f"exists (select 1 from case_file c where c.id = {table}.case_id offset 0)"


def of_party(table: str) -> str:
    """A row of the reader’s own part in the case, or of the case for everyone with a part in it."""
    return (
        f"exists (select 1 from party p where p.case_id = {table}.case_id"
        f" and p.id = coalesce({table}.party_id, p.id) offset 0)"
    )


def published(case: str) -> str:
    """A row of a case of which something is public."""
    return f"exists (select 1 from publication p where p.case_id = {case} offset 0)"


def reads(role: str, table: str, columns: str, rows: str) -> None:
    """Let a role read some columns of some rows."""
    names = "" if columns == ALL else f" ({columns})"
    op.execute(f"grant select{names} on {table} to regulator_{role}")
    op.execute(f"create policy {role}_reads on {table} for select to regulator_{role} using ({rows})")


def lock(table: str, **readers: Reads) -> None:
    """Lock a recorded table of a case: the engine writes it, each reader reads its part, nobody anything else."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"grant select, insert, update, delete on {table} to regulator_engine")
    rows = f"case_id = {PINNED}"
    op.execute(
        f"create policy engine_works on {table} to regulator_engine using ({rows}) with check ({rows})"
    )
    op.execute(
        f"create trigger intent before insert or update or delete or truncate on {table}"
        " for each statement execute function need_intent()"
    )
    op.execute(
        f"create trigger written after insert or update or delete on {table}"
        " for each row execute function count_written()"
    )
    for role, (columns, seen) in readers.items():
        reads(role, table, columns, seen)


def sequences() -> None:
    """Let the engine number the rows of new tables."""
    op.execute("grant usage on all sequences in schema public to regulator_engine")
