"""Reading a name that counts only with a certain answer: “verify_recommendation if verdict is partly or not_met”."""

from __future__ import annotations

import re
from typing import Final

from regulator.regime.parts import Condition
from regulator.regime.reading import Word

_CONDITION: Final = re.compile(r"(.+?) if (\S+)(?: is (.+))?")
_OR: Final = re.compile(r" or ")


def told_apart(word: Word) -> tuple[Word, Condition | None]:
    """The name, and the answer without which it does not count; with no answer named, that answer is yes."""
    said = _CONDITION.fullmatch(word)
    if said is None:
        return word, None
    codes = tuple(Word.at(code.strip(), word.where) for code in _OR.split(said[3] or "yes"))
    return Word.at(said[1].strip(), word.where), Condition(Word.at(said[2], word.where), codes, word.where)
