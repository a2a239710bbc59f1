"""A page in place of a mail server, on a machine of one’s own. In production it is not there."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from regulator.access import acting, public
from regulator.db import ask_as
from regulator.letters import queries

views = Blueprint("letters_development", __name__)


@views.get("/development/letters")
@public
def letters() -> ResponseReturnValue:
    """The newest letters that were not sent because there is no mail server."""
    found = queries.on_page()
    ask_as(acting())
    return render_template("letters/development.html", letters=found)
