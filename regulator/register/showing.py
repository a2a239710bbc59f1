"""What was published, in public words: what it is and about whom, what stands of it now, and where it stands today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import url_for

from regulator import moments, words
from regulator.accounts.queries import overseer_of
from regulator.actors import PUBLIC
from regulator.casework import editions
from regulator.casework.filling import fill
from regulator.casework.queries import MANY, Told, timeline
from regulator.casework.retelling import again, says_of
from regulator.language import _, later
from regulator.regime.model import Kind
from regulator.register import queries
from regulator.register.queries import Cases, Paper, PublicBody, PublicCase

ERASED = later("Something happened that has since been erased")


@dataclass
class Standing:
    """Something published, as it stands: the words of its latest correction, and what was wrong before.

    corrections: the day and the reason of each, the latest first
    """

    what: str
    paragraphs: Sequence[str]
    published_on: date
    corrections: list[tuple[date, str]] = field(default_factory=list)


@dataclass(frozen=True)
class About:
    """A body that something is about: as it was called then, and today where that is another name."""

    name: str
    today: str | None
    href: str


@dataclass(frozen=True)
class Row:
    """A case of the register on one line of a list."""

    title: str
    href: str
    reference: str
    published_on: date
    corrected_on: date | None
    status: str


@dataclass(frozen=True)
class Happened:
    """One line of the public timeline, by its day."""

    sentence: str
    occurred: date
    moves: bool = False
    recorded: None = None
    detail: str = ""
    audience: str = ""
    files: Sequence[object] = ()


@dataclass(frozen=True)
class Sheet:
    """Everything the public may read of one case."""

    case: PublicCase
    title: str
    kind: str
    status: str
    standing: Sequence[Standing]
    about: Sequence[About]
    said: Sequence[tuple[str, Sequence[Said]]]
    happened: Sequence[Happened]


@dataclass(frozen=True)
class Said:
    """What was said in public of what was published; `answer` in words, where it is of a recommendation, by number."""

    words: str
    recommendation: int | None
    answer: str
    made_on: date
    is_reply: bool


def standing(papers: Iterable[Paper], kind: str) -> list[Standing]:
    """What stands of what was published, in the order it was published: a correction takes the place of what it corrects."""
    found: list[Standing] = []
    for paper in papers:
        if paper.correction is None or not found:
            found.append(Standing(called(paper.what, kind), (), paper.published_on))
        found[-1].paragraphs = [one for one in paper.words.split("\n\n") if one.strip()]
        if paper.correction is not None:
            found[-1].corrections.insert(0, (paper.published_on, paper.correction))
    return found


def called(what: str, kind: str) -> str:
    """What it is that was published: “Audit summary”, “Inspection report”, “Compliance notice”."""
    instruments = {one.code: one.words for one in editions.current().choices("instruments")}
    if what in instruments:
        return _(instruments[what].capitalize())
    return _(f"{kind} {what.replace('_', ' ')}")


def status_of(case: PublicCase, last_days: Mapping[str, Collection[date]]) -> str:
    """Where a case stands today, in the public sentence of its rules; empty where they have none.

    last_days: by clock; where those of several bodies differ, none is told
    """
    stage = editions.kind_of(case.edition, case.kind).stages[case.stage]
    sentence = stage.says.get("public", "")
    told = {f"{name}.last_day": words.day(*days) for name, days in last_days.items() if len(days) == 1}
    return fill(_(sentence), told) if sentence else ""


def rows(found: Cases) -> list[Row]:
    """Cases of the register as lines of a list."""
    numbers = [case.id for case in found.rows]
    papers, subjects, days = queries.papers(numbers), queries.subjects(numbers), queries.last_days(numbers)
    bodies = queries.bodies({body for several in subjects.values() for body in several})
    return [
        _row(
            case, papers[case.id], [bodies[one] for one in subjects[case.id]], status_of(case, days[case.id])
        )
        for case in found.rows
    ]


def _row(case: PublicCase, papers: Sequence[Paper], bodies: Sequence[PublicBody], status: str) -> Row:
    shown = standing(papers, label_of(case))
    latest = shown[-1]
    return Row(
        title=title_of(shown, bodies),
        href=url_for("register.publication", reference=case.reference),
        reference=case.reference,
        published_on=latest.published_on,
        corrected_on=latest.corrections[0][0] if latest.corrections else None,
        status=status,
    )


def label_of(case: PublicCase) -> str:
    """The kind of case, in words."""
    return editions.kind_of(case.edition, case.kind).label


def title_of(shown: Sequence[Standing], bodies: Sequence[PublicBody]) -> str:
    """What was published and about whom, by the names of that day; never the title that the case has inside."""
    names = sorted(body.called(shown[0].published_on) for body in bodies)
    return f"{shown[0].what}: {_and(names)}"


def _and(names: Sequence[str]) -> str:
    return _(" and ").join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def sheet_of(reference: str) -> Sheet:
    """Everything the public may read of one case.

    Raises: Missing when nothing of it is public
    """
    case = queries.get(reference)
    shown = standing(queries.papers([case.id])[case.id], label_of(case))
    bodies = queries.bodies(queries.subjects([case.id])[case.id])
    return Sheet(
        case=case,
        title=title_of(shown, list(bodies.values())),
        kind=label_of(case),
        status=status_of(case, queries.last_days([case.id])[case.id]),
        standing=shown,
        about=[_about(body, shown[0].published_on) for body in bodies.values()],
        said=_said(case, bodies),
        happened=_happened(case),
    )


def _about(body: PublicBody, on: date) -> About:
    then, today = body.called(on), body.called(moments.today())
    return About(then, today if today != then else None, url_for("register.body", slug=body.slug))


def _said(case: PublicCase, bodies: Mapping[int, PublicBody]) -> list[tuple[str, Sequence[Said]]]:
    """What was said in public, under a heading that says who said it and, of an overseer, about whom."""
    answers = {one.code: _(one.label) for one in editions.editions()[case.edition].choices("public_answers")}
    found: dict[str, list[Said]] = {}
    for one in queries.comments(case.id):
        body = bodies[one.body_id].called(one.made_on)
        heading = (
            body
            if one.side == "body"
            else _("%(overseer)s, on %(body)s", overseer=_overseer(one.body_id, one.made_on), body=body)
        )
        answer = answers.get(one.answer or "", "")
        found.setdefault(heading, []).append(
            Said(one.words, one.recommendation, answer, one.made_on, one.is_reply)
        )
    return list(found.items())


def _overseer(body_id: int, on: date) -> str:
    found = overseer_of(body_id, on)
    return found.name if found else _("The oversight body")


def _happened(case: PublicCase) -> list[Happened]:
    told = timeline(case.id, by=PUBLIC, limit=MANY)
    kind = editions.kind_of(case.edition, case.kind)
    moving = {step.name for step in kind.steps.values() if step.moves}
    return [Happened(_again(one, kind) or _(ERASED), _day(one.occurred), one.step in moving) for one in told]


def _again(one: Told, kind: Kind) -> str:
    step = kind.steps.get(one.step)
    return again(one.says, says_of(step)) if step else one.says


def _day(occurred: date | datetime) -> date:
    return moments.london_day(occurred) if isinstance(occurred, datetime) else occurred
