"""Programs kept running under the demonstration: started apart from the terminal, ended in order, never left.

They have a session of their own, so a Ctrl-C reaches only the demonstration, which then ends them one by one.
"""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NoReturn

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
START_SECONDS, END_SECONDS = 30, 10


class Stopped(Exception):
    """The person, or the end of the terminal, ended what runs in the foreground."""


class Failed(Exception):
    """A program did not do what it was started for; says which, and its last words."""


def listen() -> None:
    """From here on Ctrl-C, a polite kill and the end of the terminal raise Stopped, once."""
    for number in ENDINGS:
        signal.signal(number, _stop)


def deafen() -> None:
    """Let a second Ctrl-C not leave half of it running."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def unhurried() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block, so that nothing is started and then forgotten."""
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: asked.append(number)) for number in ENDINGS
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if asked:
            _stop(asked[0], None)


def _stop(_number: int, _frame: object) -> NoReturn:
    deafen()
    raise Stopped


class Programs:
    """Programs run with one environment in one folder; what they say goes to a file of each one’s own in `logs`.

    ending: where ending each service is entered
    """

    def __init__(self, environ: Mapping[str, str], folder: Path, logs: Path, ending: ExitStack) -> None:
        self.environ, self.folder, self.logs, self.ending = environ, folder, logs, ending
        self.services: dict[str, subprocess.Popen[bytes]] = {}

    def do(self, title: str, command: Sequence[str]) -> None:
        """Run a command to its end; raises Failed with its last words if that is not a good one."""
        if self._start(command, "stages").wait():
            raise Failed(f"{title} failed. It said:\n{self._last_words('stages')}")

    def show(self, command: Sequence[str]) -> None:
        """Run a command whose answer the person reads."""
        self._start(command).wait()

    def serve(self, name: str, command: Sequence[str]) -> None:
        """Start a program that is to run until everything ends."""
        self.services[name] = self._start(command, name)

    def wait_for_answer(self, port: int, path: str) -> None:
        """Return once `path` is answered on `port`; raises Failed where that takes too long."""
        patience = time.monotonic() + START_SECONDS
        while not _answers(port, path):
            self.check()
            if time.monotonic() > patience:
                raise Failed(f"Nothing answered on port {port} in {START_SECONDS} seconds.")
            time.sleep(0.1)

    def check(self) -> None:
        """Raises Failed where a service ended by itself."""
        for name, process in self.services.items():
            if process.poll() is not None:
                raise Failed(f"The {name} ended by itself. It said:\n{self._last_words(name)}")

    def _start(self, command: Sequence[str], name: str | None = None) -> subprocess.Popen[bytes]:
        with ExitStack() as opened, unhurried():
            log = opened.enter_context((self.logs / f"{name}.log").open("wb")) if name else None
            process = subprocess.Popen(
                command,
                env=self.environ,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            self.ending.callback(_end, process)
        return process

    def _last_words(self, name: str) -> str:
        said = (self.logs / f"{name}.log").read_text(errors="replace").splitlines()
        return "\n".join(said[-15:] or ["(nothing)"])


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(END_SECONDS)
    with suppress(ProcessLookupError, PermissionError):  # its children too, if any are left
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
