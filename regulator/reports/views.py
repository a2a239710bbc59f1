"""The pages of this room: the dashboard."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, acting, allow
from regulator.reports import dashboard as asking
from regulator.reports import pictures, queries, sentences

views = Blueprint("reports", __name__)


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)


@views.get("/dashboard")
@allow(*REGULATOR)
def dashboard() -> ResponseReturnValue:
    """What is open, and which promises were kept."""
    asked = asking.asked_of(by := acting())
    standing = queries.open_cases(asked.whose, by=by)
    promised = queries.promises(asked.whose, since=asked.since, by=by)
    return render_template(
        "reports/dashboard.html",
        asked=asked,
        tabs=asking.tabs(asked, by),
        chips=asking.chips(asked),
        standing=sentences.standing(standing, asked.of),
        kinds=pictures.of_open_cases(standing, asked.whose),
        kept=sentences.kept(promised),
        promised=pictures.of_promises(promised),
        overdue=asking.overdue_list(asked.whose, standing),
    )
