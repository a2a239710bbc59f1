"""Letters: how they went and what came back, their paper, and what people asked of how they are written to."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, lock, of_case, reads, sequences

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BEFORE = "'queued', 'attempting', 'sent', 'failed', 'unknown', 'on_page', 'on_paper', 'read_there', 'settled', 'historic'"
NEW = "'delivered', 'bounced', 'posted'"
OPEN_BEFORE = "state in ('queued', 'attempting', 'failed', 'unknown', 'on_paper') or problem is not null"
OPEN = "state in ('queued', 'attempting', 'failed', 'bounced', 'unknown', 'on_paper') or problem is not null"
ASKED = "carrier = 'notify' and state in ('sent', 'unknown')"
TOLD = "letter_id, case_id, state, carrier, sent_at, changed_at"
THEIRS = "exists (select 1 from letter l where l.id = {}.letter_id offset 0)"
READERS = ("body", "complainant", "oversight")
WISHES = ("no_email", "no_post", "is_discreet")


def upgrade() -> None:
    """Apply."""
    for name in WISHES:
        add("participant", name, sa.Boolean(), "false")
    op.add_column("letter", sa.Column("postal", sa.String()))
    add("letter", "language", sa.String(), "en")
    add("letter", "is_discreet", sa.Boolean(), "false")
    op.add_column("letter", sa.Column("again_of_id", sa.BigInteger()))
    op.create_foreign_key("fk_letter_again_of_id_letter", "letter", "letter", ["again_of_id"], ["id"])
    op.create_index("ix_letter_again_of_id", "letter", ["again_of_id"])
    deliveries()
    prints()


def add(table: str, column: str, kind: sa.types.TypeEngine[object], so_far: str) -> None:
    """A column that every row has a value for: rows there are get the one that held so far."""
    op.add_column(table, sa.Column(column, kind, nullable=False, server_default=so_far))
    op.alter_column(table, column, server_default=None)


def deliveries() -> None:
    """What carried a letter, when it went, and who may know."""
    op.add_column("outbox", sa.Column("carrier", sa.String()))
    op.add_column("outbox", sa.Column("sent_at", sa.DateTime(timezone=True)))
    op.add_column("outbox", sa.Column("asked_at", sa.DateTime(timezone=True)))
    renew_state(f"{BEFORE}, {NEW}", OPEN)
    op.create_index("ix_outbox_open_case", "outbox", ["case_id"], postgresql_where=sa.text(OPEN))
    op.create_index("ix_outbox_asked", "outbox", ["letter_id"], postgresql_where=sa.text(ASKED))
    op.create_index("ix_outbox_message_id", "outbox", ["message_id"], unique=True)
    for role in READERS:
        reads(role, "outbox", TOLD, THEIRS.format("outbox"))


def renew_state(states: str, is_open: str) -> None:
    """Let a delivery be in these states, and find those that are open."""
    op.drop_constraint("state", "outbox", type_="check")
    op.create_check_constraint("state", "outbox", f"state in ({states})")
    op.drop_index("ix_outbox_open", "outbox")
    op.create_index("ix_outbox_open", "outbox", ["letter_id"], postgresql_where=sa.text(is_open))


def prints() -> None:
    """The paper of a letter, by its hash."""
    op.create_table(
        "letter_print",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_letter_print_letter_id_letter"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_letter_print_case_id_case_file"),
        sa.PrimaryKeyConstraint("id", name="pk_letter_print"),
        sa.UniqueConstraint("letter_id", name="uq_letter_print_letter_id"),
    )
    op.create_index("ix_letter_print_case_id", "letter_print", ["case_id"])
    theirs = (ALL, THEIRS.format("letter_print"))
    lock(
        "letter_print",
        staff=(ALL, of_case("letter_print")),
        system=(ALL, "true"),
        **dict.fromkeys(READERS, theirs),
    )
    sequences()


def downgrade() -> None:
    """Undo."""
    op.drop_table("letter_print")
    for role in READERS:
        op.execute(f"drop policy {role}_reads on outbox")
        op.execute(f"revoke select ({TOLD}) on outbox from regulator_{role}")
    op.execute("update outbox set state = 'settled' where state in (" + NEW + ")")
    for index in ("ix_outbox_message_id", "ix_outbox_asked", "ix_outbox_open_case"):
        op.drop_index(index, "outbox")
    renew_state(BEFORE, OPEN_BEFORE)
    for column in ("carrier", "sent_at", "asked_at"):
        op.drop_column("outbox", column)
    for column in ("postal", "language", "is_discreet", "again_of_id"):
        op.drop_column("letter", column)
    for column in WISHES:
        op.drop_column("participant", column)
