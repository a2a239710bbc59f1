"""The pages of a body and of whoever oversees one: the desk, each case, and every step its people may take."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import acting, allow
from regulator.actors import Actor
from regulator.casework import steps
from regulator.casework.looking import seen
from regulator.casework.queries import CaseRow, get
from regulator.casework.stepping import step_page
from regulator.desk import item_views, listing, own_views, page, team_views
from regulator.desk.blueprint import OUTSIDE_BODIES, views
from regulator.desk.queries import WAITING
from regulator.ledger.reading import look

WITH_PAGES = (own_views, team_views, item_views)
"""The modules whose pages are added with these."""


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)


@views.get("/body")
@allow(*OUTSIDE_BODIES)
def cases() -> ResponseReturnValue:
    """What waits for the body, soonest first."""
    show, after = request.args.get("show", WAITING), request.args.get("after", "")
    return render_template("body/desk.html", **listing.desk_of(show, after, by=acting()))


@views.get("/body/cases/<ref:reference>")
@allow(*OUTSIDE_BODIES)
def case(reference: str) -> ResponseReturnValue:
    """One case, as the body may read it."""
    by = acting()
    found = get(reference, by=by)
    look("case", by=by, case_id=found.id)
    return render_template("body/case.html", page=page.page_of(found, by=by))


@seen("body", "oversight")
def looked_at(case: CaseRow, viewer: Actor, warnings: Sequence[str]) -> str:
    """The page of a case as a body, or whoever oversees it, would read it, for staff who look before they act."""
    return render_template("body/case.html", page=page.page_of(case, by=viewer), warnings=warnings)


@views.route("/body/cases/<ref:reference>/<step:step>", methods=["GET", "POST"])
@allow(*OUTSIDE_BODIES)
def step(reference: str, step: str) -> ResponseReturnValue:
    """Take a step for one’s body, or for the body that oversees it."""
    by = acting()
    found = get(reference, by=by)
    known, _ = steps.offers(found.id, by=by)
    back = url_for("desk.case", reference=found.reference)
    return step_page(found, step, by=by, back=back, more=page.beside(found, known, by=by))
