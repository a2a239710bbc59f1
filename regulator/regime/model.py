"""What an edition is made of: frozen, typed, with the file and line each part came from.

Nothing here reads a file or a clock. A name that stands for code (a need, an effect, a form) is a string until the
application registers it; the loader refuses a kind in service that names something unregistered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from regulator.deadlines.calendar import CalendarName
from regulator.deadlines.rule import Length, Rule


class Audience(StrEnum):
    """Who may see an entry, a field or a document; decided when it is written, never widened silently."""

    internal = "internal"
    body = "body"
    complainant = "complainant"
    public = "public"
    body_only = "body_only"


@dataclass(frozen=True)
class Where:
    """The file and line something was written at; prints as `complaint.yaml:12`."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Where("", 0)


@dataclass(frozen=True)
class Role:
    """A part a person may hold. `side` is regulator, body, oversight, outside or system."""

    name: str
    label: str
    side: str
    works_cases: bool
    where: Where = NOWHERE


@dataclass(frozen=True)
class Choice:
    """One coded answer, with the words a person reads."""

    code: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Field:
    """Something a step asks for.

    kind:     text, long_text, choice, several, yes_no, day, moment, length, person, team, body, role, case, entry,
              files, lines (one answer a line), email, phone, number, clock (one of the case’s running clocks);
              the plain page knows how to draw each
    choices:  name of the set of reason codes, for choice and several
    personal: its words may name or describe a person, so they are kept apart and can be erased
    audience: the widest reader of the words; internal unless said
    """

    name: str
    kind: str
    label: str
    hint: str = ""
    required: bool = True
    choices: str | None = None
    personal: bool = False
    audience: frozenset[Audience] = frozenset({Audience.internal})
    message: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True)
class Stage:
    """Where a case stands. A missing sentence means that audience does not see the case there.

    label: the name staff use; body, complainant, oversight, public: the plain sentence each of them reads
    """

    name: str
    label: str
    says: Mapping[str, str]
    is_end: bool = False
    next_owner: str = ""
    where: Where = NOWHERE

    def seen_by(self, audience: str) -> bool:
        """Whether `audience` (staff, body, complainant, oversight, public) sees a case at this stage."""
        return audience == "staff" or audience in self.says


@dataclass(frozen=True)
class LetterUse:
    """A letter a step sends: the template’s name, and to whom (complainant, body, ...)."""

    letter: str
    to: str
    where: Where = NOWHERE


SAME, BEFORE, GIVEN = "same", "before", "given"


@dataclass(frozen=True)
class Step:
    """Anything that anyone may do to a case: one row.

    from_:   stages it may be taken at; empty for a step that opens a case
    to:      a stage; `same`; `before` (reverse: where the case stood); `given` (import: the stage it had)
    who:     roles; an empty one never loads
    whose:   for a role, the relation the person must have to the case (own_case, own_body, own_item)
    needs:   names of facts that must hold, each returning the sentence to show when it does not
    not_by:  steps whose doer may not do this one, over the whole life of the case
    effect:  registered name of what it does beyond recording itself; none for a step that only records
    form:    registered name of a form of its own; none for the plain page with `fields`
    leaves:  clocks that this step may leave behind unmet, ended as `left`
    says:    the sentence of the timeline for each audience told (staff always); {by} and field names are filled in
    body_only: the entry is the body’s own and the regulator cannot read it
    lists_in: the group of buttons it is shown under
    """

    name: str
    from_: tuple[str, ...]
    to: str
    who: tuple[str, ...]
    label: str
    says: Mapping[str, str]
    opens: bool = False
    whose: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    effect: str | None = None
    form: str | None = None
    fields: tuple[Field, ...] = ()
    letters: tuple[LetterUse, ...] = ()
    leaves: tuple[str, ...] = ()
    hint: str = ""
    body_only: bool = False
    where: Where = NOWHERE

    @property
    def moves(self) -> bool:
        """Whether the stage changes."""
        return self.to != SAME


