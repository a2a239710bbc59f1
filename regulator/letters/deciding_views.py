"""What a person decides about a letter that did not simply arrive, or that goes by post."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator import moments
from regulator.access import STAFF, acting, allow
from regulator.errors import Invalid, NotNow
from regulator.forms import PageForm
from regulator.letters import commands, queries
from regulator.letters.blueprint import views
from regulator.letters.forms import PostedForm, ReaddressForm, SendAgainForm, SettleForm


def load() -> None:
    """Importing this module adds its pages; said once, so that the import is not thought idle."""


@views.route("/letters/<int:number>/send-again", methods=["GET", "POST"])
@allow(*STAFF)
def send_again(number: int) -> ResponseReturnValue:
    """Have a letter sent again, for a reason."""
    form = SendAgainForm()

    def act() -> str:
        commands.send_again(number, by=acting(), reason=str(form.answers["reason"]))
        return "The letter is on its way again."

    return _page("send_again", number, form, act, url_for(".show", number=number))


@views.route("/letters/<int:number>/settle", methods=["GET", "POST"])
@allow(*STAFF)
def settle(number: int) -> ResponseReturnValue:
    """Say how a letter was seen to in another way."""
    form = SettleForm()

    def act() -> str:
        commands.settle(number, by=acting(), reason=str(form.answers["reason"]))
        return "It is written down, and the letter needs nobody any more."

    return _page("settle", number, form, act, url_for(".troubled"))


@views.route("/letters/<int:number>/readdress", methods=["GET", "POST"])
@allow(*STAFF)
def readdress(number: int) -> ResponseReturnValue:
    """Send a letter that did not arrive to another address, by email or by post."""
    form = ReaddressForm()

    def act() -> str:
        commands.readdress(number, by=acting(), to=form.address(), reason=str(form.answers["reason"]))
        return "The letter goes to the new address, and the next letters too."

    return _page("readdress", number, form, act, url_for(".troubled"))


@views.route("/letters/<int:number>/posted", methods=["GET", "POST"])
@allow(*STAFF)
def posted(number: int) -> ResponseReturnValue:
    """Say on which day a letter was posted."""
    form = PostedForm(data={"posted_on": moments.today()})

    def act() -> str:
        commands.post_on(number, by=acting(), day=cast("date", form.answers["posted_on"]))
        return "It is written down that the letter was posted."

    return _page("posted", number, form, act, url_for(".to_post"))


def _page(name: str, number: int, form: PageForm, act: Callable[[], str], place: str) -> ResponseReturnValue:
    """Draw the question, or do it and go on; a refusal stands in the form, with what was typed."""
    letter = queries.get(number, by=acting())
    if form.submitted():
        try:
            flash(act())
            return redirect(place)
        except (NotNow, Invalid) as refusal:
            form.refuse(refusal)
    return render_template(f"letters/{name}.html", form=form, letter=letter)
