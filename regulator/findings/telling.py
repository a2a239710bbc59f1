"""The words that reports and recommendations give to letters; each kind adds them to its own."""

from __future__ import annotations

from collections.abc import Iterable

from regulator import words
from regulator.casework.facts import Facts
from regulator.casework.models import Party
from regulator.evidence.facts import standing, standing_comments
from regulator.findings.composing import paragraphs, rating_of, told_priority
from regulator.findings.facts import is_open, issued_to, of
from regulator.findings.models import Recommendation
from regulator.letters.commands import Recipient

ACCEPTED = {True: "We accepted this.", False: "We did not accept this."}


def found_words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """Areas, report, comments answered and recommendations, as this reader may read them."""
    parts = parts_of(known, recipient)
    return {
        "areas": _areas(known),
        "report": _report(known, parts),
        "answered": _answered(known, parts),
        "recommended": _listed(known, (one for party in parts for one in issued_to(known, party))),
        "this_recommendation": _this(known, parts),
    }


def parts_of(known: Facts, recipient: Recipient) -> list[Party]:
    """The bodies’ parts in the case that a recipient reads of: its own, or those it oversees."""
    party = next((one for one in known.parties if one.id == recipient.party_id), None)
    if party is None:
        return []
    return known.overseen_by(party) if recipient.side == "oversight" else [party]


def _areas(known: Facts) -> str:
    told = (
        f"{area.number}. " + ": ".join(filter(None, (area.name, rating_of(known, area))))
        for area in of(known).areas
    )
    return "\n\n".join(told)


def _report(known: Facts, parts: list[Party]) -> str:
    """The report; a letter that recommends tells the recommendations with their dates, after it."""
    if not parts or of(known).report is None:
        return ""
    is_draft = bool(known.events) and known.events[-1].step == "share_draft"
    told = paragraphs(known, parts[0], recommended=is_draft)
    return "\n\n".join(f"{number}. {line}" for number, line in enumerate(told, 1))


def _answered(known: Facts, parts: list[Party]) -> str:
    mine = {party.id for party in parts}
    numbers = {one.id: one.number for one in standing(known)}
    return "\n\n".join(
        f"On paragraph {numbers[one.paragraph_id]}: “{one.words}” {ACCEPTED[one.accepted]} {one.reason or ''}".strip()
        for one in standing_comments(known)
        if one.party_id in mine and one.accepted is not None
    )


def _listed(known: Facts, found: Iterable[Recommendation]) -> str:
    due = {
        one.keys.get("recommendation"): one.last_day for one in known.running if one.name == "recommendation"
    }
    return "\n\n".join(
        f"{one.number}. {one.words} ({told_priority(known, one)}"
        + (f", by {words.day(due[one.id])})" if one.id in due else ")")
        for one in found
        if is_open(one)
    )


def _this(known: Facts, parts: list[Party]) -> str:
    """The recommendation that the entry which sends the letter is about."""
    about = known.events[-1].about("recommendation") if known.events else ()
    mine = {party.id for party in parts}
    found = [one for one in of(known).recommendations if one.id in about and one.party_id in mine]
    return "\n\n".join(f"{one.number}. {one.words} ({told_priority(known, one)})" for one in found)
