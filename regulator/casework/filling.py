"""Filling in letters and sentences: a sentence with a word that is not known is left out, never sent with a gap.

What stands before a colon goes with what it announces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_GAP = re.compile(r"\{([a-z0-9_]+(?:\.[a-z_]+)?)\}")
_SENTENCE = re.compile(r"(?<=[.!?])[ \n]+(?=[A-Z{“‘])")


def fill(text: str, said: Mapping[str, str]) -> str:
    """The words of a letter or a page: by paragraph, each sentence whole or not at all."""
    paragraphs = (_paragraph(paragraph, said) for paragraph in text.strip().split("\n\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def line(text: str, said: Mapping[str, str]) -> str:
    """One line of a timeline or a subject: a word that is not known is simply absent."""
    return " ".join(_GAP.sub(lambda gap: said.get(gap[1], ""), text).split())


def _paragraph(text: str, said: Mapping[str, str]) -> str:
    kept = [part for part in _SENTENCE.split(text) if all(said.get(name) for name in _GAP.findall(part))]
    return " ".join(_GAP.sub(lambda gap: said[gap[1]], part) for part in kept)
