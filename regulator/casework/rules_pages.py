"""The rules as pages for staff: a kind’s workflow drawn and listed, its clocks with their sources; a case’s own path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from markupsafe import Markup

from regulator.access import STAFF
from regulator.actors import Actor
from regulator.casework import editions, queries, steps
from regulator.casework.ahead import NAMES
from regulator.deadlines.rule import Rule
from regulator.ledger.reading import look
from regulator.regime.drawing import draw, outline
from regulator.regime.events import visited
from regulator.regime.model import SYSTEM, Clock, Kind, Step
from regulator.regime.telling import who_may


@dataclass(frozen=True)
class ClockRule:
    """A clock as the table of rules tells it."""

    label: str
    owed: str
    length: str
    calendar: str
    starts: str
    met_by: str
    paused_by: str
    then: str
    source: str


@dataclass(frozen=True)
class StepRule:
    """A step as the table of rules tells it."""

    label: str
    hint: str
    who: str
    told: str


@dataclass(frozen=True)
class StepGroup:
    """Steps that belong together."""

    name: str
    rows: Sequence[StepRule]


def editions_page() -> str:
    """The editions, that of new cases first and then the latest, each with its kinds."""
    found = sorted(
        editions.editions().values(),
        key=lambda edition: (edition.name == editions.CURRENT, edition.in_force_from),
        reverse=True,
    )
    return render_template("casework/rules.html", current=editions.CURRENT, editions=found)


def kind_page(name: str, under: str) -> str:
    """The page of a kind under an edition.

    Raises: Missing for one there is not
    """
    kind = editions.kind_of(under, name)
    return render_template(
        "casework/rule.html",
        edition=editions.editions()[under],
        is_current=under == editions.CURRENT,
        kind=kind,
        picture=Markup(draw(kind)),  # noqa: S704 - drawn by us from the edition, which escapes
        rows=outline(kind),
        clocks=[_clock(clock, kind) for clock in kind.clocks.values()],
        groups=_groups(kind),
    )


def path(reference: str, *, by: Actor) -> str:
    """The way a case went, as a picture and as a table."""
    case = queries.head(reference, by=by)
    look("case", by=by, case_id=case.id)
    known, _ = steps.offers(case.id, by=by)
    seen = visited(known.events)
    return render_template(
        "casework/path.html",
        case=case,
        back=url_for("casework.show", reference=reference),
        picture=Markup(draw(known.kind, seen)),  # noqa: S704 - drawn by us from the edition, which escapes
        rows=outline(known.kind, seen),
    )


OUTSIDE = {
    "complainant": "the complainant",
    "body": "the body",
    "oversight": "the oversight body",
    "public": "the public",
    "them": "whoever asked",
}
CALENDARS = {
    "body": "of the body’s nation",
    "england-and-wales": "England and Wales",
    "scotland": "Scotland",
    "northern-ireland": "Northern Ireland",
    "uk-any": "all of the United Kingdom",
    "act-1971": "bank holidays of the 1971 Act",
}


def _clock(clock: Clock, kind: Kind) -> ClockRule:
    return ClockRule(
        label=clock.label,
        owed=f"{_listed(clock.owed_by, ' or ' if clock.owed_by_first else ' and ')} to {_listed(clock.owed_to)}",
        length=_lengths(clock),
        calendar=CALENDARS.get(str(clock.calendar), str(clock.calendar)),
        starts=_labels(kind, (*clock.starts, *clock.restarts)),
        met_by=_labels(kind, (*clock.met_by, *clock.restarts)),
        paused_by=", ".join(kind.pauses[name].label for name in clock.paused_by) or "Nothing",
        then=_then(clock, kind),
        source=clock.rule.source or "Service standard of the regulator",
    )


def _listed(sides: Sequence[str], between: str = " and ") -> str:
    return between.join("the regulator" if side == "regulator" else NAMES.get(side, side) for side in sides)


def _lengths(clock: Clock) -> str:
    """How long it runs, what it is by the answer where that decides, and the least there must be."""
    by_answer = ", ".join(f"{length} if {code.replace('_', ' ')}" for code, length in clock.lengths.items())
    form = clock.rule.form.replace("'", "’")
    length = f"{by_answer} (form {form})" if by_answer else _length(clock.rule)
    least = ", or ".join(dict.fromkeys(_length(one.rule) for one in clock.least.values()))
    return f"{length}; never before {least}" if least else length


def _length(rule: Rule) -> str:
    rolls = ", to the next working day" if rule.roll else ""
    cutoff = f", by {rule.cutoff:%H:%M}" if rule.cutoff else ""
    form = rule.form.replace("'", "’")
    return f"{rule.length} (form {form}){rolls}{cutoff}"


def _labels(kind: Kind, names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(kind.steps[name].label for name in names if name in kind.steps))


def _then(clock: Clock, kind: Kind) -> str:
    if clock.passes == "goes_on":
        return "The case may go on without it"
    if step := kind.steps.get(clock.passes or ""):
        who = "the system does it" if SYSTEM in step.who else "a person may do it while the clock is overdue"
        return f"{step.label}: {who}"
    if clock.on_last_day in kind.steps:
        return f"{kind.steps[clock.on_last_day or ''].label}: the system does it on the last day"
    return "It is overdue, and the case goes on"


def _groups(kind: Kind) -> list[StepGroup]:
    found: dict[str, list[StepRule]] = {}
    for step in kind.steps.values():
        found.setdefault(step.lists_in, []).append(_step(step))
    return [StepGroup(name, rows) for name, rows in found.items()]


def _step(step: Step) -> StepRule:
    told = ", ".join(words for name, words in OUTSIDE.items() if name in step.says)
    who = "anyone who works on cases" if set(STAFF) <= set(step.who) else who_may(step)
    return StepRule(step.label, step.hint, who, told or "nobody outside")
