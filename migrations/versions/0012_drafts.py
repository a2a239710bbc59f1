"""Complaints begun and not yet made; codes and their recovery."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations.locks import lock, of_case, sequences

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
    "code_asked(typed text, now timestamptz)": (
        "void",
        "volatile",
        ("public",),
        "insert into code_request (reference, asked_at) values (typed, now)",
    ),
    "codes_asked()": (
        "text[]",
        "volatile",
        ("public",),
        """with gone as (delete from code_request returning reference)
           select coalesce(array_agg(distinct g.reference), '{}') from gone g""",
    ),
    "code_link_found(secret text, purpose text, now timestamptz)": (
        "table (id bigint, case_id bigint)",
        "stable",
        ("public",),
        """select l.id, l.case_id from code_link l
           where l.secret_hash = secret and l.what = purpose and l.used_at is null and l.expires_at > now""",
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
    if not arguments:
        return signature
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
    make_ways_back(moment)
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


def make_ways_back(moment: sa.DateTime) -> None:
    """How a lost code is replaced: the way chosen, the links sent, and what was asked and not looked at yet."""
    op.create_table(
        "way_back",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("participant_id", sa.BigInteger(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        *(sa.Column(name, sa.String()) for name in ("email", "question", "answer_hash")),
        sa.Column("confirmed_at", moment),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_way_back_case_id_case_file"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name="fk_way_back_participant_id_participant"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_way_back"),
    )
    op.create_index("ix_way_back_case_id", "way_back", ["case_id"])
    op.create_table(
        "code_link",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("way_back_id", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("what", "secret_hash")),
        sa.Column("expires_at", moment, nullable=False),
        sa.Column("used_at", moment),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_code_link_case_id_case_file"),
        sa.ForeignKeyConstraint(["way_back_id"], ["way_back.id"], name="fk_code_link_way_back_id_way_back"),
        sa.PrimaryKeyConstraint("id", name="pk_code_link"),
        sa.UniqueConstraint("secret_hash", name="uq_code_link_secret_hash"),
    )
    op.create_index("ix_code_link_case_id", "code_link", ["case_id"])
    op.create_table(
        "code_request",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("asked_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_code_request"),
    )
    op.execute("alter table code_request enable row level security")
    columns = "id, case_id, participant_id, route, email, question, confirmed_at"
    lock("way_back", staff=(columns, of_case("way_back")))
    lock("code_link", staff=("id, case_id, way_back_id, what, expires_at, used_at", of_case("code_link")))
    sequences()


def downgrade() -> None:
    """Undo."""
    for name in ("others_told", "force_outcome_on", "nation"):
        op.drop_column("complaint", name)
    for signature in FUNCTIONS:
        op.execute(f"drop function {called(signature)}")
    for table in ("code_request", "code_link", "way_back", "draft"):
        op.drop_table(table)
