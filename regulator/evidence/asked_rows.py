"""What the forms of this room and of the kinds share: short boxes, the edition’s answers, rows that several people work on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms.utils import unset_value

from regulator.casework import editions
from regulator.casework.facts import Facts
from regulator.casework.forms import RowsField
from regulator.casework.rows import Row
from regulator.errors import NotNow
from regulator.fields.text import LongText
from regulator.forms import Choice
from regulator.regime.model import Edition, Field, Step


class FewLines(LongText):
    """A sentence or two."""

    attributes: ClassVar[Mapping[str, Any]] = {"rows": 2, "classes": "few-lines"}


def edition_of(known: Facts) -> Edition:
    """The rules the case keeps."""
    return editions.editions()[known.case.edition]


def coded(known: Facts, name: str) -> list[Choice]:
    """The coded answers of a set, as they are chosen."""
    return [Choice(one.code, one.label, one.hint) for one in edition_of(known).choices(name)]


def asked_by(step: Step, name: str) -> Field:
    """What the edition says of one question of a step."""
    return next(one for one in step.fields if one.name == name)


def there(known: Facts | None) -> Facts:
    """The facts of the case, for a form that opens none.

    Raises: NotNow where there is no case
    """
    if known is None:
        raise NotNow("There is no case yet.")
    return known


def mark_of(*values: object) -> str:
    """A short mark of what stood in some boxes, to tell later whether anything was changed."""
    return hashlib.sha256("\x1f".join(str(value or "") for value in values).encode()).hexdigest()[:16]


def hidden_of(version: int, *values: object) -> dict[str, str]:
    """What travels with a row that several people work on: its version, and a mark of what its boxes say."""
    return {"version": str(version), "was": mark_of(*values)}


class VersionedRows(RowsField):
    """Rows that several people work on. Its answer is those that were changed, each with the version it was changed from.

    main:  the column of which the words of whoever was quicker are shown
    saved: the sentence for that, with a place for those words
    """

    main: ClassVar[str]
    saved: ClassVar[str]
    nothing: ClassVar[str] = "no answer"

    def process(self, formdata: Any, data: object = unset_value, extra_filters: object = None) -> None:
        """Keeps the versions that were sent: checking them twice must find the same."""
        super().process(formdata, data, extra_filters)
        self.drawn_at = {key: kept["version"] for key, kept in self.kept.items()}

    @property
    def filled(self) -> list[Row]:
        """The rows that were changed, or with which a file was given."""
        return [row for row in self.rows if self._is_changed(row) or self.files_of(row)]

    def _is_changed(self, row: Row) -> bool:
        return self.kept[row.key]["was"] != mark_of(*self.said_in(row).values())

    @property
    def answer(self) -> list[dict[str, Any]]:
        """What is to be saved."""
        return [self.kept_of(row) for row in self.filled]

    def kept_of(self, row: Row) -> dict[str, Any]:
        """What is to be saved of one row."""
        return {**row.fixed, **self.said_in(row), "version": self.kept[row.key]["version"]}

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether each can be saved; where somebody was quicker, what they wrote is shown beside what was typed."""
        super().validate(form, extra_validators)
        for row in self.filled:
            now = row.hidden["version"]
            if self.drawn_at[row.key] != now:
                theirs = str(row.given.get(self.main) or self.nothing)
                self.boxes[row.key][self.main].errors = [self.saved.format(theirs)]
                self.kept[row.key]["version"] = now
        return not self.errors and not self.row_problems
