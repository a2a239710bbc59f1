"""The kinds of question that steps ask beside those of any form: lengths, lines, numbers, other cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from wtforms.validators import StopValidation

from regulator.deadlines.rule import Length
from regulator.errors import Missing
from regulator.fields.choices import Checkboxes, Radios, Select
from regulator.fields.text import LongText, Text
from regulator.language import _

if TYPE_CHECKING:
    from regulator.casework.steps import OtherCase

Find: TypeAlias = "Callable[[str], OtherCase]"


class Lines(LongText):
    """One answer a line. Its answer is the list of lines that say something."""

    @property
    def answer(self) -> Any:
        """The lines, without the empty ones."""
        lines = (line.strip() for line in (super().answer or "").splitlines())
        return [line for line in lines if line]

    def read(self) -> None:
        """Refuses more than can be kept."""
        if len(self.data or "") > self.most:
            raise StopValidation(_("Use %(most)s characters or fewer", most=f"{self.most:,}"))


class Phone(Text):
    """A telephone number; how it is written is the writer’s own affair."""

    most = 50
    attributes: ClassVar[Mapping[str, Any]] = {
        "type": "tel",
        "autocomplete": "tel",
        "classes": "govuk-input--width-20",
    }


class Number(Text):
    """A whole number. Its answer is the number."""

    attributes: ClassVar[Mapping[str, Any]] = {"inputmode": "numeric", "classes": "govuk-input--width-5"}

    @property
    def answer(self) -> Any:
        """The number, or None when there is none to read."""
        text = (super().answer or "").replace(",", "").replace(" ", "")
        return int(text) if text.isascii() and text.isdigit() else None

    def read(self) -> None:
        """Refuses what is no whole number."""
        if super().answer and self.answer is None:
            raise StopValidation("Enter a whole number, like 12")


class TimeLength(Text):
    """A length of time, as in 14 days. Its answer is the length in its plainest words."""

    attributes: ClassVar[Mapping[str, Any]] = {"classes": "govuk-input--width-10"}

    @property
    def answer(self) -> str | None:
        """The length, or None when there is none to read."""
        try:
            return str(Length.parse(super().answer or ""))
        except ValueError:
            return None

    def read(self) -> None:
        """Refuses what is no length of time."""
        typed = super().answer
        if typed and self.answer is None:
            raise StopValidation("Enter a length of time, like 14 days or 2 weeks")


class YesNo(Radios):
    """Yes or no. Its answer is a truth, or None when neither was chosen."""

    @property
    def answer(self) -> bool | None:
        """Whether it is so."""
        return {"yes": True, "no": False}.get(self.data or "")

    def pre_validate(self, _form: object) -> None:
        """Lets “no” be an answer."""
        self.read()
        if self.is_required and self.answer is None:
            raise StopValidation(self.message)


def number(value: str | None) -> int | None:
    """The number of a row, as a choice keeps it."""
    return int(value) if value and value.isdigit() else None


class Numbered(Radios):
    """One of a few rows. Its answer is the row’s number."""

    @property
    def answer(self) -> int | None:
        """The number of the row chosen."""
        return number(self.data)


class NumberedSelect(Select):
    """One of many rows. Its answer is the row’s number."""

    @property
    def answer(self) -> int | None:
        """The number of the row chosen."""
        return number(self.data)


class NumberedBoxes(Checkboxes):
    """Any of several rows. Its answer is a list of their numbers."""

    @property
    def answer(self) -> Any:
        """The numbers of the rows ticked."""
        return [int(value) for value in super().answer]


class CaseReference(Text):
    """The reference of another case, found as the person asking. Its answer is that case."""

    attributes: ClassVar[Mapping[str, Any]] = {
        "autocomplete": "off",
        "spellcheck": False,
        "classes": "govuk-input--width-20 reference",
    }

    def __init__(self, *args: Any, find: Find, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.find = find
        self.found: OtherCase | None = None

    @property
    def answer(self) -> Any:
        """The case found; None before it was looked for."""
        return self.found

    def read(self) -> None:
        """Looks the case up, and refuses a reference that leads nowhere."""
        typed = " ".join((self.data or "").split()).upper()
        if not typed:
            return
        try:
            self.found = self.find(typed)
        except Missing as missing:
            raise StopValidation(missing.sentence) from None
