"""The names of the application’s code that an edition may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Registry:
    """The needs, effects and forms that the application has, by the names editions use.

    What it has for one kind of case alone has the name of the kind before it, as in `audit.terms_agreed`.
    """

    needs: frozenset[str] = frozenset()
    effects: frozenset[str] = frozenset()
    forms: frozenset[str] = frozenset()
