"""Letters stay as they were written, and documents for a body alone are not the regulator’s to read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = [
    "queued",
    "attempting",
    "sent",
    "failed",
    "unknown",
    "on_page",
    "on_paper",
    "read_there",
    "settled",
    "historic",
]
OPEN = "state in ('queued', 'attempting', 'failed', 'unknown', 'on_paper') or problem is not null"
VISIBLE = "exists (select 1 from case_file c where c.id = document.case_id offset 0)"


def upgrade() -> None:
    """Apply."""
    op.create_check_constraint("state", "outbox", sa.column("state").in_(STATES))
    op.create_index("ix_outbox_open", "outbox", ["letter_id"], postgresql_where=sa.text(OPEN))
    op.execute("revoke update on letter from regulator_engine")
    op.execute(f"alter policy staff_reads on document using (for_staff and {VISIBLE})")


def downgrade() -> None:
    """Undo."""
    op.execute(f"alter policy staff_reads on document using ({VISIBLE})")
    op.execute("grant update on letter to regulator_engine")
    op.drop_index("ix_outbox_open", "outbox")
    op.drop_constraint("state", "outbox", type_="check")
