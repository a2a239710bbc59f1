"""The pages of complaints, wired into the application."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request, url_for

from regulator.access import acting
from regulator.complaints import begin_views, body_panels, panels, public_views, recovery_views, staff_views
from regulator.complaints.public_views import views

__all__ = ["begin_views", "body_panels", "init", "panels", "public_views", "recovery_views", "staff_views"]


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)
    app.context_processor(for_pages)


def for_pages() -> dict[str, object]:
    """Whoever opened a complaint with its code is shown no name and no places, only the ways out."""
    by = acting()
    quickly: dict[str, object] = (
        {"leaving_quickly": Elsewhere()} if by.person_id is None and _is_here() else {}
    )
    if by.case_id is None:
        return quickly
    return {"signed_in": None, "navigation": [], "leaving": url_for("complaints.leave"), **quickly}


def _is_here() -> bool:
    """Whether the page is one of complaints, or of whoever opened one."""
    return acting().case_id is not None or request.blueprint == views.name


@dataclass(frozen=True)
class Elsewhere:
    """Where somebody goes who must leave at once: a page that anybody may be looking at."""

    href: str = "https://www.bbc.co.uk/weather"

    @property
    def forget(self) -> str:
        """Where the browser tells us to forget that the complaint is open here."""
        return url_for("complaints.leave_quickly")
