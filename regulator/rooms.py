"""Which rooms the application has: the one list that wires their views, rules and sign-in."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

ROOMS = (
    "accounts",
    "documents",
    "letters",
    "casework",
    "evidence",
    "desk",
    "complaints",
    "audits",
    "inspections",
    "enforcement",
    "register",
    "reports",
)


def init(app: Flask) -> None:
    """Let each room add what it has, `init(app)` in its `views`; then prove the rules, or stop here."""
    for room in ROOMS:
        import_module(f"regulator.{room}.views").init(app)
    import_module("regulator.casework.editions").editions()
