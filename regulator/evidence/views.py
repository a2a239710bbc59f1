"""No pages: what this room shows stands on pages of casework and of the desk."""

from __future__ import annotations

from flask import Flask


def init(app: Flask) -> None:
    """Nothing to add."""
    del app
