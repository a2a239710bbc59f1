"""What a body’s people may ask of their own affairs: their teams, and the notes the regulator cannot read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.db import ask_as, db
from regulator.evidence.models import EvidenceItem
from regulator.evidence.own_models import BodyNote, BodyTeam, BodyTeamMember
from regulator.evidence.queries.requests import in_my_team


@dataclass(frozen=True)
class TeamRow:
    """A team of a body with who is in it, by name: number and name of each."""

    id: int
    name: str
    members: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class NoteRow:
    """What somebody noted for their colleagues; `item` is the number of the item it is about, if it is about one."""

    id: int
    item_id: int | None
    item: int | None
    by: str
    words: str
    written_at: datetime


_TEAMS = (
    sa.select(BodyTeam.id, BodyTeam.name, Person.id, Person.name)
    .outerjoin(BodyTeamMember, BodyTeamMember.team_id == BodyTeam.id)
    .outerjoin(Person, Person.id == BodyTeamMember.person_id)
    .where(BodyTeam.body_id == sa.bindparam("body"))
    .order_by(sa.func.lower(BodyTeam.name), Person.name)
)
_NOTES = (
    sa.select(
        BodyNote.id,
        BodyNote.item_id,
        EvidenceItem.number,
        sa.func.coalesce(Person.name, "A colleague"),
        BodyNote.words,
        BodyNote.written_at,
    )
    .outerjoin(EvidenceItem, EvidenceItem.id == BodyNote.item_id)
    .outerjoin(Person, Person.id == BodyNote.by_id)
    .where(BodyNote.case_id == sa.bindparam("case"))
    .order_by(BodyNote.id.desc())
)
_OF_MINE = _NOTES.where(sa.or_(EvidenceItem.handed_to_id == sa.bindparam("me"), in_my_team()))


def teams(*, by: Actor) -> list[TeamRow]:
    """The teams of the person’s own body, by name; none for who works for no body."""
    if not by.reads_own:
        return []
    ask_as(by)
    found: dict[int, TeamRow] = {}
    for team, name, person, called in db.session.execute(_TEAMS, {"body": by.body_id}):
        row = found.setdefault(team, TeamRow(team, name, []))
        if person:
            found[team] = TeamRow(team, name, [*row.members, (person, called)])
    return list(found.values())


def notes_of(case_id: int, *, by: Actor, whole: bool) -> list[NoteRow]:
    """What a body’s people noted about a case, the last first; none for anybody else.

    whole: all of it; otherwise what is about items handed to the person who asks
    """
    if not by.reads_own:
        return []
    ask_as(by)
    asked = {"case": case_id} if whole else {"case": case_id, "me": by.person_id}
    return [NoteRow(*row) for row in db.session.execute(_NOTES if whole else _OF_MINE, asked)]
