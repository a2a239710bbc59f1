"""Questions asked again for each of several things: a finding for each allegation, an answer for each item.

Each box has a name of its own, `findings-3-reasons`, so that nothing typed is lost and each error stands beside its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, ClassVar, cast

from flask import current_app
from markupsafe import Markup
from wtforms.utils import unset_value

from regulator.fields.asked import Asked

ABREAST = 4
NOTHING: tuple[Any, ...] = (None, "", False, [])


@dataclass(frozen=True)
class Row:
    """One thing that is asked about.

    key:    what names it in the page’s boxes: letters and figures
    label:  what it is called in its heading and in errors: “Allegation 3”
    words:  what stands under the heading, in full
    fixed:  what its answer says of it without being asked: {"allegation": 3}
    given:  answers known before, by column
    hidden: what travels with it unseen and comes back as it was, such as a version
    """

    key: str
    label: str
    words: str = ""
    fixed: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)


class RowsField(Asked):
    """The same questions for each row. Its answer is a list of dicts, one a row: `fixed`, `hidden` and each column.

    columns:     the questions by name, as `field(...)` gives them
    skips_empty: rows in which nothing was said are left out, and nothing in them is missed
    """

    component: ClassVar[str] = "rows"

    def __init__(
        self,
        label: str = "",
        *,
        rows: Sequence[Row] = (),
        columns: Mapping[str, Asked],
        skips_empty: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.rows = tuple(rows)
        self.columns = columns
        self.skips_empty = skips_empty
        self.boxes: dict[str, dict[str, Asked]] = {}
        self.kept: dict[str, dict[str, str]] = {}

    def process(self, formdata: Any, data: object = unset_value, extra_filters: object = None) -> None:
        """Gives each row its boxes, with what was typed in them or known before."""
        del data, extra_filters
        self.process_errors: list[str] = []
        self.raw_data = None
        for row in self.rows:
            self.boxes[row.key] = {name: self._box(row, name, formdata) for name in self.columns}
            self.kept[row.key] = {
                name: formdata.get(f"{self.name}-{row.key}-{name}", value) if formdata else value
                for name, value in row.hidden.items()
            }

    def _box(self, row: Row, column: str, formdata: Any) -> Asked:
        unbound: Any = self.columns[column]
        box: Asked = unbound.bind(None, f"{self.name}-{row.key}-{column}", _meta=self.meta)
        if len(self.columns) == 1 and not row.words:
            box.label.text = row.label
        box.process(formdata, row.given.get(column, unset_value))
        return box

    def renew(self) -> None:
        """Takes what travels unseen as it is now, so that what was typed may be sent again."""
        self.kept = {row.key: dict(row.hidden) for row in self.rows}

    @property
    def takes_files(self) -> bool:
        """Whether files can be given with a row."""
        return any(box.takes_files for boxes in self.boxes.values() for box in boxes.values())

    def said_in(self, row: Row) -> dict[str, Any]:
        """What was said of one row, by column; its files are `files_of` it."""
        return {name: box.answer for name, box in self.boxes[row.key].items() if not box.takes_files}

    def files_of(self, row: Row) -> list[tuple[str, Any]]:
        """The files given with one row, each with the name of its box."""
        boxes = [box for box in self.boxes[row.key].values() if box.takes_files]
        return [(box.name, file) for box in boxes for file in cast("list[Any]", box.answer)]

    @property
    def filled(self) -> list[Row]:
        """The rows that count: all, or those in which something was said."""
        return [row for row in self.rows if not self.skips_empty or self._says(row)]

    def _says(self, row: Row) -> bool:
        return any(box.answer not in NOTHING or _is_typed(box) for box in self.boxes[row.key].values())

    @property
    def answer(self) -> list[dict[str, Any]]:
        """What was said of each row that counts."""
        return [
            {
                **row.fixed,
                **self.kept[row.key],
                **self.said_in(row),
            }
            for row in self.filled
        ]

    @property
    def target(self) -> str:
        """The first box, for an error that is about all of them."""
        first = next((box for boxes in self.boxes.values() for box in boxes.values()), None)
        return first.target if first else self.id

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Whether every box of every row that counts can be used."""
        del extra_validators
        self.errors = []
        for row in self.filled:
            for box in self.boxes[row.key].values():
                box.validate(form)
        if self.is_required and not self.filled:
            self.errors = [self.message]
        return not self.errors and not self.row_problems

    def box(self, name: str) -> Asked | None:
        """The box of that full name, `findings-3-reasons`."""
        every = (box for boxes in self.boxes.values() for box in boxes.values())
        return next((box for box in every if box.name == name), None)

    @property
    def row_problems(self) -> list[tuple[str, str]]:
        """Each sentence about a box, named by its row, and where it leads."""
        return [
            (f"{row.label}{'' if row.label.endswith('?') else ':'} {box.errors[0]}", box.target)
            for row in self.rows
            for box in self.boxes[row.key].values()
            if box.errors
        ]

    @staticmethod
    def draw(box: Asked, dense: object) -> Markup:
        """One box as markup; a few short choices stand side by side, so that a row is seen at a glance."""
        short = type(box).component == "radios" and len(box.choices) <= ABREAST
        if short and not any(choice.hint for choice in box.choices):
            return box(dense=dense, classes="govuk-radios--small govuk-radios--inline")
        return box(dense=dense)

    def __call__(self, **more: Any) -> Markup:
        """The rows as markup."""
        draw = current_app.jinja_env.get_template("components/rows.html").module.rows  # type: ignore[attr-defined]
        return Markup(draw(self, more.get("dense", False)))  # noqa: S704


