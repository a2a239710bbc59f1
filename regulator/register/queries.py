"""Every SELECT of the register. Whoever looks, it asks as a member of the public: what is not public is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from regulator import moments
from regulator.accounts.models import Body, BodyName
from regulator.actors import PUBLIC
from regulator.casework.models import CaseFile, ClockRow, Party
from regulator.db import ask_as, db
from regulator.errors import Missing
from regulator.findings.models import Publication, PublicComment, Recommendation

ROWS = 20


@dataclass(frozen=True)
class PublicCase:
    """A case of which something is public, as far as the public may know of it.

    newest: the day of the latest publication or correction
    """

    id: int
    reference: str
    kind: str
    edition: str
    stage: str
    is_historic: bool
    newest: date


@dataclass(frozen=True)
class Cases:
    """A page of the register; `following` is where the next begins, none on the last."""

    rows: list[PublicCase]
    following: tuple[date, int] | None


@dataclass(frozen=True)
class Paper:
    """Something that was published, or the correction of what was published before it."""

    case_id: int
    what: str
    words: str
    published_on: date
    correction: str | None


@dataclass(frozen=True)
class Named:
    """What a body was called from one day to another."""

    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class PublicBody:
    """A body with every name it had, the earliest first."""

    id: int
    slug: str
    names: tuple[Named, ...]

    def called(self, on: date) -> str:
        """What it was called on a day; before its first known name, that one."""
        earlier = [one for one in self.names if one.starts_on <= on]
        return (earlier or self.names)[-1 if earlier else 0].name


@dataclass(frozen=True)
class Comment:
    """What a body, or one that oversees it, said in public of what was published.

    side: body or oversight; body_id: the body it is about
    recommendation: its number; none where it is of the whole
    """

    side: str
    body_id: int
    answer: str | None
    words: str
    is_reply: bool
    made_on: date
    recommendation: int | None


_NEWEST = sa.func.max(Publication.published_on)
_CASES = (
    sa.select(
        CaseFile.id,
        CaseFile.reference,
        CaseFile.kind,
        CaseFile.edition,
        CaseFile.stage,
        CaseFile.is_historic,
        _NEWEST,
    )
    .join(Publication, Publication.case_id == CaseFile.id)
    .group_by(CaseFile.id)
)
_SUBJECT = Party.capacity == "subject"


def _rows(asked: sa.Executable, given: Mapping[str, Any] | None = None) -> Sequence[Any]:
    ask_as(PUBLIC)
    return db.session.execute(asked, given or {}).all()


def published(
    kind: str = "", body_id: int | None = None, after: tuple[date, int] | None = None, most: int = ROWS
) -> Cases:
    """The cases of which something is public, the latest published or corrected first, a page at a time.

    kind, body_id: only of that kind, only about that body
    after: the newest day and the number of the last row of the page before
    """
    asked = _CASES.order_by(_NEWEST.desc(), CaseFile.id.desc()).limit(most + 1)
    if kind:
        asked = asked.where(CaseFile.kind == kind)
    if body_id is not None:
        about = sa.select(Party.id).where(_SUBJECT, Party.case_id == CaseFile.id, Party.body_id == body_id)
        asked = asked.where(about.exists())
    if after is not None:
        asked = asked.having(sa.tuple_(_NEWEST, CaseFile.id) < sa.tuple_(*map(sa.literal, after)))
    found = [PublicCase(*row) for row in _rows(asked)]
    last = found[most - 1] if len(found) > most else None
    return Cases(found[:most], (last.newest, last.id) if last else None)


def get(reference: str) -> PublicCase:
    """The case with this reference, of which something is public.

    Raises: Missing when there is none, published or not: which of the two is not told
    """
    found = _rows(_CASES.where(CaseFile.reference == sa.bindparam("reference")), {"reference": reference})
    if not found:
        raise Missing("Nothing is published under that reference.")
    return PublicCase(*found[0])


def papers(cases: Collection[int]) -> dict[int, list[Paper]]:
    """What was published of each case, corrections among it, in the order it was published."""
    asked = (
        sa.select(
            Publication.case_id,
            Publication.what,
            Publication.words,
            Publication.published_on,
            Publication.correction,
        )
        .where(Publication.case_id.in_(cases))
        .order_by(Publication.case_id, Publication.number)
    )
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in _rows(asked):
        found[row.case_id].append(Paper(*row))
    return found


def subjects(cases: Collection[int]) -> dict[int, list[int]]:
    """The bodies each case is about, in the order they came into it."""
    asked = sa.select(Party.case_id, Party.body_id).where(_SUBJECT, Party.case_id.in_(cases))
    found: dict[int, list[int]] = defaultdict(list)
    for case_id, body_id in _rows(asked.order_by(Party.id)):
        found[case_id].append(body_id)
    return found


def bodies(numbers: Collection[int]) -> dict[int, PublicBody]:
    """Bodies with every name they had, by number."""
    asked = (
        sa.select(Body.id, Body.slug, BodyName.name, BodyName.starts_on, BodyName.ends_on)
        .join(BodyName, BodyName.body_id == Body.id)
        .where(Body.id.in_(numbers))
        .order_by(Body.id, BodyName.starts_on)
    )
    named: dict[tuple[int, str], list[Named]] = defaultdict(list)
    for number, slug, *spell in _rows(asked):
        named[number, slug].append(Named(*spell))
    return {number: PublicBody(number, slug, tuple(names)) for (number, slug), names in named.items()}


def how_many() -> dict[int, int]:
    """Of how many cases about each body something is public; a body with none is not among them."""
    asked = (
        sa.select(Party.body_id, sa.func.count(sa.distinct(Publication.case_id)))
        .join(Publication, Publication.case_id == Party.case_id)
        .where(_SUBJECT)
        .group_by(Party.body_id)
    )
    return dict(_rows(asked))


def comments(case_id: int) -> list[Comment]:
    """What was said in public of what was published: body by body, recommendation by recommendation."""
    asked = (
        sa.select(
            PublicComment.side,
            Party.body_id,
            PublicComment.answer,
            PublicComment.words,
            PublicComment.is_reply,
            PublicComment.made_on,
            Recommendation.number,
        )
        .join(Party, Party.id == PublicComment.party_id)
        .outerjoin(Recommendation, Recommendation.id == PublicComment.recommendation_id)
        .where(PublicComment.case_id == case_id)
        .order_by(Party.id, Recommendation.number, PublicComment.id)
    )
    return [Comment(*row) for row in _rows(asked)]


def last_days(cases: Collection[int]) -> dict[int, dict[str, set[date]]]:
    """For each case the last days of the clocks that run and are not past, as far as the public is told of them."""
    asked = sa.select(ClockRow.case_id, ClockRow.name, ClockRow.last_day).where(
        ClockRow.case_id.in_(cases),
        ClockRow.is_open,
        ClockRow.late_from > sa.bindparam("now", type_=sa.DateTime(timezone=True)),
    )
    found: dict[int, dict[str, set[date]]] = {case: defaultdict(set) for case in cases}
    for case, name, day in _rows(asked, {"now": moments.now()}):
        found[case][name].add(day)
    return found
