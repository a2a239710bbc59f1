"""Sign-in: what nobody may read but may ask, through functions that each answer one narrow question.

Passwords, sessions, attempts and access codes are looked up before anyone is known, so no role may select them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ME = "(select nullif(current_setting('app.person', true), '')::bigint)"
OUTSIDE = ("public", "staff", "body", "complainant", "administration", "body_administration")
SIGNED_IN = ("staff", "body", "administration", "body_administration")

ROLES_ON = """array(select r.role from role_held r where r.person_id = p.id
    and r.starts_on <= asked_on and (r.ends_on is null or r.ends_on > asked_on) order by r.role)"""

# name(arguments) -> (what comes back, volatility, who may call it, body)
FUNCTIONS = {
    "session_found(secret text, seen_after timestamptz, made_after timestamptz)": (
        "table (data jsonb, made_at timestamptz, seen_at timestamptz)",
        "stable",
        OUTSIDE,
        """select s.data, s.made_at, s.seen_at from web_session s
           where s.secret_hash = secret and s.seen_at > seen_after and s.made_at > made_after""",
    ),
    # A session that takes another’s place begins only if that one had not been ended meanwhile.
    "session_begun(secret text, instead_of text, person bigint, kept jsonb, began timestamptz, now timestamptz,"
    " proved timestamptz, dead_before timestamptz)": (
        "void",
        "volatile",
        ("public",),
        """delete from web_session s where s.made_at < dead_before;
           with gone as (delete from web_session s where s.secret_hash = instead_of returning 1)
           insert into web_session (secret_hash, person_id, data, made_at, seen_at, signed_in_at)
           select secret, person, kept, began, now, proved
           where instead_of is null or exists (select 1 from gone)""",
    ),
    "session_kept(secret text, kept jsonb, now timestamptz)": (
        "void",
        "volatile",
        ("public",),
        "update web_session s set data = kept, seen_at = now where s.secret_hash = secret",
    ),
    "session_seen(secret text, now timestamptz)": (
        "void",
        "volatile",
        ("public",),
        "update web_session s set seen_at = now where s.secret_hash = secret",
    ),
    "session_ended(secret text)": (
        "void",
        "volatile",
        ("public",),
        "delete from web_session s where s.secret_hash = secret",
    ),
    "sessions_ended(person bigint, but text)": (
        "bigint",
        "volatile",
        ("engine",),
        """with gone as (delete from web_session s
             where s.person_id = person and s.secret_hash is distinct from but returning 1)
           select count(*) from gone""",
    ),
    # Returns since when it was tried too often; null while it may be tried.
    "attempt_counted(what text, most integer, now timestamptz, stale_before timestamptz)": (
        "timestamptz",
        "volatile",
        ("public",),
        """delete from throttle t where t.name in
             (select s.name from throttle s where s.since < now - interval '1 day' for update skip locked);
           insert into throttle as t (name, failures, since) values (what, 1, now)
           on conflict (name) do update set
             failures = case when t.since <= stale_before then 1 else t.failures + 1 end,
             since = case when t.since <= stale_before then now else t.since end
           returning case when failures > most then since end""",
    ),
    "attempts_forgiven(what text)": (
        "void",
        "volatile",
        ("public",),
        "delete from throttle t where t.name = what",
    ),
    "attempt_given_back(what text)": (
        "void",
        "volatile",
        ("public",),
        "update throttle t set failures = greatest(t.failures - 1, 0) where t.name = what",
    ),
    "person_found(number bigint, asked_on date)": (
        "table (name text, body_id bigint, team_id bigint, roles text[])",
        "stable",
        ("public",),
        f"""select p.name, p.body_id, p.team_id, {ROLES_ON} from person p
            where p.id = number and (p.left_on is null or p.left_on > asked_on)""",
    ),
    "credential_found(address text, asked_on date)": (
        "table (person_id bigint, password_hash text, totp_confirmed boolean)",
        "stable",
        ("public",),
        f"""select p.id, c.password_hash, c.totp_confirmed from person p join credential c on c.person_id = p.id
            where p.email = address and (p.left_on is null or p.left_on > asked_on)
              and cardinality({ROLES_ON}) > 0""",
    ),
    "second_factor_found(number bigint)": (
        "table (password_hash text, totp_secret text, totp_confirmed boolean)",
        "stable",
        ("public",),
        """select c.password_hash, c.totp_secret, c.totp_confirmed from credential c
           where c.person_id = number""",
    ),
    "code_used(person bigint, number bigint)": (
        "boolean",
        "volatile",
        ("public",),
        """delete from used_code u where u.person_id = person and u.step < number - 10;
           with fresh as (insert into used_code (person_id, step) values (person, number)
             on conflict do nothing returning 1)
           select exists (select 1 from fresh)""",
    ),
    "link_found(secret text, what text, now timestamptz)": (
        "table (id bigint, person_id bigint, name text, email text)",
        "stable",
        ("public",),
        """select l.id, p.id, p.name, p.email from one_use_link l join person p on p.id = l.person_id
           where l.secret_hash = secret and l.purpose = what and l.used_at is null and l.expires_at > now
             and (p.left_on is null or p.left_on > (now at time zone 'Europe/London')::date)""",
    ),
    "reset_asked(address text, number text, now timestamptz)": (
        "void",
        "volatile",
        ("public",),
        """insert into house_mail (recipient, subject, words, state, message_id, attempts, made_at, changed_at)
           values (address, '', '', 'asked', number, 0, now, now)""",
    ),
    "claim_found(case_reference text, code text, asked_on date)": (
        "table (id bigint, case_id bigint, capacity text, name text)",
        "stable",
        ("public",),
        """select a.id, a.case_id, p.capacity, p.name from case_file c
           join access_code a on a.case_id = c.id join participant p on p.id = a.participant_id
           where c.reference = case_reference and a.code_hash = code and a.expires_on >= asked_on
             and (p.left_on is null or p.left_on > asked_on)""",
    ),
    "claim_held(number bigint, asked_on date)": (
        "table (id bigint, case_id bigint, capacity text, name text)",
        "stable",
        ("public",),
        """select a.id, a.case_id, p.capacity, p.name from access_code a
           join participant p on p.id = a.participant_id
           where a.id = number and a.expires_on >= asked_on
             and (p.left_on is null or p.left_on > asked_on)""",
    ),
    # Administrators see no case; that a leaver still owns some is all they are told.
    "owned_open_cases(person bigint)": (
        "bigint",
        "stable",
        ("engine", "administration", "body_administration"),
        "select count(*) from case_file c where c.owner_id = person and c.is_open",
    ),
}

SESSION_LOOKS = {
    "staff": f"person_id = {ME}",
    "body": f"person_id = {ME}",
    "administration": "person_id is not null",
    "body_administration": "exists (select 1 from person p where p.id = web_session.person_id)",
}
# Whether somebody has joined, and set up the second factor: never with what.
JOINING_LOOKS = {
    "administration": "true",
    "body_administration": "exists (select 1 from person p where p.id = credential.person_id)",
}


def upgrade() -> None:
    """Apply."""
    make_tables()
    for signature, (returns, volatility, roles, body) in FUNCTIONS.items():
        op.execute(
            f"create function {signature} returns {returns} language sql {volatility} security definer"
            f" set search_path = public, pg_temp as $$ {body} $$"
        )
        op.execute(f"revoke all on function {called(signature)} from public")
        for role in roles:
            op.execute(f"grant execute on function {called(signature)} to regulator_{role}")
    for role, rows in SESSION_LOOKS.items():
        op.execute(
            f"grant select (person_id, made_at, seen_at, signed_in_at) on web_session to regulator_{role}"
        )
        op.execute(f"create policy {role}_reads on web_session for select to regulator_{role} using ({rows})")
    for role, rows in JOINING_LOOKS.items():
        op.execute(f"grant select (person_id, totp_confirmed) on credential to regulator_{role}")
        op.execute(f"create policy {role}_reads on credential for select to regulator_{role} using ({rows})")
    for role in SIGNED_IN:
        op.execute(f"grant select (id, person_id, used_at) on recovery_code to regulator_{role}")
        op.execute(
            f"create policy {role}_reads on recovery_code for select to regulator_{role}"
            f" using (person_id = {ME})"
        )
    for role, verbs in (("engine", "select, insert, update"), ("system", "select, update, delete")):
        op.execute(f"grant {verbs} on house_mail to regulator_{role}")
        op.execute(f"create policy {role}_posts on house_mail to regulator_{role} using (true)")


def make_tables() -> None:
    """The tables and columns of sign-in and of mail that belongs to no case."""
    op.drop_column("credential", "last_step")
    op.add_column("web_session", sa.Column("signed_in_at", sa.DateTime(timezone=True)))
    op.create_index("ix_web_session_made_at", "web_session", ["made_at"])
    op.create_index("ix_person_name", "person", ["name", "id"])
    op.create_table(
        "used_code",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_used_code_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "step", name="pk_used_code"),
    )
    op.create_table(
        "house_mail",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("recipient", "subject", "words", "state")
        ),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_house_mail"),
    )
    op.create_index("ix_house_mail_state", "house_mail", ["state", "id"])
    for table in ("used_code", "house_mail"):
        op.execute(f"alter table {table} enable row level security")


def called(signature: str) -> str:
    """The function as grants name it: its name and the types of its arguments."""
    name, _, rest = signature.partition("(")
    types = [argument.strip().split(" ")[-1] for argument in rest.rstrip(")").split(",")]
    return f"{name}({', '.join(types)})"


def downgrade() -> None:
    """Undo."""
    for signature in FUNCTIONS:
        op.execute(f"drop function {called(signature)}")
    for role in SIGNED_IN:
        op.execute(f"drop policy {role}_reads on web_session")
        op.execute(f"drop policy {role}_reads on recovery_code")
        op.execute(f"revoke all on web_session, recovery_code from regulator_{role}")
        op.execute(
            f"revoke select (person_id, made_at, seen_at, signed_in_at) on web_session from regulator_{role}"
        )
        op.execute(f"revoke select (id, person_id, used_at) on recovery_code from regulator_{role}")
    for role in JOINING_LOOKS:
        op.execute(f"drop policy {role}_reads on credential")
        op.execute(f"revoke select (person_id, totp_confirmed) on credential from regulator_{role}")
    op.drop_table("house_mail")
    op.drop_table("used_code")
    op.drop_index("ix_person_name", "person")
    op.drop_index("ix_web_session_made_at", "web_session")
    op.drop_column("web_session", "signed_in_at")
    op.add_column("credential", sa.Column("last_step", sa.BigInteger()))
