"""Which roles there are, as the editions say, and whom each may be given to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache

from regulator.regime.loader import shipped
from regulator.regime.model import Role


class RoleSide(StrEnum):
    """Whose role it is, in the edition’s words."""

    regulator = "regulator"
    body = "body"
    oversight = "oversight"


@cache
def known() -> Mapping[str, Role]:
    """Every role of the editions there are, by name, in their order; a later edition’s words count."""
    editions = sorted(shipped().values(), key=lambda edition: edition.in_force_from)
    return {name: role for edition in editions for name, role in edition.roles.items()}


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
