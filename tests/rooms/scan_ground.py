"""A real clamd with one signature made here, and files for it to look at."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from regulator import ledger, moments, worker
from regulator.actors import SYSTEM
from regulator.documents import commands
from regulator.documents.scanner import TEST_STRING
from regulator.documents.store import keep

PROGRAM = os.environ.get("CLAMD") or shutil.which("clamd") or "/usr/sbin/clamd"
MB = 1024 * 1024
SETTINGS = """Foreground yes
DatabaseDirectory {0}/signatures
LocalSocket {0}/s
PidFile {0}/pid
TemporaryDirectory {0}
LogFile {0}/log
StreamMaxLength 2M
AlertEncrypted yes
"""
PATIENCE = 60


@contextmanager
def clamd() -> Iterator[str]:
    """A clamd of one’s own, which knows the test string of scanners and nothing else; its socket."""
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))  # a socket’s path must be short
    (folder / "signatures").mkdir()
    (folder / "signatures" / "test.ndb").write_text(f"Test.EICAR:0:*:{TEST_STRING.hex()}\n")
    (folder / "conf").write_text(SETTINGS.format(folder))
    started = subprocess.Popen([PROGRAM, "--config-file", folder / "conf"], stdout=subprocess.DEVNULL)
    try:
        _wait(folder / "s", started)
        yield str(folder / "s")
    finally:
        started.terminate()
        started.wait(PATIENCE)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(at: Path, started: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while not at.exists():
        if started.poll() is not None or time.monotonic() > end:
            log = at.parent / "log"
            raise RuntimeError(f"clamd did not start: {log.read_text() if log.exists() else 'no log'}")
        time.sleep(0.05)


def scanned_by(app: Flask, monkeypatch, at: str | None) -> None:
    """Have the application ask the scanner at this socket; none stands for the stand-in."""
    config = replace(app.extensions["regulator"], clamd_socket=at)
    monkeypatch.setitem(app.extensions, "regulator", config)


def given(case_id: int, content: bytes, *audiences: str, name: str = "film.txt") -> int:
    """A file given with a step told to these audiences; returns the number of its document."""
    file = keep(io.BytesIO(content), name, 5 * MB)
    with ledger.change("add_document", by=SYSTEM, streams=[f"case:{case_id}"]) as intent:
        for audience in audiences:
            intent.tell(audience, "A document was added")
        (row,) = commands.attach(
            [file], case_id, "add_document", intent.words, None, moments.now(), "contact"
        )
        return row.id


def work(app: Flask) -> None:
    """Let the worker do what waits."""
    worker.work(app, once=True)


@contextmanager
def answering(reply: bytes) -> Iterator[str]:
    """A scanner that says one thing, whatever it is sent; the address it listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            line, _ = server.accept()
            with line:
                while not line.recv(1 << 16).endswith(bytes(4)):
                    pass
                line.sendall(reply)

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()
