"""What a step left behind."""

from __future__ import annotations

import psycopg


def entries(owner: psycopg.Connection, case_id: int) -> list[tuple[int, str]]:
    """The steps recorded on a case, by number."""
    return owner.execute("select seq, step from entry where case_id = %s order by seq", (case_id,)).fetchall()
