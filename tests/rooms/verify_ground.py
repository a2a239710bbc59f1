"""Tampering with the record as somebody would who knows it."""

from __future__ import annotations

import hashlib
import json

import psycopg


def reseal(owner: psycopg.Connection, case: int) -> None:
    """Hash a chain again, as somebody would who hides what they changed."""
    stream = f"case:{case}"
    rows = owner.execute(
        "select seq, canonical from entry where stream = %s order by seq", (stream,)
    ).fetchall()
    before = ""
    owner.execute("set session_replication_role = replica")
    for seq, text in rows:
        content = json.loads(text) | {"before": before}
        sealed = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(sealed.encode()).hexdigest()
        owner.execute(
            "update entry set canonical = %s, hash = %s where stream = %s and seq = %s",
            (sealed, before, stream, seq),
        )
    owner.execute("update chain set hash = %s, seq = %s where stream = %s", (before, len(rows), stream))
    owner.execute("reset session_replication_role")
