"""Which ports the demonstration may be served on."""

import socket

import pytest

from regulator.port import PortError, free_port


@pytest.fixture
def busy():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_busy_port_is_refused(busy):
    """A port that something answers on is refused, with another to try."""
    with pytest.raises(PortError, match=f"Port {busy} is in use: stop what uses it, or choose another"):
        free_port(str(busy))


def test_a_port_just_left_is_free(busy):
    """A port whose last callers have only just gone may be used again at once."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()

    assert free_port(str(port)) == port


@pytest.mark.parametrize("text", ["eight", "0", "65536", "-1", "80.5"])
def test_a_port_is_a_number(text):
    """Anything but a whole number from 1 to 65535 is refused in a sentence that quotes it."""
    with pytest.raises(PortError, match=f"PORT must be a whole number from 1 to 65535, not “{text}”."):
        free_port(text)
