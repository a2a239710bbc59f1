"""The small parts an edition is made of: who, what is asked, what is answered, what is written to people.

Frozen and typed, with the file and line each came from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """Who may see an entry, a field or a document; decided when it is written, never widened silently."""

    internal = "internal"
    body = "body"
    complainant = "complainant"
    oversight = "oversight"
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
    """A part a person may hold.

    side:        regulator, body, oversight, outside or system
    whose:       the relation to a case it needs for any step on one (own_case, own_body, own_item); none for staff
    works_cases: whether it may be given any step at all
    """

    name: str
    label: str
    side: str
    works_cases: bool
    whose: str = ""
    where: Where = NOWHERE

    @property
    def audience(self) -> str:
        """Which of a stage’s sentences its holder reads: staff, body, complainant or oversight."""
        return {"outside": "complainant", "regulator": "staff", "system": "staff"}.get(self.side, self.side)


@dataclass(frozen=True)
class Choice:
    """One coded answer.

    label: what the person choosing it reads
    words: what a person told of it reads, in a letter or on the timeline; the label where nothing else is given
    """

    code: str
    label: str
    hint: str = ""
    words: str = ""

    @property
    def told(self) -> str:
        """The words for a person who is told of this answer."""
        return self.words or self.label


FIELD_KINDS: Mapping[str, str] = {
    "text": "one line",
    "long_text": "several lines",
    "lines": "one answer a line",
    "email": "an address for mail",
    "phone": "a telephone number",
    "number": "a whole number",
    "day": "a day",
    "moment": "a day, with a time where it is known",
    "length": "a length of time, such as 14 days",
    "yes_no": "yes or no",
    "confirm": "a statement that must be ticked",
    "choice": "one of a set of reason codes",
    "several": "any of a set of reason codes",
    "files": "files",
    "person": "someone who works for the regulator",
    "people": "any of those who work for the regulator",
    "colleague": "someone of the answering person’s own body",
    "team": "a team of the regulator",
    "body": "any body the regulator oversees",
    "party": "one of the case’s bodies; not asked where there is only one",
    "case": "the reference of another case",
    "stage": "one of the stages of the kind",
    "entry": "an entry of the case’s own timeline",
    "clock": "one of the case’s running clocks that may be given more time",
    "request": "one of the case’s open requests for an account; not asked where there is only one",
    "representative": "somebody who acts for the complainant; not asked where there is only one",
    "allegations": "any of the case’s allegations",
    "finding": "one of the case’s findings",
    "standard": "a standard of the edition",
    "bodies": "any of the bodies the regulator oversees",
    "item": "one of the items that the answering person’s body was asked for",
    "visit": "one of the visits that were arranged; not asked where there is none",
    "recommendation": "one of the case’s recommendations that is not settled",
    "concern": "one of the case’s concerns",
    "notice_step": "one of the steps of the notice",
    "notice_steps": "any of the steps of the notice",
    "act": "something done in the case that can be appealed",
    "rows": "rows of answers that only the step’s own form can draw",
}


@dataclass(frozen=True)
class Field:
    """Something a step asks for.

    kind:     one of FIELD_KINDS; the plain page knows how to draw each but `rows`, which a form of its own draws
    choices:  name of the set of reason codes, for choice and several
    personal: its words may name or describe a person, so they are kept apart and can be erased
    audience: the widest readers of the words; an answer is never seen by an audience that its entry does not tell
    message:  the sentence shown when it is left empty
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
class Condition:
    """What must have been answered: `field` is one of `codes`, as in “verdict is partly or not_met”."""

    field: str
    codes: tuple[str, ...] = ("yes",)
    where: Where = NOWHERE

    def holds(self, data: Mapping[str, object]) -> bool:
        """Whether these answers, coded as the ledger keeps them, meet it."""
        answer = data.get(self.field)
        said = ("yes" if answer else "no") if isinstance(answer, bool) else answer
        return said in self.codes


@dataclass(frozen=True)
class LetterUse:
    """A letter a step sends: the template’s name, and to whom: complainant, body, oversight, manager or them (THEM).

    One to a body goes only if the case, after the step, is one the body may see.
    only: the answer without which it is not sent: of the letters for several instruments one goes
    """

    letter: str
    to: str
    where: Where = NOWHERE
    only: Condition | None = None

    def goes(self, data: Mapping[str, object]) -> bool:
        """Whether it is sent with these answers, coded as the ledger keeps them."""
        return self.only is None or self.only.holds(data)


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
    """A clause a finding may be tied to, with the days it was in force and where its words come from.

    in_force_from: an ISO day, or a year where the source gives no more
    in_force_to:   the last day or year; empty while it is in force
    follows:       the code of the version that it took the place of
    is_confirmed:  whether the sources of this edition say it; if not, check it before a finding rests on it
    """

    code: str
    title: str
    clause: str
    text: str
    source: str
    in_force_from: str
    in_force_to: str = ""
    follows: str = ""
    is_confirmed: bool = True
    where: Where = NOWHERE

    @property
    def first_day(self) -> date:
        """The first day it was in force; of a year, its first."""
        return date.fromisoformat(
            self.in_force_from if "-" in self.in_force_from else f"{self.in_force_from}-01-01"
        )

    @property
    def last_day(self) -> date:
        """The last day it is in force; of a year, its last."""
        if not self.in_force_to:
            return date.max
        return date.fromisoformat(
            self.in_force_to if "-" in self.in_force_to else f"{self.in_force_to}-12-31"
        )

    @property
    def words(self) -> str:
        """What it asks and where it stands, in one line, as a finding names it."""
        return f"{self.title}, {self.clause}"


@dataclass(frozen=True)
class Need:
    """A fact a step may need, and what it means; the application holds the function of the same name."""

    name: str
    means: str
    where: Where = NOWHERE
