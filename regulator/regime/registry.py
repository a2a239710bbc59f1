"""The names of the application’s code that an edition may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Registry:
    """The needs, effects and forms that the application has, by the names editions use."""

    needs: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
