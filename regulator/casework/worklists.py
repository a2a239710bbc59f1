"""Worklists as pages: whose work, which of it, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.actors import Actor
from regulator.casework import editions, following, queries
from regulator.casework.queries import COUNTED, Asked, Line, Which, Whose
from regulator.fields.text import cleaned
from regulator.forms import Choice
from regulator.regime.model import Stage
from regulator.regime.telling import any_of

LABELS: Mapping[Whose, str] = {
    Whose.intake: "Intake",
    Whose.review: "For review",
    Whose.turn: "My turn",
    Whose.mine: "Mine",
    Whose.desk: "Team and unassigned",
    Whose.team: "My team’s",
    Whose.unassigned: "Unassigned",
    Whose.everything: "Everything",
}
PARTS: Mapping[Which, str] = {
    Which.all: "All",
    Which.week: "Due this week",
    Which.overdue: "Overdue",
    Which.waiting: "Waiting for others",
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
    Whose.everything: (
        "There is no case yet",
        "A case stands here as soon as somebody complains, or one is opened here.",
    ),
}
BY_TURNS = ("lawyer", "commissioner", "publisher")
"""Roles that have a step in many cases and are given few: they begin at what waits for their role."""
MOST = 2**62
OWN_PLACE = frozenset({"complaint"})
"""Kinds that are opened from a place of the navigation."""
WAITS = {
    "body": "the body",
    "complainant": "the complainant",
    "oversight": "the oversight body",
    "tribunal": "the tribunal",
}


@dataclass(frozen=True)
class Tab:
    """A list that can be chosen, with how many it has."""

    label: str
    href: str
    count: str
    is_here: bool


class Opening(NamedTuple):
    """A step that opens a case, and its page."""

    label: str
    href: str


@dataclass(frozen=True)
class ShownLine:
    """A case as a row of a worklist."""

    title: str
    href: str
    reference: str
    kind: str
    opened: date
    next: str
    waits: str
    owner: str | None
    is_open: bool
    notes: Sequence[str]
    stage: str
    tone: str
    due: date | None


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
    return list(dict.fromkeys([*found, Whose.unassigned, Whose.everything]))


def asked_of(by: Actor) -> Asked:
    """What the address asks to see; anything it cannot mean is as if it were not there."""
    lists, kind = lists_for(by), _known("kind", kinds())
    return Asked(
        whose=_one(Whose, request.args.get("whose", "")) or lists[0],
        which=_one(Which, request.args.get("which", "")) or Which.all,
        kind=kind,
        stage=_known("stage", stages(kind)),
        words=" ".join(cleaned(request.args.get("words", "")).split())[:100],
        past=request.args.get("past") != "no",
        after=_after(request.args.get("after", "")),
    )


Name = TypeVar("Name", bound=StrEnum)


def _one(names: type[Name], text: str) -> Name | None:
    return names(text) if text in set(names) else None


def _known(name: str, choices: Sequence[Choice]) -> str:
    text = request.args.get(name, "")
    return text if text in {choice.value for choice in choices} else ""


def _after(text: str) -> tuple[date, int] | None:
    day, _, number = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(number), MOST)
    except ValueError:
        return None


def page(by: Actor) -> ResponseReturnValue:
    """The worklist that the address asks for; the case itself, where its reference was typed."""
    asked = asked_of(by)
    if asked.words and (reference := queries.referred_to(asked.words, by=by)):
        return redirect(url_for("casework.show", reference=reference))
    lists = lists_for(by)
    found = queries.worklist(asked, by=by)
    many = queries.counts(asked, lists, by=by)
    following = found.following
    return render_template(
        "casework/worklist.html",
        asked=asked,
        tabs=[_list(name, asked, many) for name in lists],
        parts=[_part(name, asked, many) for name in Which],
        rows=[shown(line) for line in found.rows],
        kinds=kinds(),
        stages=stages(asked.kind),
        openings=openings(by),
        reference=queries.as_reference(asked.words),
        narrowed=bool(
            asked.kind or asked.stage or asked.words or asked.which is not Which.all or not asked.past
        ),
        nothing=EMPTY[asked.whose],
        whole=url_for("casework.worklist", whose=asked.whose),
        first_page=address(asked) if asked.after else None,
        next_page=address(asked, after=f"{following[0]}.{following[1]}") if following else None,
    )


def address(asked: Asked, **other: str) -> str:
    """Where the list asked for is, with something else asked in place."""
    said: dict[str, Any] = {
        "whose": asked.whose,
        "which": "" if asked.which is Which.all else asked.which,
        "kind": asked.kind,
        "stage": asked.stage,
        "words": asked.words,
        "past": "" if asked.past else "no",
        **other,
    }
    return url_for("casework.worklist", **{name: text for name, text in said.items() if text})


def _list(name: Whose, asked: Asked, many: Mapping[str, int]) -> Tab:
    href = url_for("casework.worklist", whose=name)
    return Tab(LABELS[name], href, _count(many.get(name)), asked.whose is name)


def _part(name: Which, asked: Asked, many: Mapping[str, int]) -> Tab:
    href = address(asked, which="" if name is Which.all else name)
    return Tab(PARTS[name], href, _count(many.get(name)), asked.which is name)


def _count(number: int | None) -> str:
    if number is None:
        return ""
    return f"{COUNTED}+" if number > COUNTED else str(number)


def shown(line: Line) -> ShownLine:
    """A case as a row."""
    kind = editions.kind_of(line.edition, line.kind)
    stage = kind.stages[line.stage]
    waits = line.waits_for if line.is_open and line.waits_for != "regulator" else None
    return ShownLine(
        title=line.title,
        href=url_for("casework.show", reference=line.reference),
        reference=line.reference,
        kind=kind.label,
        opened=line.opened_on,
        next=(line.due_on and line.due_clock) or ("" if waits else _turn(line, stage)),
        waits=WAITS.get(waits, waits) if waits else "",
        owner=line.owner,
        is_open=line.is_open,
        notes=list(_notes(line)),
        stage=stage.label,
        tone="ended" if stage.is_end else "waiting" if waits else "active" if line.owner else "none",
        due=line.due_on,
    )


def _turn(line: Line, stage: Stage) -> str:
    """Whose turn it is at a stage that has no date."""
    return f"For {any_of([stage.next_owner])} to move on" if line.is_open and stage.next_owner else ""


def _notes(line: Line) -> Iterator[str]:
    if line.bodies and line.bodies not in line.title:
        yield line.bodies
    if line.is_restricted:
        yield "Restricted"


def kinds() -> list[Choice]:
    """The kinds of case in service."""
    found = editions.current().kinds.values()
    return [Choice(kind.name, kind.label) for kind in found if kind.in_service]


def openings(by: Actor) -> list[Opening]:
    """The kinds of case that somebody may open from here, each with its page; a complaint has a place of its own."""
    found = [
        kind for kind in editions.current().kinds.values() if kind.in_service and kind.name not in OWN_PLACE
    ]
    return [
        Opening(following.opening_of(kind.name).label, url_for("casework.open_new", kind=kind.name))
        for kind in found
        if by.holds(*following.opening_of(kind.name).who)
    ]


def stages(of: str = "") -> list[Choice]:
    """The stages of every kind in service, each once; `of` one kind alone, where it is named."""
    found = {
        stage.name: stage.label
        for kind in editions.current().kinds.values()
        if kind.in_service and of in ("", kind.name)
        for stage in kind.stages.values()
    }
    return [Choice(name, label) for name, label in found.items()]
