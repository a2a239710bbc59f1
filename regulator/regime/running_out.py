"""The proof that no clock runs where nothing can come of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from regulator.regime.model import GOES_ON, SYSTEM, Clock, Edition, Kind, Step
from regulator.regime.paths import Path, openings, told, turns, walk
from regulator.regime.reading import Problem

State: TypeAlias = tuple[str, bool]
"""Where a case stands, and whether the clock runs."""


def every_clock_can_be_met(_edition: Edition, kind: Kind) -> list[Problem]:
    """3. Every running clock can be met, or runs out with a named consequence, in every stage where it runs.

    A step that takes a case away from there says so under `leaves`. An end stops every clock that does not outlive
    it, and a pause ends by itself, so that a clock it stopped runs again.
    """
    return [problem for clock in kind.clocks.values() for problem in _of(kind, clock)]


def _of(kind: Kind, clock: Clock) -> Iterator[Problem]:
    paths = _running(kind, clock)
    yield from _stopped_at_once(kind, clock)
    for stage, path in paths.items():
        if not _something_comes(kind, clock, stage):
            yield _problem(kind, clock, stage, path)
    for name, when in ((clock.passes, "when it has passed"), (clock.on_last_day, "on its last day")):
        if name and name != GOES_ON and not any(stage in kind.steps[name].from_ for stage in paths):
            sentence = (
                f"the clock “{clock.name}” asks for “{name}” {when}, which can be taken nowhere it runs."
            )
            yield Problem(clock.where.file, clock.where.line, sentence)
    if clock.on_last_day and SYSTEM not in kind.steps[clock.on_last_day].who:
        sentence = f"the clock “{clock.name}” asks the system for “{clock.on_last_day}”, which it may not do."
        yield Problem(clock.where.file, clock.where.line, sentence)
    if not paths:
        sentence = f"the clock “{clock.name}” can never run."
        yield Problem(clock.where.file, clock.where.line, sentence)


def _stopped_at_once(kind: Kind, clock: Clock) -> Iterator[Problem]:
    for step in (kind.steps[name] for name in clock.starts):
        places = {step.to} if step.moves else set(step.from_)
        if places <= kind.ends and not clock.outlives_end:
            sentence = f"the step “{step.name}” starts the clock “{clock.name}” at an end, which it does not outlive."
            yield Problem(clock.where.file, clock.where.line, sentence)


def _running(kind: Kind, clock: Clock) -> dict[str, Path]:
    """The stages where the clock may run, each with a shortest path; none is followed past one where it is lost."""

    def after(step: Step, to: str, *, runs: bool) -> Iterator[tuple[str, State]]:
        return ((step.name, (to, still)) for still in _still_runs(kind, clock, step, to, runs=runs))

    def onward(state: State) -> Iterator[tuple[str, State]]:
        stage, runs = state
        if runs and not _something_comes(kind, clock, stage):
            return
        for step, to in turns(kind, stage):
            yield from after(step, to, runs=runs)

    starts = [start for step, to in openings(kind) for start in after(step, to, runs=False)]
    return {stage: path for (stage, runs), path in walk(starts, onward).items() if runs}


def _still_runs(kind: Kind, clock: Clock, step: Step, to: str, *, runs: bool) -> tuple[bool, ...]:
    """Whether the clock runs after a step; both, where the step may have met another one of several."""
    if to in kind.ends and not clock.outlives_end:
        return (False,)
    if step.name in (*clock.starts, *clock.undone_by) or (runs and step.name in clock.restarts):
        return (True,)
    if clock.name in step.leaves:
        return (False,)
    if step.name in clock.met_by and runs:
        several = clock.per or len(clock.owed_by) > 1 or clock.may_hear("met_by", step.name)
        return (True, False) if several else (False,)
    if step.name in clock.ends_on and not clock.may_hear("ends_on", step.name):
        return (False,)
    return (runs,)


def _something_comes(kind: Kind, clock: Clock, stage: str) -> bool:
    """Whether the clock can be met at a stage, or what happens there when it runs out is named."""
    meets = any(stage in kind.steps[name].from_ for name in (*clock.met_by, *clock.restarts))
    if meets or clock.passes == GOES_ON:
        return True
    return clock.passes is not None and stage in kind.steps[clock.passes].from_


def _problem(kind: Kind, clock: Clock, stage: str, path: Path) -> Problem:
    step = kind.steps[path[-1]]
    nothing = "where it cannot be met and nothing is named for when it runs out"
    if step.name in clock.starts:
        sentence = (
            f"the step “{step.name}” starts the clock “{clock.name}” at “{stage}”, {nothing} ({told(path)})."
        )
    else:
        sentence = (
            f"the step “{step.name}” leaves the clock “{clock.name}” behind at “{stage}”, {nothing}; "
            f"a step that may do so says it under leaves ({told(path)})."
        )
    return Problem(step.where.file, step.where.line, sentence)
