"""Handing a letter to GOV.UK Notify, and asking it what became of it.

Each message bears the letter’s own reference, so Notify can be asked whether it has it: before anything is sent a second
time it is, and nobody gets a letter twice because an answer was lost.

Source: the REST API at https://docs.notifications.service.gov.uk/rest-api.html. Its Python client is not used: it depends on
`docopt`, which is published as source alone, and nothing here is built while it is installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import jwt
import requests
from urllib3.exceptions import NewConnectionError

from regulator import moments
from regulator.letters.addresses import addresses
from regulator.letters.models import Delivery
from regulator.letters.post import PATIENCE, Mail, Outcome, without_addresses
from regulator.settings import Notify

LATER = 429
SERVER = 500
UUID = 36  # a key is a name, the service’s UUID and a secret that is one too, with hyphens between
FAILED: Mapping[str, str] = {
    "permanent-failure": "GOV.UK Notify says that the address does not exist.",
    "temporary-failure": "GOV.UK Notify says that the mailbox could not take it for three days.",
    "technical-failure": "GOV.UK Notify says that it could not send it for a reason of its own.",
}
DELIVERED = "delivered"
LOST = "GOV.UK Notify did not say whether it had taken the letter."


class Trouble(Exception):
    """Notify did not do as it was asked, or did not say whether it had.

    status: what it answered with; 0 where no answer came that can be read
    said:   its reasons
    never:  whether the line was never there, so that nothing can have gone over it
    """

    def __init__(self, status: int, said: str = "", *, never: bool = False) -> None:
        super().__init__(said)
        self.status, self.said, self.never = status, said, never


def hand_over(mail: Mail, to: Notify) -> Outcome:
    """Give a message to Notify, once for each address; one tried before only to those of whom Notify knows nothing."""
    wanted = addresses(mail.to)
    if not wanted:
        return Outcome(Delivery.failed, "The address is not one that mail can be sent to.")
    try:
        has = {one.lower() for one, _ in _known(mail, to)} if mail.tried else set()
        refused = [said for one in wanted if one.lower() not in has and (said := _send(mail, one, to))]
    except Trouble as error:
        return _trouble(error)
    if len(refused) == len(wanted):
        return Outcome(Delivery.failed, refused[0])
    return Outcome(Delivery.sent, _in_part(refused, len(wanted)))


def became(mail: Mail, to: Notify) -> Outcome | None:
    """What became of a message by Notify’s own account; None where it does not know it, or cannot be asked now."""
    wanted = addresses(mail.to)
    try:
        found = _known(mail, to)
    except Trouble:
        return None
    if len({one.lower() for one, _ in found}) < len(wanted):
        return None
    said = [status for _, status in found]
    failed = [FAILED[status] for status in said if status in FAILED]
    if failed:
        return Outcome(Delivery.bounced, _in_part(failed, len(wanted)) if len(wanted) > 1 else failed[0])
    arrived = all(status == DELIVERED for status in said)
    return Outcome(Delivery.delivered if arrived else Delivery.sent)


def _ask(method: str, to: Notify, **asked: Any) -> Mapping[str, Any]:
    """What Notify answers.

    Raises: Trouble
    """
    path = "notifications/email" if method == "POST" else "notifications"
    service, secret = to.key[-2 * UUID - 1 : -UUID - 1], to.key[-UUID:]
    token = jwt.encode({"iss": service, "iat": int(moments.now().timestamp())}, secret, "HS256")
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = requests.request(
            method, f"{to.url}/v2/{path}", headers=headers, timeout=PATIENCE, allow_redirects=False, **asked
        )
        said: Mapping[str, Any] = answer.json() if answer.ok else {}
    except requests.JSONDecodeError as error:
        raise Trouble(0) from error
    except requests.RequestException as error:
        raise Trouble(0, never=_never_went(error)) from error
    if not answer.ok:
        raise Trouble(answer.status_code, _reasons(answer))
    return said


def _reasons(answer: requests.Response) -> str:
    try:
        return "; ".join(str(one["message"]) for one in answer.json()["errors"])
    except (ValueError, KeyError, TypeError):
        return answer.reason or ""


def _reference(mail: Mail) -> str:
    return mail.message_id.strip("<>")


def _known(mail: Mail, to: Notify) -> Sequence[tuple[str, str]]:
    """Each address to which Notify has this letter, with where that stands."""
    found = _ask("GET", to, params={"reference": _reference(mail)})
    rows: Iterable[Mapping[str, str]] = found.get("notifications", ())
    return [(row.get("email_address") or "", row.get("status") or "") for row in rows]


def _send(mail: Mail, address: str, to: Notify) -> str | None:
    """Send it to one address; why Notify refuses it for good, or None where it took it.

    Raises: Trouble where it is not taken now, or nobody knows
    """
    words = {"subject": mail.subject, "body": mail.text}
    message = {"email_address": address, "template_id": to.template, "personalisation": words}
    try:
        _ask("POST", to, json={**message, "reference": _reference(mail)})
    except Trouble as trouble:
        if not trouble.status or trouble.status == LATER or trouble.status >= SERVER:
            raise
        return _said(trouble)
    return None


def _trouble(trouble: Trouble) -> Outcome:
    """Where nothing went, or Notify says “later”, it waits; where the answer is lost, nobody knows."""
    if trouble.never:
        return Outcome(Delivery.queued, "GOV.UK Notify could not be reached.")
    if not trouble.status:
        return Outcome(Delivery.unknown, LOST)
    return Outcome(Delivery.queued, _said(trouble))


def _never_went(error: requests.RequestException) -> bool:
    if isinstance(error, requests.ConnectTimeout):
        return True
    inner = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    return isinstance(getattr(inner, "reason", inner), NewConnectionError)


def _said(trouble: Trouble) -> str:
    return f"GOV.UK Notify said “{without_addresses(f'{trouble.status} {trouble.said}'.strip())}”."


def _in_part(failed: Sequence[str], of: int) -> str | None:
    return f"Not delivered to {len(failed)} of {of} addresses. {failed[0]}" if failed else None
