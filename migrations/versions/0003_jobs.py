"""The queue of jobs, in a schema of its own, on the same transactions as the cases."""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("create schema jobs")
    op.execute("set local search_path = jobs")
    op.get_bind().connection.driver_connection.execute(SchemaManager.get_schema())
    op.execute("set local search_path = public")
    for role in ("engine", "system"):
        op.execute(f"grant usage on schema jobs to regulator_{role}")
        op.execute(f"grant select, insert, update, delete on all tables in schema jobs to regulator_{role}")
        op.execute(f"grant usage on all sequences in schema jobs to regulator_{role}")
        op.execute(f"grant execute on all functions in schema jobs to regulator_{role}")


def downgrade() -> None:
    """Undo."""
    op.execute("drop schema jobs cascade")
    for role in ("engine", "system"):
        op.execute(f"revoke all on schema public from regulator_{role}")
        op.execute(f"grant usage on schema public to regulator_{role}")
