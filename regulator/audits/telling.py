"""The words an audit gives to its letters."""

from __future__ import annotations

from regulator.casework.facts import Facts
from regulator.casework.registry import merges
from regulator.evidence.telling import asked_words
from regulator.findings.telling import found_words
from regulator.letters.commands import Recipient


@merges("audit")
def words(known: Facts, recipient: Recipient) -> dict[str, str]:
    """What is looked at, asked, found and recommended, as this reader may read it."""
    return asked_words(known, recipient) | found_words(known, recipient)
