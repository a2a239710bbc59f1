"""The pages of casework that staff use, and what every room’s addresses of cases are made of."""

from __future__ import annotations

from flask import Flask

from regulator.casework import addresses, editions
from regulator.casework.blueprint import views

__all__ = ["init"]


def init(app: Flask) -> None:
    """Add the pages of this room; the rules are loaded and proved first, or nothing starts."""
    editions.editions()
    addresses.init(app)
    app.register_blueprint(views)
