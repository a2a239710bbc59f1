"""No pages of its own: what only a notice has stands on pages of casework and of the desk."""

from __future__ import annotations

from flask import Flask

from regulator.enforcement import pages

__all__ = ["init", "pages"]


def init(app: Flask) -> None:
    """Nothing to add: what `pages` registers is drawn where cases are."""
    del app
