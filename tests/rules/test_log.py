"""What an operator reads of each request, and what no log may hold."""

import json
import logging

import pytest
import sqlalchemy as sa
from flask import Flask, request

from regulator import log


@pytest.fixture
def app():
    app = Flask("throwaway")
    log.init(app)
    engine = sa.create_engine("sqlite://")
    log.count_queries(engine)

    @app.get("/cases/<ref>")
    def show(ref):
        with engine.connect() as connection:
            connection.execute(sa.text("select 1"))
            connection.execute(sa.text("select 2"))
        log.note(actor=7, step="accept")
        return ref

    @app.get("/set-password/<secret>")
    def set_password(secret):
        raise ValueError(f"cannot be used\nDETAIL: {secret} of {request.args['email']}")

    yield app
    engine.dispose()


def lines(capsys, name="regulator.request"):
    found = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    return [line for line in found if line["log"] == name]


def test_one_line_a_request(app, capsys):
    """Each request leaves exactly one line: who, what, on which case, with what result and at what cost."""
    answer = app.test_client().get("/cases/C-42?name=Ann", headers={"X-Request-Id": "forged"})

    (line,) = lines(capsys)
    assert line["request"] == answer.headers["X-Request-Id"] != "forged"
    assert line["at"].endswith("+00:00")
    assert line["ms"] >= 0
    told = {
        key: line[key] for key in ("actor", "method", "endpoint", "reference", "step", "status", "queries")
    }
    assert told == {
        "actor": 7, "method": "GET", "endpoint": "show", "reference": "C-42", "step": "accept",
        "status": 200, "queries": 2,
    }  # fmt: skip


def test_requests_are_told_apart(app, capsys):
    """Nothing of one request is carried to the next, even where both share a context."""
    with app.app_context():
        client = app.test_client()
        client.get("/cases/C-1")
        client.get("/nowhere")

    first, second = lines(capsys)
    assert first["request"] != second["request"]
    assert (second["actor"], second["step"], second["queries"], second["status"]) == (None, None, 0, 404)


def test_nothing_personal_is_logged(app, capsys):
    """An error is told with its place and number, without the path, its secret or the row it was about."""
    answer = app.test_client().get("/set-password/s3cret?email=ann@example.test")

    said = capsys.readouterr().err
    error = next(json.loads(line) for line in said.splitlines() if '"error"' in line)
    assert answer.status_code == 500
    assert error["request"] == answer.headers["X-Request-Id"]
    assert error["error"].endswith("ValueError: cannot be used\n")
    assert "in set_password" in error["error"]
    assert "s3cret" not in said
    assert "ann@example.test" not in said


def test_an_error_is_told_with_its_cause(capsys):
    """A trace keeps the error that led to it."""
    log.start()
    try:
        int("no number")
    except ValueError as why:
        later = RuntimeError("second")
        later.__cause__ = why
    logging.getLogger("regulator.worker").error("a job failed", exc_info=later)

    (line,) = lines(capsys, "regulator.worker")
    assert line["error"].index("ValueError: invalid") < line["error"].index("RuntimeError: second")


def test_it_starts_once(capsys):
    """However often logging is started, a message is written once, also outside a request."""
    log.start()
    log.start()
    log.note(actor=1)
    logging.getLogger("regulator.worker").info("woke up")

    (line,) = lines(capsys, "regulator.worker")
    assert line["message"] == "woke up"
    assert line["level"] == "info"
