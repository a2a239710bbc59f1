"""One line of JSON for each request, and for whatever else is worth an operator’s eye.

A line says who did what to which case and what it cost; it never holds an address, a form or a name. A path
may carry a one-use secret, so the endpoint and the case’s reference stand for it.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TextIO
from uuid import uuid4

import sqlalchemy as sa
from flask import Flask, Response, has_request_context, request

REFERENCES = ("ref", "reference")  # the parts of an address that may be written down

_requests = logging.getLogger("regulator.request")


@dataclass(slots=True)
class _Tally:
    """What is known of the request being answered; its number is ours, so no two ever share one."""

    number: str = field(default_factory=lambda: uuid4().hex)
    began: float = field(default_factory=time.perf_counter)
    queries: int = 0
    facts: dict[str, str | int | None] = field(default_factory=dict)


def init(app: Flask) -> None:
    """Number every request, and write its line when it is answered; to be called before anything else hooks in."""
    start()
    app.before_request(_begin)
    app.after_request(_end)


def start() -> None:
    """Write log lines as JSON on standard error; asked twice, it does no more than once."""
    root = logging.getLogger()
    if not any(isinstance(handler, _Output) for handler in root.handlers):
        root.addHandler(_Output())
    logging.getLogger("regulator").setLevel(logging.INFO)


def note(**facts: str | int | None) -> None:
    """Add to this request’s line who acts (`actor`, an id) or what was done (`step`, `reference`)."""
    if has_request_context():
        _this().facts.update(facts)


def count_queries(engine: sa.Engine) -> None:
    """Count what is asked of this database; the line of each request says how often."""
    sa.event.listen(engine, "before_cursor_execute", _count)


def queries() -> int:
    """Statements sent to the database so far in this request."""
    return _this().queries


def request_id() -> str:
    """Number of this request, for a person who saw an error to quote."""
    return _this().number


def _this() -> _Tally:
    if "regulator.tally" not in request.environ:
        request.environ["regulator.tally"] = _Tally()
    tally: _Tally = request.environ["regulator.tally"]
    return tally


def _count(*_of_sqlalchemy: object) -> None:
    if has_request_context():
        _this().queries += 1


def _begin() -> None:
    _this()


def _end(response: Response) -> Response:
    tally = _this()
    arguments = request.view_args or {}
    facts: dict[str, object] = {
        "request": tally.number,
        "actor": None,
        "method": request.method,
        "endpoint": request.endpoint,
        "reference": next((str(arguments[name]) for name in REFERENCES if name in arguments), None),
        "step": None,
        "status": response.status_code,
        "ms": round((time.perf_counter() - tally.began) * 1000, 1),
        "queries": tally.queries,
    }
    _requests.info("answered", extra={"facts": facts | tally.facts})
    response.headers["X-Request-Id"] = tally.number
    return response


class _Output(logging.StreamHandler[TextIO]):
    """Lines of JSON to whatever standard error is when each is written."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
        }
        if record.exc_info and record.exc_info[1]:
            line |= _failure(record.exc_info[1])
        else:
            line |= getattr(record, "facts", None) or {"message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False, default=str)


def _failure(error: BaseException) -> dict[str, object]:
    """What went wrong and where; not the message Flask gives it, which names the path."""
    here = {"request": request_id(), "endpoint": request.endpoint} if has_request_context() else {}
    return {**here, "error": "".join(_told(error))}


def _told(error: BaseException) -> Iterator[str]:
    """A trace that keeps only the first line of what each error says: a database quotes whole rows below it."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier:
        yield from _told(earlier)
    yield from traceback.format_tb(error.__traceback__)
    yield f"{type(error).__name__}: {str(error).partition(chr(10))[0]}\n"
