"""How each kind of answer is asked for: the edition’s fields as questions of a form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from regulator.actors import Actor
from regulator.casework import queries
from regulator.casework.choosing import NOT_ASKED_OF_ONE, Asking, coded, is_chosen, source_for
from regulator.casework.facts import Facts
from regulator.casework.questions import (
    CaseReference,
    Lines,
    Number,
    Numbered,
    NumberedBoxes,
    NumberedSelect,
    Phone,
    TimeLength,
    YesNo,
)
from regulator.casework.steps import OtherCase
from regulator.fields.choices import Checkboxes, Radios, Select
from regulator.forms import Asked, Choice, field
from regulator.regime.model import Field, Step

FEW = 7
"""Up to so many choices are shown at once; more open as a list."""

SIMPLE: Mapping[str, Callable[..., Asked]] = {
    **{
        kind: lambda *args, _kind=kind, **more: field(_kind, *args, **more)
        for kind in ("text", "email", "confirm", "moment")
    },
    "long_text": lambda *args, **more: field("textarea", *args, **more),
    "day": lambda *args, **more: field("date", *args, **more),
    "files": lambda *args, **more: field("file", *args, **more),
    "lines": Lines,
    "phone": Phone,
    "number": Number,
    "length": TimeLength,
}
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"))
TEXTUAL = frozenset({"stage", "clock", "standard"})
"""Kinds whose choices are words; those of the others are numbers of rows."""
SEVERAL = frozenset({"people", "allegations", "bodies", "notice_steps"})
NEVER_ASKED_HERE = frozenset({"rows"})
Made: TypeAlias = "Iterator[tuple[str, Asked]]"


def varies(step: Step) -> bool:
    """Whether the questions of a step are not the same for every case and person."""
    return any(is_chosen(one.kind) or one.kind == "case" for one in step.fields)


def questions(step: Step, known: Facts | None, by: Actor, without: Collection[str] = ()) -> Made:
    """Each question of a step by its name, in the edition’s order; one with nothing to choose is left out."""
    for one in step.fields:
        if one.name in without or one.kind in NEVER_ASKED_HERE:
            continue
        if (question := _question(Asking(one, step, by, known))) is not None:
            yield one.name, question


def _question(asking: Asking) -> Asked | None:
    one = asking.field
    said: dict[str, Any] = {"hint": one.hint, "required": one.required, "message": one.message}
    if one.kind == "case":
        return CaseReference(one.label, find=lambda typed: found(typed, asking.by), **said)
    if one.kind == "yes_no":
        return YesNo(one.label, choices=YES_NO, **said)
    if one.kind in SIMPLE:
        return SIMPLE[one.kind](one.label, **said)
    if one.kind in ("choice", "several"):
        choices = coded(asking)
        shown = Checkboxes if one.kind == "several" else Radios if len(choices) <= FEW else Select
        return shown(one.label, choices=choices, **said)
    return _chosen(asking, said)


def _chosen(asking: Asking, said: Mapping[str, Any]) -> Asked | None:
    choices = source_for(asking)(asking)
    kind = asking.field.kind
    if len(choices) <= 1 and (kind in NOT_ASKED_OF_ONE or not choices):
        return None
    return _shown(kind, len(choices))(asking.field.label, choices=choices, **said)


def _shown(kind: str, count: int) -> type[Asked]:
    if kind in SEVERAL:
        return NumberedBoxes
    if kind in TEXTUAL:
        return Radios if count <= FEW else Select
    return Numbered if count <= FEW and kind not in ("person", "body", "entry") else NumberedSelect


def found(typed: str, by: Actor) -> OtherCase:
    """The case with this reference, as the person asking may see it.

    Raises: Missing
    """
    case = queries.get(typed, by=by)
    return OtherCase(case.id, case.reference)


def question_for(one: Field, step: Step, known: Facts | None, by: Actor) -> Asked | None:
    """One question, for a form that is not made of all of them; None when there is nothing to choose."""
    return _question(Asking(one, step, by, known))
