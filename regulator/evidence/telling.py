"""The words that requests give to letters; each kind adds them to its own."""

from __future__ import annotations

from regulator import words
from regulator.casework.answers import numbered
from regulator.casework.facts import Facts
from regulator.evidence.facts import of, shown_to
from regulator.evidence.models import EvidenceItem
from regulator.letters.commands import Recipient


def asked_words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """What a body is asked and what of its answers is not enough, as it reads it itself; for others there is nothing."""
    return {"items": _items(known, recipient), "missing": _missing(known, recipient)}


def _items(known: Facts, recipient: Recipient) -> str:
    mine = [one for one in of(known).requests if one.party_id == recipient.party_id]
    if not mine or recipient.side != "body":
        return ""
    return numbered(_asked(item) for item in of(known).items if item.request_id == mine[-1].id)


def _asked(item: EvidenceItem) -> str:
    more = [
        f"A good answer has: {item.good}" if item.good else "",
        f"Who may hold it: {item.holder}" if item.holder else "",
        f"We hope for it by {words.day(item.wanted_by)}" if item.wanted_by else "",
    ]
    return "\n".join(filter(None, (item.question, *more)))


def _missing(known: Facts, recipient: Recipient) -> str:
    """The items that the entry which sends the letter returns."""
    about = known.events[-1].about("item") if known.events and recipient.side == "body" else ()
    found = [one for one in of(known).items if one.id in about and one.party_id == recipient.party_id]
    return "\n\n".join(f"{one.number}. {one.question}\nWhat is missing: {one.missing}" for one in found)


def view_words(known: Facts, recipient: Recipient) -> str:
    """What was last shared for comments, in numbered paragraphs, as this reader was shown it."""
    party = next((one for one in known.subjects if one.id == recipient.party_id), None)
    return numbered(one.words for one in shown_to(known, party))
