"""The pages of complaints, wired into the application."""

from __future__ import annotations

from flask import Flask, url_for

from regulator.access import acting
from regulator.complaints import begin_views, body_panels, panels, public_views, recovery_views, staff_views
from regulator.complaints.public_views import views

__all__ = ["begin_views", "body_panels", "init", "panels", "public_views", "recovery_views", "staff_views"]


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)
    app.context_processor(for_pages)


def for_pages() -> dict[str, object]:
    """Whoever opened a complaint with its code is shown no name and no places, only the way out."""
    if acting().case_id is None:
        return {}
    return {"signed_in": None, "navigation": [], "leaving": url_for("complaints.leave")}
