"""What is kept and for how long: proposals to destroy a record, who approved them, and what was destroyed."""

import sqlalchemy as sa
from alembic import op

from migrations.locks import ALL, PINNED, lock, of_case, sequences

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

APPROVED = f"""exists (
    select 1 from disposal d join case_file c on c.id = d.case_id
    where d.case_id = asked and asked = {PINNED} and d.approved_by_id <> d.proposed_by_id and not c.legal_hold)"""

# The engine may not delete words by itself: only of a case that a second person approved, and that is not on hold.
ERASE_WORDS = f"""create function erase_words(asked bigint) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from entry_words w using entry e
    where e.id = w.entry_id and e.case_id = asked and w.audience <> 'public' and {APPROVED}
    returning 1)
  select count(*) from gone
$$"""

# Two people may have given the same file to two cases; the engine sees only the one it is pinned to.
HELD_ELSEWHERE = f"""create function held_elsewhere(asked bigint, bytes varchar) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select asked = {PINNED} and exists (
    select 1 from document d where d.sha256 = bytes and d.case_id <> asked and d.destroyed_on is null)
$$"""
# A letter never changes, until its case is destroyed.
FROZEN = """create function refuse_changed_letter() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from disposal d where d.case_id = new.case_id and d.approved_on is not null) then
    raise exception 'a letter stays as it was sent until the record of its case is destroyed';
  end if;
  return new;
end $$"""
INDEXES = (
    ("ix_case_file_disposal", ["disposal", "disposal_on", "id"], "not is_open"),
    ("ix_case_file_hold", ["id"], "legal_hold"),
    ("ix_case_file_disposal_stage", ["disposal_stage", "id"], "disposal_stage is not null"),
)
LETTER = "recipient, address, postal, subject, words"
FUNCTIONS = {"erase_words": "bigint", "held_elsewhere": "bigint, varchar"}


def upgrade() -> None:
    """Apply."""
    op.add_column("case_file", sa.Column("disposal_stage", sa.String(), nullable=True))
    op.add_column("document", sa.Column("destroyed_on", sa.Date(), nullable=True))
    op.create_table(
        "disposal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by_id", sa.BigInteger(), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_by_id", sa.BigInteger(), nullable=True),
        sa.Column("entries", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.BigInteger(), nullable=True),
        sa.Column("files", sa.BigInteger(), nullable=True),
        sa.Column("files_gone_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_disposal_case_id_case_file")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_disposal_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_disposal_approved_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
    )
    op.create_index(op.f("ix_disposal_case_id"), "disposal", ["case_id"])
    for name, columns, where in INDEXES:
        op.create_index(name, "case_file", columns, postgresql_where=sa.text(where))
    sequences()
    lock("disposal", staff=(ALL, of_case("disposal")))
    for function in (ERASE_WORDS, HELD_ELSEWHERE, FROZEN):
        op.execute(function)
    op.execute("grant select (destroyed_on) on document to regulator_system")
    op.execute(f"grant update ({LETTER}) on letter to regulator_engine")
    op.execute(
        "create trigger frozen before update on letter for each row execute function refuse_changed_letter()"
    )
    for name, given in FUNCTIONS.items():
        op.execute(f"revoke all on function {name}({given}) from public")
        op.execute(f"grant execute on function {name}({given}) to regulator_engine")


def downgrade() -> None:
    """Undo."""
    op.execute("drop trigger frozen on letter")
    op.execute("drop function refuse_changed_letter()")
    op.execute(f"revoke update ({LETTER}) on letter from regulator_engine")
    for name, given in FUNCTIONS.items():
        op.execute(f"drop function {name}({given})")
    for name, _, _ in INDEXES:
        op.drop_index(name, table_name="case_file")
    op.drop_table("disposal")
    op.drop_column("document", "destroyed_on")
    op.drop_column("case_file", "disposal_stage")
