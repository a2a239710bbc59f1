"""Teams of the regulator’s: what they are called, and who works in which. Cases are given to them."""

from __future__ import annotations

import sqlalchemy as sa

from regulator import ledger, words
from regulator.accounts.authority import administers, managed
from regulator.accounts.models import Person, Team
from regulator.actors import Actor
from regulator.db import db
from regulator.errors import Invalid, Missing, NotNow

HOUSE = "house"
"""The stream of all teams: whoever changes one waits for the others, so no two get one name at the same moment."""
OUR_OWN = "Only the regulator’s own people work in a team."


def add_team(name: str, *, by: Actor) -> int:
    """There is a new team, with nobody in it yet; returns its number.

    Raises: Refused for who is no administrator; Invalid without a name, and for one that another team has
    """
    administers(by)
    with ledger.change("add_team", by=by, streams=[HOUSE]) as intent:
        team = Team(name=_fit(name))
        db.session.add(team)
        db.session.flush()
        intent.tell("internal", f"{by.name} made the team {team.name}.")
        return team.id


def rename_team(number: int, name: str, *, by: Actor) -> None:
    """A team is called something else, everywhere and at once.

    Raises: Refused for who is no administrator; Missing for no such team; Invalid as for a new one
    """
    administers(by)
    with ledger.change("rename_team", by=by, streams=[HOUSE]) as intent:
        team = db.session.get(Team, number)
        if team is None:
            raise Missing("There is no such team.")
        old, new = team.name, _fit(name, but=number)
        if new == old:
            raise Invalid("That is what it is called already.", "name")
        team.name = new
        intent.tell("internal", f"{by.name} renamed the team {old} to {new}.")


def change_team(number: int, team_id: int | None, *, by: Actor) -> None:
    """Someone of the regulator works in another team, or in none; cases they own stay where they were given.

    Raises: Refused for who is no administrator; Invalid for a body’s people, and when it is so already;
            NotNow for who has left
    """
    administers(by)
    with ledger.change("change_team", by=by, streams=[f"person:{number}"]) as intent:
        person = managed(number, by)
        if person.left_on is not None:
            raise NotNow(f"{person.name} left on {words.day(person.left_on)}.")
        new = team_for(team_id, person.body_id)
        old = db.session.get(Team, person.team_id) if person.team_id else None
        if new is old:
            raise Invalid(f"{person.name} {_where(new)} already.", "team")
        person.team_id = team_id
        intent.tell("internal", f"{by.name} {_moved(person, old, new)}.")


def team_for(team_id: int | None, body_id: int | None) -> Team | None:
    """The team that somebody of a body, or of the regulator, is to work in; inside a change.

    Raises: Invalid for a body’s people, and for no such team
    """
    if body_id is not None:
        raise Invalid(OUR_OWN, "team")
    if team_id is None:
        return None
    team = db.session.get(Team, team_id)
    if team is None:
        raise Invalid("There is no such team.", "team")
    return team


def _fit(name: str, but: int | None = None) -> str:
    """The name as it is kept: no other team may have it, whatever its capitals."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Invalid("Enter a name for the team.", "name")
    same = sa.select(Team.name).where(
        sa.func.lower(Team.name) == sa.func.lower(tidy), Team.id.is_distinct_from(but)
    )
    taken = db.session.scalar(same)
    if taken is not None:
        raise Invalid(f"There is a team called {taken} already.", "name")
    return tidy


def _where(team: Team | None) -> str:
    return f"is in the team {team.name}" if team else "is in no team"


def _moved(person: Person, old: Team | None, new: Team | None) -> str:
    if new is None:
        return f"took {person.name} out of the team {old.name if old else ''}"
    return f"put {person.name} in the team {new.name}" + (f", before in {old.name}" if old else "")
