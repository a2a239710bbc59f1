"""The numbers of a dashboard as pictures: for each kind of case a sentence, bars, and the same numbers in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from regulator.casework import editions, worklists_asked
from regulator.casework.queries import Asked, Which, Whose
from regulator.regime.model import Kind
from regulator.reports import sentences
from regulator.reports.queries import OpenCases, Promises


@dataclass(frozen=True)
class Number:
    """A number of a table, and the list of just those cases where there is one."""

    number: int
    href: str | None = None


@dataclass(frozen=True)
class Line:
    """One row of a picture and of its table; `part` is how many of `whole` the picture sets apart."""

    label: str
    whole: int
    part: int
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Picture:
    """What one kind of case comes to, told and drawn."""

    kind: str
    label: str
    says: str
    lines: Sequence[Line]

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """The rows to draw: what, how many, and how many of them are set apart."""
        return [(line.label, line.whole, line.part) for line in self.lines]


Row = TypeVar("Row", OpenCases, Promises)


def of_open_cases(found: Sequence[OpenCases], whose: Whose) -> list[Picture]:
    """For each kind with an open case: how many stand at each stage, in the order of the stages."""
    return [
        Picture(
            kind.name,
            kind.label,
            sentences.standing(rows),
            list(_stages(kind, rows, whose)),
        )
        for kind, rows in _by_kind(found)
    ]


def of_promises(found: Sequence[Promises]) -> list[Picture]:
    """For each kind in which something was owed: how often each promise was kept, the most often broken first."""
    return [
        Picture(kind.name, kind.label, sentences.kept(rows), [_promise(row) for row in worst_first(rows)])
        for kind, rows in _by_kind(found)
    ]


def worst_first(rows: Iterable[Promises]) -> list[Promises]:
    """The promises most often not kept first, then those made most often."""
    return sorted(rows, key=lambda row: (-row.not_kept, -row.number, row.label))


def _promise(row: Promises) -> Line:
    numbers = (row.number, row.kept, row.broken, row.overdue)
    return Line(row.label, row.number, row.not_kept, [Number(number) for number in numbers])


def _by_kind(found: Sequence[Row]) -> Iterator[tuple[Kind, list[Row]]]:
    """The rows of each kind, in the order in which the edition names the kinds."""
    for kind in editions.current().kinds.values():
        rows = [row for row in found if row.kind == kind.name]
        if rows:
            yield kind, rows


def _stages(kind: Kind, rows: Sequence[OpenCases], whose: Whose) -> Iterator[Line]:
    """The stages with a case at them; one that two editions have is one stage."""
    stages = {row.stage: editions.kind_of(row.edition, kind.name).stages[row.stage] for row in rows}
    order = {name: place for place, name in enumerate(kind.stages)}
    for name in sorted(stages, key=lambda name: order.get(name, len(order))):
        whole = sum(row.number for row in rows if row.stage == name)
        late = sum(row.overdue for row in rows if row.stage == name)
        numbers = [
            Number(whole, _list(kind, name, whose, Which.all)),
            Number(late, _list(kind, name, whose, Which.overdue) if late else None),
        ]
        yield Line(stages[name].label, whole, late, numbers)


def _list(kind: Kind, stage: str, whose: Whose, which: Which) -> str | None:
    """The worklist of just these cases; none where a worklist cannot be asked for them."""
    known = (
        {choice.value for choice in worklists_asked.kinds()},
        {choice.value for choice in worklists_asked.stages()},
    )
    if kind.name not in known[0] or stage not in known[1]:
        return None
    return worklists_asked.address(Asked(whose, which, kind=kind.name, stage=stage, past=False))