def _is_typed(box: Asked) -> bool:
    """Whether something stands in a box, though nothing may be made of it yet, as of a date before it is read."""
    return any(str(text).strip() for text in box.raw_data or ())


class GrowingRows(RowsField):
    """Rows of which there can be as many as are needed: a button asks for more, without script.

    label_row: what one is called: “Question” makes Question 1, Question 2
    least:     how many are drawn at first
    known:     those there are already, drawn first with what is known of them; the blank ones are numbered round them
    numbers:   what an answer calls the number of its row; none leaves it out
    """

    STEP, SPARE, MOST = 4, 2, 200

    def __init__(
        self,
        label: str = "",
        *,
        label_row: str,
        least: int = 8,
        known: Sequence[Row] = (),
        numbers: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(label, skips_empty=True, **kwargs)
        self.label_row, self.least, self.known, self.numbers = label_row, least, tuple(known), numbers
        self.blank = 0

    @property
    def more_name(self) -> str:
        """The name of the button that asks for more."""
        return f"{self.name}-more"

    @property
    def count_name(self) -> str:
        """The name of the hidden box that says how many blank ones there are."""
        return f"{self.name}-rows"

    def process(self, formdata: Any, data: object = unset_value, extra_filters: object = None) -> None:
        """Draws those there are and as many blank ones as there were, and more when they were asked for."""
        sent = str(formdata.get(self.count_name, "")) if formdata else ""
        first = max(self.least - len(self.known), self.SPARE)
        count = int(sent) if sent.isascii() and sent.isdigit() else first
        if formdata and self.more_name in formdata:
            count += self.STEP
        self.blank = min(count, self.MOST)
        taken = {row.key for row in self.known}
        free = (n for n in range(1, self.blank + len(taken) + 1) if str(n) not in taken)
        self.rows = (*self.known, *(self._empty(n) for n in islice(free, self.blank)))
        super().process(formdata, data, extra_filters)

    def _empty(self, number: int) -> Row:
        fixed = {self.numbers: number} if self.numbers else {}
        return Row(str(number), f"{self.label_row} {number}", fixed=fixed)
