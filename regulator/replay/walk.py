"""Walking through the lines of a story: each step taken as anybody takes one, as at its own time.

What the system would have done on the days between is done on the way. Only the recorded-on of the entries is now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from regulator import moments, words
from regulator.actors import Actor, Side
from regulator.casework import queries, tasks
from regulator.casework.steps import open_case, take
from regulator.deadlines.london import at_time, opening
from regulator.errors import Invalid, RegulatorError
from regulator.regime.model import Edition, Kind
from regulator.replay.cast import claimant
from regulator.replay.checking import Sight, check
from regulator.replay.queries import next_look
from regulator.replay.resolving import Here, data_for
from regulator.replay.story import Act, StoryRefused, Turn

Say = Callable[[str], None]
READER = Actor("The replay", frozenset({"observer"}), Side.staff)
NOON = time(12)
"""At which a day is told of which only the day is known: what falls due on it is not late yet."""


@dataclass
class Tally:
    """What was told: steps, how many of them assumed, and those by the system; expectations kept and broken."""

    steps: int = 0
    by_system: int = 0
    assumed: int = 0
    kept: int = 0
    broken: int = 0


@dataclass(frozen=True)
class Scene:
    """Where a story is told, and by whom.

    people:     everybody in it, by name
    another:    finds another holder of a role: `(role, case) -> person`
    opens_with: what the case is opened with besides the answers, such as its reference and its body
    references: other cases, by what the story calls them
    """

    edition: Edition
    kind: Kind
    people: Mapping[str, Actor]
    another: Callable[[str, int], Actor]
    opens_with: Mapping[str, object]
    references: Mapping[str, str] = field(default_factory=dict)


class Walk:
    """A story as far as it is told; `present` is the moment it has come to.

    say: is given each line of the account
    """

    def __init__(self, scene: Scene, begins: datetime, say: Say) -> None:
        self.scene, self.present, self.say = scene, begins, say
        self.tally = Tally()
        self.case_id = self.seq = 0

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
        while self.case_id and (due := next_look(self.case_id)) and due <= moment:
            self.present = max(self.present, due)
            self._let_system_act()
        self.present = max(self.present, moment)

    def _let_system_act(self) -> None:
        with moments.as_at(self.present):
            self.tally.by_system += tasks.look_at(self.case_id)
        again = next_look(self.case_id)
        if again is not None and again <= self.present:
            raise RuntimeError(f"the system is never done with case {self.case_id} at {self.present}")
        for told in self._news():
            self.say(f"kept    {words.when(told.occurred)}: {told.says}")

    def _news(self) -> list[queries.Told]:
        """The entries since the last one seen, the first first."""
        found = queries.timeline(self.case_id, by=READER, after=self.seq)[::-1]
        self.seq = found[-1].seq if found else self.seq
        return found

    def _turn(self, turn: Turn) -> None:
        if turn.act is not None:
            self._act(turn, turn.act)
        else:
            self.say(f"        {words.when(turn.when)}")
        sight = Sight(self.case_id, self._person, READER)
        for expected in turn.expected:
            outcome = check(expected, sight)
            self.tally.kept += outcome.is_kept
            self.tally.broken += not outcome.is_kept
            broken = f"broken      {outcome.says}: {outcome.instead} ({expected.where})"
            self.say(f"kept        {outcome.says}" if outcome.is_kept else broken)

    def _act(self, turn: Turn, act: Act) -> None:
        says = f"{words.when(turn.when)}: {act.by}, “{act.step.label}”"
        try:
            self._take(turn, act)
        except RegulatorError as refused:
            self.say(f"broken  {says}")
            raise _refused(turn, act, refused) from None
        self.say(f"kept    {says}")
        if act.assumed:
            self.say(f"        assumed: {act.assumed}")
        self.tally.steps += 1
        self.tally.assumed += bool(act.assumed)

    def _take(self, turn: Turn, act: Act) -> None:
        by, is_day = self._person(act.by), not isinstance(turn.when, datetime)
        occurred = turn.when if isinstance(turn.when, datetime) else opening(turn.when)
        here = Here(self.case_id, by, self.scene.people, self.scene.references)
        data = data_for(act, here) | {"assumed": act.assumed}
        if act.step.opens:
            taken = open_case(
                act.step.name,
                self.scene.kind.name,
                by=by,
                data={**self.scene.opens_with, **data},
                occurred=occurred,
                is_day=is_day,
                edition=self.scene.edition.name,
            )
            self.case_id = taken.case_id
        else:
            taken = take(act.step.name, self.case_id, by=by, data=data, occurred=occurred, is_day=is_day)
        self.seq = taken.seq

    def _person(self, name: str) -> Actor:
        """Somebody of the story, or another holder of a role."""
        by = self.scene.people.get(name) or self.scene.another(name, self.case_id)
        return claimant(by, self.case_id) if by.side is Side.public and self.case_id else by


def _refused(turn: Turn, act: Act, refused: RegulatorError) -> StoryRefused:
    """The refusal with the line that it is about: the answer at fault, else the step."""
    answer = act.answers.get(refused.field or "") if isinstance(refused, Invalid) else None
    return StoryRefused(answer.where if answer else turn.where, refused.sentence)


def moment_of(when: date | datetime) -> datetime:
    """The moment at which a line is told."""
    return when if isinstance(when, datetime) else at_time(when, NOON)
