"""An application made for looking at the shell: one form with a question of each kind, and no database."""

import re
from functools import cache

import html5lib
from flask import Flask, render_template_string

from config import Config
from regulator import forms, log, pages
from regulator.errors import Conflict, Invalid, Missing, NotNow, Refused, TooMany
from regulator.forms import Choice, PageForm, field

PAGE = """{% extends "layout/question.html" %}{% set title = "What happened?" %}"""
KEY = "0b6f3b0e-3c0e-4b52-9b6b-0a4d5bb3a8a1"


class Story(PageForm):
    """One question of each kind."""

    name = field("text", "Your name", message="Enter your name")
    words = field("textarea", "What happened?", message="Say what happened")
    mail = field("email", "Email address", required=False)
    happened = field("date", "When did it happen?", message="Enter the date it happened")
    told = field("moment", "When were you told?", required=False)
    kind = field(
        "radios",
        "Which kind?",
        choices=[Choice("live", "Live"), Choice("retro", "Retrospective", "From a picture")],
    )
    seen = field(
        "checkboxes", "Who saw it?", required=False, choices=[Choice("me", "I did"), Choice("you", "You")]
    )
    body = field("select", "Which force?", required=False, choices=[Choice("swp", "South Wales Police")])
    papers = field("file", "Documents", required=False)
    secret = field("password", "Password", required=False)
    sure = field("confirm", "It is true", message="Confirm that it is true")


GOOD = {
    "name": " Rhys\x00 Bowen ",
    "words": "First.\r\nThen.",
    "happened": ["3", "March", "2026"],
    "kind": "live",
    "sure": "yes",
    "key": KEY,
    "token": "7",
}


def story():
    """The page of the form above; what was answered is kept for the test to look at."""
    form = Story(token="7")
    if form.submitted():
        answered.append(form)
        return "Thank you"
    return render_template_string(PAGE, form=form)


answered: list[PageForm] = []
RAISED = {
    "missing": Missing("There is no such case"),
    "refused": Refused("this is for a manager"),
    "not-now": NotNow("Item 3 has no answer yet"),
    "conflict": Conflict("Owen Parry changed it"),
    "invalid": Invalid("The date is before the case"),
    "too-many": TooMany("Wait ten minutes"),
    "bug": ZeroDivisionError("a private detail"),
}


def made(environment="development", csrf=False):
    """An application with the shell and a few views."""
    app = Flask("regulator")
    app.config.update(SECRET_KEY="k" * 40, WTF_CSRF_ENABLED=csrf, MAX_CONTENT_LENGTH=200_000)
    settings = {
        "ENVIRONMENT": environment,
        "SECRET_KEY": "s" * 40,
        "SMTP_URL": "smtp://mail.example.test",
        "CLAMD_SOCKET": "/run/clamd",
    }
    if environment == "production":
        settings["PUBLIC_URL"] = "https://regulator.example.test"
    app.extensions["regulator"] = Config.development(**settings)
    log.init(app)
    pages.init(app)
    forms.init(app)
    app.add_url_rule("/story", view_func=story, methods=["GET", "POST"])
    app.add_url_rule("/raise/<name>", "raise", lambda name: raised(RAISED[name]))
    return app


def raised(error):
    """Raises what it is given, as a view would."""
    raise error


@cache
def shared():
    """The application that most tests look at; made once, for compiling templates takes a while."""
    return made()


def send(client, **changes):
    """Sends the form with these answers changed."""
    sent = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return client.post("/story", data=sent)


def text_of(response):
    """What a page says, without markup."""
    tree = html5lib.parse(response.text, namespaceHTMLElements=False)
    return re.sub(r"\s+", " ", "".join(tree.itertext()))
