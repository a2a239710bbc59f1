"""The standards of an edition: which of them can be chosen on a case, and the page on which all are read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from flask import render_template

from regulator import moments, words
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.errors import Invalid, Missing
from regulator.forms import Choice
from regulator.regime.model import Standard
from regulator.regime.standards import in_force

Days: TypeAlias = "Callable[[Facts], tuple[date, date] | None]"
CONCERNED: dict[str, Days] = {}
"""By kind, the days that a case is about; none, or no answer, means from the day it was opened until today."""


def concerned(kind: str) -> Callable[[Days], Days]:
    """Register the first and the last day that a case of a kind is about."""

    def register(function: Days) -> Days:
        CONCERNED[kind] = function
        return function

    return register


def of_case(known: Facts) -> list[Standard]:
    """The standards in force on the days a case is about."""
    every = editions.editions()[known.case.edition].standards
    asked = CONCERNED.get(known.kind.name)
    first, last = (asked(known) if asked else None) or (known.case.opened_on, moments.today())
    return in_force(every, first, max(first, last))


def choices(known: Facts, chosen: Collection[str | None] = ()) -> list[Choice]:
    """The standards that can be chosen on a case; what was chosen before stays, whenever it was in force."""
    every = editions.editions()[known.case.edition].standards
    found = of_case(known)
    kept = [every[code] for code in every if code in chosen and every[code] not in found]
    return [Choice(one.code, _called(one)) for one in (*found, *kept)]


def _called(one: Standard) -> str:
    ended = f", until {since(one.in_force_to)}" if one.in_force_to else ""
    return f"{one.code}: {one.title}{ended}"


def since(text: str) -> str:
    """A day as it is read, or the year where no more is known."""
    return words.day(date.fromisoformat(text)) if "-" in text else text


def must_be(known: Facts, code: object, field: str) -> str:
    """The code of a standard of the case’s own edition, which is the version that a finding keeps.

    Raises: Invalid for anything else
    """
    if code not in editions.editions()[known.case.edition].standards:
        raise Invalid("Choose the standard.", field)
    return str(code)


@dataclass(frozen=True)
class Row:
    """A standard as the page shows it; `before` is the one it took the place of, `after` the one that took its place."""

    code: str
    title: str
    clause: str
    text: str
    source: str
    dates: str
    is_confirmed: bool
    is_over: bool
    before: str
    after: str


def page(under: str, on: date | None) -> str:
    """The standards of an edition, all of them or those in force on a day.

    Raises: Missing for an edition there is not
    """
    edition = editions.editions().get(under)
    if edition is None:
        raise Missing("There are no such rules.")
    every = edition.standards
    found = in_force(every, on, on) if on else list(every.values())
    after = {one.follows: one.code for one in every.values() if one.follows}
    return render_template(
        "casework/standards.html",
        edition=edition,
        on=on,
        rows=[_row(one, after) for one in found],
        unconfirmed=sum(not one.is_confirmed for one in found),
    )


def _row(one: Standard, after: dict[str, str]) -> Row:
    ends = f" to {since(one.in_force_to)}" if one.in_force_to else ""
    return Row(
        code=one.code,
        title=one.title,
        clause=one.clause,
        text=one.text,
        source=one.source,
        dates=f"{'From' if not ends else ''} {since(one.in_force_from)}{ends}".strip(),
        is_confirmed=one.is_confirmed,
        is_over=one.last_day < moments.today(),
        before=one.follows,
        after=after.get(one.code, ""),
    )
