"""A body’s desk: notes the regulator cannot read, teams of a body, items sent back inside it, and receipts item by item."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, MY_BODY, PINNED, lock, of_case, of_party, reads, sequences

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NOTE = "id, case_id, party_id, item_id, by_id, written_at"
ITEM = {
    "handed_to_team_id": sa.BigInteger(),
    "sent_back": sa.String(),
    "sent_back_version": sa.Integer(),
    "chased_on": sa.Date(),
}
TRIGGERS = """
create trigger intent before insert or update or delete or truncate on {0}
  for each statement execute function need_intent();
create trigger written after insert or update or delete on {0} for each row execute function count_written()
"""


def upgrade() -> None:
    """Apply."""
    teams()
    for name, kind in ITEM.items():
        op.add_column("evidence_item", sa.Column(name, kind))
    op.create_foreign_key(
        "fk_evidence_item_handed_to_team_id_body_team",
        "evidence_item",
        "body_team",
        ["handed_to_team_id"],
        ["id"],
    )
    op.add_column("comment", sa.Column("drafted_by_id", sa.BigInteger()))
    op.create_foreign_key("fk_comment_drafted_by_id_person", "comment", "person", ["drafted_by_id"], ["id"])
    notes()
    sent()
    sequences()


def teams() -> None:
    """Teams of a body: its own people alone see them, and the engine makes them."""
    op.create_table(
        "body_team",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_body_team_body_id_body"),
        sa.PrimaryKeyConstraint("id", name="pk_body_team"),
        sa.UniqueConstraint("body_id", "name", name="uq_body_team_body_id_name"),
    )
    op.create_table(
        "body_team_member",
        sa.Column("team_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["body_team.id"], name="fk_body_team_member_team_id_body_team"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_body_team_member_person_id_person"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_body_team_member_body_id_body"),
        sa.PrimaryKeyConstraint("team_id", "person_id", name="pk_body_team_member"),
    )
    op.create_index("ix_body_team_member_person_id", "body_team_member", ["person_id"])
    for table in ("body_team", "body_team_member"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"grant select, insert, update, delete on {table} to regulator_engine")
        op.execute(
            f"create policy engine_works on {table} to regulator_engine using (true) with check (true)"
        )
        op.execute(TRIGGERS.format(table))
        reads("body", table, ALL, f"body_id = {MY_BODY}")


def notes() -> None:
    """Notes of a body’s people: the engine writes them and cannot read their words; nobody else sees that there are any."""
    op.create_table(
        "body_note",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger()),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_body_note_case_id_case_file"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_body_note_party_id_party"),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_item.id"], name="fk_body_note_item_id_evidence_item"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_body_note_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_body_note"),
    )
    op.create_index("ix_body_note_case_id", "body_note", ["case_id"])
    op.execute("alter table body_note enable row level security")
    op.execute(f"grant select ({NOTE}), insert, update (words), delete on body_note to regulator_engine")
    rows = f"case_id = {PINNED}"
    op.execute(
        f"create policy engine_works on body_note to regulator_engine using ({rows}) with check ({rows})"
    )
    op.execute(TRIGGERS.format("body_note"))
    reads("body", "body_note", ALL, of_party("body_note"))


def sent() -> None:
    """What a version that was signed held, item by item and file by file, with the hash of each."""
    op.create_table(
        "sent_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("ground", sa.String()),
        sa.Column("answer_hash", sa.String(), nullable=False),
        sa.Column("missing", sa.String()),
        sa.Column("returned_on", sa.Date()),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_sent_item_case_id_case_file"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_sent_item_party_id_party"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["issued_version.id"], name="fk_sent_item_version_id_issued_version"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_item.id"], name="fk_sent_item_item_id_evidence_item"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_item"),
        sa.UniqueConstraint("version_id", "item_id", name="uq_sent_item_version_id_item_id"),
    )
    op.create_table(
        "sent_file",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("party_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_sent_file_case_id_case_file"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_sent_file_party_id_party"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["issued_version.id"], name="fk_sent_file_version_id_issued_version"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_item.id"], name="fk_sent_file_item_id_evidence_item"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_file"),
    )
    for table in ("sent_item", "sent_file"):
        op.create_index(f"ix_{table}_case_id", table, ["case_id"])
        lock(table, staff=(ALL, of_case(table)), body=(ALL, of_party(table)))


def downgrade() -> None:
    """Undo."""
    for table in ("sent_file", "sent_item", "body_note"):
        op.drop_table(table)
    op.drop_column("comment", "drafted_by_id")
    for name in ITEM:
        op.drop_column("evidence_item", name)
    op.drop_table("body_team_member")
    op.drop_table("body_team")
