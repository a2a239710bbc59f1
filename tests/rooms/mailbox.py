"""A mail server that can be told how to misbehave."""
# ruff: noqa: N802, ARG002 - aiosmtpd calls its handler so

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from config import MailServer


class MailBox:
    """What arrived, and what the server says to it.

    answers: what it says to a recipient, by address; after: what it says to the words (none: it hangs up)
    """

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.after: str | None = "250 taken"
        self.greeting = "250 go on"
        self.arrived, self.may_answer, self.done = (threading.Event() for _ in range(3))
        self.may_answer.set()

    @property
    def letters(self):
        """What was taken, as messages."""
        return [message_from_bytes(words, policy=policy.default) for words in self.taken]

    async def handle_MAIL(self, server, session, envelope, address, options):
        """The sender is announced."""
        if self.greeting.startswith("250"):
            envelope.mail_from = address
        return self.greeting

    async def handle_RCPT(self, server, session, envelope, address, options):
        """A recipient is announced."""
        answer = self.answers.get(address, "250 good")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):
        """The words have come."""
        if (self.after or "250").startswith("250"):
            self.taken.append(envelope.content)
        self.arrived.set()
        await asyncio.to_thread(self.may_answer.wait)
        if self.after is None:
            server.transport.abort()
        asyncio.get_running_loop().call_later(0.2, self.done.set)
        return self.after or "250 never said"


@contextmanager
def mail_server(app, monkeypatch):
    """A mail server that the application sends to."""
    box = MailBox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        point_to(app, monkeypatch, port)
        yield box
    finally:
        box.may_answer.set()
        controller.stop(no_assert=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port


def point_to(app, monkeypatch, port: int) -> None:
    """Have the application send its letters to this port."""
    server = MailServer("127.0.0.1", port, tls=False)
    monkeypatch.setitem(app.extensions, "regulator", replace(app.extensions["regulator"], mail_server=server))
