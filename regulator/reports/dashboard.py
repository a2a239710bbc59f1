"""What a dashboard is asked for in its address, and the ways from it to other numbers and to lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask import request, url_for

from regulator import moments, words
from regulator.actors import Actor
from regulator.casework import worklists_asked
from regulator.casework.queries import Asked as AskedOfList
from regulator.casework.queries import Which, Whose
from regulator.casework.worklists import Tab
from regulator.reports import periods
from regulator.reports.periods import Period
from regulator.reports.queries import OpenCases

WHOSE = (Whose.everything, Whose.team, Whose.mine)
OF = {Whose.team: " of your team’s", Whose.mine: " of yours"}


@dataclass(frozen=True)
class Asked:
    """What somebody asked to see counted."""

    whose: Whose
    period: Period

    @property
    def since(self) -> date:
        """The first day of the period."""
        return periods.first_day(self.period, moments.today())

    @property
    def stretch(self) -> str:
        """The period in days, to begin a sentence with."""
        return f"From {words.day(self.since)} to {words.day(moments.today())}"

    @property
    def of(self) -> str:
        """Whose cases are counted, to stand after “case”; empty for everybody’s."""
        return OF.get(self.whose, "")


def asked_of(by: Actor) -> Asked:
    """What the address asks for; anything it cannot mean is as if it were not there."""
    whose, period = request.args.get("whose", ""), request.args.get("period", "")
    return Asked(
        Whose(whose) if whose in choices(by) else Whose.everything,
        Period(period) if period in set(Period) else Period.quarter,
    )


def choices(by: Actor) -> list[Whose]:
    """Whose cases somebody may have counted: a team’s only where they are in one."""
    return [one for one in WHOSE if one is not Whose.team or by.team_id]


def tabs(asked: Asked, by: Actor) -> list[Tab]:
    """The ways to whose cases are counted."""
    return [
        Tab(worklists_asked.LABELS[one], _address(one, asked.period), "", one is asked.whose)
        for one in choices(by)
    ]


def chips(asked: Asked) -> list[Tab]:
    """The ways to the other periods."""
    return [
        Tab(label, _address(asked.whose, one), "", one is asked.period)
        for one, label in periods.LABELS.items()
    ]


def _address(whose: Whose, period: Period) -> str:
    return url_for("reports.dashboard", whose=whose, period=period)


def overdue_list(whose: Whose, found: Iterable[OpenCases]) -> str | None:
    """The list of the open cases on which something is overdue, those from the past left out; none when none is."""
    if not any(row.overdue for row in found):
        return None
    return worklists_asked.address(AskedOfList(whose, Which.overdue, past=False))
