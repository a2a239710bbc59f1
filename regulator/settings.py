"""Settings of one part alone: what they are, how they are read from the environment, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

T = TypeVar("T")
NOTIFY_URL = "https://api.notifications.service.gov.uk"
LONG = 32


class Read(Protocol):
    """Reads one setting: converted, or None with the problem noted; `default` None says that it must be given."""

    def __call__(  # noqa: D102 - its class says it
        self, name: str, convert: Callable[[str], T], default: str | None, rule: str
    ) -> T | None: ...


@dataclass(frozen=True, slots=True)
class Notify:
    """GOV.UK Notify: the service’s key, the template with `((subject))` and `((body))`, and who may call back."""

    key: str = field(repr=False)
    template: str
    url: str
    callback_token: str | None = field(default=None, repr=False)


def notify(read: Read) -> Notify | None:
    """What is set of GOV.UK Notify; None where nothing is sent through it."""
    if not read("NOTIFY_API_KEY", str, "", ""):
        return None
    key = read("NOTIFY_API_KEY", _key, "", "must be a key as GOV.UK Notify gives it")
    template = read("NOTIFY_TEMPLATE", _uuid, None, "must be the number of a template of GOV.UK Notify")
    url = read("NOTIFY_URL", _web_address, NOTIFY_URL, "must be a web address")
    token = read("NOTIFY_CALLBACK_TOKEN", _long, "", f"must be at least {LONG} characters long")
    return Notify(key or "", template or "", url or "", token or None)


def _key(text: str) -> str:
    """A name, then the service’s number and the secret, each written as a UUID."""
    UUID(text[-73:-37])
    UUID(text[-36:])
    return text


def _uuid(text: str) -> str:
    return str(UUID(text))


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(text)
    return text.rstrip("/")


def _long(text: str) -> str:
    if len(text) < LONG:
        raise ValueError(text)
    return text
