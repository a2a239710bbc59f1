"""No pages of its own: what an inspection alone has stands on pages of casework and of the desk."""

from __future__ import annotations

from flask import Flask

from regulator.casework import case_page
from regulator.inspections import panels


def init(app: Flask) -> None:
    """Add what only an inspection has to the pages of its cases."""
    del app
    case_page.PANELS["inspection"] = panels.panels_of
