"""Questions answered by a date, or by a date and a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from wtforms.validators import StopValidation

from regulator.fields import typed
from regulator.fields.asked import Asked, grouped
from regulator.language import _, later
from regulator.moments import LONDON

# A month may be typed as a name.
WIDTHS = {"day": 2, "month": 3, "year": 4, "time": 5}
BOX_LABELS = {
    "day": later("Day"),
    "month": later("Month"),
    "year": later("Year"),
    "time": later("Time, if known"),
}


class Day(Asked):
    """A date in three boxes. Its answer is a date."""

    component, macro = "date-input", "govukDateInput"
    boxes: ClassVar[tuple[str, ...]] = typed.BOXES

    def process_data(self, value: object) -> None:
        """Shows a date that is already known."""
        self.given = value if isinstance(value, date) else None
        self.wrong: tuple[str, ...] = ()
        self.data = self.given

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keeps what was typed; `read` makes a date of it."""
        self.texts = [str(text) for text in (*valuelist, "", "", "", "")][: len(self.boxes)]
        self.data = None

    @property
    def shown(self) -> Sequence[str]:
        """What stands in the boxes: what was typed, or the date known before."""
        if self.raw_data is not None:
            return self.texts
        return self.given_texts() if self.given else [""] * len(self.boxes)

    def given_texts(self) -> list[str]:
        """A known date as its boxes show it."""
        assert self.given is not None
        return [str(self.given.day), str(self.given.month), str(self.given.year)]

    @property
    def target(self) -> str:
        """The first box that is wrong."""
        return f"{self.id}-{self.wrong[0] if self.wrong else self.boxes[0]}"

    def read(self) -> None:
        """Makes a date of what was typed, or says which part is wrong."""
        if self.raw_data is None or not any(text.strip() for text in self.texts):
            return
        try:
            self.data = self.parsed()
        except typed.UnreadableError as problem:
            self.wrong = problem.boxes
            raise StopValidation(problem.sentence) from None

    def parsed(self) -> date:
        """The date typed; raises UnreadableError."""
        return typed.read_day(*self.texts)

    def params(self) -> dict[str, Any]:
        """The macro is given the boxes, the wrong ones marked."""
        return grouped(super().params()) | {
            "items": [self.box(name, text) for name, text in zip(self.boxes, self.shown, strict=True)]
        }

    def box(self, name: str, text: str) -> dict[str, Any]:
        """One box as the macro takes it."""
        wide = f"govuk-input--width-{WIDTHS[name]}"
        is_wrong = bool(self.errors) and (name in self.wrong or (not self.wrong and name != "time"))
        return {
            "id": f"{self.id}-{name}",
            "name": self.name,
            "label": _(BOX_LABELS[name]),
            "value": text,
            "classes": wide + (" govuk-input--error" if is_wrong else ""),
            "inputmode": "text" if name == "time" else "numeric",
        }


class Moment(Day):
    """A date and, where it is known, a time in London. Its answer is a date, or a moment in UTC."""

    boxes = (*typed.BOXES, "time")

    def given_texts(self) -> list[str]:
        """A known moment as its boxes show it, in London time."""
        if not isinstance(self.given, datetime):
            return [*super().given_texts(), ""]
        local = self.given.astimezone(LONDON)
        return [str(local.day), str(local.month), str(local.year), f"{local:%H:%M}"]

    def parsed(self) -> date:
        """The date, or with a time the moment; raises UnreadableError."""
        on = typed.read_day(*self.texts[:3])
        if not self.texts[3].strip():
            return on
        return typed.london_moment(on, typed.read_time(self.texts[3]))
