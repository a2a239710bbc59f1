"""How far a letter has come, in words and in the tone of its tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from regulator.letters.models import Delivery


@dataclass(frozen=True)
class Standing:
    """What staff read of a delivery; `advice` says what a person can do, where one must."""

    label: str
    tone: str
    advice: str = ""


STANDINGS: Mapping[str, Standing] = {
    Delivery.queued: Standing("Waiting to be sent", "active"),
    Delivery.attempting: Standing("Being sent", "active"),
    Delivery.sent: Standing("Sent", "good"),
    Delivery.failed: Standing(
        "Not delivered",
        "late",
        "Reach them in another way, or have it sent again once the address can take it.",
    ),
    Delivery.unknown: Standing(
        "Delivery unknown",
        "late",
        "Ask whether it arrived before you have it sent again: otherwise they may get it twice.",
    ),
    Delivery.on_page: Standing("Shown on the development page", "ended"),
    Delivery.on_paper: Standing("To be posted", "waiting", "Print it and post it, then say that you did."),
    Delivery.read_there: Standing("On their own page, as they chose", "good"),
    Delivery.settled: Standing("Dealt with in another way", "good"),
    Delivery.historic: Standing("Written in the past, not sent", "ended"),
}
IN_PART = Standing(
    "Sent in part",
    "late",
    "Reach the others in another way. Sent again, it goes to everybody once more.",
)
WAITING = Standing("Waiting for the mail server", "soon", "It goes by itself once the mail server takes it.")


def standing(state: str, problem: str | None) -> Standing:
    """Where a delivery stands, given what went wrong with it if anything did."""
    if problem and state == Delivery.sent:
        return IN_PART
    if problem and state == Delivery.queued:
        return WAITING
    return STANDINGS[state]
