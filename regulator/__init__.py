"""Casework of a regulator of law-enforcement biometrics and facial recognition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Config

ROOT = Path(__file__).resolve().parent.parent
LOCK_TIMEOUT = "3s"
ROOM = 4
"""A request may be so many times the largest file, so that a form can say which file is too large and keep the words."""


def create_app(config: Config) -> Flask:
    """The application, wired from its rooms. Imported inside, so that the pure packages load without it.

    Raises: RuntimeError for an unmarked endpoint, EditionError for rules that cannot be proved
    """
    from flask import Flask  # noqa: PLC0415
    from sqlalchemy import make_url  # noqa: PLC0415

    from regulator import access, bilingual, forms, health, log, pages, rooms  # noqa: PLC0415
    from regulator.db import db  # noqa: PLC0415

    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.extensions["regulator"] = config
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=config.upload_limit_mb * 1024 * 1024 * ROOM,
        SESSION_COOKIE_SECURE=config.is_production,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SQLALCHEMY_DATABASE_URI=make_url(config.database_url).set(drivername="postgresql+psycopg"),
        SQLALCHEMY_ENGINE_OPTIONS={
            "connect_args": {"options": f"-csearch_path=public,jobs -clock_timeout={LOCK_TIMEOUT}"},
            "pool_size": 8,
            "hide_parameters": True,
        },
    )
    _believe(config.trusted_proxies, app)
    db.init_app(app)
    log.init(app)
    with app.app_context():
        log.count_queries(db.engine)
    pages.init(app)
    bilingual.init(app)
    forms.init(app)
    rooms.init(app)
    health.init(app)
    access.init(app)
    access.require_marks(app)
    return app


def _believe(proxies: int, app: Flask) -> None:
    """Take address, scheme and host from so many proxies in front; whoever else tells of them is not heard."""
    from werkzeug.middleware.proxy_fix import ProxyFix  # noqa: PLC0415

    heard = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    app.wsgi_app = heard  # type: ignore[method-assign]
