"""A letter in the language its reader asked for: the edition’s words, where the catalogue has every paragraph of them."""

from __future__ import annotations

from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.language import ENGLISH, WELSH, _, is_said, speaking
from regulator.regime.model import Letter


def chosen(letter: Letter, asked: str) -> str:
    """The language a letter is written in: the one asked for where all of it is there, else English."""
    return WELSH if asked == WELSH and _is_whole(letter) else ENGLISH


def _is_whole(letter: Letter) -> bool:
    with speaking(WELSH):
        return all(is_said(text) for text in (letter.subject, *_paragraphs(letter.text)))


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.strip().split("\n\n") if part.strip()]


def text(letter: Letter) -> str:
    """Its text in the language spoken, paragraph by paragraph, with its gaps still open."""
    return "\n\n".join(_(part) for part in _paragraphs(letter.text))


def missing(known: Facts, language: str) -> int:
    """How many letters to the complainant that a case of this kind may still send are not there in a language."""
    written = editions.editions()[known.case.edition].letters
    names = {
        use.letter
        for step in known.kind.steps.values()
        for use in step.letters
        if use.to in ("complainant", "them")
    }
    return sum(chosen(written[name], language) != language for name in names)
