"""Telling a story: each of its steps taken as anybody takes one, as at its own day, with what the system does between.

Only the recorded-on of the entries is today. Nothing is sent: every letter is written as historic.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from regulator import moments, words
from regulator.accounts.queries import body_named
from regulator.actors import Actor, Side
from regulator.casework import queries, tasks
from regulator.casework.opening import ALPHABET
from regulator.casework.steps import open_case, take
from regulator.deadlines.london import at_time, opening
from regulator.errors import Invalid, Missing, RegulatorError
from regulator.regime.reading import where_of
from regulator.replay.cast import Cast, claimant, dismiss
from regulator.replay.checking import Sight, check
from regulator.replay.queries import is_taken, next_look
from regulator.replay.resolving import Here, data_for
from regulator.replay.story import Act, Story, StoryRefused, Turn

Say = Callable[[str], None]
READER = Actor("The replay", frozenset({"observer"}), Side.staff)
NOON = time(12)
"""At which a day is told of which only the day is known: what falls due on it is not late yet."""


@dataclass
class Tally:
    """What was told: steps, how many of them by the system, how many assumed; and expectations, kept and broken."""

    steps: int = 0
    by_system: int = 0
    assumed: int = 0
    kept: int = 0
    broken: int = 0


def reference_for(story: Story, time_told: int = 1) -> str:
    """The reference of the case a story becomes: it follows from the file, and from how often that was told before."""
    digest = hashlib.sha256(f"{story.number} {story.digest} {time_told}".encode()).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{story.kind.prefix}-{letters[:4]}-{letters[4:]}"


def is_told(story: Story) -> bool:
    """Whether this very file was told before."""
    return is_taken(reference_for(story))


def tell(story: Story, say: Say) -> Tally:
    """Tell a whole story as a case of its own, line by line.

    say:    is given each line of the account
    Raises: StoryRefused where a step is refused
    """
    free = next(reference for n in count(1) if not is_taken(reference := reference_for(story, n)))
    return _Telling(story, free, say).tell()


class _Telling:
    """A story as far as it is told; `present` is the moment it has come to."""

    def __init__(self, story: Story, reference: str, say: Say) -> None:
        self.story, self.reference, self.say = story, reference, say
        self.present = min(_moment(turn.when) for turn in story.turns)
        self.cast = Cast(story, reference, _body(story))
        self.people = self.cast.join(moments.london_day(self.present))
        self.tally = Tally()
        self.case_id = self.seq = 0

    def tell(self) -> Tally:
        """Tell every line, then what the system has done since; then everybody leaves."""
        for turn in self.story.turns:
            self._turn(turn)
        last = self.present
        self._go_on_to(moments.recorded())
        with moments.as_at(min(last + timedelta(days=1), moments.recorded())):
            dismiss(self.people.values())
        return self.tally

    def _turn(self, turn: Turn) -> None:
        self._go_on_to(_moment(turn.when))
        with moments.as_at(self.present):
            if turn.act is not None:
                self._act(turn, turn.act)
            elif turn.expected:
                self.say(f"        {words.when(turn.when)}")
            self._check(turn)

    def _go_on_to(self, moment: datetime) -> None:
        """Come to a moment, or stay where the story is when that is later; the system does what falls due on the way."""
        while self.case_id and (due := next_look(self.case_id)) and due <= moment:
            self.present = max(self.present, due)
            self._let_system_act()
        self.present = max(self.present, moment)

    def _let_system_act(self) -> None:
        with moments.as_at(self.present):
            self.tally.by_system += tasks.look_at(self.case_id)
        again = next_look(self.case_id)
        if again is not None and again <= self.present:
            raise RuntimeError(f"the system is never done with {self.reference} at {self.present}")
        for told in self._news():
            self.say(f"kept    {words.when(told.occurred)}: {told.says}")

    def _news(self) -> list[queries.Told]:
        """The entries since the last one seen, the first first."""
        found = queries.timeline(self.case_id, by=READER, after=self.seq)[::-1]
        self.seq = found[-1].seq if found else self.seq
        return found

    def _act(self, turn: Turn, act: Act) -> None:
        says = f"{words.when(turn.when)}: {act.by}, “{act.step.label}”"
        try:
            self._take(turn, act)
        except RegulatorError as refused:
            self.say(f"broken  {says}")
            raise self._refused(turn, act, refused) from None
        self.say(f"kept    {says}")
        if act.assumed:
            self.say(f"        assumed: {act.assumed}")
        self.tally.steps += 1
        self.tally.assumed += bool(act.assumed)

    def _take(self, turn: Turn, act: Act) -> None:
        by, is_day = self._person(act.by), not isinstance(turn.when, datetime)
        occurred = turn.when if isinstance(turn.when, datetime) else opening(turn.when)
        data = data_for(act, Here(self.case_id, by, self.people)) | {"assumed": act.assumed}
        if act.step.opens:
            data = self._first() | data
            taken = open_case(
                act.step.name,
                self.story.kind.name,
                by=by,
                data=data,
                occurred=occurred,
                is_day=is_day,
                edition=self.story.edition.name,
            )
            self.case_id = taken.case_id
        else:
            taken = take(act.step.name, self.case_id, by=by, data=data, occurred=occurred, is_day=is_day)
        self.seq = taken.seq

    def _first(self) -> dict[str, object]:
        """What the case is opened with besides the answers."""
        return {
            "body": self.cast.body,
            "title": self.story.title,
            "reference": self.reference,
            "is_historic": True,
        }

    def _refused(self, turn: Turn, act: Act, refused: RegulatorError) -> StoryRefused:
        """The refusal with the line that it is about: the answer at fault, else the step."""
        answer = act.answers.get(refused.field or "") if isinstance(refused, Invalid) else None
        return StoryRefused(answer.where if answer else turn.where, refused.sentence)

    def _person(self, name: str) -> Actor:
        """Somebody of the story, or another holder of a role."""
        by = self.people.get(name) or self.cast.somebody_else(name, self.case_id)
        return claimant(by, self.case_id) if by.side is Side.public and self.case_id else by

    def _check(self, turn: Turn) -> None:
        sight = Sight(self.case_id, self._person, READER)
        for expected in turn.expected:
            outcome = check(expected, sight)
            if outcome.is_kept:
                self.tally.kept += 1
                self.say(f"kept        {outcome.says}")
            else:
                self.tally.broken += 1
                self.say(f"broken      {outcome.says}: {outcome.instead} ({expected.where})")


def _body(story: Story) -> int:
    """The body it is about.

    Raises: StoryRefused
    """
    try:
        return body_named(story.body).id
    except Missing:
        raise StoryRefused(where_of(story.body), f"there is no body called “{story.body}”.") from None


def _moment(when: date | datetime) -> datetime:
    """The moment at which a line is told."""
    return when if isinstance(when, datetime) else at_time(when, NOON)
