"""Documents: scans, who gave them, versions, faces, and items of their own."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import reads

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SCANNED = "id, case_id, party_id, name, sha256, size, scan, scan_tries, scanned_at"
COLUMNS = (
    "scan",
    "scan_found",
    "scan_tries",
    "scanned_at",
    "given_by",
    "item_id",
    "replaces_id",
    "has_faces",
)


def upgrade() -> None:
    """Apply."""
    text = {"nullable": False, "server_default": ""}
    op.add_column("document", sa.Column("scan", sa.String(), nullable=False, server_default="unscanned"))
    op.add_column("document", sa.Column("scan_found", sa.String(), nullable=True))
    op.add_column("document", sa.Column("scan_tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("document", sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("document", sa.Column("given_by", sa.String(), **text))
    op.add_column("document", sa.Column("item_id", sa.BigInteger(), nullable=True))
    op.add_column("document", sa.Column("replaces_id", sa.BigInteger(), nullable=True))
    op.add_column("document", sa.Column("has_faces", sa.Boolean(), nullable=False, server_default=sa.false()))
    for column in ("given_by", "has_faces"):
        op.alter_column("document", column, server_default=None)
    op.create_foreign_key(
        "fk_document_item_id_evidence_item", "document", "evidence_item", ["item_id"], ["id"]
    )
    op.create_foreign_key("fk_document_replaces_id_document", "document", "document", ["replaces_id"], ["id"])
    op.create_index("ix_document_item_id", "document", ["item_id"])
    op.create_index("ix_document_replaces_id", "document", ["replaces_id"])
    op.create_index(
        "ix_document_unscanned", "document", ["id"], postgresql_where=sa.text("scan = 'unscanned'")
    )
    reads("system", "document", SCANNED, "true")


def downgrade() -> None:
    """Undo."""
    op.execute("drop policy system_reads on document")
    op.execute(f"revoke select ({SCANNED}) on document from regulator_system")
    for name in ("ix_document_unscanned", "ix_document_replaces_id", "ix_document_item_id"):
        op.drop_index(name, table_name="document")
    for column in reversed(COLUMNS):
        op.drop_column("document", column)
