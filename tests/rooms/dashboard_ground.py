"""Cases and clocks put where the dashboard counts them, and what it then says."""

from datetime import timedelta

import html5lib
from rooms.staff_pages import At

from regulator import moments

CASE = """
insert into case_file (reference, kind, edition, edition_digest, stage, stage_moves, is_open, title, opened_on,
                       is_restricted, is_historic, legal_hold, due_on, owner_id, team_id)
values (%(reference)s, %(kind)s, '2026-draft', '', %(stage)s, 1, true, 'A case', current_date, false, false, false,
        '9999-12-31', null, null)
returning id
"""


CLOCK = """
insert into clock (case_id, name, label, owed_by, owed_to, keys, started_on, last_day, late_from, original_last_day,
                   is_open, is_held, paused_since, ended, ended_on, was_late, derivation, for_body, for_complainant,
                   for_oversight, for_public)
values (%(case)s, 'verify', 'Verify it', %(owed_by)s, '', '{}', %(last_day)s, %(last_day)s,
        %(last_day)s::date + interval '1 day', %(last_day)s, %(ended)s::text is null, %(held)s, %(paused)s, %(ended)s,
        %(ended_on)s, %(late)s, '{}', false, false, false, false)
"""


def put_case(owner, kind="audit", stage="fieldwork", number=1):
    """A case put there without the steps that would make it."""
    owner.execute("set session_replication_role = replica")
    given = {"reference": f"X-0000-{number:04}", "kind": kind, "stage": stage}
    (found,) = owner.execute(CASE, given).fetchone()
    owner.execute("set session_replication_role = origin")
    return found


def put_clock(owner, case, ended=None, ago=0, due=-5, **more):
    """A clock put there likewise: its last day so many days from today, ended so many days ago."""
    today = moments.today()
    given = {"owed_by": "regulator", "held": False, "paused": None, "late": False, **more}
    given |= {"case": case, "ended": ended, "last_day": today + timedelta(days=due)}
    given["ended_on"] = today - timedelta(days=ago) if ended else None
    owner.execute("set session_replication_role = replica")
    owner.execute(CLOCK, given)
    owner.execute("set session_replication_role = origin")


def tables(page):
    """The tables of a page, each as its rows: what it is of, and its numbers."""
    tree = html5lib.parse(page.text, namespaceHTMLElements=False)
    rows = [[row for row in table.iter("tr") if row.find("td") is not None] for table in tree.iter("table")]
    cells = [[["".join(cell.itertext()) for cell in row] for row in table] for table in rows]
    return [{name: list(map(int, numbers)) for name, *numbers in table} for table in cells]


def dashboard(app, by, asked=""):
    """The dashboard as somebody sees it."""
    return At(app, by).get(f"/dashboard?{asked}")
