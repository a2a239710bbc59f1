"""Where letters go: email addresses mail can be sent to, and lines for an envelope."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class Address:
    """Where a letter is to go instead: one of an email address and lines for an envelope."""

    email: str | None = None
    postal: str | None = None


def is_email(text: str) -> bool:
    """Whether mail can be sent to it."""
    return _ADDRESS.fullmatch(text) is not None


def addresses(to: str) -> list[str]:
    """The addresses in `to`, with commas between, that mail can be sent to."""
    return [one for part in to.split(",") if is_email(one := part.strip())]
