"""Taking in what the public sends, as data: who else may be the right one to ask, and how long things are kept open.

Which body looks at what changes with every act, so it stands in an edition and not in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from regulator.regime.parts import NOWHERE, Choice, Where
from regulator.regime.reading import Reader, Table, unknown, where_of

NUMBERS = "draft_days access_days link_hours renewed_days"
CODED = {"subject": "complaint_subjects", "nation": "nations"}
"""The early questions answered with coded answers, and the set of each."""
ABOUT = ("body", *CODED)


@dataclass(frozen=True)
class Signpost:
    """Somebody else who may be the right one to ask, for those whose first answers fit.

    about:  for each of ABOUT that matters, the answers it is for; all of them must fit
    says:   the paragraphs the reader is given
    turn_to: who it is, and where they are found; the site is empty where the sources name none
    may_go_on: whether we may be asked all the same
    """

    name: str
    about: Mapping[str, tuple[str, ...]]
    title: str
    says: tuple[str, ...]
    turn_to: Mapping[str, str]
    may_go_on: bool
    where: Where = NOWHERE

    def is_for(self, answers: Mapping[str, str]) -> bool:
        """Whether these first answers lead here."""
        return all(answers.get(name) in codes for name, codes in self.about.items())


@dataclass(frozen=True)
class Intake:
    """What an edition says of taking things in; lengths are whole days, or hours where the name says so."""

    draft_days: int = 30
    access_days: int = 730
    link_hours: int = 24
    renewed_days: int = 365
    signposts: tuple[Signpost, ...] = field(default=())

    def signpost(self, answers: Mapping[str, str]) -> Signpost | None:
        """The first signpost for these answers; none where we are the right ones."""
        return next((one for one in self.signposts if one.is_for(answers)), None)


def intake(file: Reader | None, reasons: Mapping[str, tuple[Choice, ...]]) -> Intake:
    """What the file says; an edition without one takes nothing in from the public in a way of its own."""
    if file is None:
        return Intake()
    said = file.table(f"{NUMBERS} signposts", "", file.where.file)
    known = {question: {one.code for one in reasons.get(name, ())} for question, name in CODED.items()}
    return Intake(
        draft_days=_number(said, "draft_days"),
        access_days=_number(said, "access_days"),
        link_hours=_number(said, "link_hours"),
        renewed_days=_number(said, "renewed_days"),
        signposts=tuple(_signpost(name, row, known) for name, row in said.under("signposts").items()),
    )


def _number(said: Table, name: str) -> int:
    text = said.text(name)
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    said.reader.problems.say(text.where, f"“{name}” must be a whole number above nothing.")
    return 1


def _signpost(name: str, row: Reader, known: Mapping[str, set[str]]) -> Signpost:
    said = row.table("about title says turn_to go_on", "", f"the signpost “{name}”")
    about = said.under("about")
    for question, reader in about.items():
        if question not in ABOUT:
            reader.say(unknown(question, "early question", ABOUT))
        for code in reader.words():
            if question in known and code not in known[question]:
                reader.problems.say(code.where, unknown(code, f"answer to “{question}”", known[question]))
    return Signpost(
        name,
        about={question: tuple(reader.words()) for question, reader in about.items()},
        title=said.text("title"),
        says=tuple(paragraph.strip() for paragraph in said.text("says").split("\n") if paragraph.strip()),
        turn_to=said.texts("turn_to"),
        may_go_on=said.flag("go_on"),
        where=where_of(name),
    )
