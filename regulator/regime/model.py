"""What an edition is made of: frozen, typed, with the file and line each part came from.

Nothing here reads a file or a clock. A name that stands for code (a need, an effect, a form) is a string until the
application registers it; the loader refuses a kind in service that names something unregistered.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from regulator.regime.intake import Intake
from regulator.regime.keeping import Keeping
from regulator.regime.parts import (
    FIELD_KINDS,
    NOWHERE,
    Audience,
    Choice,
    Condition,
    Field,
    Letter,
    LetterUse,
    Need,
    Role,
    Standard,
    Where,
)
from regulator.regime.time_rules import Chaser, Clock, ExtensionRule, PauseRule

__all__ = [
    "BEFORE",
    "CLOSABLE",
    "FIELD_KINDS",
    "GIVEN",
    "GOES_ON",
    "NOWHERE",
    "REMIND",
    "SAME",
    "STAFF",
    "SYSTEM",
    "THEM",
    "Audience",
    "Chaser",
    "Choice",
    "Clock",
    "Condition",
    "Edition",
    "ExtensionRule",
    "Field",
    "Kind",
    "Letter",
    "LetterUse",
    "Need",
    "PauseRule",
    "Role",
    "Stage",
    "Standard",
    "Step",
    "Where",
]


@dataclass(frozen=True)
class Stage:
    """Where a case stands. A missing sentence means that audience does not see the case there.

    label:      the name staff use
    says:       the plain sentence that body, complainant or oversight reads; {clock.last_day} is filled in
    next_owner: the role whose turn it is while nothing else says so
    retention:  of an end, what becomes of the record: the first row that applies
    """

    name: str
    label: str
    says: Mapping[str, str]
    is_end: bool = False
    next_owner: str = ""
    where: Where = NOWHERE
    retention: tuple[Keeping, ...] = ()

    def seen_by(self, audience: str) -> bool:
        """Whether `audience` (staff, body, complainant, oversight, public) sees a case at this stage."""
        return audience == "staff" or audience in self.says


SAME, BEFORE, GIVEN = "same", "before", "given"
STAFF = "staff"
SYSTEM = "system"
REMIND = "remind"
"""The step by which the system sends the letters that a clock has as chasers."""
GOES_ON = "goes_on"
"""What follows from a clock that ran out: the case may go on without what it waited for."""
THEM = "them"
"""The outside person who takes a step, or whose request or comment it answers; never the other side."""
CLOSABLE = ("recommendation", "concern", "notice_step")


@dataclass(frozen=True)
class Step:
    """Anything that anyone may do to a case: one row.

    from_:     stages it may be taken at; empty for a step that opens a case
    to:        a stage; `same`; `before` (reverse: where the case stood); `given` (import: the stage it had)
    who:       roles; an empty one never loads
    whose:     for a role, the relation the person must have to the case (own_case, own_body, own_item)
    needs:     names of facts that must hold, each returning the sentence to show when it does not
    not_by:    steps whose doer may not do this one, over the whole life of the case; those that count as one of
               them are included
    counts_as: a step it counts as wherever `not_by` names that one (amending a proposal counts as proposing)
    moves_when: a fact that must hold once it is taken, or it is recorded and the case stays: every body has agreed
    carries:   coded answers given earlier that its entry repeats, so that clocks can be counted from it: one answer,
               or a table of them by the number of the thing (recommendation, step of a notice)
    effect:    registered name of what it does beyond recording itself; none for a step that only records
    form:      registered name of a form of its own; none for the plain page with `fields`
    leaves:    clocks that this step may leave behind unmet, ended as `left`
    closes:    what it closes for good, of CLOSABLE; only the regulator may
    label:     what staff call it; labels: what each side that may take it calls it, where they differ
    says:      the sentence of the timeline for each audience told; staff always, save where the entry is the body’s
               own. {by} and field names are filled in. `them` is resolved by `told`
    tells:     the name of a field whose answer says which outside audiences are told; none tells all of `says`
    body_only: the entry is the body’s own and the regulator cannot read it
    lists_in:  the group of buttons it is shown under
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
    counts_as: str | None = None
    closes: str | None = None
    tells: str | None = None
    lists_in: str = ""
    where: Where = NOWHERE
    moves_when: str | None = None
    carries: tuple[Field, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> tuple[Field, ...]:
        """What its entry says: what it asks for, and what it carries."""
        return (*self.fields, *self.carries)

    @property
    def moves(self) -> bool:
        """Whether the stage changes."""
        return self.to != SAME

    def read_by(self, audience: str) -> Step:
        """The step under the name that one audience calls it by."""
        label = self.labels.get(audience, self.label)
        return self if label == self.label else replace(self, label=label)

    def told(self, *, them: str | None = None, chosen: Collection[str] | None = None) -> dict[str, str]:
        """The sentence for each audience that is told of the step; staff, body, complainant, oversight or public.

        them:   the audience of the outside person who takes it or is answered by it, where there is one
        chosen: for a step that `tells` whom it is told to, the audiences chosen
        """
        said = {(them if key == THEM else key): words for key, words in self.says.items()}
        if self.tells is not None:
            said = {key: words for key, words in said.items() if key == STAFF or key in (chosen or ())}
        return {key: words for key, words in said.items() if key is not None}


@dataclass(frozen=True)
class Kind:
    """One kind of case: its stages in order, steps, clocks and pauses (those of every kind included).

    seen_by:    for each outside audience, the stages at which it may see a case
    shown_from: for an audience, the stages and steps that first show it the case: until there was one, it sees none
    always:     facts that every step but an opening one needs, before its own
    awaits:     names a kind not yet in service uses and the application does not have
    """

    name: str
    label: str
    prefix: str
    in_service: bool
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]
    clocks: Mapping[str, Clock]
    pauses: Mapping[str, PauseRule]
    awaits: tuple[str, ...] = ()
    seen_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    shown_from: Mapping[str, frozenset[str]] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    where: Where = NOWHERE

    def shows(self, audience: str, passed: Collection[str]) -> bool:
        """Whether `audience` may know of a case with the stages it was at and the steps taken, in any order."""
        first = self.shown_from.get(audience)
        return first is None or not first.isdisjoint(passed)

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

    digest:    sha256 of its files in name order, hex
    relations: how a person may stand to a case, and what each means
    words:     the words a letter or sentence may be given, beside the answers of its step, and what each means
    intake:    who else may be the right one to ask, and how long drafts, codes and links are good
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
    needs: Mapping[str, Need] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    intake: Intake = field(default_factory=Intake)

    def choices(self, name: str) -> tuple[Choice, ...]:
        """The coded answers of a set, in the order the edition lists them."""
        return self.reasons[name]
