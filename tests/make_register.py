"""Cases of which something is public, made through the ledger as the steps that publish make them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from make import at, body_id

from regulator import ledger, moments
from regulator.accounts.models import BodyName, BodySuccession
from regulator.actors import SYSTEM
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.db import db, pin
from regulator.findings.models import Publication, PublicComment, Recommendation
from regulator.ledger.writing import caching

KINDS = {"audit": ("A", "summary"), "inspection": ("I", "report"), "enforcement": ("E", "notice")}
SECRET = "Operation Heron, which nobody outside knows"
_numbers = count(1)


@dataclass(frozen=True)
class Made:
    """A case, and the parts of its bodies by slug."""

    id: int
    reference: str
    parts: dict[str, int]


def case(kind: str = "audit", *slugs: str, stage: str = "final", **more: Any) -> Made:
    """A case of which nothing is public, with a title that nobody outside may read."""
    with ledger.change("plan", by=SYSTEM, streams=[]) as intent:
        asked = sa.text("select nextval(pg_get_serial_sequence('case_file', 'id'))")
        number = int(db.session.execute(asked).scalar_one())
        pin(number)
        row = {
            "reference": f"{KINDS[kind][0]}-TEST-{number:04}",
            "kind": kind,
            "edition": "2026-draft",
            "edition_digest": "0" * 64,
            "stage": stage,
            "title": SECRET,
            "opened_on": date(2026, 1, 5),
        }
        file = CaseFile(id=number, **row | more)
        db.session.add(file)
        db.session.flush()
        parts = {slug: Party(case_id=number, body_id=body_id(slug)) for slug in slugs or ("kent",)}
        db.session.add_all(parts.values())
        db.session.flush()
        intent.join(f"case:{number}")
        intent.tell("internal", f"{SECRET} was planned")
        intent.tell("body", f"{SECRET} was announced")
        return Made(number, file.reference, {slug: party.id for slug, party in parts.items()})


def publish(made: Made, words: str, on: str = "2026-03-02", *, correction: str = "", what: str = "") -> None:
    """Make something of a case public, or correct what is."""
    moment = at(on)
    step = "correct_publication" if correction else "publish_summary"
    said = "The regulator corrected what it published" if correction else "The regulator published a summary"
    kind = KINDS[next(k for k, (prefix, _) in KINDS.items() if made.reference.startswith(prefix))]
    with ledger.change(step, by=SYSTEM, streams=[f"case:{made.id}"], occurred=moment, is_day=True) as intent:
        row = Publication(
            case_id=made.id,
            number=next(_numbers),
            what=what or kind[1],
            words=words,
            published_on=moments.london_day(moment),
            correction=correction or None,
        )
        db.session.add(row)
        intent.tell("internal", f"Gwenllian published a summary without {SECRET}")
        intent.tell("public", said)


def published(kind: str = "audit", *slugs: str, on: str = "2026-03-02", **more: Any) -> Made:
    """A case of which something is public."""
    made = case(kind, *slugs, **more)
    publish(made, "We looked at how matches are checked.\n\nThey are checked by people.", on)
    return made


def comment(made: Made, slug: str, words: str, **more: Any) -> None:
    """What a body says in public; `side` oversight where it is who oversees it."""
    row = {"side": "body", "answer": "done", "recommendation_id": None, "made_on": date(2026, 3, 20)}
    with ledger.change("body_comments", by=SYSTEM, streams=[f"case:{made.id}"]) as intent:
        db.session.add(PublicComment(case_id=made.id, party_id=made.parts[slug], words=words, **row | more))
        intent.tell("public", "A body commented on the report")


def recommend(made: Made, slug: str, number: int, words: str) -> int:
    """A recommendation that a body was given."""
    with ledger.change("issue_final", by=SYSTEM, streams=[f"case:{made.id}"]) as intent:
        row = Recommendation(
            case_id=made.id,
            party_id=made.parts[slug],
            number=number,
            words=words,
            priority="high",
            issued_on=date(2026, 3, 2),
        )
        db.session.add(row)
        db.session.flush()
        intent.tell("internal", words)
        return row.id


def move(made: Made, stage: str) -> None:
    """Let a case stand at another stage."""
    with ledger.change("move", by=SYSTEM, streams=[f"case:{made.id}"]) as intent:
        file = db.session.get_one(CaseFile, made.id)
        file.stage, file.stage_moves = stage, file.stage_moves + 1
        intent.tell("internal", "The case was moved.")


def clock(made: Made, slug: str, name: str, days: int, *, public: bool = True) -> None:
    """A clock that runs for so many more days."""
    today = moments.today()
    row = {
        "label": name,
        "owed_by": "oversight",
        "owed_to": "public",
        "keys": {},
        "is_open": True,
        "is_held": False,
        "paused_since": None,
        "ended": None,
        "ended_on": None,
        "was_late": False,
        "derivation": "{}",
        "for_body": True,
        "for_complainant": False,
        "started_on": today,
    }
    last = today + timedelta(days=days)
    with caching(made.id):
        db.session.add(
            ClockRow(
                case_id=made.id,
                name=name,
                party_id=made.parts[slug],
                last_day=last,
                original_last_day=last,
                late_from=at((last + timedelta(days=1)).isoformat()),
                for_public=public,
                **row,
            )
        )


def renamed(slug: str, name: str, on: date) -> None:
    """A body is called something else from a day on."""
    number = body_id(slug)
    with ledger.change("rename_body", by=SYSTEM, streams=[f"body:{number}"]):
        old = db.session.scalars(
            sa.select(BodyName).where(BodyName.body_id == number, BodyName.ends_on.is_(None))
        ).one()
        old.ends_on = on - timedelta(days=1)
        db.session.add(BodyName(body_id=number, name=name, starts_on=on))


def merged(before: str, after: str, on: date) -> None:
    """A body took another’s place."""
    first, second = body_id(before), body_id(after)
    with ledger.change("merge_bodies", by=SYSTEM, streams=[f"body:{first}", f"body:{second}"]):
        db.session.add(BodySuccession(predecessor_id=first, successor_id=second, occurred_on=on))


__all__ = [
    "SECRET",
    "Made",
    "case",
    "clock",
    "comment",
    "merged",
    "move",
    "publish",
    "published",
    "recommend",
    "renamed",
]
