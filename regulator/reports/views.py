"""The pages of this room: the dashboard."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue

from regulator.access import REGULATOR, acting, allow
from regulator.reports import dashboard as asking
from regulator.reports import pictures, queries, recommendation_views, sentences, side_by_side

views = Blueprint("reports", __name__)


def init(app: Flask) -> None:
    """Add the pages of this room."""
    app.register_blueprint(views)
    app.register_blueprint(recommendation_views.views)


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


@views.get("/dashboard/promises")
@allow(*REGULATOR)
def promises() -> ResponseReturnValue:
    """Promises kept and broken, by team, person, month or kind."""
    asked = side_by_side.asked_of(by := acting())
    found = queries.promises_by(asked.way, asked.whose, since=asked.since, by=by)
    return render_template(
        "reports/promises.html",
        asked=asked,
        ways=side_by_side.ways(asked),
        whose=side_by_side.whose(asked, by),
        chips=side_by_side.chips(asked),
        kept=sentences.kept(found),
        picture=side_by_side.picture(asked, found),
        back=url_for("reports.dashboard"),
    )
