"""Why a file cannot be had, in words for whoever may see that it is there; one that can be had has none."""

from __future__ import annotations

from collections.abc import Mapping

from regulator.documents.models import Scan
from regulator.language import _, later

NOTES: Mapping[str, str] = {
    Scan.unscanned: later("being checked for viruses"),
    Scan.infected: later("held back: a check for viruses found something harmful in it"),
    Scan.unreadable: later("held back: the check for viruses could not read it"),
}
SENTENCES: Mapping[str, str] = {
    Scan.unscanned: later(
        "This file is still being checked for viruses, so nobody can open it yet. "
        "It is safe with us, and is tried again until it could be checked."
    ),
    Scan.infected: later(
        "A check for viruses found something harmful in this file, so nobody can open it. "
        "Whoever gave it can send a clean copy."
    ),
    Scan.unreadable: later(
        "The check for viruses could not read this file, so nobody can open it. "
        "Whoever gave it can send it again without a password, or in parts."
    ),
}


def note(scan: str) -> str:
    """A few words beside the name of a file that is held back; empty for one that is not."""
    return _(NOTES.get(scan, ""))


def sentence(scan: str) -> str:
    """What to tell who wants a file that is held back, and what can be done; empty for one that is not."""
    return _(SENTENCES.get(scan, ""))
