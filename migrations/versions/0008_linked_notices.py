"""Notices linked to a case, which the engine may know of though it is pinned to that case; paragraphs for who oversees."""

from alembic import op

from migrations.locks import ALL, PINNED, reads

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LINKED_NOTICES = f"""create function linked_notices(asked bigint)
returns table (body_id bigint, instrument varchar, stage varchar)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.body_id, n.instrument, c.stage
  from case_link l
  join case_file c on c.id = l.other_id
  join notice n on n.case_id = c.id
  join party p on p.case_id = c.id and p.capacity = 'subject'
  where l.case_id = asked and asked = {PINNED}
$$"""

ISSUED = "exists (select 1 from issued_version v where v.id = paragraph.version_id offset 0)"


def upgrade() -> None:
    """Apply."""
    reads("oversight", "paragraph", ALL, ISSUED)
    op.execute(LINKED_NOTICES)
    op.execute("revoke all on function linked_notices(bigint) from public")
    op.execute("grant execute on function linked_notices(bigint) to regulator_engine")


def downgrade() -> None:
    """Undo."""
    op.execute("drop function linked_notices(bigint)")
    op.execute("drop policy oversight_reads on paragraph")
    op.execute("revoke select on paragraph from regulator_oversight")
