"""The regulator as it is served, and beside it a bare view in the same process: one indexed query, 25 rows, a table."""

from __future__ import annotations

import os

from flask import Flask, render_template_string
from psycopg_pool import ConnectionPool
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from config import Config
from regulator import create_app
from regulator.dbroles import plain

PLAIN = "select id, reference, title, stage, due_on from bare_case where is_open order by due_on, id limit 25"
PAGE = (
    "<!doctype html><title>Cases</title><table>{% for id, reference, title, stage, due in rows %}<tr><td>{{ reference }}"
    "</td><td>{{ title }}</td><td>{{ stage }}</td><td>{{ due }}</td></tr>{% endfor %}</table>"
)


def bare(url: str) -> Flask:
    """The least that a page of 25 rows can be."""
    app = Flask(__name__)
    pool = ConnectionPool(url, min_size=1, max_size=8, open=True)

    @app.get("/")
    def cases() -> str:
        with pool.connection() as connection:
            return render_template_string(PAGE, rows=connection.execute(PLAIN).fetchall())

    return app


config = Config.from_env(os.environ)
regulator = create_app(config)
app = DispatcherMiddleware(regulator, {"/bare": bare(plain(config.owner_database_url))})
