"""One’s own account: what the service knows of you, and what proves you."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, acting, allow
from regulator.accounts import commands, queries, signing_in
from regulator.accounts.blueprint import PEOPLE, views
from regulator.accounts.forms import (
    ChangePasswordForm,
    NewFactorForm,
    PresentPasswordForm,
    RemindersForm,
    given,
)
from regulator.accounts.sessions import browser, hashed
from regulator.accounts.sign_in_views import drawn
from regulator.errors import Invalid


@views.route("/account")
@allow(*PEOPLE)
def account() -> ResponseReturnValue:
    """One’s own details, and where one is signed in."""
    by = acting()
    number = by.person_id or 0
    return render_template(
        "accounts/account.html",
        person=queries.person(number, by=by),
        sessions=queries.sessions_of(number, by=by),
        codes_left=queries.recovery_codes_left(by=by),
        is_reminded=by.holds(*REGULATOR),
    )


@views.route("/account/reminders", methods=["GET", "POST"])
@allow(*REGULATOR)
def reminders() -> ResponseReturnValue:
    """How one is told of what falls due on one’s cases."""
    form, by = RemindersForm(), acting()
    if form.submitted():
        try:
            commands.choose_reminders(given(form, "how"), by=by)
            flash("Saved. It holds from the next thing that falls due.")
            return redirect(url_for("accounts.account"))
        except Invalid as wrong:
            form.refuse(wrong)
    elif not form.is_submitted():
        form["how"].data = queries.reminders_of(by=by) or commands.AT_ONCE
    return render_template("accounts/reminders.html", form=form)


@views.route("/account/password", methods=["GET", "POST"])
@allow(*PEOPLE)
def change_password() -> ResponseReturnValue:
    """Another password; the other sessions end."""
    form, session = ChangePasswordForm(), browser()
    if form.submitted():
        try:
            here = hashed(session.secret) if session.secret else None
            old, new = given(form, "present"), given(form, "password")
            commands.change_password(old, new, by=acting(), session=here)
            session.renew()
            flash("Your password is changed, and you are signed out everywhere else.")
            return redirect(url_for("accounts.account"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/change_password.html", form=form)


@views.route("/account/recovery-codes", methods=["GET", "POST"])
@allow(*PEOPLE)
def new_recovery_codes() -> ResponseReturnValue:
    """Ten new recovery codes in place of those before."""
    form = PresentPasswordForm()
    if form.submitted():
        try:
            commands.prove(given(form, "present"), by=acting())
            codes = commands.new_recovery_codes(by=acting())
            return render_template("accounts/codes.html", codes=codes, then=url_for("accounts.account"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template("accounts/new_codes.html", form=form)


@views.route("/account/second-factor", methods=["GET", "POST"])
@allow(*PEOPLE)
def new_second_factor() -> ResponseReturnValue:
    """Another app in place of the one before."""
    form, secret, by = NewFactorForm(), signing_in.pending_secret(), acting()
    if form.submitted():
        try:
            commands.prove(given(form, "present"), by=by)
            codes = commands.enrol_second_factor(secret, given(form, "code"), by=by)
            browser().pop("enrolling", None)
            return render_template("accounts/codes.html", codes=codes, then=url_for("accounts.account"))
        except Invalid as wrong:
            form.refuse(wrong)
    return render_template(
        "accounts/second_factor.html", form=form, is_another=True, **drawn(secret, by.name)
    )
