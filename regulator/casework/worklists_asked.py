"""What a worklist is asked for in its address: whose work, which of it, and the filters, each a part of the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from regulator.accounts.queries import bodies
from regulator.actors import Actor
from regulator.casework import editions, queries
from regulator.casework.queries import Asked, Which, Whose
from regulator.fields.text import cleaned
from regulator.forms import Choice

LABELS: Mapping[Whose, str] = {
    Whose.intake: "Intake",
    Whose.review: "For review",
    Whose.turn: "My turn",
    Whose.mine: "Mine",
    Whose.desk: "Team and unassigned",
    Whose.team: "My team’s",
    Whose.unassigned: "Unassigned",
    Whose.unattended: "Looked after by nobody",
    Whose.everything: "Everything",
}
PARTS: Mapping[Which, str] = {
    Which.all: "All",
    Which.week: "Due this week",
    Which.overdue: "Overdue",
    Which.waiting: "Waiting for others",
    Which.promises: "Promises about to break",
}
EMPTY: Mapping[Whose, tuple[str, str]] = {
    Whose.intake: ("Nothing waits at intake", "New complaints appear here as soon as they are made."),
    Whose.review: (
        "Nothing waits for a review",
        "A decision appears here as soon as somebody asks for its review.",
    ),
    Whose.turn: (
        "Nothing waits for you",
        "A case stands here when the next step is for your role to take, or it is yours.",
    ),
    Whose.mine: ("No case is yours", "A manager assigns cases. Until then, look in the other lists."),
    Whose.desk: ("Nothing for your team", "Cases appear here when they come in or are given to your team."),
    Whose.team: ("Your team has no open case", "Cases appear here when a manager gives them to your team."),
    Whose.unassigned: ("Every open case has an owner", "A new case stands here until a manager assigns it."),
    Whose.unattended: (
        "Every open case is looked after",
        "A case stands here when nothing comes next in it, or nobody has it and it waits in no queue.",
    ),
    Whose.everything: (
        "There is no case yet",
        "A case stands here as soon as somebody complains, or one is opened here.",
    ),
}
BY_TURNS = ("lawyer", "commissioner", "publisher")
"""Roles that have a step in many cases and are given few: they begin at what waits for their role."""
MOST = 2**62
DIGITS = 20
WITHIN = {0: "Today or before", 7: "Within 7 days", 14: "Within 14 days", 30: "Within 30 days"}
"""How soon something must be due, by days from today."""


def lists_for(by: Actor) -> list[Whose]:
    """The lists somebody works from, the one they begin at first."""
    found: list[Whose] = []
    if by.holds("intake_officer"):
        found.append(Whose.intake)
    if by.holds("reviewer"):
        found.append(Whose.review)
    if by.holds(*BY_TURNS):
        found.append(Whose.turn)
    if by.holds("manager"):
        found.append(Whose.desk if by.team_id else Whose.unassigned)
    found.append(Whose.mine)
    if by.team_id:
        found.append(Whose.team)
    found.append(Whose.unassigned)
    if by.holds("manager"):
        found.append(Whose.unattended)
    return list(dict.fromkeys([*found, Whose.everything]))


def asked_of(by: Actor, given: MultiDict[str, str] | None = None) -> Asked:
    """What an address asks to see, this one’s unless told; what it cannot mean is as if it were not there."""
    args = request.args if given is None else given
    lists, kind = lists_for(by), _known(args, "kind", kinds())
    within = _number(args, "within")
    return Asked(
        whose=_one(Whose, args.get("whose", "")) or lists[0],
        which=_one(Which, args.get("which", "")) or Which.all,
        kind=kind,
        stage=_known(args, "stage", stages(kind)),
        words=" ".join(cleaned(args.get("words", "")).split())[:100],
        body=_number(args, "body") or 0,
        owner=_number(args, "owner") or 0,
        within=within if within in WITHIN else None,
        past=args.get("past") != "no",
        after=_after(args.get("after", "")),
    )


def is_narrowed(asked: Asked) -> bool:
    """Whether a list is asked for less than all of it."""
    filters = asked.kind, asked.stage, asked.words, asked.body, asked.owner, asked.within is not None
    return any(filters) or asked.which is not Which.all or not asked.past


Name = TypeVar("Name", bound=StrEnum)


def _one(names: type[Name], text: str) -> Name | None:
    return names(text) if text in set(names) else None


def _known(args: MultiDict[str, str], name: str, choices: Sequence[Choice]) -> str:
    text = args.get(name, "")
    return text if text in {choice.value for choice in choices} else ""


def _number(args: MultiDict[str, str], name: str) -> int | None:
    text = args.get(name, "")
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < DIGITS else None


def _after(text: str) -> tuple[date, int] | None:
    day, _, number = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(number), MOST)
    except ValueError:
        return None


def address(asked: Asked, **other: str) -> str:
    """Where the list asked for is, with something else asked in place."""
    return url_for("casework.worklist", **said_in(asked, **other))


def said_in(asked: Asked, **other: str) -> dict[str, Any]:
    """What an address says that asks for a list: only what narrows it."""
    said: dict[str, Any] = {
        "whose": asked.whose,
        "which": "" if asked.which is Which.all else asked.which,
        "kind": asked.kind,
        "stage": asked.stage,
        "words": asked.words,
        "body": asked.body,
        "owner": asked.owner,
        "within": "" if asked.within is None else str(asked.within),
        "past": "" if asked.past else "no",
        **other,
    }
    return {name: str(text) for name, text in said.items() if text}


def kinds() -> list[Choice]:
    """The kinds of case in service."""
    found = editions.current().kinds.values()
    return [Choice(kind.name, kind.label) for kind in found if kind.in_service]


def stages(of: str = "") -> list[Choice]:
    """The stages of every kind in service, each once; `of` one kind alone, where it is named."""
    found = {
        stage.name: stage.label
        for kind in editions.current().kinds.values()
        if kind.in_service and of in ("", kind.name)
        for stage in kind.stages.values()
    }
    return [Choice(name, label) for name, label in found.items()]


def owners(by: Actor) -> list[Choice]:
    """Everyone of the regulator who may have a case, by name."""
    return [Choice(str(one.id), one.name) for one in queries.colleagues(None, by=by)]


def about() -> list[Choice]:
    """The bodies that a case may be about, by name."""
    return [Choice(str(one.id), one.name) for one in bodies()]


def further(asked: Asked, by: Actor) -> list[tuple[str, str, str, list[Choice]]]:
    """The filters that have a page of their own: name, label, what is chosen, and the choices."""
    within = "" if asked.within is None else str(asked.within)
    return [
        ("body", "Body", str(asked.body or ""), about()),
        ("owner", "Owner", str(asked.owner or ""), owners(by)),
        ("within", "Due from us", within, [Choice(str(days), label) for days, label in WITHIN.items()]),
    ]


def told_further(asked: Asked, by: Actor) -> list[tuple[str, str, str, str]]:
    """Those of these filters that are used: name, label, what is chosen, and that in words."""
    if not (asked.body or asked.owner or asked.within is not None):
        return []
    return [
        (name, label, chosen, next((one.label for one in choices if one.value == chosen), "Unknown"))
        for name, label, chosen, choices in further(asked, by)
        if chosen
    ]
