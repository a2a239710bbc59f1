"""The life of each clock of a case: which entry started it, met it, ended it, and what was said of it between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from regulator.regime.events import REVERSE, Event, Key
from regulator.regime.model import Clock, Kind
from regulator.regime.running import Ending, How, ref

BODY = "body"


class Life:
    """One clock from its start, before anything is counted.

    talk: requests for more time and the answers to them, in the order in which they occurred
    last: the entry that ended it
    """

    __slots__ = ("clock", "ending", "keys", "last", "owed_by", "started", "talk")

    def __init__(self, clock: Clock, owed_by: str, keys: dict[str, Key], started: Event) -> None:
        self.clock = clock
        self.owed_by = owed_by
        self.keys = keys
        self.started = started
        self.ending: Ending | None = None
        self.last: Event | None = None
        self.talk: list[Event] = []

    @property
    def ref(self) -> str:
        """What names it among the clocks of its case."""
        return ref(self.clock.name, self.keys)

    def end(self, how: How, event: Event) -> None:
        """End it by `event`."""
        self.ending = Ending(how, event.seq, event.occurred)
        self.last = event

    def is_same(self, other: Life) -> bool:
        """Whether both are the same clock of the same owner for the same thing."""
        return self.clock is other.clock and (self.owed_by, self.keys) == (other.owed_by, other.keys)

    def can_end_by(self, steps: set[str]) -> bool:
        """Whether one of `steps` would meet it or end it."""
        return not steps.isdisjoint((*self.clock.met_by, *self.clock.restarts, *self.clock.ends_on))

    def concerns(self, event: Event) -> bool:
        """Whether `event` is about it: nothing both of them name (party, request, item) differs."""
        for name, value in self.keys.items():
            about = event.about(name)
            if about and value not in about:
                return False
        return True

    def is_answered_by(self, event: Event) -> bool:
        """Whether `event` is about it and, where several owe it, comes from the one who owes this one."""
        if not self.concerns(event):
            return False
        return len(self.clock.owed_by) == 1 or (self.owed_by == BODY) == bool(event.about("party"))


class Lives:
    """Tells events, in the order in which they occurred, to the clocks that name their steps.

    parties: the case’s parties; a clock owed by the body starts for each of them where its event names none
    """

    def __init__(self, kind: Kind, parties: Sequence[int]) -> None:
        self.kind = kind
        self.ends = kind.ends
        self.parties = parties
        self.all: list[Life] = []
        self.open: list[Life] = []
        self.named: dict[str, list[Clock]] = defaultdict(list)
        self.talked: set[str] = set()
        for clock in kind.clocks.values():
            for step in {*clock.starts, *clock.met_by, *clock.restarts, *clock.ends_on}:
                self.named[step].append(clock)
            if clock.extension is not None:
                self.talked |= {clock.extension.asked_by or "", clock.extension.decided_by}

    def tell(self, event: Event) -> None:
        """Let every clock hear of `event`: what was running is met, ended or left before anything starts."""
        if event.step in self.talked:
            self._talk(event)
        for clock in self.named.get(event.step, ()):
            self._answer(clock, event)
        self._leave(event)
        for clock in self.named.get(event.step, ()):
            if event.step in clock.starts:
                self._start(clock, event)
        if event.step == REVERSE:
            self._strand(event)
        if (event.moves or event.step == REVERSE) and event.to_stage in self.ends:
            self._end(How.case_ended, event, [life for life in self.open if not life.clock.outlives_end])
        if "successor" in event.keys:
            self._succeed(event)

    def _talk(self, event: Event) -> None:
        said = event.data.get("clock")
        asked = [life for life in self.open if _may_be_extended(life.clock, event.step)]
        theirs = [life for life in asked if not event.about("party") or life.is_answered_by(event)]
        exact = [life for life in theirs if life.ref == said]
        alike = [life for life in asked if said in (None, life.clock.name) and life.is_answered_by(event)]
        for life in exact or alike:
            life.talk.append(event)

    def _answer(self, clock: Clock, event: Event) -> None:
        mine = [life for life in self.open if life.clock is clock and life.concerns(event)]
        answered = [life for life in mine if life.is_answered_by(event)]
        if event.step in clock.restarts or event.step in clock.met_by:
            self._end(How.met, event, answered)
        elif event.step in clock.ends_on:
            self._end(How.ended, event, mine)
        if event.step in clock.restarts:
            for life in answered:
                self._run(Life(clock, life.owed_by, dict(life.keys), event))

    def _leave(self, event: Event) -> None:
        step = self.kind.steps.get(event.step)
        if step is not None and step.leaves:
            left = [life for life in self.open if life.clock.name in step.leaves and life.concerns(event)]
            self._end(How.left, event, left)

    def _strand(self, reversal: Event) -> None:
        """A move taken back leaves what was begun since only where the case can meet it again."""
        since = max((int(seq) for seq in reversal.about("reversed")), default=reversal.seq)
        begun = [life for life in self.open if life.started.seq > since]
        here = {step.name for step in self.kind.steps.values() if reversal.to_stage in step.from_}
        self._end(How.left, reversal, [life for life in begun if not life.can_end_by(here)])

    def _start(self, clock: Clock, event: Event) -> None:
        """Start it for each owner and each thing it is counted by; the same one still running is begun again."""
        for owed_by in clock.owed_by:
            for keys in self._each(clock, owed_by, event):
                new = Life(clock, owed_by, keys, event)
                self._end(How.ended, event, [life for life in self.open if life.is_same(new)])
                self._run(new)

    def _each(self, clock: Clock, owed_by: str, event: Event) -> Iterator[dict[str, Key]]:
        names = [name for name in clock.per if name != "party" or len(clock.owed_by) == 1]
        if owed_by == BODY and "party" not in names:
            names.append("party")
        about: dict[str, Sequence[Key]] = {}
        for name in names:
            if values := event.about(name) or (self.parties if name == "party" else ()):
                about[name] = values
        for chosen in product(*about.values()):
            yield dict(zip(about, chosen, strict=True))

    def _run(self, life: Life) -> None:
        self.all.append(life)
        self.open.append(life)

    def _end(self, how: How, event: Event, lives: Iterable[Life]) -> None:
        for life in lives:
            life.end(how, event)
            self.open.remove(life)

    def _succeed(self, event: Event) -> None:
        """What a body still owed, its successor owes."""
        successors: Mapping[Key, Key] = dict(
            zip(event.about("party"), event.about("successor"), strict=False)
        )
        for life in self.open:
            if "party" in life.keys:
                life.keys["party"] = successors.get(life.keys["party"], life.keys["party"])


def _may_be_extended(clock: Clock, step: str) -> bool:
    return clock.extension is not None and step in {clock.extension.asked_by, clock.extension.decided_by}
