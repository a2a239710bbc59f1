"""What must always hold of a kind of case: each proof names the step, or the path of steps, that breaks it.

`reverse` and `import_case` restore a stage and are checked when they are taken. The ninth proof is in names.py, the third
in running_out.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from regulator.regime.model import REMIND, STAFF, SYSTEM, Edition, Kind, Stage, Step, Where
from regulator.regime.paths import Path, onward, reached, told
from regulator.regime.reading import Problem
from regulator.regime.running_out import every_clock_can_be_met

Proof: TypeAlias = Callable[[Edition, Kind], list[Problem]]

PROPOSE: Final = "propose"
BEFORE_IN_FORCE: Final = (
    ("legal_review",),
    ("give_notice_of_intent", "dispense_with_intent"),
    ("decide",),
    ("sign",),
    ("record_service",),
)
"""On every path to a notice in force, one of each of these is taken."""
DISPENSES: Final = "urgent_or_information_or_audit_notice"
"""What giving no notice of intent must need."""
KEPT_APART: Final = ("legal_review", "decide", "sign")
"""No one person may do any of these who did what counts as proposing."""
CLOSES: Final = frozenset({"verify_recommendation", "note_rejection", "close_concern", "certify_step"})
"""Steps that close a recommendation, a concern or a notice step, whether or not their row says so."""


def _problem(where: Where, sentence: str) -> Problem:
    return Problem(where.file, where.line, sentence)


def every_stage_leads_on(_edition: Edition, kind: Kind) -> list[Problem]:
    """1. Every stage is reached from the start and an end is reached from every stage."""
    found = []
    paths = reached(kind)
    for stage in kind.stages.values():
        if stage.name not in paths:
            found.append(_problem(stage.where, f"the stage “{stage.name}” cannot be reached from the start."))
        elif kind.ends.isdisjoint(onward(kind, stage.name)):
            way = told(paths[stage.name])
            found.append(
                _problem(stage.where, f"no end can be reached from the stage “{stage.name}” ({way}).")
            )
    return found


def every_step_has_someone(edition: Edition, kind: Kind) -> list[Problem]:
    """2. Every step has someone who can do it."""
    return [
        _problem(step.where, f"nobody can do the step “{step.name}”: {why}.")
        for step in kind.steps.values()
        if (why := _nobody(edition, kind, step))
    ]


def _nobody(edition: Edition, kind: Kind, step: Step) -> str | None:
    """Why a step can be done by nobody, if so."""
    idle = [role for role in step.who if not edition.roles[role].works_cases]
    if not step.who:
        return "“who” names no one"
    if idle:
        return f"the role “{idle[0]}” may be given no step on a case"
    if not (step.opens or step.from_):
        return "it can be taken at no stage"
    asked = {each for clock in kind.clocks.values() for each in (clock.passes, clock.on_last_day)}
    if set(step.who) == {SYSTEM} and step.name not in {*asked, REMIND}:
        return "only the system may, and no clock asks it to"
    return None


def nothing_in_force_unprepared(_edition: Edition, kind: Kind) -> list[Problem]:
    """4. Every path to in_force has its legal review, notice of intent, decision, signature and service, kept apart."""
    if "in_force" not in kind.stages:
        return []
    return [*_left_out(kind), *_dispensed(kind), *_one_person(kind)]


def _left_out(kind: Kind) -> Iterator[Problem]:
    for steps in BEFORE_IN_FORCE:
        path = reached(kind, without=steps).get("in_force")
        if path:
            sentence = (
                f"a notice can be in force without {' or '.join(f'“{s}”' for s in steps)} ({told(path)})."
            )
            yield _problem(kind.steps[path[-1]].where, sentence)


def _dispensed(kind: Kind) -> Iterator[Problem]:
    step = kind.steps.get("dispense_with_intent")
    if step is not None and DISPENSES not in step.needs:
        yield _problem(step.where, f"the step “{step.name}” must need “{DISPENSES}”.")


def _one_person(kind: Kind) -> Iterator[Problem]:
    """Whoever proposed may not review, decide or sign, and the other way round, where one can follow the other."""
    proposing = [s for s in kind.steps.values() if PROPOSE in {s.name, s.counts_as}]
    apart = [kind.steps[name] for name in KEPT_APART if name in kind.steps]
    for first, then in [(p, a) for p in proposing for a in apart] + [
        (a, p) for p in proposing for a in apart
    ]:
        path = _one_after(kind, first, then)
        if path and first.name not in then.not_by:
            both = f"one person could do both “{first.name}” and “{then.name}” ({told(path)})"
            yield _problem(then.where, f"{both}; rule it out under not_by.")


def _one_after(kind: Kind, first: Step, then: Step) -> Path | None:
    """A path on which `then` follows `first`, from the start; None where there is none."""
    before = reached(kind)
    starts = [()] if first.opens else [before[stage] for stage in first.from_ if stage in before]
    ahead = {
        stage: path
        for at in ([first.to] if first.moves else first.from_)
        for stage, path in onward(kind, at).items()
    }
    ways = [ahead[stage] for stage in then.from_ if stage in ahead]
    if not (starts and ways):
        return None
    return (*min(starts, key=len), first.name, *min(ways, key=len), then.name)


def no_complaint_closed_untold(_edition: Edition, kind: Kind) -> list[Problem]:
    """5. No path closes a complaint without tell_outcome, or a declined, merged or withdrawn one without its letter."""
    if kind.name != "complaint":
        return []
    ending = [step for step in kind.steps.values() if step.to in kind.ends - {"closed"}]
    lettered = {step.name for step in ending if _writes(step)}
    found = [
        _problem(step.where, f"the step “{step.name}” ends a complaint without a letter to the complainant.")
        for step in [*ending, *(s for s in kind.steps.values() if s.name == "tell_outcome")]
        if not _writes(step)
    ]
    path = reached(kind, without={"tell_outcome", *lettered}).get("closed")
    if path:
        sentence = f"a complaint can be closed without “tell_outcome” ({told(path)})."
        found.append(_problem(kind.steps[path[-1]].where, sentence))
    return found


def _writes(step: Step) -> bool:
    return any(use.to == "complainant" for use in step.letters)


def only_the_regulator_closes(edition: Edition, kind: Kind) -> list[Problem]:
    """6. Only a regulator’s role closes a recommendation, a concern or a notice step."""
    return [
        _problem(
            step.where, f"the step “{step.name}” closes a {_what(step)}, which the role “{role}” may not do."
        )
        for step in kind.steps.values()
        if step.closes or step.name in CLOSES
        for role in step.who
        if edition.roles[role].side != "regulator"
    ]


def _what(step: Step) -> str:
    return (step.closes or "recommendation, a concern or a notice step").replace("_", " ")


def nobody_acts_unseeing(edition: Edition, kind: Kind) -> list[Problem]:
    """7. No outside role can take a step whose stage it cannot see."""
    return [
        _problem(
            step.where,
            f"the role “{role}” cannot see the stage “{stage}”, where it may take “{step.name}”{way}.",
        )
        for step in kind.steps.values()
        for role in step.who
        for stage, way in _unseen(kind, step, edition.roles[role].audience)
    ]


def _unseen(kind: Kind, step: Step, audience: str) -> Iterator[tuple[str, str]]:
    """The stages of a step that an audience does not see, or can come to without having been shown the case."""
    if audience == STAFF:
        return
    first = kind.shown_from.get(audience)
    hidden = reached(kind, avoiding=first, without=first) if first else {}
    for stage in step.from_:
        if stage not in kind.seen_by.get(audience, ()):
            yield stage, ""
        elif stage in hidden:
            yield stage, f" ({told(hidden[stage])})"


def every_stage_has_its_sentence(_edition: Edition, kind: Kind) -> list[Problem]:
    """8. Every stage has its plain sentence for each audience that sees it."""
    return [
        _problem(stage.where, f"the stage “{stage.name}” has {why}.")
        for stage in kind.stages.values()
        for why in _unsaid(kind, stage)
    ]


def _unsaid(kind: Kind, stage: Stage) -> Iterator[str]:
    seers = {audience for audience, stages in kind.seen_by.items() if stage.name in stages}
    said = {audience for audience, sentence in stage.says.items() if sentence}
    if not stage.label:
        yield "no name for staff"
    for audience in sorted(seers - said):
        yield f"no sentence for the {audience}, who sees it"
    for audience in sorted(said - seers):
        yield f"a sentence for the {audience}, who does not see it"


PROOFS: Final[tuple[Proof, ...]] = (
    every_stage_leads_on,
    every_step_has_someone,
    every_clock_can_be_met,
    nothing_in_force_unprepared,
    no_complaint_closed_untold,
    only_the_regulator_closes,
    nobody_acts_unseeing,
    every_stage_has_its_sentence,
)
"""The first eight of the nine, in the order of the page that lists them; they reason over names that resolve."""
