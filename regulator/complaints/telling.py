"""The words a complaint gives to its letters."""

from __future__ import annotations

from regulator.casework.answers import numbered
from regulator.casework.facts import Facts
from regulator.casework.registry import merges
from regulator.complaints.facts import of
from regulator.complaints.needs import edition_of, ours
from regulator.evidence.telling import asked_words, view_words
from regulator.letters.commands import Recipient

SHARED = "share_provisional_view"
DECIDED_WITHOUT = (SHARED, "approve_decision")


@merges("complaint")
def words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """The allegations, findings, items and view, as this reader may read them."""
    rows = of(known)
    return {
        "allegations": numbered(one.words for one in ours(known)),
        "findings": _findings(known),
        **asked_words(known, recipient),
        "view": view_words(known, recipient),
        "allegations_chosen": _chosen(known),
        "superseded": _superseded(known),
        "went_on_without": _gone_without(known),
        "request": str(len(rows.requests)),
    }


def _findings(known: Facts) -> str:
    edition = edition_of(known)
    labels = {choice.code: choice.told for choice in edition.choices("findings")}
    lines = []
    for one in ours(known):
        if not one.finding:
            return ""
        standard = edition.standards.get(one.standard or "")
        under = f" Standard: {standard.title}, {standard.clause}." if standard else ""
        reasons = f" {one.reasons}" if one.reasons else ""
        lines.append(f"{one.words}\nOur finding: {labels[one.finding]}.{under}{reasons}")
    return numbered(lines)


def _chosen(known: Facts) -> str:
    answers = known.answers or {}
    chosen = {int(number) for number in answers.get("allegations_chosen") or ()}
    return "\n\n".join(f"{one.number}. {one.words}" for one in of(known).allegations if one.number in chosen)


def _superseded(known: Facts) -> str:
    """The allegation whose finding the ruling being recorded supersedes."""
    number = str((known.answers or {}).get("superseded") or "")
    return next((f"{one.number}. {one.words}" for one in ours(known) if str(one.number) == number), "")


def _gone_without(known: Facts) -> str:
    """What the decision now told was made without: noted with the last view shared, and when it was approved."""
    noted: list[str] = []
    for earlier in reversed(known.words_so_far):
        if earlier.step in DECIDED_WITHOUT:
            noted.append(str(earlier.fields.get("went_on_without") or ""))
        if earlier.step == SHARED:
            break
    return "\n".join(dict.fromkeys(filter(None, reversed(noted))))
