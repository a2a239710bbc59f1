"""Taking a complaint in for somebody who called, wrote or came: reference and code are handed over by whoever does."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import acting, allow
from regulator.casework.stepping import open_page
from regulator.complaints import submitting
from regulator.complaints.public_views import views


@views.route("/cases/new/complaint", methods=["GET", "POST"])
@allow("intake_officer")
def new() -> ResponseReturnValue:
    """Record a complaint by any channel; it may have reached us before today."""
    making = submitting.Making("complaints.recorded")
    return open_page(
        submitting.STEP, submitting.KIND, by=acting(), place=making.place, back="/", also=making.also
    )


@views.get("/cases/new/complaint/recorded")
@allow("intake_officer")
def recorded() -> ResponseReturnValue:
    """Reference and code, to be handed over; the code cannot be shown again later."""
    kept = submitting.just_made()
    if kept is None:
        return redirect(url_for(".new"))
    return render_template("complaints/recorded.html", kept=kept)
