"""Names of files, made safe to show and to save under: a name is typed by a stranger."""

from __future__ import annotations

import re
import unicodedata

from regulator.documents.types import Kind

LONGEST = 120
NAMELESS = "file"


def shown(name: str) -> str:
    """The name without folders, control characters, or marks that make it read otherwise than it is written."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if c.isspace() else c for c in last if c.isspace() or _is_visible(c))
    return " ".join(visible.split()).strip(". ") or NAMELESS


def safe(name: str, kind: Kind) -> str:
    """The name shown, cut to a length every system takes, with an ending that tells what the file is."""
    clean = shown(name)
    stem, dot, ending = clean.rpartition(".")
    if not (stem and dot and ending.lower() in kind.endings):
        stem, ending = clean, kind.endings[0]
    return f"{stem[: LONGEST - len(ending) - 1].rstrip('. ')}.{ending}"


def _is_visible(character: str) -> bool:
    """Neither control, format (which turns the direction of reading), private, nor half a character."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs", "Cn")
