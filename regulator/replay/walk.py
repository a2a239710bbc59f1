"""Walking through the lines of a story: each step taken as anybody takes one, as at its own time.

What the system would have done on the days between is done on the way. Only the recorded-on of the entries is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from regulator import moments, words
from regulator.actors import Actor, Side
from regulator.casework import queries, tasks
from regulator.casework.linking import Origin, OtherCase
from regulator.casework.steps import open_case, take
from regulator.deadlines.london import at_time, opening
from regulator.errors import Invalid, RegulatorError
from regulator.replay.cast import claimant
from regulator.replay.checking import Outcome, Sight, check
from regulator.replay.papers import kept
from regulator.replay.queries import next_look
from regulator.replay.resolving import READER, Here, data_for
from regulator.replay.story import Act, StoryRefused, Turn

Say = Callable[[str], None]
NOON = time(12)
"""At which a day is told of which only the day is known: what falls due on it is not late yet."""
STROKE = timedelta(microseconds=1)
"""By which the system looks after the stroke of an hour: what ends on the stroke is in time, and late only after it."""


@dataclass
class Tally:
    """What was told: steps, how many of them assumed, and those by the system; expectations kept and broken."""

    steps: int = 0
    by_system: int = 0
    assumed: int = 0
    kept: int = 0
    broken: int = 0


@dataclass(frozen=True)
class Opening:
    """How one case of a story is opened.

    edition, kind: by name
    given:         what it is opened with besides the answers, such as its reference and its bodies
    name:          what the story calls it; several may be called so, each under an edition of its own
    leads_from:    what the story calls the case because of which it is opened, and why; empty where there is none
    """

    edition: str
    kind: str
    given: Mapping[str, object]
    name: str = ""
    leads_from: str = ""
    because: str = ""


@dataclass(frozen=True)
class Scene:
    """Where a story is told, and by whom.

    people:     everybody in it, by name
    another:    finds another holder of a role: `(role, case) -> person`
    openings:   how each of its cases is opened, by its key
    references: other cases, by what the story calls them
    """

    people: Mapping[str, Actor]
    another: Callable[[str, int], Actor]
    openings: Mapping[str, Opening]
    references: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Opened:
    """One case of the story, once it is open."""

    key: str
    id: int
    reference: str


class Walk:
    """A story as far as it is told; `present` is the moment it has come to.

    say: is given each line of the account
    """

    def __init__(self, scene: Scene, begins: datetime, say: Say) -> None:
        self.scene, self.present, self.say = scene, begins, say
        self.tally = Tally()
        self.cases: dict[str, Opened] = {}

    def through(self, turns: Iterable[Turn]) -> None:
        """Tell every line, and then what the system has done since.

        Raises: StoryRefused where a step is refused
        """
        for turn in turns:
            self._go_on_to(moment_of(turn.when))
            with moments.as_at(self.present):
                self._turn(turn)
        self._go_on_to(moments.now())

    def _go_on_to(self, moment: datetime) -> None:
        """Come to a moment, or stay where the story is when that is later; the system acts on the way."""
        while (due := self._next()) and due[0] <= moment:
            self.present = max(self.present, due[0] + STROKE)
            self._let_system_act(self.cases[due[1]])
        self.present = max(self.present, moment)

    def _next(self) -> tuple[datetime, str] | None:
        """When the system must look again first, and at which case."""
        looks = ((next_look(case.id), key) for key, case in self.cases.items())
        return min(((look, key) for look, key in looks if look is not None), default=None)

    def _let_system_act(self, case: Opened) -> None:
        seen = max((told.seq for told in queries.timeline(case.id, by=READER)), default=0)
        with moments.as_at(self.present):
            self.tally.by_system += tasks.look_at(case.id)
        again = next_look(case.id)
        if again is not None and again <= self.present:
            raise RuntimeError(f"the system is never done with case {case.id} at {self.present}")
        for told in queries.timeline(case.id, by=READER, after=seen)[::-1]:
            self.say(f"kept    {words.when(told.occurred)}{self._of(case.key)}: {told.says}")

    def _of(self, key: str) -> str:
        """Which case it is about, where the story has several."""
        return f", {key}" if len(self.scene.openings) > 1 else ""

    def _turn(self, turn: Turn) -> None:
        if turn.act is not None:
            self._act(turn, turn.act)
        else:
            self.say(f"        {words.when(turn.when)}{self._of(turn.case)}")
        if turn.case not in self.cases:
            return
        sight = Sight(self.cases[turn.case].id, lambda name: self._person(name, turn.case), READER)
        for expected in turn.expected:
            self._count(check(expected, sight), str(expected.where))

    def _count(self, outcome: Outcome, where: str) -> None:
        self.tally.kept += outcome.is_kept
        self.tally.broken += not outcome.is_kept
        broken = f"broken      {outcome.says}: {outcome.instead} ({where})"
        self.say(f"kept        {outcome.says}" if outcome.is_kept else broken)

    def _act(self, turn: Turn, act: Act) -> None:
        says = f"{words.when(turn.when)}{self._of(turn.case)}: {act.by}, “{act.step.label}”"
        refused = self._tried(turn, act)
        if refused is not None and not act.refused:
            self.say(f"broken  {says}")
            raise _refused(turn, act, refused)
        self.say(f"kept    {says}")
        if act.assumed:
            self.say(f"        assumed: {act.assumed}")
        if act.refused:
            self._count(_as_refused(act.refused, refused), str(turn.where))
            return
        self.tally.steps += 1
        self.tally.assumed += bool(act.assumed)

    def _tried(self, turn: Turn, act: Act) -> RegulatorError | None:
        """Take a step; what refuses it, where something does."""
        try:
            self._take(turn, act)
        except RegulatorError as refused:
            return refused
        return None

    def _take(self, turn: Turn, act: Act) -> None:
        case, key = self.cases.get(turn.case), turn.case
        by, is_day = self._person(act.by, key), not isinstance(turn.when, datetime)
        occurred = turn.when if isinstance(turn.when, datetime) else opening(turn.when)
        here = Here(case.id if case else 0, by, self.scene.people, self._references(key))
        data = data_for(act, here) | {"assumed": act.assumed}
        files = [kept(paper) for paper in act.papers]
        if case is None:
            start = self.scene.openings[key]
            taken = open_case(
                act.step.name,
                start.kind,
                by=by,
                data={**start.given, **data},
                occurred=occurred,
                is_day=is_day,
                files=files,
                edition=start.edition,
                origin=self._origin(key),
            )
            self.cases[key] = Opened(key, taken.case_id, taken.reference)
        else:
            take(act.step.name, case.id, by=by, data=data, occurred=occurred, is_day=is_day, files=files)

    def _origin(self, key: str) -> Origin | None:
        """The case because of which another is opened, where the story says one."""
        start = self.scene.openings[key]
        named = self._references(key).get(start.leads_from) if start.leads_from else None
        first = next((other for other in self.cases.values() if other.reference == named), None)
        return Origin(OtherCase(first.id, first.reference), start.because) if first else None

    def _references(self, key: str) -> dict[str, str]:
        """What the lines about one case call others: of two under two editions, the one under its own."""
        found, own = dict(self.scene.references), self.scene.openings[key].edition
        for other in self.cases.values():
            start = self.scene.openings[other.key]
            if start.edition == own or start.name not in found:
                found[start.name] = other.reference
            found[other.key] = other.reference
        return found

    def _person(self, name: str, key: str) -> Actor:
        """Somebody of the story, or another holder of a role."""
        case = self.cases.get(key)
        by = self.scene.people.get(name) or self.scene.another(name, case.id if case else 0)
        return claimant(by, case.id) if by.side is Side.public and case else by


def _as_refused(wanted: str, refused: RegulatorError | None) -> Outcome:
    says = f"it is refused: {refused.sentence}" if refused else f"it is refused: {wanted}"
    if refused is None:
        return Outcome(says, "it was taken")
    return Outcome(says, "" if wanted in refused.sentence else f"the words “{wanted}” are not in it")


def _refused(turn: Turn, act: Act, refused: RegulatorError) -> StoryRefused:
    """The refusal with the line that it is about: the answer at fault, else the step."""
    answer = act.answers.get(refused.field or "") if isinstance(refused, Invalid) else None
    return StoryRefused(answer.where if answer else turn.where, refused.sentence)


def moment_of(when: date | datetime) -> datetime:
    """The moment at which a line is told."""
    return when if isinstance(when, datetime) else at_time(when, NOON)
