"""Lists kept by name, what staff are told of their own cases, and how often each wants to be told."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, ME, of_case, reads

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MINE = f"person_id = {ME}"
TOLD = ("person", "role_held", "wall_member")
"""Tables that say who is to be told of what falls due."""


def upgrade() -> None:
    """Apply."""
    op.add_column("person", sa.Column("reminders", sa.String()))
    op.create_table(
        "saved_list",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_saved_list_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_list"),
        sa.UniqueConstraint("person_id", "name", name="uq_saved_list_person_id_name"),
    )
    op.create_table(
        "notice_to_staff",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_notice_to_staff_case_id_case_file"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notice_to_staff_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_notice_to_staff"),
        sa.UniqueConstraint(
            "case_id",
            "person_id",
            "clock",
            "due",
            "why",
            name="uq_notice_to_staff_case_id_person_id_clock_due_why",
        ),
    )
    op.create_index("ix_notice_to_staff_person_id", "notice_to_staff", ["person_id", "sent_at", "id"])
    _lock_lists()
    _lock_notices()


def _lock_lists() -> None:
    op.execute("alter table saved_list enable row level security")
    op.execute("grant select, insert, update, delete on saved_list to regulator_engine")
    op.execute("create policy engine_works on saved_list to regulator_engine using (true) with check (true)")
    op.execute(
        "create trigger intent before insert or update or delete or truncate on saved_list"
        " for each statement execute function need_intent()"
    )
    op.execute(
        "create trigger written after insert or update or delete on saved_list"
        " for each row execute function count_written()"
    )
    reads("staff", "saved_list", ALL, MINE)
    op.execute("grant usage on sequence saved_list_id_seq to regulator_engine")


def _lock_notices() -> None:
    op.execute("alter table notice_to_staff enable row level security")
    op.execute("grant select, insert, update on notice_to_staff to regulator_system")
    op.execute(
        "create policy system_tells on notice_to_staff to regulator_system using (true) with check (true)"
    )
    op.execute("grant usage on sequence notice_to_staff_id_seq, house_mail_id_seq to regulator_system")
    op.execute("grant insert on house_mail to regulator_system")
    reads("staff", "notice_to_staff", ALL, f"{MINE} and {of_case('notice_to_staff')}")
    for table in TOLD:
        reads("system", table, ALL, "true")


def downgrade() -> None:
    """Undo."""
    for table in TOLD:
        op.execute(f"drop policy system_reads on {table}")
        op.execute(f"revoke select on {table} from regulator_system")
    op.execute("revoke insert on house_mail from regulator_system")
    op.execute("revoke usage on sequence house_mail_id_seq from regulator_system")
    op.drop_table("notice_to_staff")
    op.drop_table("saved_list")
    op.drop_column("person", "reminders")
