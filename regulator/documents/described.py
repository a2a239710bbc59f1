"""The facts of a document, as they stand beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from regulator import words
from regulator.access import BODY, OUTSIDE, REGULATOR
from regulator.actors import Actor, Side
from regulator.documents.models import Scan
from regulator.documents.queries import DocumentRow

KINDS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "image/png": "PNG picture",
    "image/jpeg": "JPEG picture",
    "text/plain": "Plain text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel spreadsheet",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
}
SCANS: Mapping[str, str] = {
    Scan.unscanned: "Not yet",
    Scan.clean: "Nothing was found",
    Scan.infected: "Something harmful was found",
    Scan.unreadable: "Could not be read",
}
KILO = 1024


def facts(document: DocumentRow, *, by: Actor) -> Sequence[tuple[str, str]]:
    """What is known of a document: label and value; who may see it is told to staff alone."""
    found = [
        ("Given by", giver(document.given_by)),
        ("Given", words.moment(document.given_at)),
        ("Kind", f"{KINDS.get(document.media_type, 'Document')}, {size(document.size)}"),
        ("Checked for viruses", SCANS[document.scan]),
        ("SHA-256", " ".join(document.sha256[at : at + 8] for at in range(0, 64, 8))),
    ]
    if by.side is Side.staff:
        found.insert(3, ("Can be seen by", ", ".join(document.seen_by)))
        if document.scan_found:
            found.insert(5, ("What the scanner said", document.scan_found))
    return found


def giver(role: str) -> str:
    """Who gave it, by the part they have: never by name, which is not everybody’s to know."""
    if role in OUTSIDE:
        return f"The {role}"
    if role in BODY:
        return "The organisation"
    if role == "oversight_contact":
        return "Who oversees the organisation"
    if role in REGULATOR:
        return "The regulator"
    return "Not known" if not role else "The regulator’s system"


def size(count: int) -> str:
    """A number of bytes as people say it."""
    return f"{count / KILO / KILO:.1f} MB" if count >= KILO * KILO else f"{max(1, round(count / KILO))} KB"
