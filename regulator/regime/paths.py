"""Ways through the stages of a kind: what can be reached, and by which steps, the fewest first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from typing import Final, TypeAlias, TypeVar

from regulator.regime.model import BEFORE, GIVEN, SAME, Kind, Step

Path: TypeAlias = tuple[str, ...]
"""The names of steps, in order, the first of which opens the case."""
S = TypeVar("S", bound=Hashable)
RESTORES: Final = frozenset({BEFORE, GIVEN})
"""Where a step leads that restores a stage instead of moving on: checked when it is taken, not here."""


def walk(starts: Iterable[tuple[str, S]], onward: Callable[[S], Iterable[tuple[str, S]]]) -> dict[S, Path]:
    """Every state that can be reached, each with a shortest path to it.

    starts: the steps that open, each with the state it opens at
    onward: from a state, the steps that can be taken and the state each leads to
    """
    paths: dict[S, Path] = {}
    waiting: deque[tuple[S, Path]] = deque((state, (step,)) for step, state in starts)
    while waiting:
        state, path = waiting.popleft()
        if state not in paths:
            paths[state] = path
            waiting.extend((after, (*path, step)) for step, after in onward(state))
    return paths


def openings(kind: Kind, without: Collection[str] = ()) -> Iterator[tuple[Step, str]]:
    """The steps that open a case, each with the stage it opens at."""
    for step in kind.openings:
        if step.to not in RESTORES and step.name not in without:
            yield step, step.to


def turns(kind: Kind, stage: str, without: Collection[str] = ()) -> Iterator[tuple[Step, str]]:
    """The steps that can be taken at a stage, each with the stage it leads to; one that waits for others may stay."""
    for step in kind.steps.values():
        if stage in step.from_ and step.to not in RESTORES and step.name not in without:
            yield step, stage if step.to == SAME else step.to
            if step.moves_when:
                yield step, stage


def reached(kind: Kind, *, without: Collection[str] = (), avoiding: Collection[str] = ()) -> dict[str, Path]:
    """Every stage that can be reached from the start, with a shortest path.

    without:  steps that are not taken
    avoiding: stages that are not entered
    """
    return walk(
        ((step.name, stage) for step, stage in openings(kind, without) if stage not in avoiding),
        lambda stage: ((s.name, to) for s, to in turns(kind, stage, without) if to not in avoiding),
    )


def onward(kind: Kind, stage: str) -> dict[str, Path]:
    """Every stage that can be reached from a stage, itself included, with the steps that lead there."""
    paths = walk([("", stage)], lambda at: ((step.name, to) for step, to in turns(kind, at)))
    return {to: path[1:] for to, path in paths.items()}


def told(path: Path) -> str:
    """A path in words."""
    return " > ".join(path)
