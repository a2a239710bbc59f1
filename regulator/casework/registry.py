"""What the edition’s names stand for: needs, effects, forms and relations, registered by the rooms.

A room registers its own at import. The loader is told the names; the engine looks them up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from regulator.actors import Actor
from regulator.regime.model import Step

if TYPE_CHECKING:
    from regulator.casework.facts import Facts
    from regulator.casework.taking import Taking
    from regulator.letters.commands import Recipient

Need: TypeAlias = "Callable[[Facts, Step, Actor], str | None]"
Effect: TypeAlias = "Callable[[Taking], None]"
Relation: TypeAlias = "Callable[[Facts, Actor], bool]"
Words: TypeAlias = "Callable[[Facts, Recipient], dict[str, str]]"
F = TypeVar("F", bound=Callable[..., object])

NEEDS: dict[str, Need] = {}
EFFECTS: dict[str, Effect] = {}
RELATIONS: dict[str, Relation] = {}
LOADERS: dict[str, Callable[[int], object]] = {}
MERGES: dict[str, Words] = {}
FORMS: set[str] = set()


def _into(table: dict[str, F]) -> Callable[[F], F]:
    def register(function: F) -> F:
        name = function.__name__
        if name in table:
            raise RuntimeError(f"{name} is registered twice")
        table[name] = function
        return function

    return register


need = _into(NEEDS)
"""A fact about a case: returns None when it holds, else the sentence to show. Named as the edition names it."""
effect = _into(EFFECTS)
"""What a step does beyond recording itself. Named as the edition names it."""
relation = _into(RELATIONS)
"""Whether a person stands to a case as a step asks (own_case, own_body, own_item)."""


def effect_for(kind: str) -> Callable[[F], F]:
    """Register what a step of every kind does on one kind of case, in place of the common effect."""

    def register(function: F) -> F:
        EFFECTS[f"{kind}.{function.__name__}"] = function  # type: ignore[assignment]
        return function

    return register


def loader(kind: str) -> Callable[[F], F]:
    """Register what loads, once and together, the rows a kind’s needs look at: `(case_id) -> rows`."""

    def register(function: F) -> F:
        LOADERS[kind] = function
        return function

    return register


def merges(kind: str) -> Callable[[F], F]:
    """Register the words a kind gives to its letters: `(facts, recipient) -> {name: words}`."""

    def register(function: F) -> F:
        MERGES[kind] = function  # type: ignore[assignment]
        return function

    return register
