"""A desk, as its page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from regulator import words
from regulator.actors import Actor, Side
from regulator.casework import editions
from regulator.desk.blueprint import MANAGERS
from regulator.desk.kinds import ABOUT
from regulator.desk.queries import CLOSED, OPEN, WAITING, DeskRow, desk
from regulator.desk.waiting import HANDLING
from regulator.errors import Missing

SHOWN = {WAITING: "Waiting for you", OPEN: "All open cases", CLOSED: "Closed"}
LONG = 110


@dataclass(frozen=True)
class Tab:
    """One of the lists of the desk."""

    label: str
    href: str
    is_here: bool
    count: str = ""


@dataclass(frozen=True)
class Row:
    """One case of the desk, as the list shows it."""

    title: str
    href: str
    reference: str
    notes: Sequence[str]
    stage: str
    tone: str
    due: date | None


def desk_of(show: str, after: str, *, by: Actor) -> dict[str, object]:
    """What the page of the desk is given.

    after:  where the page before ended, as its address says it
    Raises: Missing for a list there is not
    """
    if show not in SHOWN:
        raise Missing("There is no such list.")
    page = desk(show, by=by, after=_read(after))
    here = url_for("desk.cases", show=show)
    following = f"{page.following[0]:%Y-%m-%d}.{page.following[1]}" if page.following else ""
    return {
        "lists": [
            Tab(label, url_for("desk.cases", show=name), name == show) for name, label in SHOWN.items()
        ],
        "rows": [_row(one, by) for one in page.rows],
        "show": show,
        "oversees": by.side is Side.oversight,
        "teams": url_for("desk.body_teams") if by.side is Side.body else None,
        "first_page": here if after else None,
        "next_page": url_for("desk.cases", show=show, after=following) if following else None,
    }


def _read(after: str) -> tuple[date, int] | None:
    day, _, number = after.partition(".")
    try:
        return (date.fromisoformat(day), int(number)) if after else None
    except ValueError:
        raise Missing("There is no such page.") from None


def title_of(one: DeskRow) -> str:
    """What a case is called in a list: what it is about, in its kind’s own words."""
    said = ABOUT[one.kind].read(one.about, editions.editions()[one.edition]) if one.about else ""
    return said or editions.kind_of(one.edition, one.kind).label


def _row(one: DeskRow, by: Actor) -> Row:
    kind = editions.kind_of(one.edition, one.kind)
    title = title_of(one)
    short = title if len(title) <= LONG else f"{title[:LONG].rsplit(' ', 1)[0]}…"
    more = f" and {one.count - 1} more" if one.count > 1 else ""
    label, tone = _stage(one, by)
    return Row(
        title=f"{short}{more}",
        href=url_for("desk.case", reference=one.reference),
        reference=one.reference,
        notes=[kind.label, f"since {words.day(one.opened_on)}", *_items(one)],
        stage=label,
        tone=tone,
        due=one.due_on,
    )


def _stage(one: DeskRow, by: Actor) -> tuple[str, str]:
    """What is owed, in a few words, or whose turn it is; of what a contributor has no part in, that colleagues do it."""
    if one.due_on and by.side is Side.body and not by.holds(*MANAGERS) and not _is_theirs(one, by):
        return "With your colleagues", "waiting"
    if one.due_on:
        return one.owed or "Waiting for you", "active"
    return ("With the regulator", "waiting") if one.is_open else ("Closed", "ended")


def _is_theirs(one: DeskRow, by: Actor) -> bool:
    """Whether somebody who answers only what they are handed has a part in what is owed: an item, or a draft open to all."""
    if one.items:
        return one.mine > 0
    steps = editions.kind_of(one.edition, one.kind).steps.values()
    drafting = (step for step in steps if step.body_only and step.effect not in HANDLING)
    return any(one.stage in step.from_ and by.holds(*step.who) for step in drafting)


def _items(one: DeskRow) -> list[str]:
    if not one.items:
        return []
    said = [f"{one.items - one.unanswered} of {one.items} items answered"]
    if one.mine:
        said.append("1 is yours" if one.mine == 1 else f"{one.mine} are yours")
    elif one.unhanded:
        said.append("1 with nobody" if one.unhanded == 1 else f"{one.unhanded} with nobody")
    return said
