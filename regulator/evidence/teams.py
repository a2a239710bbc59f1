"""Teams of a body, made by its contact: items may be handed to one as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from regulator import ledger
from regulator.accounts.models import Person
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, Refused
from regulator.evidence.own_models import BodyTeam, BodyTeamMember


def keep_team(number: int | None, name: str, people: Sequence[int], *, by: Actor) -> None:
    """Make a team of one’s body, or change what it is called and who is in it.

    number: none for a new one
    Raises: Refused for anyone but a contact; Invalid for a name that another team has, or somebody of another body
    """
    if not by.holds("contact") or by.body_id is None:
        raise Refused("Only your single point of contact makes teams.")
    with ledger.change("keep_team", by=by, streams=[f"body:{by.body_id}"]) as intent:
        team = _team(number, name.strip(), by.body_id)
        _members(team, people)
        intent.tell("body_only", f"{by.name} said who is in the team {team.name}")


def _team(number: int | None, name: str, body: int) -> BodyTeam:
    asked = sa.select(BodyTeam).where(BodyTeam.body_id == body)
    known = list(db.session.scalars(asked))
    if any(one.name.lower() == name.lower() and one.id != number for one in known):
        raise Invalid("Another team has that name.", "name")
    team = next((one for one in known if one.id == number), None)
    if team is None:
        team = BodyTeam(body_id=body, name=name)
        db.session.add(team)
    team.name = name
    db.session.flush()
    return team


def _members(team: BodyTeam, people: Sequence[int]) -> None:
    own = set(
        db.session.scalars(sa.select(Person.id).where(Person.id.in_(people), Person.body_id == team.body_id))
    )
    if own != set(people):
        raise Invalid("Choose colleagues of your own organisation.", "people")
    asked = sa.select(BodyTeamMember).where(BodyTeamMember.team_id == team.id)
    before = {one.person_id: one for one in db.session.scalars(asked)}
    for person in sorted(own - set(before)):
        db.session.add(BodyTeamMember(team_id=team.id, person_id=person, body_id=team.body_id))
    for person in sorted(set(before) - own):
        db.session.delete(before[person])
    db.session.flush()
