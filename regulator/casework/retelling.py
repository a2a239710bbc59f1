"""What the record told in English, told again in the language of whoever reads it now.

The sentence that was kept is matched with the sentence of the rules it was filled from: what stood in the gaps is put into
the translation. Where either is not there, it stays as it was kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache

from regulator import words
from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.filling import line
from regulator.casework.queries import Told
from regulator.language import ENGLISH, GAP, _, is_said, spoken
from regulator.regime.model import THEM, Step

OURS = ("complainant", "public", THEM)
"""The sentences of a step that are there in other languages."""


def retold(one: Told, known: Facts) -> str:
    """The sentence of an entry in the language of whoever reads it."""
    step = known.kind.steps.get(one.step)
    return again(one.says, says_of(step)) if step else one.says


def says_of(step: Step) -> list[str]:
    """The sentences of a step that may have been told outside."""
    return [step.says[reader] for reader in OURS if reader in step.says]


def titled(subject: str, template: str, known: Facts) -> str:
    """The subject of a letter in the language of whoever reads it."""
    letter = editions.editions()[known.case.edition].letters.get(template)
    return again(subject, [letter.subject]) if letter else subject


def again(said: str, templates: Iterable[str]) -> str:
    """What was said in English in the language spoken; as it stands where no template of it is translated."""
    if spoken() == ENGLISH:
        return said
    for template in templates:
        if is_said(template) and (found := _gaps_of(template, said)) is not None:
            return line(_(template), {name: _translated(text) for name, text in found.items()})
    return said


def _gaps_of(template: str, said: str) -> Mapping[str, str] | None:
    """What stands in the gaps of a template where it was filled to say this; None where it cannot have been."""
    match = _pattern(template).fullmatch(said)
    if match is None:
        return None
    return dict(zip((gap[2] for gap in GAP.finditer(template)), match.groups(), strict=True))


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = GAP.sub("\0", template).split("\0")
    return re.compile("(.*?)".join(re.escape(part) for part in parts))


def _translated(text: str) -> str:
    """What stood in a gap: a day in the words of the language, a text of the rules, or a name as it is."""
    try:
        return words.day(datetime.strptime(text, "%d %B %Y").date())  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return _(text)
