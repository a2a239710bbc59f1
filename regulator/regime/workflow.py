"""The stages of a kind and the moves between them, as one audience sees them: what a drawing and its table share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regulator.regime.model import BEFORE, GIVEN, Kind, Stage, Step

STAFF = "staff"


@dataclass(frozen=True)
class Move:
    """Every step that leads from one stage to another; from none for the steps that open a case."""

    source: str | None
    to: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Workflow:
    """What one audience sees of a kind.

    stages: in the edition’s order; moves: in the order of their first step
    asides: steps that lead where no arrow can point: back to where the case stood, or to the stage it had elsewhere
    """

    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    asides: tuple[Step, ...]
    seen_as: dict[str, str]

    def path(self, stages: Sequence[str]) -> list[str]:
        """The stages a case stood at as this audience saw them, one after another."""
        seen = [self.seen_as[name] for name in stages if name in self.seen_as]
        return [name for number, name in enumerate(seen) if number == 0 or seen[number - 1] != name]


def workflow(kind: Kind, audience: str = STAFF) -> Workflow:
    """The kind as `audience` (staff, body, complainant, oversight) sees it.

    An outsider is shown no stage they cannot see, and those that read the same to them are one.
    """
    seen_as = _seen_as(kind, audience)
    grouped: dict[tuple[str | None, str], dict[str, Step]] = {}
    asides = []
    for step in kind.steps.values():
        if audience != STAFF and audience not in step.says:
            continue
        if step.to in {BEFORE, GIVEN}:
            asides.append(step)
        for arrow in _arrows(step, seen_as):
            grouped.setdefault(arrow, {})[step.name] = step
    stages = tuple(kind.stages[name] for name in dict.fromkeys(seen_as.values()))
    moves = tuple(Move(source, to, tuple(steps.values())) for (source, to), steps in grouped.items())
    return Workflow(stages, moves, tuple(asides), seen_as)


def _arrows(step: Step, seen_as: dict[str, str]) -> Iterator[tuple[str | None, str]]:
    to = seen_as.get(step.to)
    if not step.moves or to is None:
        return
    if step.opens:
        yield None, to
    for name in step.from_:
        source = seen_as.get(name)
        if source is not None and source != to:
            yield source, to


def _seen_as(kind: Kind, audience: str) -> dict[str, str]:
    """For each stage the audience sees, the first of those that read like it."""
    if audience == STAFF:
        return {name: name for name in kind.stages}
    first: dict[tuple[str, bool], str] = {}
    seen = {name: stage for name, stage in kind.stages.items() if stage.seen_by(audience)}
    return {
        name: first.setdefault((stage.says[audience], stage.is_end), name) for name, stage in seen.items()
    }
