"""Whether this process can serve: it reaches the database, and the tables are those the code was written for."""

from __future__ import annotations

from functools import cache

import sqlalchemy as sa
from alembic.config import Config as Settings
from alembic.script import ScriptDirectory
from flask import Flask
from flask.typing import ResponseReturnValue

from regulator.access import public
from regulator.db import db
from regulator.dbcli import INI

_REVISION = sa.text("select version_num from alembic_version")
UNREACHED, BEHIND = 503, 503


def init(app: Flask) -> None:
    """Answer at `/health`."""
    app.add_url_rule("/health", "health", health)


@public
def health() -> ResponseReturnValue:
    """Say whether this process can serve, for whoever watches it: 200, or 503 with the reason."""
    try:
        found = db.session.execute(_REVISION).scalar_one_or_none()
    except sa.exc.DBAPIError:
        db.session.rollback()
        return {"status": "the database cannot be reached"}, UNREACHED
    if found != newest():
        return {"status": "the tables are not those of this version", "tables": found}, BEHIND
    return {"status": "ok", "tables": found}


@cache
def newest() -> str | None:
    """The newest revision this code knows."""
    return ScriptDirectory.from_config(Settings(str(INI))).get_current_head()
