"""The proof that every name resolves, and that no sentence says to people outside what is not for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from regulator.regime.clock_names import clocks, pauses
from regulator.regime.looking import Look
from regulator.regime.model import (
    BEFORE,
    CLOSABLE,
    FIELD_KINDS,
    GIVEN,
    SAME,
    STAFF,
    THEM,
    Edition,
    Field,
    Kind,
    LetterUse,
    Step,
    Where,
)
from regulator.regime.reading import Problem, where_of
from regulator.regime.registry import Registry

OUTSIDE: Final = ("body", "complainant", "oversight", "public")
SIDES: Final = ("regulator", "body", "oversight", "outside", "system")
OF_A_CASE: Final = ("body", "reference")
"""Words that any sentence about a case may use, beside the answers of its step and the last days of clocks."""


def every_name_resolves(edition: Edition, kind: Kind) -> list[Problem]:
    """9. Every name resolves: role, stage, step, clock, need, letter, reason code, and each word of a sentence."""
    look = Look(edition, kind)
    for check in (_shared, _stages, _steps, clocks, pauses):
        check(look)
    return look.found


def unregistered(kind: Kind, registry: Registry) -> list[tuple[Where, str]]:
    """The needs, effects and forms a kind uses that the application does not have, each with where it is used."""
    found: list[tuple[Where, str]] = []
    found += [
        (kind.where, f"need “{name}”")
        for name in kind.always
        if registry.needs.isdisjoint({name, f"{kind.name}.{name}"})
    ]
    for step in kind.steps.values():
        needed = (*step.needs, *filter(None, (step.moves_when,)))
        used = [("need", name, registry.needs) for name in needed]
        used += [("effect", step.effect, registry.effects)] if step.effect else []
        used += [("form", step.form, registry.forms)] if step.form else []
        found += [
            (where_of(name, step.where), f"{what} “{name}”")
            for what, name, known in used
            if known.isdisjoint({name, f"{kind.name}.{name}"})
        ]
    return found


def _shared(look: Look) -> None:
    for role in look.edition.roles.values():
        owner = f"the role “{role.name}”"
        look.up([role.side], "side", SIDES, owner, role.where)
        look.up([role.whose or None], "relation", look.edition.relations, owner, role.where)


def _stages(look: Look) -> None:
    look.up(look.kind.always, "need", look.edition.needs, "always", look.kind.where)
    for stage in look.kind.stages.values():
        owner = f"the stage “{stage.name}”"
        look.up([stage.next_owner or None], "role", look.edition.roles, owner, stage.where)
        for sentence in stage.says.values():
            look.words(sentence, owner, stage.where, _of_a_case)
        disposals = [choice.code for choice in look.edition.reasons.get("disposals", ())]
        for row in stage.retention:
            look.up([row.disposal], "way to dispose of a record", disposals, owner, row.where)
    places = {*look.kind.stages, *look.kind.steps}
    for key, table, what, known in (
        ("seen_by", look.kind.seen_by, "stage", look.kind.stages),
        ("shown_from", look.kind.shown_from, "stage or step", places),
    ):
        look.up(table, "audience", OUTSIDE, key, look.kind.where)
        for names in table.values():
            look.up(sorted(names), what, known, key, look.kind.where)


def _of_a_case(word: str) -> str | None:
    return None if word in OF_A_CASE else "a stage’s sentence knows the case and its clocks alone"


def _steps(look: Look) -> None:
    kind, edition = look.kind, look.edition
    for step in kind.steps.values():
        owner = f"the step “{step.name}”"
        for names, what, known in (
            (step.from_, "stage", kind.stages),
            ([step.to], "stage", {*kind.stages, SAME, BEFORE, GIVEN}),
            (step.who, "role", edition.roles),
            (step.whose, "role", step.who),
            (step.whose.values(), "relation", edition.relations),
            ([*step.needs, step.moves_when], "need", edition.needs),
            ([*step.not_by, step.counts_as], "step", kind.steps),
            (step.leaves, "clock", kind.clocks),
            ([step.closes], "thing that can be closed", CLOSABLE),
            ([step.tells], "field of the step", [field.name for field in step.fields]),
            ([use.letter for use in step.letters], "letter", edition.letters),
            (step.says, "audience", {STAFF, THEM, *OUTSIDE}),
        ):
            look.up(names, what, known, owner, step.where)
        _named(look, step, owner)
        _told(look, step, owner)
        _asked(look, step, owner)
        for use in step.letters:
            _letter(look, use, owner)


def _named(look: Look, step: Step, owner: str) -> None:
    """A step that sides call by names of their own has one for each side that may take it, and for no other."""
    if not step.labels:
        return
    sides = [look.edition.roles[role].audience for role in step.who if role in look.edition.roles]
    look.up(step.labels, "side that may take it", sides, owner, step.where)
    for side in dict.fromkeys(sides):
        if not step.labels.get(side):
            look.say(step.where, f"{owner}: its label has no words for {side}.")


def _told(look: Look, step: Step, owner: str) -> None:
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


def _sayable(look: Look, step: Step, audience: str) -> Callable[[str], str | None]:
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


def _asked(look: Look, step: Step, owner: str) -> None:
    for use in step.letters:
        look.condition(use.only, step.answers, owner)
    for field in step.answers:
        asks = f"{owner}: the field “{field.name}”"
        look.up([field.kind], "kind of field", FIELD_KINDS, asks, field.where)
        if field.kind in {"choice", "several"}:
            look.up([field.choices or ""], "set of reason codes", look.edition.reasons, asks, field.where)
        if field.kind == "rows" and field in step.fields and step.form is None:
            look.say(field.where, f"{asks} needs a form of the step’s own.")


def _letter(look: Look, use: LetterUse, owner: str) -> None:
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
