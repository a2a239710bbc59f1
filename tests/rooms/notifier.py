"""A GOV.UK Notify of one’s own on this machine, that can be told how to misbehave."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt

from regulator.settings import Notify

SERVICE, SECRET = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
KEY = f"ours-{SERVICE}-{SECRET}"
TEMPLATE = "33333333-3333-3333-3333-333333333333"
TOKEN = "a token that is long enough to be one"


class Notifier:
    """What it took, and what it says.

    answers: what it says to an address in place of taking it; after: what it says once it took one (none: it hangs up)
    """

    def __init__(self) -> None:
        self.taken: list[dict] = []
        self.answers: dict[str, int] = {}
        self.after: int | None = 201
        self.is_down = False
        self.arrived, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    def become(self, status: str) -> None:
        """From here on it says this of every message."""
        for one in self.taken:
            one["status"] = status


@contextmanager
def notifier(app, monkeypatch):
    """A Notify that the application sends to."""
    box = Notifier()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(box))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        point_to(app, monkeypatch, server.server_port)
        yield box
    finally:
        box.may_answer.set()
        server.shutdown()
        server.server_close()


def point_to(app, monkeypatch, port: int) -> None:
    """Have the application send its letters to a Notify at this port."""
    to = Notify(KEY, TEMPLATE, f"http://127.0.0.1:{port}", TOKEN)
    monkeypatch.setitem(app.extensions, "regulator", replace(app.extensions["regulator"], notify=to))


def _is_known(authorization: str) -> bool:
    """Whether whoever asks bears a token of the service, made with its secret; the clock of a test stands still."""
    options = {"require": ["iat"], "verify_iat": False}
    try:
        return jwt.decode(authorization.removeprefix("Bearer "), SECRET, ["HS256"], options)["iss"] == SERVICE
    except jwt.InvalidTokenError:
        return False


def _handler(box: Notifier) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - one server, its ways to fail in one place
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self.is_known():
                return
            status = 503 if box.is_down else box.answers.get(asked["email_address"], 201)
            if status != 201:
                self.say(status, {"errors": [{"message": f"no to {asked['email_address']}"}]})
                return
            box.taken.append({**asked, "id": str(uuid4()), "status": "sending"})
            box.arrived.set()
            box.may_answer.wait()
            if box.after is None:
                self.connection.close()
                return
            self.say(box.after, {"id": box.taken[-1]["id"]})

        def do_GET(self) -> None:
            if not self.is_known():
                return
            if box.is_down:
                self.say(503, {"message": "down"})
                return
            reference = parse_qs(urlsplit(self.path).query)["reference"][0]
            found = [one for one in box.taken if one["reference"] == reference]
            self.say(200, {"notifications": found, "links": {}})

        def is_known(self) -> bool:
            known = _is_known(self.headers["Authorization"])
            if not known:
                self.say(403, {"status_code": 403, "errors": [{"message": "Invalid token"}]})
            return known

        def say(self, status: int, words: dict) -> None:
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing on the terminal."""

    return Handler
