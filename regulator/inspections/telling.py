"""The words an inspection gives to its letters."""

from __future__ import annotations

from regulator.casework.facts import Facts
from regulator.casework.registry import merges
from regulator.evidence.telling import asked_words
from regulator.findings.composing import told_priority
from regulator.findings.telling import found_words, parts_of
from regulator.inspections.facts import of, recommended
from regulator.inspections.models import Concern
from regulator.letters.commands import Recipient


@merges("inspection")
def words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """What is looked at, asked, found and recommended, and the concern the entry is about, as this reader may read it."""
    said = asked_words(known, recipient) | found_words(known, recipient)
    return said | {"this_concern": _this_concern(known, recipient)}


def _this_concern(known: Facts, recipient: Recipient) -> str:
    about = known.events[-1].about("concern") if known.events else ()
    mine = {party.id for party in parts_of(known, recipient)}
    found = [one for one in of(known).concerns if one.id in about and one.party_id in mine]
    return "\n\n".join(_told(known, one) for one in found)


def _told(known: Facts, concern: Concern) -> str:
    asked = [
        f"{one.number}. {one.words} ({told_priority(known, one)})" for one in recommended(known, concern)
    ]
    return "\n\n".join([*concern.words.split("\n\n"), *(["We recommend:", *asked] if asked else [])])
