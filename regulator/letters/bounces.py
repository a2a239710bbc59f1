"""Reading what a mail server sends back when a letter could not be delivered (RFC 3464, and older forms of it)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import policy
from email.message import Message

from regulator.letters.post import without_addresses

_OURS = re.compile(r"<[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}@[^<>\s]+>")
_FINAL = ("failed", "expired")
_SENDERS = ("mailer-daemon", "postmaster")


@dataclass(frozen=True)
class Bounce:
    """A message that says of one of ours that it could not be delivered.

    message_ids: the numbers it may be about, the likeliest first
    problem:     why, in a sentence that names no address
    """

    message_ids: Sequence[str]
    problem: str


def read(words: bytes) -> Bounce | None:
    """What a message says of a letter of ours; None where it is no such report, or only says that it takes longer."""
    message = email.message_from_bytes(words, policy=policy.compat32)
    numbers = list(dict.fromkeys(_numbers(message, words)))
    reports = list(_reports(message))
    if not numbers:
        return None
    if reports:
        failed = [report for report in reports if (report.get("Action") or "").strip().lower() in _FINAL]
        return Bounce(numbers, _why(failed, len(reports))) if failed else None
    return Bounce(numbers, "It came back from the mail server.") if _is_from_a_server(message) else None


def _numbers(message: Message, words: bytes) -> Iterator[str]:
    """First from the letter that is sent back with the report, then from anywhere in it."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            payload = part.get_payload()
            yield from _OURS.findall(
                " ".join(map(str, payload)) if isinstance(payload, list) else str(payload)
            )
    yield from _OURS.findall(words.decode("utf-8", "replace"))


def _reports(message: Message) -> Iterator[Message]:
    """What is reported of each address."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                yield from (one for one in payload if isinstance(one, Message) and one.get("Action"))


def _why(failed: Sequence[Message], of: int) -> str:
    status = (failed[0].get("Status") or "").strip()
    said = (failed[0].get("Diagnostic-Code") or "").rpartition(";")[2]
    words = without_addresses(" ".join(filter(None, (status if status not in said else "", said))))
    part = f"It came back from {len(failed)} of {of} addresses" if of > 1 else "It came back"
    return f"{part}: “{words}”." if words else f"{part}."


def _is_from_a_server(message: Message) -> bool:
    """Whether a message without a report was sent by a mail server, not by a person who answers."""
    sender = (message.get("From") or "").lower()
    return (message.get("Return-Path") or "").strip() == "<>" or any(name in sender for name in _SENDERS)
