"""Every text that the public and complainants may read, and which of them have no Welsh yet.

Three places have such texts: `_`, `ngettext` and `later` in code, `_` and `{% trans %}` in templates, and the editions, whose
sentences for the complainant and the public are their own keys. What is marked nowhere is caught by the tests, which
read the pages in a language made up for it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from regulator.language import GAP, Catalogue, catalogue
from regulator.regime.model import THEM, Audience, Edition, Field, Kind, Step

HERE = Path(__file__).parent
TEMPLATES = HERE.parent / "templates"
KEYWORDS = {"_": None, "gettext": None, "later": None, "ngettext": (1, 2)}
DRAWN = {"extensions": "jinja2.ext.i18n", "trimmed": "true", "newstyle_gettext": "true"}
READERS = ("complainant", "public")
ASKED_OF = ("complainant", "representative")
PARAGRAPH = re.compile(r"\n\s*\n")
NUMBER = "%(num)s"


@dataclass(frozen=True)
class Text:
    """An English text with the place it stands at; `many` is the form for several, where it has one."""

    words: str
    where: str
    many: str = ""


def texts(editions: Mapping[str, Edition]) -> list[Text]:
    """Every text there is, each once, in the order code, templates, editions."""
    found: dict[str, Text] = {}
    for text in (*_of_code(), *_of_templates(), *_of_editions(editions)):
        found.setdefault(text.words, text)
    return list(found.values())


def missing(found: Collection[Text], language: str) -> list[Text]:
    """The texts that have no translation in the language."""
    said = catalogue(language).said
    return [text for text in found if text.words not in said]


def idle(found: Collection[Text], language: str) -> list[str]:
    """What the catalogue of a language still says though nothing asks for it any more."""
    asked = {text.words for text in found}
    return [text for text in catalogue(language).said if text not in asked]


def gaps_that_differ(language: str) -> list[str]:
    """The texts whose translation has other gaps than the English: a word would be lost, or the page would break."""
    return [text for text, said in catalogue(language).said.items() if not _same_gaps(text, said)]


def _same_gaps(text: str, said: str | tuple[str, ...]) -> bool:
    forms = (said,) if isinstance(said, str) else said
    return all(_gaps(form) - {NUMBER} == _gaps(text) - {NUMBER} for form in forms)


def _gaps(text: str) -> set[str]:
    return {gap[0] for gap in GAP.finditer(text)}


def share_awaiting(known: Catalogue) -> int:
    """How many of the translations no translator has checked, in percent."""
    return round(100 * len(known.awaiting) / max(1, len(known.said)))


def _of_code() -> Iterator[Text]:
    for path in sorted(HERE.rglob("*.py")):
        with path.open("rb") as opened:
            for line, words, _comments, _context in extract("python", opened, keywords=KEYWORDS):
                yield from _text(words, f"{path.relative_to(HERE.parent)}:{line}")


def _of_templates() -> Iterator[Text]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        with path.open("rb") as opened:
            for line, _function, words, _comments in babel_extract(opened, tuple(KEYWORDS), (), DRAWN):
                yield from _text(words, f"{path.relative_to(HERE.parent)}:{line}")


def _text(words: str | tuple[str | None, ...] | list[str | None] | None, where: str) -> Iterator[Text]:
    """The text of a call, and its form for several; nothing where it is called with a text that stands elsewhere."""
    said = [words] if isinstance(words, str) else [form for form in words or () if form]
    if said:
        yield Text(said[0], where, "".join(said[1:2]))


def _of_editions(editions: Mapping[str, Edition]) -> Iterator[Text]:
    for edition in editions.values():
        yield from _of_signposts(edition)
        for kind in edition.kinds.values():
            if kind.in_service and set(READERS) & set(kind.seen_by):
                yield from _of_kind(kind, edition)


def _of_signposts(edition: Edition) -> Iterator[Text]:
    """What is asked first, and who else can help."""
    for signpost in edition.intake.signposts:
        said = (signpost.title, *signpost.says, signpost.turn_to["name"])
        yield from (Text(words, f"intake.yaml: {signpost.title}") for words in said)
        for name in ("complaint_subjects", "nations"):
            for one in edition.reasons.get(name, ()):
                yield from (Text(words, "reasons.yaml") for words in (one.label, one.hint) if words)


def _of_kind(kind: Kind, edition: Edition) -> Iterator[Text]:
    yield Text(kind.label, str(kind.where))
    for stage in kind.stages.values():
        yield from (Text(stage.says[reader], str(stage.where)) for reader in READERS if reader in stage.says)
    for step in kind.steps.values():
        yield from _of_step(step, kind, edition)
    for clock in kind.clocks.values():
        if "complainant" in {*clock.owed_by, *clock.owed_to}:
            yield from (Text(words, str(clock.where)) for words in (clock.label, clock.rule.source) if words)
    if "complainant" in kind.seen_by:
        yield from (Text(pause.label, str(pause.where)) for pause in kind.pauses.values())
        yield from _subjects(kind, edition)
    if "public" in kind.seen_by:
        yield from (
            Text(one.words.capitalize(), "reasons.yaml") for one in edition.reasons.get("instruments", ())
        )
        yield from (Text(one.label, "reasons.yaml") for one in edition.reasons.get("public_answers", ()))


def _subjects(kind: Kind, edition: Edition) -> Iterator[Text]:
    """What the letters to the complainant are called."""
    used = {
        use.letter for step in kind.steps.values() for use in step.letters if use.to in ("complainant", THEM)
    }
    for name in sorted(used):
        yield Text(edition.letters[name].subject, str(edition.letters[name].where))


def _of_step(step: Step, kind: Kind, edition: Edition) -> Iterator[Text]:
    """The step as it is told, and where the reader may take it, as it is asked."""
    readers = [*READERS, THEM] if "complainant" in kind.seen_by else ["public"]
    at = str(step.where)
    yield from (Text(step.says[reader], at) for reader in readers if reader in step.says)
    is_theirs = bool(set(ASKED_OF) & set(step.who))
    if is_theirs:
        yield from (Text(words, at) for words in (step.read_by("complainant").label, step.hint) if words)
    told = is_theirs or bool({"complainant", THEM} & set(step.says))
    for field in step.fields:
        if is_theirs or (told and Audience.complainant in field.audience):
            yield from _of_field(field, edition, asked=is_theirs)


def _of_field(field: Field, edition: Edition, *, asked: bool) -> Iterator[Text]:
    at = str(field.where)
    yield from (
        Text(words, at) for words in (field.label, *((field.hint, field.message) if asked else ())) if words
    )
    for choice in edition.reasons.get(field.choices or "", ()):
        said = (choice.label, choice.hint, choice.told) if asked else (choice.told,)
        yield from (Text(words, at) for words in said if words)


LONG_ENOUGH = 8
"""Texts of fewer words are labels and buttons, which would make what is read seem easier than it is."""


def reading_age(found: Collection[Text]) -> float:
    """The age at which the English of these texts is read with ease, in years: five more than the grade that it needs.

    The grade is the Automated Readability Index, over whole sentences of texts with at least LONG_ENOUGH words; each gap
    counts as a day such as “10 May”. It weighs letters a word and words a sentence, so it needs no list of syllables.
    Source: Senter and Smith, Automated Readability Index, AMRL-TR-66-220 (1967).
    """
    said = [re.sub(r"<[^>]+>", "", GAP.sub("10 May", one.words)) for one in found]
    long = [text for text in said if len(text.split()) >= LONG_ENOUGH]
    words = [word for text in long for word in re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text)]
    sentences = sum(max(1, len(re.findall(r"[.?!](?=\s|$)", text))) for text in long)
    letters = sum(map(len, words)) / len(words)
    return 4.71 * letters + 0.5 * len(words) / sentences - 21.43 + 5
