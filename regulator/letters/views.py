"""Pages of letters: one as it was written, those that need a person, and what a person decides about them."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from config import Config
from regulator.access import BODY, OUTSIDE, REGULATOR, STAFF, acting, allow
from regulator.actors import Side
from regulator.errors import NotNow
from regulator.ledger.reading import look
from regulator.letters import commands, development, queries
from regulator.letters.forms import SendAgainForm, SettleForm

views = Blueprint("letters", __name__)
CASE_PAGES = {
    Side.staff: "/cases/{}",
    Side.body: "/body/cases/{}",
    Side.oversight: "/body/cases/{}",
    Side.complainant: "/complaint",
}


def init(app: Flask) -> None:
    """Add the pages of this room; the one that stands in for a mail server is never there in production."""
    config: Config = app.extensions["regulator"]
    app.register_blueprint(views)
    if not config.is_production:
        app.register_blueprint(development.views)


@views.get("/letters/<int:number>")
@allow(*REGULATOR, *BODY, "oversight_contact", *OUTSIDE)
def show(number: int) -> ResponseReturnValue:
    """A letter as it was written; staff see how far it came."""
    by = acting()
    letter = queries.get(number, by=by)
    look(f"letter:{number}", by=by, case_id=letter.case_id)
    back = CASE_PAGES[by.side].format(letter.reference)
    return render_template("letters/letter.html", letter=letter, back=back, decides=by.holds(*STAFF))


@views.get("/letters/troubled")
@allow(*STAFF)
def troubled() -> ResponseReturnValue:
    """Letters that need a person, oldest first."""
    after = request.args.get("after", 0, int)
    letters = queries.troubled(by=acting(), after=after)
    here = url_for("letters.troubled")
    return render_template(
        "letters/troubled.html",
        letters=letters,
        first_page=here if after else None,
        next_page=f"{here}?after={letters[-1].id}" if len(letters) == queries.PAGE else None,
    )


@views.route("/letters/<int:number>/send-again", methods=["GET", "POST"])
@allow(*STAFF)
def send_again(number: int) -> ResponseReturnValue:
    """Have a letter sent again, for a reason."""
    letter = queries.get(number, by=acting())
    form = SendAgainForm()
    if form.submitted():
        try:
            commands.send_again(number, by=acting(), reason=str(form.answers["reason"]))
            flash("The letter is on its way again.")
            return redirect(url_for("letters.show", number=number))
        except NotNow as refusal:
            form.refuse(refusal)
    return render_template("letters/send_again.html", form=form, letter=letter)


@views.route("/letters/<int:number>/settle", methods=["GET", "POST"])
@allow(*STAFF)
def settle(number: int) -> ResponseReturnValue:
    """Say how a letter was seen to in another way."""
    letter = queries.get(number, by=acting())
    form = SettleForm()
    if form.submitted():
        try:
            commands.settle(number, by=acting(), reason=str(form.answers["reason"]))
            flash("It is written down, and the letter needs nobody any more.")
            return redirect(url_for("letters.troubled"))
        except NotNow as refusal:
            form.refuse(refusal)
    return render_template("letters/settle.html", form=form, letter=letter)
