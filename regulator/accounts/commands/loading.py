"""Loading the list of bodies: what is new is added, what changed gets its day, what is the same is left alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from regulator import ledger, moments
from regulator.accounts.authority import OPERATOR
from regulator.accounts.commands.bodies import change_overseer, rename_body, slug_of
from regulator.accounts.models import Body, BodyName, BodyOversight
from regulator.accounts.queries.bodies import LISTED_SINCE
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid

SHIPPED = Path(__file__).resolve().parents[2] / "reference" / "bodies.csv"

COLUMNS = ("id", "name", "kind", "nation", "local_policing_body", "jurisdiction_for_bank_holidays")
CALENDARS = ("england-and-wales", "scotland", "northern-ireland")
OVERSEER = "local-policing-body"
# Sections 5 to 8 of the Forensic Science Regulator Act 2021 do not bind the Crown, and treat members and staff of
# police forces, the three special ones included, as outside it.
CROWN = frozenset({"law-enforcement-agency", "service-police"})


@dataclass(frozen=True)
class Listed:
    """One body as the list has it; `overseer` is a name, empty where there is none."""

    slug: str
    name: str
    kind: str
    nation: str
    calendar: str
    overseer: str = ""

    @property
    def is_crown(self) -> bool:
        """Whether notices under the first edition would not reach it."""
        return self.kind in CROWN


@dataclass(frozen=True)
class Loaded:
    """How many bodies the list names, overseers included, and how many of them were new or had changed."""

    listed: int
    written: int


def load_bodies(path: Path = SHIPPED, *, since: date | None = None, by: Actor = OPERATOR) -> Loaded:
    """Bring the bodies up to the list in `path`; loading the same list again changes nothing.

    since:  the day from which it holds: unless told, `LISTED_SINCE` for what is new, today for what changed
    Raises: Invalid naming the line that cannot be read
    """
    listed = _with_overseers(read(path))
    known = _names()
    written = 0
    for each in listed.values():
        if each.slug not in known:
            _add(each, since or LISTED_SINCE, by)
        elif known[each.slug] not in (None, each.name):
            rename_body(each.slug, each.name, since or moments.today(), by=by)
        else:
            continue
        written += 1
    written += _oversee(listed.values(), known, since, by)
    return Loaded(len(listed), written)


def read(path: Path) -> list[Listed]:
    """The bodies that a list names, in its order.

    Raises: Invalid naming the line at fault
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Invalid(f"{path} cannot be read as a list of bodies.") from None
    lines = csv.DictReader(text.splitlines())
    if tuple(lines.fieldnames or ()) != COLUMNS:
        raise Invalid(f"{path}:1: the columns must be {', '.join(COLUMNS)}.")
    return [_listed(line, f"{path}:{number}") for number, line in enumerate(lines, start=2)]


def _listed(line: Mapping[str, str | None], where: str) -> Listed:
    given = [(line[column] or "").strip().replace("'", "’") for column in COLUMNS]
    slug, name, kind, nation, overseer, calendar = given
    if not (slug and name and kind and nation):
        raise Invalid(f"{where}: a body needs an id, a name, a kind and a nation.")
    if calendar not in CALENDARS:
        raise Invalid(
            f"{where}: “{calendar}” is no calendar of bank holidays; it is one of {', '.join(CALENDARS)}."
        )
    return Listed(slug, name, kind, nation, calendar, overseer)


def _with_overseers(rows: Iterable[Listed]) -> dict[str, Listed]:
    """The listed and those who oversee them; one listed itself is not made twice."""
    found = {row.slug: row for row in rows}
    for row in list(found.values()):
        if row.overseer:
            slug = slug_of(row.overseer)
            found.setdefault(slug, Listed(slug, row.overseer, OVERSEER, row.nation, row.calendar))
    return found


def _add(each: Listed, since: date, by: Actor) -> None:
    with ledger.change("add_body", by=by, streams=[]) as intent:
        body = Body(
            slug=each.slug,
            kind=each.kind,
            nation=each.nation,
            calendar=each.calendar,
            is_crown=each.is_crown,
            is_regulated=each.kind != OVERSEER,
        )
        db.session.add(body)
        db.session.flush()
        intent.join(f"body:{body.id}")
        db.session.add(BodyName(body_id=body.id, name=each.name, starts_on=since))
        intent.tell("internal", f"{by.name} added {each.name}.")


def _oversee(listed: Iterable[Listed], known: Mapping[str, str | None], since: date | None, by: Actor) -> int:
    written = 0
    now = _overseers()
    for each in listed:
        wanted = slug_of(each.overseer) if each.overseer else None
        has_ended = each.slug in known and known[each.slug] is None
        if each.kind != OVERSEER and not has_ended and now.get(each.slug) != wanted:
            first = LISTED_SINCE if each.slug not in known else moments.today()
            change_overseer(each.slug, wanted, since or first, by=by)
            written += 1
    return written


def _names() -> dict[str, str | None]:
    """What each body is called now, by slug; None for one that has ended."""
    rows = db.session.execute(
        sa.select(Body.slug, BodyName.name).outerjoin(
            BodyName, sa.and_(BodyName.body_id == Body.id, BodyName.ends_on.is_(None))
        )
    )
    return {row[0]: row[1] for row in rows}


def _overseers() -> dict[str, str]:
    """Who oversees whom now, by slug."""
    overseer = aliased(Body)
    rows = db.session.execute(
        sa.select(Body.slug, overseer.slug)
        .join(BodyOversight, BodyOversight.body_id == Body.id)
        .join(overseer, overseer.id == BodyOversight.overseer_id)
        .where(BodyOversight.ends_on.is_(None))
    )
    return {row[0]: row[1] for row in rows}
