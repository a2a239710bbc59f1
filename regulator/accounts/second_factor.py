"""The second factor: a code of six figures that changes every half minute, made from a secret in somebody’s telephone."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

EVERY = 30
DRIFT = (0, -1, 1)
"""Half minutes by which a telephone’s clock may be off."""


def new_secret() -> str:
    """A fresh secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def code_at(secret: str, moment: datetime) -> str:
    """The code that the secret gives at a moment."""
    return pyotp.TOTP(secret, interval=EVERY).at(moment)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute for which this is the code, counted from 1970; None when it is not."""
    typed = "".join(code.split())
    step = int(now.timestamp()) // EVERY
    matching = [
        step + off for off in DRIFT if hmac.compare_digest(_code(secret, step + off).encode(), typed.encode())
    ]
    return matching[0] if matching else None


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret, interval=EVERY).generate_otp(step)


def address(secret: str, *, account: str, issuer: str) -> str:
    """What an authenticator app reads from the picture."""
    return pyotp.TOTP(secret, interval=EVERY).provisioning_uri(name=account, issuer_name=issuer)


def picture(uri: str) -> Markup:
    """The address as a QR code, an SVG with nothing that a strict content policy refuses."""
    drawn = segno.make(uri, error="m").svg_inline(
        scale=5,
        border=4,
        light="#fff",
        svgclass=None,
        lineclass=None,
        title="QR code for your authenticator app",
    )
    return Markup(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - made here, from figures alone


def spaced(secret: str) -> str:
    """The secret in groups of four, to be typed by hand."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
