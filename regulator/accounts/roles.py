"""Which roles there are, as the edition says, and whom each may be given to.

The rooms of cases know the edition in force and say so here with `provide`, so that people need not know of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from regulator.regime.model import Role

_source: list[Callable[[], Mapping[str, Role]]] = []


class RoleSide(StrEnum):
    """Whose role it is, in the edition’s words."""

    regulator = "regulator"
    body = "body"
    oversight = "oversight"


def provide(source: Callable[[], Mapping[str, Role]]) -> None:
    """Say where the roles of the edition in force are found."""
    _source[:] = [source]


def known() -> Mapping[str, Role]:
    """Every role of the edition in force, by name, in its order."""
    if not _source:
        raise RuntimeError("nobody said which edition’s roles are in force")
    return _source[0]()


def label(role: str) -> str:
    """The role as a person reads it."""
    found = known().get(role)
    return found.label if found else role.replace("_", " ")


def labels(names: Iterable[str]) -> str:
    """Roles as a person reads them, in the edition’s order: “Manager, reviewer”."""
    held = set(names)
    texts = [role.label for name, role in known().items() if name in held]
    return ", ".join([*texts[:1], *(_small(text) for text in texts[1:])])


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def open_to(sides: Iterable[RoleSide]) -> list[Role]:
    """The roles that people of these sides may hold, in the edition’s order."""
    allowed = set(sides)
    return [role for role in known().values() if role.side in allowed]
