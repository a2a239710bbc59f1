"""How wide words are, near enough to break a label into lines before anything is drawn."""

from __future__ import annotations

from typing import Final

SIZE: Final = 12.5
LINE: Final = 15.0
_NARROW: Final = frozenset("iljtf.,:;'’|!() ")
_WIDE: Final = frozenset("mwMWÆŒ@%—")


def width(text: str, *, bold: bool = False) -> float:
    """About how wide `text` is in pixels; a little more rather than less."""
    letters = sum(0.34 if c in _NARROW else 0.9 if c in _WIDE else 0.7 if c.isupper() else 0.57 for c in text)
    return letters * (SIZE + 2 if bold else SIZE)


def fold(text: str, most: float, *, bold: bool = False) -> tuple[str, ...]:
    """The text in lines no wider than `most`, unless a single word is."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, bold=bold) <= most:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
