"""Every SELECT on cases of any kind; `by` is always an argument, and the database asks again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import BodyName, Person, Team
from regulator.actors import Actor
from regulator.casework.models import CaseFile, CaseLink, Party
from regulator.db import ask_as, db
from regulator.errors import Missing


@dataclass(frozen=True)
class CaseRow:
    """A case as anybody who may see it sees it."""

    id: int
    reference: str
    kind: str
    edition: str
    stage: str
    stage_moves: int
    is_open: bool
    opened_on: date
    is_historic: bool


@dataclass(frozen=True)
class CaseHead(CaseRow):
    """A case as staff see it: with what it is called, whose it is and what holds it.

    bodies: today’s names of the bodies it is about
    """

    title: str
    owner_id: int | None
    owner: str | None
    team: str | None
    is_restricted: bool
    legal_hold: bool
    disposal: str | None
    disposal_on: date | None
    bodies: str | None


@dataclass(frozen=True)
class Linked:
    """A case that this one is linked to: `relation` is what the other is to this one."""

    reference: str
    title: str
    kind: str
    edition: str
    stage: str
    relation: str


_ON: sa.BindParameter[date] = sa.bindparam("on", type_=sa.Date)
BODIES = (
    sa.select(sa.func.string_agg(BodyName.name, sa.literal(", ")))
    .join(Party, Party.body_id == BodyName.body_id)
    .where(
        Party.case_id == CaseFile.id,
        Party.capacity == "subject",
        BodyName.starts_on <= _ON,
        sa.or_(BodyName.ends_on.is_(None), BodyName.ends_on >= _ON),
    )
    .scalar_subquery()
)
"""The names, on the day `on`, of the bodies a case is about."""

_COLUMNS = (
    CaseFile.id,
    CaseFile.reference,
    CaseFile.kind,
    CaseFile.edition,
    CaseFile.stage,
    CaseFile.stage_moves,
    CaseFile.is_open,
    CaseFile.opened_on,
    CaseFile.is_historic,
)
_HEAD = (
    sa.select(
        *_COLUMNS,
        CaseFile.title,
        CaseFile.owner_id,
        Person.name,
        Team.name,
        CaseFile.is_restricted,
        CaseFile.legal_hold,
        CaseFile.disposal,
        CaseFile.disposal_on,
        BODIES,
    )
    .outerjoin(Person, Person.id == CaseFile.owner_id)
    .outerjoin(Team, Team.id == CaseFile.team_id)
    .where(CaseFile.reference == sa.bindparam("reference"))
)
_LINKED = (
    sa.select(
        CaseFile.reference,
        CaseFile.title,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.stage,
        CaseLink.relation,
    )
    .join(CaseLink, CaseLink.other_id == CaseFile.id)
    .where(CaseLink.case_id == sa.bindparam("case"))
    .order_by(CaseLink.id)
)
_ONE = sa.select(*_COLUMNS).where(CaseFile.reference == sa.bindparam("reference"))


def get(reference: str, *, by: Actor) -> CaseRow:
    """The case with this reference, as `by` may see it.

    Raises: Missing when there is none, or none they may see
    """
    ask_as(by)
    row = db.session.execute(_ONE, {"reference": reference}).one_or_none()
    if row is None:
        raise Missing("There is no case with that reference that you may see.")
    return CaseRow(*row)


def head(reference: str, *, by: Actor) -> CaseHead:
    """The case with this reference, as a member of staff sees it.

    Raises: Missing when there is none, or none they may see
    """
    ask_as(by)
    row: Any = db.session.execute(_HEAD, {"reference": reference, "on": moments.today()}).one_or_none()
    if row is None:
        raise Missing("There is no case with that reference that you may see.")
    return CaseHead(*row)


def links(case_id: int, *, by: Actor) -> list[Linked]:
    """The cases a case is linked to, as far as `by` may see them, in the order they were linked."""
    ask_as(by)
    return [Linked(*row) for row in db.session.execute(_LINKED, {"case": case_id})]
