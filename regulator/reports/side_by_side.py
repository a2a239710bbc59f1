"""Promises put side by side: by team, person, month or kind of case, as the address asks."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from regulator.actors import Actor
from regulator.casework import editions, worklists_asked
from regulator.casework.worklists import Tab
from regulator.reports import dashboard, periods, sentences
from regulator.reports.pictures import Line, Number, Picture
from regulator.reports.queries import Counted, Way

LABELS: Mapping[Way, str] = {
    Way.team: "By team",
    Way.person: "By person",
    Way.month: "By month",
    Way.kind: "By kind",
}
NOBODY: Mapping[Way, str] = {Way.team: "No team", Way.person: "Nobody"}


@dataclass(frozen=True)
class Compared(dashboard.Asked):
    """What somebody asked to see compared."""

    way: Way = Way.team


def asked_of(by: Actor) -> Compared:
    """What the address asks for; anything it cannot mean is as if it were not there."""
    asked, way = dashboard.asked_of(by), request.args.get("way", "")
    return Compared(asked.whose, asked.period, Way(way) if way in set(Way) else Way.team)


def ways(asked: Compared) -> list[Tab]:
    """The ways to the other comparisons."""
    return [
        Tab(label, _address(replace(asked, way=one)), "", one is asked.way) for one, label in LABELS.items()
    ]


def whose(asked: Compared, by: Actor) -> list[Tab]:
    """The ways to whose cases are counted."""
    return [
        Tab(worklists_asked.LABELS[one], _address(replace(asked, whose=one)), "", one is asked.whose)
        for one in dashboard.choices(by)
    ]


def chips(asked: Compared) -> list[Tab]:
    """The ways to the other periods."""
    return [
        Tab(label, _address(replace(asked, period=one)), "", one is asked.period)
        for one, label in periods.LABELS.items()
    ]


def _address(asked: Compared) -> str:
    return url_for("reports.promises", way=asked.way, whose=asked.whose, period=asked.period)


def picture(asked: Compared, found: Sequence[Counted]) -> Picture | None:
    """Bars and a table of the same numbers: months in order, the rest those most often not kept first; none of nothing."""
    rows = found if asked.way is Way.month else sorted(found, key=lambda one: (-one.not_kept, -one.number))
    lines = [_line(asked.way, one) for one in rows]
    return Picture(asked.way, LABELS[asked.way], sentences.kept(found), lines) if lines else None


def _line(way: Way, one: Counted) -> Line:
    numbers = (one.number, one.kept, one.broken, one.overdue)
    return Line(_name(way, one.name), one.number, one.not_kept, [Number(number) for number in numbers])


def _name(way: Way, name: str) -> str:
    if way is Way.month:
        year, _, month = name.partition("-")
        return f"{month_name[int(month)]} {year}"
    kinds = editions.current().kinds
    if way is Way.kind:
        return kinds[name].label if name in kinds else name
    return name or NOBODY[way]
