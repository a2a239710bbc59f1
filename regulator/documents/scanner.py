"""The scanner for viruses: asked over a socket in production, and stood in for on a machine of one’s own.

A reply that is not plainly “clean” never counts as clean: a file nobody could look at stays held back.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import IO, NamedTuple, Protocol

from flask import current_app

from config import Config
from regulator.documents.models import Scan
from regulator.errors import RegulatorError

PIECE = 1 << 16
PATIENCE = 60.0
"""Seconds the scanner may be silent before it counts as down."""
LONGEST_REPLY = 4096
TEST_STRING = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner takes for a virus and is none; in two halves, so that none takes this file for one."""
TEST_NAME = "the test string of scanners"
UNREAD = ("Heuristics.Encrypted", "Heuristics.Limits.Exceeded")
"""What a scanner says of files it could not look into, as though it had found something."""


class ScannerDown(RegulatorError):
    """The scanner did not answer, or not with anything that says what the file is."""

    status = 503


class Verdict(NamedTuple):
    """What a scanner made of a file; `found` is its name for what is harmful, or why it could not be read."""

    scan: Scan
    found: str | None = None


class Scanner(Protocol):
    """Whatever can say whether a file is harmful; one that answers at once needs no worker."""

    @property
    def is_instant(self) -> bool:
        """Whether it answers at once."""

    def look(self, file: IO[bytes]) -> Verdict:
        """What this file is. Raises: ScannerDown."""


@dataclass(frozen=True)
class Clamd:
    """The daemon of ClamAV, at the path of its socket or at `host:port`; files are streamed to it."""

    at: str
    is_instant: bool = False

    def look(self, file: IO[bytes]) -> Verdict:
        """What clamd says of this file.

        Raises: ScannerDown when it cannot be reached, breaks off or says what cannot be understood
        """
        try:
            with self._called() as line:
                reply = _ask(line, file)
        except OSError as error:
            raise ScannerDown(f"The scanner cannot be asked: {error.strerror or error}.") from error
        return _understood(reply)

    def _called(self) -> socket.socket:
        if "/" not in self.at:
            host, _, port = self.at.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(self.at)
        except OSError:
            line.close()
            raise
        return line


def _ask(line: socket.socket, file: IO[bytes]) -> str:
    """Stream a file to clamd; over its limit it answers and hangs up while it is still being sent to."""
    line.sendall(b"zINSTREAM\0")
    try:
        while piece := file.read(PIECE):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return _reply(line)
    return _reply(line)


def _reply(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < LONGEST_REPLY and (more := line.recv(LONGEST_REPLY)):
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _understood(reply: str) -> Verdict:
    if reply == "stream: OK":
        return Verdict(Scan.clean)
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        found = reply.removeprefix("stream: ").removesuffix(" FOUND")
        return Verdict(Scan.unreadable if found.startswith(UNREAD) else Scan.infected, found)
    if "size limit exceeded" in reply:
        return Verdict(Scan.unreadable, "larger than the scanner takes")
    raise ScannerDown(f"The scanner gave no answer that can be used: {reply or 'it hung up'}.")


@dataclass(frozen=True)
class StandIn:
    """On a machine of one’s own: knows the test string of scanners, and nothing that is really harmful."""

    is_instant: bool = True

    def look(self, file: IO[bytes]) -> Verdict:
        """Whether the test string is in it."""
        before = b""
        while piece := file.read(PIECE):
            if TEST_STRING in before + piece:
                return Verdict(Scan.infected, TEST_NAME)
            before = piece[-len(TEST_STRING) :]
        return Verdict(Scan.clean)


def scanner() -> Scanner:
    """The scanner of this application: the stand-in where none is configured, which production does not allow."""
    config: Config = current_app.extensions["regulator"]
    return Clamd(config.clamd_socket) if config.clamd_socket else StandIn()
