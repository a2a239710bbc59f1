"""Complaints begun and not yet made; codes and their recovery."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# name(arguments) -> (what comes back, volatility, who may call it, body)
FUNCTIONS = {
    "draft_begun(secret text, now timestamptz, until timestamptz)": (
        "void",
        "volatile",
        ("public",),
        """insert into draft (secret_hash, pages, made_at, kept_at, expires_at)
           values (secret, '{}', now, now, until)""",
    ),
    "draft_found(secret text, now timestamptz)": (
        "table (pages jsonb, expires_at timestamptz)",
        "stable",
        ("public",),
        "select d.pages, d.expires_at from draft d where d.secret_hash = secret and d.expires_at > now",
    ),
    # Kept only over the version that the writer saw; whether it was.
    "draft_kept(secret text, page text, said jsonb, seen integer, now timestamptz)": (
        "boolean",
        "volatile",
        ("public",),
        """with kept as (update draft d set pages = d.pages || jsonb_build_object(page, said), kept_at = now
             where d.secret_hash = secret and d.expires_at > now
               and coalesce((d.pages -> page ->> 'version')::integer, 0) = seen returning 1)
           select exists (select 1 from kept)""",
    ),
    "draft_ended(secret text)": (
        "void",
        "volatile",
        ("public",),
        "delete from draft d where d.secret_hash = secret",
    ),
    "drafts_forgotten(now timestamptz)": (
        "bigint",
        "volatile",
        ("public",),
        """with gone as (delete from draft d where d.expires_at <= now returning 1)
           select count(*) from gone""",
    ),
    "draft_link_posted(address text, heading text, message text, number text, now timestamptz)": (
        "void",
        "volatile",
        ("public",),
        """insert into house_mail (recipient, subject, words, state, message_id, attempts, made_at, changed_at)
           values (address, heading, message, 'queued', number, 0, now, now)""",
    ),
}


def called(signature: str) -> str:
    """A function as it is named in a grant: its name with the types of its arguments."""
    name, _, arguments = signature.removesuffix(")").partition("(")
    return f"{name}({', '.join(one.split()[1] for one in arguments.split(', '))})"


def upgrade() -> None:
    """Apply."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "draft",
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("pages", postgresql.JSONB(), nullable=False),
        *(sa.Column(name, moment, nullable=False) for name in ("made_at", "kept_at", "expires_at")),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_draft"),
    )
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"])
    op.execute("alter table draft enable row level security")
    for signature, (returns, volatility, roles, body) in FUNCTIONS.items():
        op.execute(
            f"create function {signature} returns {returns} language sql {volatility} security definer"
            f" set search_path = public, pg_temp as $$ {body} $$"
        )
        op.execute(f"revoke all on function {called(signature)} from public")
        for role in roles:
            op.execute(f"grant execute on function {called(signature)} to regulator_{role}")
    op.add_column("complaint", sa.Column("nation", sa.String()))
    op.add_column("complaint", sa.Column("force_outcome_on", sa.Date()))
    op.add_column("complaint", sa.Column("others_told", sa.String()))


def downgrade() -> None:
    """Undo."""
    for name in ("others_told", "force_outcome_on", "nation"):
        op.drop_column("complaint", name)
    for signature in FUNCTIONS:
        op.execute(f"drop function {called(signature)}")
    op.drop_table("draft")
