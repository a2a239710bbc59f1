"""The people of the seed story: invented, ready to sign in, and in teams."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from regulator import ledger
from regulator.accounts import demonstration
from regulator.accounts.authority import OPERATOR
from regulator.accounts.identity import side_of
from regulator.accounts.models import Team
from regulator.accounts.queries import body_named, overseer_of
from regulator.actors import Actor, Side
from regulator.db import db
from regulator.regime.reading import Problems, Table, read
from regulator.replay.reading import StoryError

FILE = Path(__file__).parent / "people.yaml"


@dataclass(frozen=True)
class Member:
    """Somebody in the story; `body` is a slug, empty for the regulator’s own."""

    name: str
    roles: tuple[str, ...]
    body: str = ""
    oversees: str = ""
    team: str = ""


@dataclass(frozen=True)
class Members:
    """Everybody in the story, and the teams of the regulator."""

    teams: tuple[str, ...]
    people: Mapping[str, Member]


def members(file: Path = FILE) -> Members:
    """Who is in the story.

    Raises: StoryError
    """
    problems = Problems()
    whole = read(file.read_bytes(), file.name, problems)
    top = whole.table("teams people", "", "the people") if whole else None
    found = {}
    for name, row in (top.under("people") if top else {}).items():
        found[str(name)] = _member(str(name), row.table("roles", "body team oversees", f"“{name}”"))
    if problems.found or top is None:
        raise StoryError(problems.found)
    return Members(tuple(map(str, top.words("teams"))), found)


def _member(name: str, row: Table) -> Member:
    roles = tuple(map(str, row.words("roles")))
    return Member(name, roles, str(row.text("body")), str(row.text("oversees")), str(row.text("team")))


def join(everybody: Members, on: date) -> dict[str, Actor]:
    """Let everybody join on a day; returns who they are, by name.

    Raises: Refused in production
    """
    teams = {name: _team(name) for name in everybody.teams}
    return {name: _joined(member, teams, on) for name, member in everybody.people.items()}


def _team(name: str) -> int:
    with ledger.change("add_team", by=OPERATOR, streams=["house"]) as intent:
        team = Team(name=name)
        db.session.add(team)
        db.session.flush()
        intent.tell("internal", f"The team {name} was made.")
        return team.id


def _joined(member: Member, teams: Mapping[str, int], on: date) -> Actor:
    body = _body(member)
    team = teams.get(member.team)
    number = demonstration.make_person(
        member.name, _email(member.name, body), *member.roles, body=body or None, team_id=team, joined_on=on
    )
    held = frozenset(member.roles)
    home = body_named(body).id if body else None
    return Actor(member.name, held, side_of(held) or Side.staff, number, home, team_id=team)


def _body(member: Member) -> str:
    if not member.oversees:
        return member.body
    overseer = overseer_of(body_named(member.oversees).id)
    return overseer.slug if overseer else ""


def _email(name: str, body: str) -> str:
    return f"{name.lower().replace(' ', '.')}@{body or 'regulator'}.example"
