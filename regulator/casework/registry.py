"""What the edition’s names stand for: needs, effects, forms and relations, registered by the rooms.

A room registers its own at import. The loader is told the names; the engine looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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
T = TypeVar("T")

NEEDS: dict[str, Need] = {}
EFFECTS: dict[str, Effect] = {}
RELATIONS: dict[str, Relation] = {}
LOADERS: dict[str, Callable[[int], object]] = {}
MERGES: dict[str, Words] = {}
OUTCOMES: dict[str, Callable[[Facts], Collection[str]]] = {}
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


def _into_for(table: dict[str, F]) -> Callable[..., Callable[[F], F]]:
    def for_kinds(*kinds: str) -> Callable[[F], F]:
        def register(function: F) -> F:
            for kind in kinds:
                name = f"{kind}.{function.__name__}"
                if name in table:
                    raise RuntimeError(f"{name} is registered twice")
                table[name] = function
            return function

        return register

    return for_kinds


need_for = _into_for(NEEDS)
"""A need on some kinds of case alone, or in place of the one that others have: `@need_for("audit", "inspection")`."""
effect_for = _into_for(EFFECTS)
"""What a step does on some kinds of case alone, or in place of what it does on others."""
relation_for = _into_for(RELATIONS)
"""How a person stands to a case of some kinds alone."""


def found_for(table: Mapping[str, T], kind: str, name: str) -> T:
    """What a name stands for on a kind of case: the kind’s own, else what every kind has.

    Raises: KeyError for a name that neither has
    """
    return table.get(f"{kind}.{name}") or table[name]


def names_for(table: Mapping[str, object], kind: str) -> frozenset[str]:
    """The names that stand for something on a kind of case."""
    own = {name.removeprefix(f"{kind}.") for name in table if name.startswith(f"{kind}.")}
    return frozenset(own | {name for name in table if "." not in name})


def loader(kind: str) -> Callable[[F], F]:
    """Register what loads, once and together, the rows a kind’s needs look at: `(case_id) -> rows`."""

    def register(function: F) -> F:
        LOADERS[kind] = function
        return function

    return register


def merges(kind: str) -> Callable[[F], F]:
    """Register the words a kind gives to its letters: `(facts, recipient) -> {name: words}`.

    The entry that sends the letter is by then the last of the events, with what it is about among its keys.
    """

    def register(function: F) -> F:
        MERGES[kind] = function  # type: ignore[assignment]
        return function

    return register


def outcomes(kind: str) -> Callable[[F], F]:
    """Register what tells the outcomes a case of a kind came to, on which it may depend how long it is kept."""

    def register(function: F) -> F:
        OUTCOMES[kind] = function  # type: ignore[assignment]
        return function

    return register
