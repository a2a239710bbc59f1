"""The pages of sign-in: password, code, recovery code, the first second factor, signing out."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from config import Config
from regulator.access import public
from regulator.accounts import commands, mail, second_factor, signing_in, throttle
from regulator.accounts.blueprint import views
from regulator.accounts.forms import (
    CodeForm,
    EnrolForm,
    ForgottenForm,
    InvitationForm,
    NewPasswordForm,
    RecoveryForm,
    SignInForm,
    given,
)
from regulator.accounts.links import Purpose, found
from regulator.accounts.sessions import browser
from regulator.errors import Invalid


@views.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The first half: an address and a password."""
    if current_user.is_authenticated and request.method == "GET":
        return redirect(url_for("accounts.home"))
    form = SignInForm()
    if form.submitted():
        try:
            signing_in.try_password(given(form, "email"), given(form, "password"), request.args.get("next"))
            return redirect(url_for("accounts.sign_in_code"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/sign_in.html", form=form)


@views.route("/sign-in/code", methods=["GET", "POST"])
@public
def sign_in_code() -> ResponseReturnValue:
    """The second half: a code from an app."""
    who = signing_in.half()
    if who is None or not who.is_enrolled:
        return redirect(url_for("accounts.second_factor_page" if who else "accounts.sign_in"))
    form = CodeForm()
    if form.submitted():
        try:
            signing_in.try_code(who, given(form, "code"))
            return redirect(signing_in.finish(who))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/sign_in_code.html", form=form)


@views.route("/sign-in/recovery", methods=["GET", "POST"])
@public
def sign_in_recovery() -> ResponseReturnValue:
    """The second half without the app: a recovery code."""
    who = signing_in.half()
    if who is None or not who.is_enrolled:
        return redirect(url_for("accounts.second_factor_page" if who else "accounts.sign_in"))
    form = RecoveryForm()
    if form.submitted():
        try:
            signing_in.try_recovery_code(who, given(form, "code"))
            return redirect(signing_in.finish(who))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/sign_in_recovery.html", form=form)


@views.route("/second-factor", methods=["GET", "POST"], endpoint="second_factor_page")
@public
def enrol() -> ResponseReturnValue:
    """Setting up the second factor, which lets nobody in before it is done."""
    who = signing_in.half()
    if who is None or who.is_enrolled:
        return redirect(url_for("accounts.sign_in_code" if who else "accounts.sign_in"))
    form, secret = EnrolForm(), signing_in.pending_secret()
    if form.submitted():
        try:
            codes = commands.enrol_second_factor(secret, given(form, "code"), by=who.by)
            then = signing_in.finish(who)
            return render_template("accounts/codes.html", codes=codes, then=then)
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template(
        "accounts/second_factor.html", form=form, is_another=False, **drawn(secret, who.by.name)
    )


def drawn(secret: str, account: str) -> dict[str, str]:
    """The secret as the page of enrolment shows it: a picture to scan, and letters to type."""
    config: Config = current_app.extensions["regulator"]
    uri = second_factor.address(secret, account=account, issuer=config.regulator_name)
    return {"picture": second_factor.picture(uri), "secret": second_factor.spaced(secret)}


@views.route("/sign-out", methods=["POST"])
@public
def sign_out() -> ResponseReturnValue:
    """Ends the session here, and everything it held."""
    browser().clear()
    return redirect(url_for("accounts.home"))


@views.route("/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Asking for a new password, which tells nobody whether an address is known."""
    form = ForgottenForm()
    if form.submitted():
        throttle.attempt(throttle.RESET_ADDRESS, signing_in.address())
        mail.ask_for_reset(given(form, "email"))
        return render_template("accounts/forgotten_sent.html")
    return render_template("accounts/forgotten.html", form=form)


@views.route("/reset/<string:secret>", methods=["GET", "POST"])
@public
def reset(secret: str) -> ResponseReturnValue:
    """Setting a new password by a one-use link."""
    found(Purpose.reset, secret)
    form = NewPasswordForm()
    if form.submitted():
        try:
            commands.reset_password(secret, given(form, "password"))
            return render_template("accounts/reset_done.html")
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/reset.html", form=form)


@views.route("/invitation/<string:secret>", methods=["GET", "POST"])
@public
def invitation(secret: str) -> ResponseReturnValue:
    """Accepting an invitation by a one-use link."""
    link = found(Purpose.invitation, secret)
    form = InvitationForm(name=link.name)
    if form.submitted():
        try:
            signing_in.begin(commands.accept_invitation(secret, given(form, "name"), given(form, "password")))
            return redirect(url_for("accounts.second_factor_page"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/invitation.html", form=form, email=link.email)
