"""The pages of somebody who complains: making a complaint, coming back to it, and everything that can be done then."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from config import Config
from regulator import bilingual
from regulator.access import OUTSIDE, acting, allow, local, public
from regulator.accounts.identity import open_case_by_code
from regulator.accounts.queries import bodies
from regulator.accounts.sessions import browser
from regulator.accounts.signing_in import address
from regulator.actors import Actor
from regulator.casework.looking import seen
from regulator.casework.queries import CaseRow
from regulator.casework.stepping import step_page
from regulator.complaints import queries, status, submitting, writing
from regulator.complaints.finding import MISMATCH, FindForm, KeptForm
from regulator.language import WELSH, _
from regulator.ledger.reading import look

views = Blueprint("complaints", __name__)


def contact() -> str:
    """Where anybody can write to us."""
    config: Config = current_app.extensions["regulator"]
    return config.mail_from


@views.get("/complain")
@public
def start() -> ResponseReturnValue:
    """What we can and cannot look at, before anything is asked."""
    return render_template(
        "complaints/start.html", bodies=bodies(), contact=contact(), begun=writing.draft_here() is not None
    )


@views.get("/complain/sent")
@public
def made() -> ResponseReturnValue:
    """Reference and code, to be kept: shown to the browser that sent the complaint until it says it has them."""
    kept = submitting.just_made()
    if kept is None:
        return redirect(url_for(".find"))
    return render_template(
        "complaints/made.html", kept=kept, form=KeptForm(), until=submitting.opens_until(), contact=contact()
    )


@views.post("/complain/kept")
@public
def kept() -> ResponseReturnValue:
    """They have shown that they kept both, or know what it means not to: their page opens, and the code is shown no more."""
    just, form = submitting.just_made(), KeptForm()
    if just is None:
        return redirect(url_for(".find"))
    if form.submitted() and form.fits(just.code):
        opened = open_case_by_code(just.reference, just.code, address())
        if opened:
            _speak_with(opened.actor)
        return redirect(url_for(".follow" if opened else ".find"))
    return render_template(
        "complaints/made.html", kept=just, form=form, until=submitting.opens_until(), contact=contact()
    )


@views.route("/complaint", methods=["GET", "POST"])
@public
def find() -> ResponseReturnValue:
    """Come back to a complaint with its reference and code; one sentence says whatever does not fit."""
    if acting().case_id is not None:
        return redirect(url_for(".follow"))
    form = FindForm()
    if form.submitted():
        said = form.answers
        if visitor := open_case_by_code(str(said["reference"]), str(said["code"]), address()):
            _speak_with(visitor.actor)
            return redirect(local(request.args.get("next")) or url_for(".follow"))
        form.refuse(MISMATCH)
    return render_template("complaints/find.html", form=form, contact=contact())


def _speak_with(by: Actor) -> None:
    """Somebody who asked for Welsh reads Welsh from here on; whoever chose it themselves goes on."""
    if queries.language_of(by) == WELSH:
        bilingual.remember(WELSH)


@views.get("/complaint/status")
@allow(*OUTSIDE)
def follow() -> ResponseReturnValue:
    """Where the complaint is, what comes next and by when, and what the person can do."""
    by = acting()
    case = queries.of_claim(by)
    look("case", by=by, case_id=case.id)
    return render_template("complaints/status.html", page=status.status_of(case, by=by))


@seen("complainant")
def looked_at(case: CaseRow, viewer: Actor, warnings: Sequence[str]) -> str:
    """The page of a complaint as whoever made it would read it, for staff who look before they act."""
    return render_template(
        "complaints/status.html", page=status.status_of(case, by=viewer), warnings=warnings
    )


@views.route("/complaint/<step:step>", methods=["GET", "POST"])
@allow(*OUTSIDE)
def step(step: str) -> ResponseReturnValue:
    """Take a step on one’s own complaint."""
    by = acting()
    case = queries.of_claim(by)
    return step_page(case, step, by=by, back=url_for(".follow"), more={"facts": []})


@views.post("/complaint/leave-quickly")
@public
def leave_quickly() -> ResponseReturnValue:
    """Forget the complaint in this browser while its page is already gone: nobody waits for the answer."""
    logout_user()
    browser().restart()
    answer = current_app.response_class(status=204)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    answer.delete_cookie(bilingual.COOKIE)
    return answer


@views.record_once
def _needs_no_token(state: BlueprintSetupState) -> None:
    """Whoever forged it could only close what is open, and no cookie goes with what another site sends."""
    state.app.extensions["csrf"].exempt(leave_quickly)


@views.post("/complaint/leave")
@allow(*OUTSIDE)
def leave() -> ResponseReturnValue:
    """Leave the complaint: this browser opens it again only with reference and code."""
    logout_user()
    browser().restart()
    flash(_("You have left your complaint. To come back you need your reference and your code."))
    return redirect(url_for(".find"))
