"""A letter as a paper: its words as they were frozen, with what stands round them on a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import current_app

from config import Config
from regulator import moments, pdf, words

PAGE_OF = {"en": "Page {n} of {of}", "cy": "Tudalen {n} o {of}"}
REFERENCE = {"en": "Reference", "cy": "Cyfeirnod"}


class Written(Protocol):
    """A letter, written or about to be."""

    @property
    def reference(self) -> str: ...  # noqa: D102
    @property
    def recipient(self) -> str: ...  # noqa: D102
    @property
    def postal(self) -> str | None: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def written_at(self) -> datetime: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102


def of(letter: Written) -> bytes:
    """The accessible PDF of a letter; the same letter gives the same bytes.

    Raises: CannotSet
    """
    return pdf.compiled("letter", _sheet(letter), at=letter.written_at)


def _sheet(letter: Written) -> Mapping[str, Any]:
    config: Config = current_app.extensions["regulator"]
    named = REFERENCE.get(letter.language, REFERENCE["en"])
    return {
        "subject": letter.subject,
        "regulator": config.regulator_name,
        "lang": letter.language,
        "foot": letter.reference,
        "page_of": PAGE_OF.get(letter.language, PAGE_OF["en"]),
        "to": [letter.recipient, *_lines(letter.postal)],
        "about": [
            words.day(moments.london_day(letter.written_at)),
            f"{named}: {letter.reference}",
            config.mail_from,
        ],
        "passages": pdf.passages(letter.words),
    }


def _lines(postal: str | None) -> list[str]:
    """The lines of an envelope; an address typed in one line is broken at its commas."""
    text = (postal or "").strip()
    parts = text.splitlines() if "\n" in text else text.split(",")
    return [line for part in parts if (line := part.strip(" ,\r"))]
