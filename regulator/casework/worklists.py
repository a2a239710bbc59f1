"""Worklists as pages: whose work, which of it, and where to look next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from regulator.actors import Actor
from regulator.casework import editions, following, queries
from regulator.casework import worklists_assigning as assigning
from regulator.casework.queries import COUNTED, Asked, Line, SavedRow, Which, Whose
from regulator.casework.worklists_asked import (
    EMPTY,
    LABELS,
    PARTS,
    address,
    asked_of,
    is_narrowed,
    kinds,
    lists_for,
    said_in,
    stages,
    told_further,
)
from regulator.regime.model import Stage
from regulator.regime.telling import any_of

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


def page(by: Actor) -> ResponseReturnValue:
    """The worklist that the address asks for; the case itself, where its reference was typed."""
    asked = asked_of(by)
    if asked.words and (reference := queries.referred_to(asked.words, by=by)):
        return redirect(url_for("casework.show", reference=reference))
    lists = lists_for(by)
    found = queries.worklist(asked, by=by)
    many = queries.counts(asked, lists, by=by)
    following, narrowed = found.following, is_narrowed(asked)
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
        used=told_further(asked, by),
        further=url_for("casework.filter_list", **said_in(asked)),
        saved=[_saved(one, asked, by) for one in queries.saved_lists(by=by)],
        keeps=url_for("casework.save_list", **said_in(asked)) if narrowed else None,
        may_assign=by.holds(*assigning.WHO),
        narrowed=narrowed,
        nothing=EMPTY[asked.whose],
        whole=url_for("casework.worklist", whose=asked.whose),
        first_page=address(asked) if asked.after else None,
        next_page=address(asked, after=f"{following[0]}.{following[1]}") if following else None,
    )


def _saved(one: SavedRow, asked: Asked, by: Actor) -> Tab:
    there = asked_of(by, MultiDict(parse_qsl(one.asked)))
    return Tab(one.name, address(there), "", replace(asked, after=None) == there)


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
    if line.letter_waits:
        yield "A letter did not arrive"


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