@dataclass(frozen=True)
class ExtensionRule:
    """How more time is asked for and given.

    times: how many extensions; up_to: the most each may add, if there is a most
    """

    asked_by: str | None
    decided_by: str
    times: int | None = 1
    up_to: Length | None = None


@dataclass(frozen=True)
class PauseRule:
    """An interval in which the clocks that name it do not run; both its days are left out.

    It ends by a step of `ended_by`, or by itself `at_most` after it began or was last renewed.
    """

    name: str
    label: str
    opened_by: tuple[str, ...]
    ended_by: tuple[str, ...]
    renewed_by: tuple[str, ...]
    at_most: Length
    where: Where = NOWHERE


@dataclass(frozen=True)
class Clock:
    """A promise or a duty with a date, derived from events.

    owed_by:    regulator, body, complainant (several: one instance each); owed_to likewise
    starts:     steps that start it; for each instance key of `per` found in the event (party, request, item, act)
    restarts:   steps that meet it and start it again (progress)
    met_by:     steps that meet it; ends_on: steps that end it without meeting or missing it
    length_in:  name of the event’s field that sets its own length or last day, if a step may
    calendar:   a calendar’s name, or `body` for the calendar of the body that owes it
    paused_by:  names of pauses; empty is never
    passes:     what happens when it runs out: None (it becomes overdue), `goes_on` (the case may go on), or a step
                the system then takes
    on_last_day: a step the system takes on the last day when nobody has (acknowledge)
    outlives_end: still runs at an end stage (review_window)
    """

    name: str
    label: str
    owed_by: tuple[str, ...]
    owed_to: tuple[str, ...]
    starts: tuple[str, ...]
    rule: Rule
    calendar: CalendarName | str
    met_by: tuple[str, ...]
    restarts: tuple[str, ...] = ()
    ends_on: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    paused_by: tuple[str, ...] = ()
    extension: ExtensionRule | None = None
    length_in: str | None = None
    passes: str | None = None
    on_last_day: str | None = None
    outlives_end: bool = False
    where: Where = NOWHERE


@dataclass(frozen=True)
class Letter:
    """The words of a letter: merge fields in braces, blank-line paragraphs. `to` is who it is written for."""

    name: str
    to: str
    subject: str
    text: str
    where: Where = NOWHERE


@dataclass(frozen=True)
class Standard:
    """A clause a finding may be tied to, with the days it was in force and where its words come from."""

    code: str
    title: str
    clause: str
    text: str
    source: str
    in_force_from: str
    in_force_to: str = ""
    where: Where = NOWHERE


@dataclass(frozen=True)
class Kind:
    """One kind of case: its stages in order, steps, clocks and pauses (those of every kind included)."""

    name: str
    label: str
    prefix: str
    in_service: bool
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    clocks: Mapping[str, Clock]
    pauses: Mapping[str, PauseRule]
    awaits: tuple[str, ...] = ()
    where: Where = NOWHERE

    @property
    def ends(self) -> frozenset[str]:
        """Names of the end stages."""
        return frozenset(name for name, stage in self.stages.items() if stage.is_end)

    @property
    def openings(self) -> tuple[Step, ...]:
        """Steps that open a case of this kind."""
        return tuple(step for step in self.steps.values() if step.opens)


@dataclass(frozen=True)
class Edition:
    """A dated, immutable set of rules; a case keeps the edition it was opened under.

    digest: sha256 of its files in name order, hex
    """

    name: str
    title: str
    in_force_from: str
    digest: str
    roles: Mapping[str, Role]
    reasons: Mapping[str, tuple[Choice, ...]]
    standards: Mapping[str, Standard]
    letters: Mapping[str, Letter]
    kinds: Mapping[str, Kind]

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The coded answers of a set, in the order the edition lists them."""
        return self.reasons[name]
