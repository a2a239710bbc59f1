"""No pages of its own: what an audit alone has stands on pages of casework and of the desk."""

from __future__ import annotations

from flask import Flask

from regulator.audits import panels
from regulator.casework import case_page


def init(app: Flask) -> None:
    """Add what only an audit has to the pages of its cases."""
    del app
    case_page.PANELS["audit"] = panels.panels_of
