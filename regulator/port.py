"""Whether a port is free to serve on.

Only the standard library: `make demo` asks with the system’s Python, before it makes an environment.
"""

from __future__ import annotations

import os
import socket
import sys


class PortError(Exception):
    """The port cannot be served on; one sentence says why and what to do."""


def free_port(text: str) -> int:
    """The port that `text` names, on this machine alone.

    Raises PortError where it is no port, is in use, or may not be used.
    """
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise PortError(f"PORT must be a whole number from 1 to 65535, not “{text}”.")
    port = int(text)
    with socket.socket() as caller:
        taken = caller.connect_ex(("127.0.0.1", port)) == 0
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            server.bind(("127.0.0.1", port))
        except PermissionError as why:
            raise PortError(
                f"Port {port} may not be used by you: choose one from 1024, such as PORT=8001."
            ) from why
        except OSError:
            taken = True
    if taken:
        raise PortError(
            f"Port {port} is in use: stop what uses it, or choose another, such as PORT={_next(port)}."
        )
    return port


def _next(port: int) -> int:
    return port + 1 if port < 65535 else 8000


if __name__ == "__main__":
    try:
        free_port(os.environ.get("PORT") or "8000")
    except PortError as refusal:
        sys.exit(str(refusal))
