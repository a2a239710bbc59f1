"""Questions answered by typing words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms.validators import StopValidation

from regulator.fields.asked import Asked
from regulator.language import _

SHORT, LONG = 500, 50_000


def cleaned(text: str) -> str:
    """What a person typed without what no person types: control characters, carriage returns, outer space."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


class Text(Asked):
    """One line. Its answer is the cleaned text."""

    component, macro = "input", "govukInput"
    most: ClassVar[int] = SHORT
    attributes: ClassVar[Mapping[str, Any]] = {}

    @property
    def answer(self) -> str | None:
        """The text, or None when there is only space."""
        return cleaned(self.data or "") or None

    def read(self) -> None:
        """Refuses a text too long to keep."""
        if len(self.answer or "") > self.most:
            raise StopValidation(
                _(
                    "Use %(most)s characters or fewer; this has %(now)s",
                    most=f"{self.most:,}",
                    now=f"{len(self.answer or ''):,}",
                )
            )

    def params(self) -> dict[str, Any]:
        """The macro is given what was typed."""
        return super().params() | {"value": self.data or "", **self.attributes}


class LongText(Text):
    """Several lines."""

    component, macro = "textarea", "govukTextarea"
    most = LONG
    attributes: ClassVar[Mapping[str, Any]] = {"rows": 6}


class Email(Text):
    """An address for mail."""

    most = 254
    attributes: ClassVar[Mapping[str, Any]] = {
        "type": "email",
        "autocomplete": "email",
        "spellcheck": False,
        "classes": "govuk-input--width-30",
    }

    def read(self) -> None:
        """Refuses what cannot be an address; whether it works only a letter can tell."""
        super().read()
        name, _at, domain = (self.answer or "").rpartition("@")
        if self.answer and not (name and "." in domain.strip(".") and not set(" ,;<>") & set(self.answer)):
            raise StopValidation(_("Enter an email address in the right form, like name@example.org"))


class Code(Text):
    """A code to copy from somewhere else; spaces and hyphens between do not matter to a reader of its answer."""

    most = 100
    attributes: ClassVar[Mapping[str, Any]] = {
        "autocomplete": "off",
        "spellcheck": False,
        "classes": "govuk-input--width-20",
    }


class OneTimeCode(Code):
    """The six figures of a second factor."""

    attributes: ClassVar[Mapping[str, Any]] = {
        "autocomplete": "one-time-code",
        "spellcheck": False,
        "inputmode": "numeric",
        "classes": "govuk-input--width-5",
    }


class Password(Asked):
    """A password: never cleaned, never shown again, the one thing not kept after an error."""

    component, macro = "password-input", "govukPasswordInput"

    @property
    def answer(self) -> str | None:
        """Exactly what was typed."""
        return self.data or None

    def read(self) -> None:
        """Refuses one so long that checking it would cost more than it is worth."""
        if len(self.data or "") > SHORT:
            raise StopValidation(_("Use %(most)s characters or fewer", most=SHORT))
