"""Search: one row for each audience of a case, found by one function that knows who asks."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from migrations.locks import ALL, MY_BODY, PINNED, of_case, reads, sequences

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OF_MY_BODY = f"body_id = {MY_BODY} and {of_case('search_row')}"
WHOSE = {
    "staff": f"audience = 'staff' and {of_case('search_row')}",
    "body": f"audience = 'body' and {OF_MY_BODY}",
    "oversight": f"audience = 'oversight' and {OF_MY_BODY}",
}
SEEN = """case who when 'staff' then case when c.is_restricted then c.id = any (walls) else true end
        else exists (select 1 from party p where p.case_id = c.id and p.body_id = mine and p.sees
          and p.capacity = case who when 'body' then 'subject' else who end) end"""
WANTED = """(of_kind is null or c.kind = of_kind) and (standing is null or c.is_open = standing)
        and (about is null or exists (select 1 from party p where p.case_id = c.id and p.body_id = about))"""
OF_READER = "s.audience = who and s.body_id is not distinct from mine"
# Who asks is read from the settings, and what they may see is applied before anything is ranked, counted or cut.
# The planner cannot know how rare a word is that it is given later; without the setting it reads small tables whole.
SEARCH = f"""create function search_cases(
  asked text, called text, of_kind text, standing boolean, about bigint, most integer
) returns table (row_id bigint, case_id bigint, score real, by_name boolean, many bigint)
language plpgsql stable security definer rows 25 set search_path = public, pg_temp
set pg_trgm.word_similarity_threshold = 0.5 set enable_seqscan = off as $$
#variable_conflict use_column
declare
  who text := replace(coalesce(current_setting('role', true), ''), 'regulator_', '');
  mine bigint := case when who in ('body', 'oversight') then {MY_BODY} end;
  walls bigint[] := case when who = 'staff' then my_walls() end;
  query tsquery := websearch_to_tsquery('house', asked);
  name text := lower(unaccent(called));
  part text := '%' || replace(replace(replace(name, '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%';
  marks text[] := array['@' || who || coalesce(mine::text, '')];
begin
  if who not in ('staff', 'body', 'oversight') or (who <> 'staff' and mine is null) then
    return;
  end if;
  marks := marks || case when of_kind is not null then array['@kind ' || of_kind] end;
  marks := marks || case standing when true then array['@open'] when false then array['@closed'] end;
  marks := marks || case when about is not null and who = 'staff' then array['@about' || about] end;
  query := case when numnode(query) > 0
    then query && array_to_string(array(select quote_literal(m) from unnest(marks) m), ' & ')::tsquery end;
  return query
  with said as (
    select s.id, s.case_id, ts_rank(s.said, query) + 1 as score, false as by_name
    from search_row s join case_file c on c.id = s.case_id
    where s.said @@ query and {OF_READER}
      and {SEEN}
      and {WANTED}
    limit 2 * most
  ), named as (
    select s.id, s.case_id,
      case when s.names like part then 3 else word_similarity(name, s.names) end as score, true as by_name
    from search_row s join case_file c on c.id = s.case_id
    where length(name) > 2 and (s.names like part or s.names %> name) and {OF_READER}
      and {SEEN}
      and {WANTED}
    limit 2 * most
  ), hit as (
    select id, case_id, sum(score)::real as score, bool_and(by_name) as by_name
    from (select * from said union all select * from named) found group by id, case_id
  )
  select id, case_id, score, by_name, count(*) over () from hit
  order by score desc, case_id desc limit most;
end $$"""


def upgrade() -> None:
    """Apply."""
    for name in ("pg_trgm", "unaccent"):
        op.execute(f"create extension if not exists {name} schema public")
    op.execute("create text search configuration public.house (copy = pg_catalog.english)")
    op.execute(
        "alter text search configuration public.house alter mapping for hword, hword_part, word"
        " with public.unaccent, pg_catalog.english_stem"
    )
    op.create_table(
        "search_row",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("body_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("names", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("said", TSVECTOR(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_search_row_case_id_case_file"),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name="fk_search_row_body_id_body"),
        sa.PrimaryKeyConstraint("id", name="pk_search_row"),
    )
    op.create_index("ix_search_row_case_id", "search_row", ["case_id"])
    op.create_index("ix_search_row_said", "search_row", ["said"], postgresql_using="gin")
    op.create_index(
        "ix_search_row_names",
        "search_row",
        ["names"],
        postgresql_using="gin",
        postgresql_ops={"names": "gin_trgm_ops"},
    )
    op.execute("alter table search_row enable row level security")
    op.execute("grant select, insert, update, delete on search_row to regulator_engine")
    rows = f"case_id = {PINNED}"
    op.execute(
        f"create policy engine_works on search_row to regulator_engine using ({rows}) with check ({rows})"
    )
    for role, whose in WHOSE.items():
        reads(role, "search_row", ALL, whose)
    sequences()
    op.execute(SEARCH)
    arguments = "text, text, text, boolean, bigint, integer"
    op.execute(f"revoke all on function search_cases({arguments}) from public")
    for role in WHOSE:
        op.execute(f"grant execute on function search_cases({arguments}) to regulator_{role}")


def downgrade() -> None:
    """Undo."""
    op.execute("drop function search_cases(text, text, text, boolean, bigint, integer)")
    op.drop_table("search_row")
    op.execute("drop text search configuration public.house")
    for name in ("unaccent", "pg_trgm"):
        op.execute(f"drop extension {name}")
