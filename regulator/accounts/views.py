"""The room of people and bodies: its pages, sessions and sign-in, wired into the application."""

from __future__ import annotations

from flask import Flask, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from config import Config
from regulator.access import Anonymous, acting, public
from regulator.accounts import (
    account_views,
    body_views,
    development,
    navigation,
    people_views,
    sign_in_views,
    team_views,
)
from regulator.accounts.blueprint import views
from regulator.accounts.identity import visitor_of
from regulator.accounts.sessions import DatabaseSessions

__all__ = ["account_views", "body_views", "init", "people_views", "sign_in_views", "team_views"]


def init(app: Flask) -> None:
    """Give the application its sessions, its sign-in and the pages of this room."""
    config: Config = app.extensions["regulator"]
    app.session_interface = DatabaseSessions(config)
    if config.is_production:
        app.config["SESSION_COOKIE_NAME"] = "__Host-regulator"
    door = LoginManager(app)
    door.anonymous_user = Anonymous
    door.session_protection = None  # a telephone changes its address between two pages
    door.user_loader(visitor_of)
    app.context_processor(navigation.for_pages)
    app.register_blueprint(views)
    if not config.is_production:
        app.register_blueprint(development.views)


@views.route("/")
@public
def home() -> ResponseReturnValue:
    """The first page: each to their desk, and everybody else to what they can do here."""
    desk = navigation.desk(acting())
    if desk:
        return redirect(desk)
    return render_template("accounts/home.html", ways=navigation.public_ways())
