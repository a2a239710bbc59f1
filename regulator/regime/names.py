"""The proof that every name resolves, and that no sentence says to people outside what is not for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from regulator.deadlines.calendar import CalendarName
from regulator.regime.model import (
    BEFORE,
    CLOSABLE,
    FIELD_KINDS,
    GIVEN,
    SAME,
    STAFF,
    THEM,
    Clock,
    Edition,
    Field,
    Kind,
    LetterUse,
    Step,
    Where,
)
from regulator.regime.reading import Problem, unknown, where_of
from regulator.regime.registry import Registry

OUTSIDE: Final = ("body", "complainant", "oversight", "public")
OWERS: Final = ("regulator", "body", "complainant", "oversight", "tribunal", "public")
SIDES: Final = ("regulator", "body", "oversight", "outside", "system")
OF_A_CASE: Final = ("body", "reference")
"""Words that any sentence about a case may use, beside the answers of its step and the last days of clocks."""
_WORD = re.compile(r"\{([^{}]*)\}")


def every_name_resolves(edition: Edition, kind: Kind) -> list[Problem]:
    """9. Every name resolves: role, stage, step, clock, need, letter, reason code, and each word of a sentence."""
    look = _Look(edition, kind)
    for check in (_shared, _stages, _steps, _clocks, _pauses):
        check(look)
    return look.found


def unregistered(kind: Kind, registry: Registry) -> list[tuple[Where, str]]:
    """The needs, effects and forms a kind uses that the application does not have, each with where it is used."""
    found: list[tuple[Where, str]] = []
    for step in kind.steps.values():
        used = [("need", name, registry.needs) for name in step.needs]
        used += [("effect", step.effect, registry.effects)] if step.effect else []
        used += [("form", step.form, registry.forms)] if step.form else []
        found += [(where_of(n, step.where), f"{what} “{n}”") for what, n, known in used if n not in known]
    return found


class _Look:
    """Looks names up, and notes the ones that are not there."""

    def __init__(self, edition: Edition, kind: Kind) -> None:
        self.edition = edition
        self.kind = kind
        self.found: list[Problem] = []
        self.fields: dict[str, list[Field]] = {}
        for step in kind.steps.values():
            for field in step.fields:
                self.fields.setdefault(field.name, []).append(field)

    def say(self, where: Where, sentence: str) -> None:
        self.found.append(Problem(where.file, where.line, sentence))

    def up(
        self, names: Iterable[str | None], what: str, known: Collection[str], owner: str, at: Where
    ) -> None:
        """Look each of `names` up among `known`."""
        for name in names:
            if name is not None and name not in known:
                self.say(where_of(name, at), f"{owner}: {unknown(name, what, known)}")

    def words(self, text: str, owner: str, at: Where, may: Callable[[str], str | None]) -> None:
        """Look up every word in braces; `may` says why a word is not for this text, or None."""
        for word in _WORD.findall(text):
            clock, dot, day = word.partition(".")
            if dot:
                why = None if day == "last_day" and clock in self.kind.clocks else "no clock has such a day"
            else:
                why = may(word)
            if why:
                self.say(where_of(text, at), f"{owner}: “{{{word}}}” cannot stand here: {why}.")
        if {"{", "}"} & set(_WORD.sub("", text)):
            self.say(where_of(text, at), f"{owner}: a brace is open or closed once too often.")


def _shared(look: _Look) -> None:
    for role in look.edition.roles.values():
        owner = f"the role “{role.name}”"
        look.up([role.side], "side", SIDES, owner, role.where)
        look.up([role.whose or None], "relation", look.edition.relations, owner, role.where)


def _stages(look: _Look) -> None:
    for stage in look.kind.stages.values():
        owner = f"the stage “{stage.name}”"
        look.up([stage.next_owner or None], "role", look.edition.roles, owner, stage.where)
        for sentence in stage.says.values():
            look.words(sentence, owner, stage.where, _of_a_case)
    for key, table in (("seen_by", look.kind.seen_by), ("shown_from", look.kind.shown_from)):
        look.up(table, "audience", OUTSIDE, key, look.kind.where)
        for stages in table.values():
            look.up(sorted(stages), "stage", look.kind.stages, key, look.kind.where)


def _of_a_case(word: str) -> str | None:
    return None if word in OF_A_CASE else "a stage’s sentence knows the case and its clocks alone"


def _steps(look: _Look) -> None:
    kind, edition = look.kind, look.edition
    for step in kind.steps.values():
        owner = f"the step “{step.name}”"
        for names, what, known in (
            (step.from_, "stage", kind.stages),
            ([step.to], "stage", {*kind.stages, SAME, BEFORE, GIVEN}),
            (step.who, "role", edition.roles),
            (step.whose, "role", step.who),
            (step.whose.values(), "relation", edition.relations),
            (step.needs, "need", edition.needs),
            ([*step.not_by, step.counts_as], "step", kind.steps),
            (step.leaves, "clock", kind.clocks),
            ([step.closes], "thing that can be closed", CLOSABLE),
            ([step.tells], "field of the step", [field.name for field in step.fields]),
            ([use.letter for use in step.letters], "letter", edition.letters),
            (step.says, "audience", {STAFF, THEM, *OUTSIDE}),
        ):
            look.up(names, what, known, owner, step.where)
        _told(look, step, owner)
        _asked(look, step, owner)
        for use in step.letters:
            _letter(look, use, owner)


def _told(look: _Look, step: Step, owner: str) -> None:
    """Staff are told of every step but a body’s own; a sentence uses only what its readers may know."""
    if (STAFF in step.says) is step.body_only:
        which = "the regulator cannot read it" if step.body_only else "says has no sentence for staff"
        look.say(step.where, f"{owner}: {which}.")
    if THEM in step.says and set(step.says) & set(OUTSIDE):
        look.say(
            step.where, f"{owner}: whoever is told as “them” is told once; take the other sentences out."
        )
    for audience, sentence in step.says.items():
        if not sentence:
            look.say(where_of(audience, step.where), f"{owner}: its sentence for {audience} is empty.")
        look.words(sentence, owner, step.where, _sayable(look, step, audience))


def _sayable(look: _Look, step: Step, audience: str) -> Callable[[str], str | None]:
    fields = {field.name: field for field in step.fields}

    def may(word: str) -> str | None:
        if word == "by":
            sides = {look.edition.roles[role].audience for role in step.who if role in look.edition.roles}
            return None if audience == STAFF or sides == {audience} else "it would name who works on the case"
        if word in OF_A_CASE:
            return None
        if word not in fields:
            return "the step does not ask for it"
        if fields[word].personal:
            return "its words can be erased, and the timeline cannot"
        return _kept_from(fields[word], audience)

    return may


def _kept_from(field: Field, audience: str) -> str | None:
    """Why an answer is not for these readers, if it is not."""
    readers = {"staff": (), "manager": (), THEM: ("body", "complainant")}.get(audience, (audience,))
    hidden = [reader for reader in readers if reader not in {str(each) for each in field.audience}]
    return f"the answer is not for the {hidden[0]}" if hidden else None


def _asked(look: _Look, step: Step, owner: str) -> None:
    for field in step.fields:
        asks = f"{owner}: the field “{field.name}”"
        look.up([field.kind], "kind of field", FIELD_KINDS, asks, field.where)
        if field.kind in {"choice", "several"}:
            look.up([field.choices or ""], "set of reason codes", look.edition.reasons, asks, field.where)
        if field.kind == "rows" and step.form is None:
            look.say(field.where, f"{asks} needs a form of the step’s own.")


def _letter(look: _Look, use: LetterUse, owner: str) -> None:
    """The letter is written to whom it is sent, and uses only what they may know."""
    letter = look.edition.letters.get(use.letter)
    if letter is None:
        return
    if letter.to != use.to:
        look.say(
            use.where,
            f"{owner}: the letter “{letter.name}” is written to the {letter.to}, not to the {use.to}.",
        )

    def may(word: str) -> str | None:
        if word in look.edition.words:
            return None
        fields = look.fields.get(word)
        if fields is None:
            return "no step asks for it"
        return next((why for field in fields if (why := _kept_from(field, use.to))), None)

    for text in (letter.subject, letter.text):
        look.words(text, f"the letter “{letter.name}”", letter.where, may)


def _clocks(look: _Look) -> None:
    kind = look.kind
    for clock in kind.clocks.values():
        owner = f"the clock “{clock.name}”"
        more = clock.extension
        named = [*clock.starts, *clock.restarts, *clock.met_by, *clock.ends_on, clock.on_last_day]
        named += [more.asked_by, more.decided_by] if more else []
        named += [clock.passes] if clock.passes != "goes_on" else []
        look.up(named, "step", kind.steps, owner, clock.where)
        look.up(clock.paused_by, "pause", kind.pauses, owner, clock.where)
        look.up([*clock.owed_by, *clock.owed_to], "side that owes or is owed", OWERS, owner, clock.where)
        look.up([clock.calendar], "calendar", [*CalendarName, "body"], owner, clock.where)
        look.up(
            [clock.length_in],
            "field of a step that starts it",
            set(_starting(kind, clock)),
            owner,
            clock.where,
        )


def _starting(kind: Kind, clock: Clock) -> Iterator[str]:
    """The fields of the steps that start a clock."""
    steps = [kind.steps[name] for name in clock.starts if name in kind.steps]
    return (field.name for step in steps for field in step.fields)


def _pauses(look: _Look) -> None:
    for pause in look.kind.pauses.values():
        named = [*pause.opened_by, *pause.ended_by, *pause.renewed_by]
        look.up(named, "step", look.kind.steps, f"the pause “{pause.name}”", pause.where)
