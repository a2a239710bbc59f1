"""Telling the seed story: everybody joins, and every case takes its course, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from regulator import moments
from regulator.accounts.codes import hash_code
from regulator.accounts.queries import body_named
from regulator.actors import Actor, Side
from regulator.casework.editions import CURRENT, editions
from regulator.complaints.code import code_for
from regulator.deadlines.london import day_after
from regulator.errors import NotNow
from regulator.regime.model import Edition
from regulator.replay.queries import is_taken
from regulator.replay.walk import Opening, Scene, Walk, moment_of
from regulator.seed.people import Members, join, members
from regulator.seed.reading import Told, cases

LONG_AGO = 730
"""Days before today on which everybody joined."""


@dataclass(frozen=True)
class Follow:
    """A complaint of the story that anybody may follow as the public, and what can be done with it."""

    reference: str
    code: str
    says: str


@dataclass(frozen=True)
class _Story:
    edition: Edition
    members: Members
    cases: Sequence[Told]


def _story(today: date) -> _Story:
    edition = editions()[CURRENT]
    everybody = members()
    roles = {name: member.roles for name, member in everybody.people.items()}
    return _Story(edition, everybody, cases(edition, roles, today))


def code_of(label: str) -> str:
    """The code of a complaint of the story, which follows from the secret of the configuration."""
    return code_for(f"seed {label}")


def to_follow() -> list[Follow]:
    """The complaints of the story that the public may follow."""
    told = _story(moments.today()).cases
    return [Follow(one.reference, code_of(one.label), one.follow) for one in told if one.follow]


def is_told() -> bool:
    """Whether the story was told before."""
    return any(is_taken(one.reference) for one in _story(moments.today()).cases)


def tell() -> int:
    """Tell the whole story; to be called where all of it stays or nothing does. Returns how many steps were taken.

    Raises: NotNow where an expectation does not hold, StoryRefused where a step is refused
    """
    today = moments.today()
    story = _story(today)
    people = join(story.members, day_after(today, -LONG_AGO))
    return sum(_tell(story, told, people) for told in story.cases)


def _tell(story: _Story, told: Told, people: Mapping[str, Actor]) -> int:
    account: list[str] = []
    walk = Walk(_scene(story, told, people), moment_of(told.turns[0].when), account.append)
    walk.through(told.turns)
    if walk.tally.broken:
        broken = [line for line in account if line.startswith("broken")]
        raise NotNow("\n".join([f"“{told.label}” did not go as it is told:", *broken]))
    return walk.tally.steps


def _scene(story: _Story, told: Told, people: Mapping[str, Actor]) -> Scene:
    outside = {part: Actor(name, frozenset({part}), Side.public) for part, name in told.names.items()}
    given = {
        **_about(told),
        "reference": told.reference,
        "code_hash": hash_code(code_of(told.label)),  # which a complaint alone keeps
    }
    return Scene(
        people={**people, **outside},
        another=_nobody_else,
        openings={"": Opening(story.edition.name, told.kind.name, given)},
        references={one.label: one.reference for one in story.cases},
    )


def _about(told: Told) -> dict[str, object]:
    """The bodies a case is about, as its opening step asks for them: one, or several."""
    numbers = [body_named(slug).id for slug in told.bodies]
    act = told.turns[0].act
    asks_several = act is not None and any(field.kind == "bodies" for field in act.step.fields)
    return {"bodies": numbers} if asks_several else {"body": numbers[0]}


def _nobody_else(role: str, _case_id: int) -> Actor:
    raise NotNow(f"The story names nobody else who is {role}.")
