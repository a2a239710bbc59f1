"""The page of search: one box, what was found and why, and where to look next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.accounts.queries import bodies
from regulator.actors import Actor, Side
from regulator.casework import editions, queries, worklists_asked
from regulator.casework.queries import COUNTED
from regulator.casework.searching.queries import MOST, ROWS, Hit, Hits, Wanted, search
from regulator.casework.searching.showing import Match, matches
from regulator.fields.text import cleaned
from regulator.forms import Choice

SHOWN = {Side.staff: "casework.show", Side.body: "desk.case", Side.oversight: "desk.case"}
"""Where each side reads a case."""
STANDING = (Choice("open", "Open"), Choice("closed", "Closed"))
LONGEST = 200


@dataclass(frozen=True)
class Found:
    """A case as a row of what was found."""

    title: str
    href: str
    reference: str
    kind: str
    opened: date
    owner: str | None
    stage: str
    tone: str
    matches: Sequence[Match]


def page(by: Actor) -> ResponseReturnValue:
    """What was found for the words in the address; the case itself, where its reference was typed."""
    wanted = wanted_of(by)
    if wanted.words and (reference := queries.referred_to(wanted.words, by=by)):
        return redirect(url_for(SHOWN[by.side], reference=reference))
    found = search(wanted, by=by) if wanted.words else Hits([], 0)
    following = wanted.start + ROWS
    return render_template(
        "casework/search.html",
        wanted=wanted,
        standing=_standing(wanted),
        rows=[_row(hit, wanted.words, by) for hit in found.rows],
        many=f"{COUNTED}+" if found.many > COUNTED else str(found.many),
        is_one=found.many == 1,
        kinds=worklists_asked.kinds(),
        standings=STANDING,
        bodies=_bodies(by),
        reference=queries.as_reference(wanted.words),
        narrowed=bool(wanted.kind or wanted.is_open is not None or wanted.body),
        whole=address(wanted.words),
        first_page=_here(wanted) if wanted.start else None,
        next_page=_here(wanted, start=following) if following < min(found.many, MOST - 1) else None,
    )


def wanted_of(by: Actor) -> Wanted:
    """What the address asks for; anything it cannot mean is as if it were not there."""
    given = request.args
    standing = given.get("standing", "")
    kind = given.get("kind", "")
    body, start = given.get("body", type=int), given.get("start", 0, type=int)
    return Wanted(
        words=" ".join(cleaned(given.get("words", "")).split())[:LONGEST],
        kind=kind if kind in {one.value for one in worklists_asked.kinds()} else "",
        is_open={"open": True, "closed": False}.get(standing),
        body=body if by.side is Side.staff and body and 0 < body < worklists_asked.MOST else None,
        start=start if 0 < start < MOST else 0,
    )


def address(words: str, **other: Any) -> str:
    """The page of search for some words, and whatever else is asked."""
    return url_for("casework.search", words=words or None, **other)


def _bodies(by: Actor) -> list[Choice]:
    """The bodies that staff may look among; a body finds only its own cases."""
    return [Choice(str(one.id), one.name) for one in bodies()] if by.side is Side.staff else []


def _standing(wanted: Wanted) -> str:
    return "" if wanted.is_open is None else "open" if wanted.is_open else "closed"


def _here(wanted: Wanted, start: int | None = None) -> str:
    return address(
        wanted.words,
        kind=wanted.kind or None,
        standing=_standing(wanted) or None,
        body=wanted.body,
        start=start,
    )


def _row(hit: Hit, typed: str, by: Actor) -> Found:
    kind = editions.kind_of(hit.edition, hit.kind)
    stage = kind.stages[hit.stage]
    is_staff = by.side is Side.staff
    return Found(
        title=hit.title or kind.label,
        href=url_for(SHOWN[by.side], reference=hit.reference),
        reference=hit.reference,
        kind=kind.label,
        opened=hit.opened_on,
        owner=hit.owner,
        stage=stage.label if is_staff else "Open" if hit.is_open else "Closed",
        tone="ended" if stage.is_end else "active" if hit.is_open else "none",
        matches=matches(hit, typed),
    )
