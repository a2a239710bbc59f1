"""The life of each clock of a case: which entry started it, met it, ended it, and what was said of it between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import product
from typing import Final

from regulator.regime.events import REVERSE, Event, Json, Key, read_when
from regulator.regime.model import GOES_ON, SYSTEM, Clock, Kind
from regulator.regime.running import Ending, How, ref

BODY, OVERSIGHT = "body", "oversight"
SIDES: Final = {"own_body": BODY, "own_item": BODY, "overseen_body": OVERSIGHT, "own_case": "complainant"}
"""The side of somebody outside, by how they must stand to the case for what they do."""
HEARD: Final = ("starts", "met_by", "restarts", "ends_on", "undone_by")


class Life:
    """One clock from its start, before anything is counted.

    talk: requests for more time and the answers to them, in the order in which they occurred
    last: the entry that ended it
    runs_out: whether something follows by itself once its time is over; else it stays open, and is overdue
    followed: the entry of what people did because it was overdue
    """

    __slots__ = ("clock", "ending", "followed", "keys", "last", "owed_by", "runs_out", "started", "talk")

    def __init__(self, clock: Clock, owed_by: str, keys: dict[str, Key], started: Event) -> None:
        self.clock = clock
        self.owed_by = owed_by
        self.keys = keys
        self.started = started
        self.ending: Ending | None = None
        self.last: Event | None = None
        self.talk: list[Event] = []
        self.runs_out = False
        self.followed: int | None = None

    @property
    def ref(self) -> str:
        """What names it among the clocks of its case."""
        return ref(self.clock.name, self.keys)

    def end(self, how: How, event: Event) -> None:
        """End it by `event`."""
        self.last = event
        done = event.data.get(self.clock.met_on or "") if how is How.met else None
        self.ending = Ending(how, event.seq, read_when(str(done))[0] if done else event.occurred)

    def run_on(self) -> None:
        """Let it run on from its old date: it was not met after all."""
        self.ending = self.last = None

    @property
    def ended_at(self) -> datetime | None:
        """The first moment (UTC) at which what ended it may have been done; none while it runs."""
        if self.ending is None or self.last is None:
            return None
        done = self.ending.when if self.ending.when != self.last.occurred else None
        return done or self.last.earliest

    def said(self, name: str | None) -> Json:
        """What the entry that started it answers to `name`: for its own thing, where that differs from thing to thing."""
        answer = self.started.data.get(name) if name else None
        if isinstance(answer, Mapping):
            return answer.get(str(self.keys.get(self.clock.per[-1]))) if self.clock.per else None
        return answer

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
            if event.about_none(name) or (about and value not in about):
                return False
        return True

    def is_answered_by(self, event: Event, side: str | None) -> bool:
        """Whether `event` is about it and, where several owe it, comes from the one who owes this one.

        side: on which side somebody outside stands who took it; none for one who took it for them
        """
        if not self.concerns(event):
            return False
        if len(self.clock.owed_by) == 1:
            return True
        return self.owed_by == side if side else (self.owed_by == BODY) == bool(event.about("party"))


class Lives:
    """Tells events, in the order in which they occurred, to the clocks that name their steps.

    parties:  the bodies’ parts in the case; a clock a body owes starts for each of them where its event names none
    overseen: those of them for which an oversight body answers in this case
    """

    def __init__(self, kind: Kind, parties: Sequence[int], overseen: Collection[int] = ()) -> None:
        self.kind = kind
        self.ends = kind.ends
        self.parties = parties
        self.overseen = overseen
        self.all: list[Life] = []
        self.open: list[Life] = []
        self.named: dict[str, list[Clock]] = defaultdict(list)
        self.talked: set[str] = set()
        for clock in kind.clocks.values():
            for step in {step for use in HEARD for step in getattr(clock, use)} | {clock.passes or ""}:
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
            self._begin(clock, event)
        if event.step == REVERSE:
            self._strand(event)
        if (event.moves or event.step == REVERSE) and event.to_stage in self.ends:
            self._end(How.case_ended, event, [life for life in self.open if not life.clock.outlives_end])
        if "successor" in event.keys:
            self._succeed(event)

    def _talk(self, event: Event) -> None:
        said, side = event.data.get("clock"), self._side(event)
        asked = [life for life in self.open if _may_be_extended(life.clock, event.step)]
        theirs = [life for life in asked if not event.about("party") or life.is_answered_by(event, side)]
        exact = [life for life in theirs if life.ref == said]
        alike = [
            life for life in asked if said in (None, life.clock.name) and life.is_answered_by(event, side)
        ]
        for life in exact or alike:
            life.talk.append(event)

    def _side(self, event: Event) -> str | None:
        """The side of somebody outside who took the step; none for the regulator’s own, who may act for either."""
        step = self.kind.steps.get(event.step)
        return SIDES.get(step.whose.get(event.by_role, "")) if step else None

    def _answer(self, clock: Clock, event: Event) -> None:
        mine = [life for life in self.open if life.clock is clock and life.concerns(event)]
        answered = [life for life in mine if life.is_answered_by(event, self._side(event))]
        restarts = clock.hears("restarts", event.step, event.data)
        if event.step == clock.passes:
            for life in mine:
                life.followed = event.seq
        if restarts or clock.hears("met_by", event.step, event.data):
            self._end(How.met, event, answered)
        elif clock.hears("ends_on", event.step, event.data):
            self._end(How.ended, event, mine)
        if restarts:
            for life in answered:
                self._run(Life(clock, life.owed_by, dict(life.keys), event))

    def _undo(self, clock: Clock, event: Event) -> None:
        """Let run on what this clock’s last lives had been met by: each is told apart by who owes it and for what."""
        last = {
            life.ref + life.owed_by: life for life in self.all if life.clock is clock and life.concerns(event)
        }
        for life in last.values():
            if life.ending is not None and life.ending.how is How.met:
                life.run_on()
                self.open.append(life)

    def _leave(self, event: Event) -> None:
        step = self.kind.steps.get(event.step)
        if step is not None and step.leaves and (event.moves or not step.moves):
            left = [life for life in self.open if life.clock.name in step.leaves and life.concerns(event)]
            self._end(How.left, event, left)

    def _strand(self, reversal: Event) -> None:
        """A move taken back leaves what was begun since only where the case can meet it again."""
        since = max((int(seq) for seq in reversal.about("reversed")), default=reversal.seq)
        begun = [life for life in self.open if life.started.seq > since]
        here = {step.name for step in self.kind.steps.values() if reversal.to_stage in step.from_}
        self._end(How.left, reversal, [life for life in begun if not life.can_end_by(here)])

    def _begin(self, clock: Clock, event: Event) -> None:
        if clock.hears("undone_by", event.step, event.data):
            self._undo(clock, event)
        if clock.hears("starts", event.step, event.data):
            self._start(clock, event)

    def _start(self, clock: Clock, event: Event) -> None:
        """Start it for each owner and each thing it is counted by; the same one still running is begun again."""
        for owed_by in clock.owed_by:
            for keys in self._each(clock, owed_by, event):
                new = Life(clock, owed_by, keys, event)
                self._end(How.ended, event, [life for life in self.open if life.is_same(new)])
                self._run(new)

    def _each(self, clock: Clock, owed_by: str, event: Event) -> Iterator[dict[str, Key]]:
        """What it is counted by, in every combination there is; none where the entry says that there are none."""
        names = [name for name in clock.per if name != "party" or len(clock.owed_by) == 1]
        if owed_by in {BODY, OVERSIGHT} and "party" not in names:
            names.append("party")
        if any(event.about_none(name) for name in names):
            return
        about: dict[str, Sequence[Key]] = {}
        for name in names:
            if values := event.about(name) or (self.parties if name == "party" else ()):
                about[name] = values
        for chosen in product(*about.values()):
            keys = dict(zip(about, chosen, strict=True))
            is_one = _belong_together(clock, keys, event) and _has_a_day(clock, keys, event)
            if is_one and self._owes(clock, owed_by, keys):
                yield keys

    def _owes(self, clock: Clock, owed_by: str, keys: Mapping[str, Key]) -> bool:
        """Whether that side owes it: an oversight body only where there is one, and then, if so said, nobody else."""
        is_overseen = keys.get("party") in self.overseen
        if owed_by == OVERSIGHT:
            return is_overseen
        return not (clock.owed_by_first and OVERSIGHT in clock.owed_by and is_overseen)

    def _run(self, life: Life) -> None:
        follows = self.kind.steps.get(life.clock.passes or "")
        life.runs_out = life.clock.passes == GOES_ON or (follows is not None and SYSTEM in follows.who)
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
        for life in self.all:
            if "party" in life.keys and (life.ending is None or life.clock.undone_by):
                life.keys["party"] = successors.get(life.keys["party"], life.keys["party"])


def _belong_together(clock: Clock, keys: Mapping[str, Key], event: Event) -> bool:
    """Whether what else it is counted by is what the thing belongs to, where the entry says what that is."""
    thing = clock.per[-1] if clock.per else ""
    return thing not in keys or all(
        event.belongs(name, value, keys[thing]) for name, value in keys.items() if name != thing
    )


def _has_a_day(clock: Clock, keys: Mapping[str, Key], event: Event) -> bool:
    """Whether the entry gives the thing a length or a day, where it gives them thing by thing: what it leaves out lapses."""
    table = event.data.get(clock.length_in or "")
    return not (isinstance(table, Mapping) and clock.per) or str(keys.get(clock.per[-1])) in table


def _may_be_extended(clock: Clock, step: str) -> bool:
    return clock.extension is not None and step in {clock.extension.asked_by, clock.extension.decided_by}
