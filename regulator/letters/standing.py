"""How far a letter has come, in words and in the tone of its tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from regulator import moments, words
from regulator.language import _, later
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
    Delivery.delivered: Standing("Delivered", "good"),
    Delivery.bounced: Standing(
        "Came back",
        "late",
        "Find out where to reach them: send it to another address, post it, or say how you reached them.",
    ),
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
    Delivery.on_paper: Standing("To be posted", "waiting", "Print it and post it, then say on which day."),
    Delivery.posted: Standing("Posted", "good"),
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


NO_PAPER = Standing("Cannot be posted", "late", "Reach them in the way they asked for, and say what you did.")


def standing(state: str, problem: str | None) -> Standing:
    """Where a delivery stands, given what went wrong with it if anything did."""
    if problem and state in (Delivery.sent, Delivery.delivered):
        return IN_PART
    if problem and state == Delivery.on_paper:
        return NO_PAPER
    if problem and state == Delivery.queued:
        return WAITING
    return STANDINGS[state]


GOING = later("This letter is on its way to you.")
TOLD: Mapping[str, str] = {
    Delivery.queued: GOING,
    Delivery.attempting: GOING,
    Delivery.sent: later("We emailed it to you on %(day)s."),
    Delivery.delivered: later("We emailed it to you on %(day)s, and it arrived."),
    Delivery.on_paper: later("We will send it to you by post."),
    Delivery.posted: later("We posted it to you on %(day)s."),
    Delivery.failed: later("We could not deliver it by email. You can read it here."),
    Delivery.bounced: later("We emailed it to you, and it came back to us. You can read it here."),
    Delivery.unknown: later("We are not sure that it reached you by email. You can read it here."),
}
"""How far a letter came, for whoever it is to; where they chose to read it on their page there is nothing to say."""


def plainly(state: str | None, sent_at: datetime | None) -> str:
    """Where a letter stands, in plain words for whoever it is to; empty where nothing is to be said."""
    said = TOLD.get(state or "", "")
    if "%(day)s" not in said:
        return _(said) if said else ""
    return _(said, day=words.day(moments.london_day(sent_at))) if sent_at else ""
