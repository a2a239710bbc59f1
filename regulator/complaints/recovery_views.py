"""The pages by which somebody who lost their code gets a new one; staff’s are shown the new code once, to hand it over."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import STAFF, acting, allow, public
from regulator.accounts import throttle
from regulator.accounts.signing_in import address
from regulator.casework import queries
from regulator.casework.stepping import step_page
from regulator.complaints import asking_back, commands, submitting
from regulator.complaints.public_views import contact, views
from regulator.complaints.recovery_forms import LostForm, NoQuestionForm
from regulator.language import _


@views.route("/complaint/lost-code", methods=["GET", "POST"])
@public
def lost() -> ResponseReturnValue:
    """Ask for a new code; the answer is the same whether anybody can be sent one or not."""
    form = LostForm()
    if form.submitted():
        reference = " ".join(str(form.answers["reference"]).upper().split())
        throttle.attempt(throttle.LOST_CODE, reference)
        throttle.attempt(throttle.LOST_CODE_ADDRESS, address())
        asking_back.ask(reference)
        return render_template("complaints/lost_asked.html", contact=contact())
    return render_template("complaints/lost.html", form=form, contact=contact())


@views.route("/complaint/new-code/<string:secret>", methods=["GET", "POST"])
@public
def redeem(secret: str) -> ResponseReturnValue:
    """Get a new code by the link that was sent; nothing happens before the button is pressed."""
    link, form = asking_back.found(secret, "new_code"), NoQuestionForm()
    if form.submitted():
        key = str(form.key.data)
        reference = commands.take_new_code(link.id, link.case_id, submitting.code_hash(key))
        submitting.show_once(reference, key, is_new=True)
        return redirect(url_for(".made"))
    return render_template("complaints/redeem.html", form=form)


@views.route("/complaint/confirm-address/<string:secret>", methods=["GET", "POST"])
@public
def confirm(secret: str) -> ResponseReturnValue:
    """Say that the address for a new code is one’s own."""
    link, form = asking_back.found(secret, "confirm"), NoQuestionForm()
    if form.submitted():
        commands.confirm_way_back(link.id, link.case_id)
        flash(_("Thank you. If you lose your code, a link to a new one goes to that address."))
        return redirect(url_for(".find"))
    return render_template("complaints/confirm_address.html", form=form)


@views.route(
    "/cases/<ref:reference>/check-answer", methods=["GET", "POST"], defaults={"step": "check_answer"}
)
@views.route(
    "/cases/<ref:reference>/approve-new-code", methods=["GET", "POST"], defaults={"step": "approve_new_code"}
)
@allow(*STAFF)
def hand_over(reference: str, step: str) -> ResponseReturnValue:
    """Give a new code to somebody who lost theirs; it is shown once, to be handed over."""
    case = queries.get(reference, by=acting())
    making = submitting.Making("complaints.to_hand_over")
    back = url_for("casework.show", reference=case.reference)
    return step_page(case, step, by=acting(), back=back, place=making.place, also=making.also)


@views.get("/cases/new-code")
@allow(*STAFF)
def to_hand_over() -> ResponseReturnValue:
    """The new code, to be handed over by whoever gave it; it cannot be shown again later."""
    kept = submitting.just_made()
    if kept is None:
        return redirect("/")
    return render_template("complaints/to_hand_over.html", kept=kept)
