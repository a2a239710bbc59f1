"""What the engine may know of the notices that a case is linked to, though it is pinned to that case alone."""

from alembic import op

from migrations.locks import PINNED

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


def upgrade() -> None:
    """Apply."""
    op.execute(LINKED_NOTICES)
    op.execute("revoke all on function linked_notices(bigint) from public")
    op.execute("grant execute on function linked_notices(bigint) to regulator_engine")


def downgrade() -> None:
    """Undo."""
    op.execute("drop function linked_notices(bigint)")
