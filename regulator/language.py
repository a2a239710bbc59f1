"""The languages that the public and complainants read in: English as it is written, and Welsh from a catalogue.

    _("We have your complaint")                       # in the language of whoever reads
    _("We promised it by %(day)s.", day=…)            # a text with gaps
    ngettext("%(num)s letter", "%(num)s letters", count)   # num is given
    LABEL = later("Send it")                          # marked where it stands, translated where it is shown: _(LABEL)

The English sentence is its own key, in code, templates and editions alike. A text with no Welsh stays English.
Staff, bodies and the record itself read English: nothing but `spoken()` says otherwise.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ENGLISH, WELSH = "en", "cy"
NAMES: Mapping[str, str] = {ENGLISH: "English", WELSH: "Cymraeg"}
FOLDER = Path(__file__).parent / "translations"
GAP = re.compile(r"%\((\w+)\)s|\{([a-z0-9_.]+)\}")

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language.

    said:     by the English, a text or, where there is a number in it, its forms
    form:     which of the forms goes with a number
    awaiting: English texts whose translation no translator has checked yet (marked fuzzy in the file)
    """

    said: Mapping[str, str | tuple[str, ...]]
    form: Callable[[int], int]
    awaiting: frozenset[str]


@cache
def catalogue(language: str) -> Catalogue:
    """The catalogue of a language, read once from its committed file.

    Raises: OSError where there is none
    """
    from babel.messages.pofile import read_po  # noqa: PLC0415 - not wanted by what speaks English alone

    with (FOLDER / f"{language}.po").open("rb") as opened:
        read = read_po(opened, locale=language)
    texts = [(_key(one.id), one) for one in read if one.id and one.string]
    said = {key: _form(one.string) for key, one in texts if _is_whole(one.string)}
    awaiting = frozenset(key for key, one in texts if one.fuzzy and key in said)
    return Catalogue(said, c2py(read.plural_expr), awaiting)


def _key(number_or_text: Any) -> str:
    """The text a translation is found by: of one with a number, the form for one."""
    return number_or_text if isinstance(number_or_text, str) else number_or_text[0]


def _form(string: Any) -> str | tuple[str, ...]:
    return string if isinstance(string, str) else tuple(string)


def _is_whole(string: Any) -> bool:
    return bool(string) if isinstance(string, str) else all(string)


def spoken() -> str:
    """The language that whoever reads now reads in: en or cy."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in `language` within the block: a letter, or the record, which is kept in English."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(language: str) -> None:
    """Say everything in `language` from here on: for the start and the end of a request."""
    _spoken.set(language)


def _(text: str, /, **gaps: object) -> str:
    """The text in the language spoken, its gaps filled; the English where there is no other.

    gaps: for each `%(name)s`; with none given, the text is taken as it is
    """
    language = _spoken.get()
    if language != ENGLISH:
        found = catalogue(language).said.get(text, text)
        text = found if isinstance(found, str) else found[0]
    return text % gaps if gaps else text


def ngettext(one: str, many: str, n: int, /, **gaps: object) -> str:
    """The form of a text that goes with a number, its gaps filled; `%(num)s` is the number."""
    language, text = _spoken.get(), one if n == 1 else many
    if language != ENGLISH:
        known = catalogue(language)
        found = known.said.get(one, text)
        text = found if isinstance(found, str) else found[known.form(n)]
    return text % {"num": n, **gaps}


def later(text: str) -> str:
    """Mark a text for the catalogue where it stands; it is translated where it is shown, with `_`."""
    return text


def is_said(text: str) -> bool:
    """Whether the text is there in the language spoken; English always is."""
    language = _spoken.get()
    return language == ENGLISH or text in catalogue(language).said


def awaits_check() -> bool:
    """Whether what is read now still awaits a translator’s check."""
    language = _spoken.get()
    return language != ENGLISH and bool(catalogue(language).awaiting)


def month(number: int) -> str:
    """The name of a month, 1 to 12, in the language spoken."""
    language = _spoken.get()
    return month_name[number] if language == ENGLISH else _months(language)[number]


def weekday(number: int) -> str:
    """The name of a day of the week, 0 for Monday, in the language spoken."""
    language = _spoken.get()
    return day_name[number] if language == ENGLISH else _weekdays(language)[number]


@cache
def _months(language: str) -> Mapping[int, str]:
    from babel.dates import get_month_names  # noqa: PLC0415

    return dict(get_month_names("wide", locale=language).items())


@cache
def _weekdays(language: str) -> Mapping[int, str]:
    from babel.dates import get_day_names  # noqa: PLC0415

    return dict(get_day_names("wide", locale=language).items())
