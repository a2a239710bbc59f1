"""The pages of a body complained of: its desk, each case, and every step its people may take."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from regulator.access import BODY, acting, allow
from regulator.casework.queries import get
from regulator.casework.stepping import step_page
from regulator.complaints import body_page, desk_page
from regulator.complaints.public_views import views
from regulator.complaints.queries import WAITING
from regulator.ledger.reading import look


@views.get("/body")
@allow(*BODY, "oversight_contact")
def desk() -> ResponseReturnValue:
    """What waits for the body, soonest first."""
    show, after = request.args.get("show", WAITING), request.args.get("after", "")
    return render_template("body/desk.html", **desk_page.desk_of(show, after, by=acting()))


@views.get("/body/cases/<ref:reference>")
@allow(*BODY, "oversight_contact")
def body_case(reference: str) -> ResponseReturnValue:
    """One case, as the body may read it."""
    by = acting()
    case = get(reference, by=by)
    look("case", by=by, case_id=case.id)
    return render_template("body/case.html", page=body_page.page_of(case, by=by))


@views.route("/body/cases/<ref:reference>/<step:step>", methods=["GET", "POST"])
@allow(*BODY)
def body_step(reference: str, step: str) -> ResponseReturnValue:
    """Take a step for one’s body."""
    by = acting()
    case = get(reference, by=by)
    back = url_for(".body_case", reference=case.reference)
    return step_page(case, step, by=by, back=back, more=body_page.beside(case, by=by))
