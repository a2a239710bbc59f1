"""Whom an item is handed to: a colleague, a whole team, or nobody yet."""

from __future__ import annotations

from typing import Any, TypeVar

from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid
from regulator.evidence.models import EvidenceItem
from regulator.evidence.own_models import BodyTeam

Row = TypeVar("Row", Person, BodyTeam)
TEAM = "team-"
"""What the number of a team begins with where people and teams are chosen from one list."""


def hand(item: EvidenceItem, whom: Any, by: Actor) -> None:
    """Give an item to a colleague of `by`, to a team of theirs (`team-3`), or to nobody.

    Raises: Invalid for somebody of another organisation
    """
    item.handed_to_id = item.handed_to_team_id = None
    if str(whom or "").startswith(TEAM):
        team = db.session.get(BodyTeam, _number(str(whom).removeprefix(TEAM)))
        item.handed_to_team_id = _own(team, by).id
    elif whom not in (None, ""):
        item.handed_to_id = _own(db.session.get(Person, _number(whom)), by).id


def _number(said: Any) -> int:
    return int(said) if str(said).isdigit() else 0


def _own(found: Row | None, by: Actor) -> Row:
    if found is None or found.body_id != by.body_id:
        raise Invalid("Choose a colleague or a team of your own organisation.", "hand_to")
    return found
