"""Handing a letter to GOV.UK Notify, and asking it what became of it.

Each message bears the letter’s own reference, so Notify can be asked whether it has it: before anything is sent a second
time it is, and nobody gets a letter twice because an answer was lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import requests
from notifications_python_client.errors import APIError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient
from urllib3.exceptions import NewConnectionError

from regulator.letters.addresses import addresses
from regulator.letters.models import Delivery
from regulator.letters.post import PATIENCE, Mail, Outcome, without_addresses
from regulator.settings import Notify

LATER = 429
SERVER = 500
FAILED: Mapping[str, str] = {
    "permanent-failure": "GOV.UK Notify says that the address does not exist.",
    "temporary-failure": "GOV.UK Notify says that the mailbox could not take it for three days.",
    "technical-failure": "GOV.UK Notify says that it could not send it for a reason of its own.",
}
DELIVERED = "delivered"
LOST = "GOV.UK Notify did not say whether it had taken the letter."


def hand_over(mail: Mail, to: Notify) -> Outcome:
    """Give a message to Notify, once for each address; one tried before only to those of whom Notify knows nothing."""
    wanted = addresses(mail.to)
    if not wanted:
        return Outcome(Delivery.failed, "The address is not one that mail can be sent to.")
    client = _client(to)
    try:
        has = {one.lower() for one, _ in _known(client, mail)} if mail.tried else set()
        refused = [
            said for one in wanted if one.lower() not in has and (said := _send(client, mail, one, to))
        ]
    except APIError as error:
        return _trouble(error)
    if len(refused) == len(wanted):
        return Outcome(Delivery.failed, refused[0])
    return Outcome(Delivery.sent, _in_part(refused, len(wanted)))


def became(mail: Mail, to: Notify) -> Outcome | None:
    """What became of a message by Notify’s own account; None where it does not know it, or cannot be asked now."""
    wanted = addresses(mail.to)
    try:
        found = _known(_client(to), mail)
    except APIError:
        return None
    if len({one.lower() for one, _ in found}) < len(wanted):
        return None
    said = [status for _, status in found]
    failed = [FAILED[status] for status in said if status in FAILED]
    if failed:
        return Outcome(Delivery.bounced, _in_part(failed, len(wanted)) if len(wanted) > 1 else failed[0])
    arrived = all(status == DELIVERED for status in said)
    return Outcome(Delivery.delivered if arrived else Delivery.sent)


def _client(to: Notify) -> NotificationsAPIClient:
    return NotificationsAPIClient(to.key, base_url=to.url, timeout=PATIENCE)  # type: ignore[no-untyped-call]


def _reference(mail: Mail) -> str:
    return mail.message_id.strip("<>")


def _known(client: NotificationsAPIClient, mail: Mail) -> Sequence[tuple[str, str]]:
    """Each address to which Notify has this letter, with where that stands."""
    found = client.get_all_notifications(reference=_reference(mail))  # type: ignore[no-untyped-call]
    rows: Iterable[Mapping[str, str]] = found.get("notifications", ())
    return [(row.get("email_address") or "", row.get("status") or "") for row in rows]


def _send(client: NotificationsAPIClient, mail: Mail, address: str, to: Notify) -> str | None:
    """Send it to one address; why Notify refuses it for good, or None where it took it.

    Raises: APIError where it is not taken now, or nobody knows
    """
    words = {"subject": mail.subject, "body": mail.text}
    try:
        client.send_email_notification(  # type: ignore[no-untyped-call]
            address, to.template, words, reference=_reference(mail)
        )
    except InvalidResponse:
        raise
    except APIError as error:
        if error.response is None or error.status_code == LATER or error.status_code >= SERVER:
            raise
        return _said(error)
    return None


def _trouble(error: APIError) -> Outcome:
    """Where nothing went, or Notify says “later”, it waits; where the answer is lost, nobody knows."""
    if error.response is None:
        if _never_went(error.__cause__):
            return Outcome(Delivery.queued, "GOV.UK Notify could not be reached.")
        return Outcome(Delivery.unknown, LOST)
    if isinstance(error, InvalidResponse):
        return Outcome(Delivery.unknown, LOST)
    return Outcome(Delivery.queued, _said(error))


def _never_went(cause: BaseException | None) -> bool:
    """Whether the line was never there, so that nothing can have gone over it."""
    if isinstance(cause, requests.ConnectTimeout):
        return True
    inner = cause.args[0] if isinstance(cause, requests.ConnectionError) and cause.args else None
    return isinstance(getattr(inner, "reason", inner), NewConnectionError)


def _said(error: APIError) -> str:
    said = error.message or ""
    text = said if isinstance(said, str) else "; ".join(str(one.get("message", "")) for one in said)
    return f"GOV.UK Notify said “{without_addresses(f'{error.status_code} {text}')}”."


def _in_part(failed: Sequence[str], of: int) -> str | None:
    return f"Not delivered to {len(failed)} of {of} addresses. {failed[0]}" if failed else None
