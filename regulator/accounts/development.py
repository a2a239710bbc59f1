"""A page in place of a mail server, on a machine of one’s own. In production it is not there."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from regulator.access import acting, public
from regulator.accounts import mail
from regulator.db import ask_as

views = Blueprint("development", __name__)


@views.route("/development/mail")
@public
def house_mail() -> ResponseReturnValue:
    """The latest invitations and new passwords, with their links."""
    messages = mail.posted()
    ask_as(acting())
    return render_template("accounts/development_mail.html", messages=messages)
