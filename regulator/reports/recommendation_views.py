"""Recommendations across cases, for the regulator’s people and for a body’s: the page, and the same as a file."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from regulator.access import BODY, REGULATOR, acting, allow
from regulator.errors import Missing
from regulator.ledger.reading import look
from regulator.reports import recommendation_list as listing
from regulator.reports.exporting import WRITERS, file_of

OUTSIDE = (*BODY, "oversight_contact")
views = Blueprint("recommendations", __name__)


@views.get("/recommendations")
@allow(*REGULATOR)
def shown() -> ResponseReturnValue:
    """Every recommendation of every body."""
    return _page("recommendations.shown")


@views.get("/recommendations/save/<string:ending>")
@allow(*REGULATOR)
def shown_file(ending: str) -> ResponseReturnValue:
    """The same as a file."""
    return _file(ending)


@views.get("/body/recommendations")
@allow(*OUTSIDE)
def own() -> ResponseReturnValue:
    """Every recommendation to one’s own body, or to one that it oversees."""
    return _page("recommendations.own")


@views.get("/body/recommendations/save/<string:ending>")
@allow(*OUTSIDE)
def own_file(ending: str) -> ResponseReturnValue:
    """The same as a file."""
    return _file(ending)


def _page(here: str) -> str:
    by = acting()
    look("recommendations", by=by)
    return render_template("reports/recommendations.html", **listing.page(listing.asked_of(by), here, by))


def _file(ending: str) -> Response:
    if ending not in WRITERS:
        raise Missing("A list can be saved as CSV or as ODS.")
    by = acting()
    look(f"recommendations:{ending}", by=by)
    return file_of(listing.sheet(listing.asked_of(by), by), ending)
